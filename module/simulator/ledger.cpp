// SPDX-License-Identifier: Apache-2.0
#include "simulator/ledger.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "base/system_error.h"

namespace linuxcash::simulator {

namespace {

constexpr mode_t kLedgerMode = 0600;  // it holds the desks' tokens

Error ledger_error(const char* msgid, const std::filesystem::path& path) {
    const int number = errno;
    return {system_error_code(number), tr(msgid, path.string(), system_error_reason(number))};
}

bool write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

Result<Ledger> Ledger::open(const std::optional<std::filesystem::path>& path) {
    Ledger ledger;
    if (!path) return ledger;
    ledger.path_ = *path;
    ledger.fd_ =
        UniqueFd(::open(path->c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, kLedgerMode));
    if (!ledger.fd_.valid()) {
        return ledger_error("не удалось открыть журнал симулятора %1: %2", *path);
    }
    if (::flock(ledger.fd_.get(), LOCK_EX | LOCK_NB) != 0) {
        return Error{
            ErrorCode::Busy,
            tr("журнал симулятора %1 уже открыт другим симулятором: остановите его или укажите "
               "другой файл",
               path->string())};
    }
    const auto read = ledger.read_back();
    if (!read) return read.error();
    return ledger;
}

Result<> Ledger::read_back() {
    const auto text = read_file(path_, kFileLimitBytes);
    if (!text) return text.error();
    std::size_t start = 0;
    for (int line = 1; start < text->size(); ++line) {
        const std::size_t end = text->find('\n', start);
        if (end == std::string::npos) break;
        auto event = json::parse(std::string_view(*text).substr(start, end - start));
        if (!event) {
            return Error{
                ErrorCode::Damaged,
                tr("журнал симулятора %1, строка %2: %3; удалите файл или исправьте строку",
                   path_.string(), line, event.error().text)};
        }
        events_.push_back(std::move(*event));
        start = end + 1;
    }
    if (start < text->size() && ::ftruncate(fd_.get(), static_cast<off_t>(start)) != 0) {
        return ledger_error("не удалось отрезать недописанную строку журнала %1: %2", path_);
    }
    return Done{};
}

Result<> Ledger::append(const json::Value& event) {
    if (fd_.valid()) {
        if (!write_all(fd_.get(), event.str() + "\n") || ::fdatasync(fd_.get()) != 0) {
            return ledger_error("не удалось записать в журнал симулятора %1: %2", path_);
        }
    }
    events_.push_back(event);
    return Done{};
}

}  // namespace linuxcash::simulator
