// SPDX-License-Identifier: Apache-2.0
#include "journal/witness.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <string>
#include <thread>
#include <utility>

#include "base/integer.h"
#include "base/printable.h"
#include "base/system_error.h"
#include "crypto/digest.h"

namespace linuxcash::journal {

namespace {

namespace fs = std::filesystem;

constexpr mode_t kLockMode = 0640;
constexpr std::size_t kMaxLine = 256;
constexpr std::size_t kDigits = 19;
constexpr std::size_t kCheckDigits = 16;
// is_owned() holds the lock for a moment: that alone must not turn an owner away.
constexpr std::chrono::milliseconds kPatience(200);
constexpr std::chrono::milliseconds kPause(10);

std::string check_of(const std::string& words) {
    return crypto::hex(crypto::sha256(words)).substr(0, kCheckDigits);
}

std::string padded(std::int64_t number) {
    const std::string digits = std::to_string(number);
    return std::string(kDigits - std::min(digits.size(), kDigits), '0') + digits;
}

// Always of one length, so that it is overwritten in one piece.
std::string line_of(const Mark& mark) {
    const std::string words = "pid " + padded(mark.pid) + " seq " + padded(mark.seq);
    return words + " " + check_of(words) + "\n";
}

// The program's name, as the system knows it; empty when it cannot be told.
std::string program_of(std::int64_t pid) {
    const auto name = read_file("/proc/" + std::to_string(pid) + "/comm", kMaxLine);
    if (!name) return {};
    return printable(name->substr(0, name->find('\n')));
}

Error busy(std::string_view module, const fs::path& lock) {
    const auto mark = read_mark(lock);
    const std::string program = mark ? program_of(mark->pid) : std::string();
    if (program.empty())
        return {
            ErrorCode::Busy,
            tr("данные модуля %1 заняты: с ними уже работает другая программа, завершите её "
               "(файл %2)",
               module, lock.native())};
    return {
        ErrorCode::Busy,
        tr("данные модуля %1 заняты: с ними уже работает программа %2 (процесс %3), завершите её",
           module, program, mark->pid)};
}

Result<FileLock> take_lock(
    const fs::path& path, std::string_view module, const std::optional<Owner>& owner) {
    const auto until = std::chrono::steady_clock::now() + kPatience;
    for (;;) {
        auto lock = FileLock::take(path, kLockMode, owner);
        if (lock || lock.error().code != ErrorCode::Busy) return lock;
        if (std::chrono::steady_clock::now() >= until) return busy(module, path);
        std::this_thread::sleep_for(kPause);
    }
}

}  // namespace

std::optional<Mark> read_mark(const fs::path& lock) {
    const auto line = read_file(lock, kMaxLine);
    if (!line || line->size() != line_of({}).size()) return std::nullopt;
    const auto pid = parse_integer(std::string_view(*line).substr(4, kDigits));
    const auto seq = parse_integer(std::string_view(*line).substr(4 + kDigits + 5, kDigits));
    if (!pid || !seq) return std::nullopt;
    const Mark mark{*pid, *seq};
    if (line_of(mark) != *line) return std::nullopt;
    return mark;
}

bool is_owned(const Places& places, std::string_view module) {
    const fs::path path = places.lock(module);
    const UniqueFd file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    if (!file.valid()) return false;
    return ::flock(file.get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

Witness::Witness(FileLock lock, UniqueFd file, std::int64_t seq)
    : lock_(std::move(lock)), file_(std::move(file)), seq_(seq) {
}

Result<Witness> Witness::take(
    const Places& places, std::string_view module, const std::optional<Owner>& owner) {
    const fs::path path = places.lock(module);
    auto lock = take_lock(path, module, owner);
    if (!lock) return lock.error();
    const auto former = read_mark(path);
    UniqueFd file(::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC));
    if (!file.valid())
        return Error{
            system_error_code(errno),
            tr("не удалось открыть файл %1: %2", path.native(), system_error_reason(errno))};
    Witness witness(std::move(*lock), std::move(file), former ? former->seq : 0);
    witness.note(witness.seq_);
    return witness;
}

void Witness::note(std::int64_t seq) noexcept {
    seq_ = seq;
    try {
        const std::string line = line_of({::getpid(), seq});
        const auto written = ::pwrite(file_.get(), line.data(), line.size(), 0);
        static_cast<void>(written);  // a full disk: the number proves less, the records stand
    } catch (...) {  // no memory: likewise
    }
}

}  // namespace linuxcash::journal
