// SPDX-License-Identifier: Apache-2.0
#include "terminal/line_reader.h"

#include <algorithm>
#include <utility>

namespace linuxcash::terminal {

void LineReader::add(std::string_view bytes) {
    const std::size_t room = kInputLineMax - line_.text.size();
    if (bytes.size() > room) line_.too_long = true;
    line_.text += bytes.substr(0, room);
}

LineReader::Line LineReader::take() {
    if (!line_.text.empty() && line_.text.back() == '\r') line_.text.pop_back();
    return std::exchange(line_, {});
}

std::vector<LineReader::Line> LineReader::feed(std::string_view bytes) {
    std::vector<Line> lines;
    while (true) {
        const std::size_t end = bytes.find('\n');
        add(bytes.substr(0, end));
        if (end == std::string_view::npos) return lines;
        lines.push_back(take());
        bytes.remove_prefix(end + 1);
    }
}

std::vector<LineReader::Line> LineReader::end() {
    if (line_.text.empty()) return {};
    return {take()};
}

}  // namespace linuxcash::terminal
