// SPDX-License-Identifier: Apache-2.0
// Cuts a stream of bytes into lines of bounded length. Plain values, no threads.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace linuxcash::terminal {

inline constexpr std::size_t kInputLineMax = 1024 * 1024;

class LineReader {
public:
    struct Line {
        std::string text;
        bool too_long = false;  // its rest was thrown away
    };

    // The lines that are complete now, without their ends (LF or CR LF).
    [[nodiscard]] std::vector<Line> feed(std::string_view bytes);
    // What stood after the last line end.
    [[nodiscard]] std::vector<Line> end();

private:
    void add(std::string_view bytes);
    [[nodiscard]] Line take();

    Line line_;
};

}  // namespace linuxcash::terminal
