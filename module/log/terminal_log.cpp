// SPDX-License-Identifier: Apache-2.0
#include "log/terminal_log.h"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>

#include <array>
#include <utility>

#include "base/printable.h"
#include "base/utf8.h"
#include "log/append_sink.h"

namespace linuxcash::log {

namespace {

constexpr std::size_t kTextBytesMax = 8 * 1024;
constexpr std::string_view kCut = " …(обрезано)";

struct Level {
    core::LogLevel level;
    spdlog::level::level_enum library;
    std::string_view word;  // in settings
    std::string_view five_wide;  // in the file
};

constexpr std::array<Level, 4> kLevels{{
    {core::LogLevel::Error, spdlog::level::err, "error", "ERROR"},
    {core::LogLevel::Warning, spdlog::level::warn, "warning", "WARN "},
    {core::LogLevel::Info, spdlog::level::info, "info", "INFO "},
    {core::LogLevel::Debug, spdlog::level::debug, "debug", "DEBUG"},
}};

spdlog::level::level_enum library_level(core::LogLevel level) {
    for (const Level& known : kLevels) {
        if (known.level == level) return known.library;
    }
    return spdlog::level::err;
}

// spdlog's own names of levels are neither upper case nor five wide.
class FiveWideLevel final : public spdlog::custom_flag_formatter {
public:
    void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& line)
        override {
        for (const Level& known : kLevels) {
            if (known.library != message.level) continue;
            line.append(known.five_wide.data(), known.five_wide.data() + known.five_wide.size());
        }
    }
    [[nodiscard]] std::unique_ptr<custom_flag_formatter> clone() const override {
        return std::make_unique<FiveWideLevel>();
    }
};

std::unique_ptr<spdlog::formatter> line_formatter() {
    auto formatter = std::make_unique<spdlog::pattern_formatter>(
        spdlog::pattern_time_type::local, std::string("\n"));
    formatter->add_flag<FiveWideLevel>('*').set_pattern("%Y-%m-%d %H:%M:%S.%e %* %v");
    return formatter;
}

// At most so many bytes, and no torn character at the end.
std::string_view beginning_of(std::string_view text, std::size_t bytes_max) {
    std::size_t size = 0;
    while (size < text.size()) {
        const std::size_t next = std::max<std::size_t>(utf8_character_size(text.substr(size)), 1);
        if (size + next > bytes_max) break;
        size += next;
    }
    return text.substr(0, size);
}

std::string one_line(std::string_view category, std::string_view text) {
    std::string line = printable(category);
    line += "  - ";
    line += printable(beginning_of(text, kTextBytesMax));
    if (text.size() > kTextBytesMax) line += kCut;
    return line;
}

}  // namespace

std::optional<core::LogLevel> parse_level(std::string_view word) {
    for (const Level& known : kLevels) {
        if (known.word == word) return known.level;
    }
    return std::nullopt;
}

struct TerminalLog::Implementation {
    spdlog::logger
        logger;  // not registered anywhere: spdlog's registry belongs to the whole process
};

TerminalLog::TerminalLog(std::filesystem::path path, TerminalLogOptions options) {
    const auto level = library_level(options.level);
    auto sink = std::make_shared<AppendSink>(std::move(path), std::move(options));
    sink->set_formatter(line_formatter());
    implementation_ = std::make_unique<Implementation>(
        Implementation{spdlog::logger("terminal", std::move(sink))});
    implementation_->logger.set_level(level);
    // spdlog would print to standard error, which belongs to the host.
    implementation_->logger.set_error_handler([](const std::string&) {});
}

TerminalLog::~TerminalLog() = default;

void TerminalLog::write(
    core::LogLevel level, std::string_view category, std::string_view text) noexcept {
    try {
        const auto library = library_level(level);
        if (!implementation_->logger.should_log(library)) return;
        implementation_->logger.log(library, spdlog::string_view_t(one_line(category, text)));
    } catch (...) {
        // Out of memory: the line is lost, and the caller's work is more important than it.
    }
}

CategoryLog::CategoryLog(TerminalLog& log, std::string category)
    : log_(log), category_(std::move(category)) {
}

void CategoryLog::write(core::LogLevel level, const Text& text) noexcept {
    try {
        log_.write(level, category_, text.russian());
    } catch (...) {
        // Out of memory: as above.
    }
}

}  // namespace linuxcash::log
