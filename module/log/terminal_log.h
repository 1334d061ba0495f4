// SPDX-License-Identifier: Apache-2.0
// The one log, terminal.log: whole lines, appended by several modules and programs at once. Any
// thread; a call blocks on nothing but its one write(), and a log that fails neither throws nor
// stops anybody.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/files.h"
#include "core/ports.h"

namespace linuxcash::log {

// "error", "warning", "info", "debug": as settings write a level.
[[nodiscard]] std::optional<core::LogLevel> parse_level(std::string_view word);

struct TerminalLogOptions {
    core::LogLevel level = core::LogLevel::Info;  // what is less urgent is not written
    mode_t file_mode = 0640;  // of a new file
    std::optional<Owner> owner;  // of a new file
    // Milliseconds of a clock that never goes back; empty: the system's.
    std::function<std::int64_t()> monotonic_ms;
};

class TerminalLog {
public:
    // Opens nothing yet. A missing folder, a full disk and a link in the file's place lose lines;
    // the first line that is written again is preceded by one that says how many were lost.
    explicit TerminalLog(std::filesystem::path path, TerminalLogOptions options = {});
    TerminalLog(const TerminalLog&) = delete;
    TerminalLog& operator=(const TerminalLog&) = delete;
    ~TerminalLog();

    // "2026-11-22 10:15:04.123 INFO  oplati  - text": local time, one line, one write(). Control
    // characters, line breaks and bytes that are no UTF-8 are written out as \x0A; what is longer
    // than 8 KiB is cut and says so. A file that was renamed or removed is left for a new one
    // within a second.
    void write(core::LogLevel level, std::string_view category, std::string_view text) noexcept;

private:
    struct Implementation;

    std::unique_ptr<Implementation> implementation_;
};

// The core's log port: lines of one category, in Russian. Must not outlive its log.
class CategoryLog final : public core::Log {
public:
    CategoryLog(TerminalLog& log, std::string category);

    void write(core::LogLevel level, const Text& text) noexcept override;

private:
    TerminalLog& log_;
    std::string category_;
};

}  // namespace linuxcash::log
