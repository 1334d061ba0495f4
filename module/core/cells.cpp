// SPDX-License-Identifier: Apache-2.0
#include "core/cells.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace linuxcash::core {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

constexpr std::array<Range, 10> kWithoutWidth{{
    {0x0300, 0x036F},
    {0x0483, 0x0489},
    {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF},
    {0x200B, 0x200D},
    {0x2060, 0x2060},
    {0x20D0, 0x20FF},
    {0xFE00, 0xFE0F},
    {0xFE20, 0xFE2F},
    {0xFEFF, 0xFEFF},
}};

constexpr std::array<Range, 12> kWide{{
    {0x1100, 0x115F},
    {0x2E80, 0x303E},
    {0x3041, 0x33FF},
    {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},
    {0x1F300, 0x1FAFF},
    {0x20000, 0x3FFFD},
}};

template <std::size_t Size>
bool is_in(const std::array<Range, Size>& ranges, char32_t code) {
    return std::any_of(ranges.begin(), ranges.end(), [code](const Range& range) {
        return code >= range.first && code <= range.last;
    });
}

// The character at the start of a text that is not empty.
struct Character {
    std::size_t bytes;
    std::size_t cells;
};

Character first_character(std::string_view text) {
    if (static_cast<unsigned char>(text[0]) < 0x80) return {1, 1};
    const std::size_t bytes = utf8_character_size(text);
    if (bytes < 2) return {1, 1};
    return {bytes, cell_width(utf8_code_point(text))};
}

}  // namespace

std::size_t cell_width(char32_t code) {
    if (code < kWithoutWidth.front().first) return 1;
    // Greek and Cyrillic letters between the marks: most of what is measured.
    if (code >= 0x370 && code < 0x483) return 1;
    if (is_in(kWithoutWidth, code)) return 0;
    return is_in(kWide, code) ? 2 : 1;
}

std::size_t cell_count(std::string_view text) {
    std::size_t cells = 0;
    while (!text.empty()) {
        const Character character = first_character(text);
        cells += character.cells;
        text.remove_prefix(character.bytes);
    }
    return cells;
}

std::size_t bytes_in_cells(std::string_view text, std::size_t cells) {
    std::size_t bytes = 0;
    while (bytes < text.size()) {
        const Character character = first_character(text.substr(bytes));
        if (character.cells > cells) break;
        cells -= character.cells;
        bytes += character.bytes;
    }
    return bytes;
}

}  // namespace linuxcash::core
