// SPDX-License-Identifier: Apache-2.0
#include "log/append_sink.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <string>
#include <utility>

namespace linuxcash::log {

namespace {

constexpr std::int64_t kLookEvery_ms = 1'000;

std::int64_t system_monotonic_ms() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace

AppendSink::AppendSink(std::filesystem::path path, TerminalLogOptions options)
    : path_(std::move(path)), options_(std::move(options)) {
    if (!options_.monotonic_ms) options_.monotonic_ms = system_monotonic_ms;
}

void AppendSink::sink_it_(const spdlog::details::log_msg& message) {
    follow_rotation();
    const spdlog::memory_buf_t lines = lines_for(message);
    if (append({lines.data(), lines.size()})) {
        lost_lines_ = 0;
    } else {
        ++lost_lines_;
    }
}

void AppendSink::follow_rotation() {
    const std::int64_t now_ms = options_.monotonic_ms();
    if (looked_ms_ && now_ms - *looked_ms_ < kLookEvery_ms) return;
    looked_ms_ = now_ms;
    if (!is_same_file()) open_file();
}

bool AppendSink::is_same_file() const {
    struct stat named {};
    struct stat opened {};
    return file_.valid() && ::lstat(path_.c_str(), &named) == 0
           && ::fstat(file_.get(), &opened) == 0 && named.st_ino == opened.st_ino
           && named.st_dev == opened.st_dev;
}

void AppendSink::open_file() {
    // O_NONBLOCK: a pipe in the file's place must not hang a payment. Created exclusively first, so
    // that only a new file gets our mode and owner.
    constexpr int kFlags = O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
    file_ = UniqueFd(::open(path_.c_str(), kFlags | O_CREAT | O_EXCL, options_.file_mode));
    const bool created = file_.valid();
    if (!created && errno == EEXIST) file_ = UniqueFd(::open(path_.c_str(), kFlags));
    torn_ = false;
    struct stat now {};
    if (!file_.valid() || ::fstat(file_.get(), &now) != 0 || !S_ISREG(now.st_mode)) {
        file_.reset();
        return;
    }
    if (!created || !options_.owner) return;
    // A log that the cash register's user cannot write would lose more than this process says: then
    // rather none.
    if (::fchown(file_.get(), options_.owner->uid, options_.owner->gid) != 0) file_.reset();
}

spdlog::memory_buf_t AppendSink::lines_for(const spdlog::details::log_msg& message) {
    spdlog::memory_buf_t lines;
    if (torn_) lines.push_back('\n');
    if (lost_lines_ > 0) {
        const std::string words =
            "log  - " + tr("потеряно строк журнала: %1", lost_lines_).russian();
        spdlog::details::log_msg lost(message.logger_name, spdlog::level::warn, words);
        lost.time = message.time;
        formatter_->format(lost, lines);
    }
    formatter_->format(message, lines);
    return lines;
}

bool AppendSink::append(std::string_view line) {
    if (!file_.valid()) return false;
    ssize_t written = -1;
    do {
        written = ::write(file_.get(), line.data(), line.size());
    } while (written < 0 && errno == EINTR);
    if (written <= 0) return false;
    // The rest is not written: another program's line may stand there by now.
    torn_ = static_cast<std::size_t>(written) < line.size();
    return !torn_;
}

}  // namespace linuxcash::log
