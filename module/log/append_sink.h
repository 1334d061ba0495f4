// SPDX-License-Identifier: Apache-2.0
// The end of the line for spdlog: one write() a line on a file that others append to and rotate.
// Only for this folder's sources; spdlog calls it under its own lock.
#pragma once

#include <spdlog/sinks/base_sink.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string_view>

#include "base/files.h"
#include "log/terminal_log.h"

namespace linuxcash::log {

class AppendSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    AppendSink(std::filesystem::path path, TerminalLogOptions options);

protected:
    void sink_it_(const spdlog::details::log_msg& message) override;
    void flush_() override {}  // nothing is held back

private:
    void follow_rotation();
    void open_file();
    [[nodiscard]] bool is_same_file() const;
    [[nodiscard]] bool append(std::string_view line);
    [[nodiscard]] spdlog::memory_buf_t lines_for(const spdlog::details::log_msg& message);

    std::filesystem::path path_;
    TerminalLogOptions options_;
    UniqueFd file_;
    std::optional<std::int64_t> looked_ms_;  // when the name was last compared with the file
    std::int64_t lost_lines_ = 0;
    bool torn_ = false;  // the last line lacks its end
};

}  // namespace linuxcash::log
