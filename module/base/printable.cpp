// SPDX-License-Identifier: Apache-2.0
#include "base/printable.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/utf8.h"

namespace linuxcash {

namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

std::uint32_t code_point(std::string_view character) {
    const auto lead = static_cast<unsigned char>(character[0]);
    if (character.size() == 1) return lead;
    // A lead byte of n bytes keeps 7 - n bits of its own.
    std::uint32_t code = lead & (0x7FU >> character.size());
    for (const char next : character.substr(1)) {
        code = (code << 6U) | (static_cast<unsigned char>(next) & 0x3FU);
    }
    return code;
}

bool is_dangerous(std::uint32_t code) {
    struct Range {
        std::uint32_t first;
        std::uint32_t last;
    };
    static constexpr std::array<Range, 6> kRanges{{
        {0x00, 0x1F},
        {0x7F, 0x9F},
        {0x200E, 0x200F},  // direction marks
        {0x2028, 0x202E},  // line separators, direction overrides
        {0x2066, 0x2069},  // direction isolates
        {0xFEFF, 0xFEFF},  // an invisible mark
    }};
    return std::any_of(kRanges.begin(), kRanges.end(), [code](const Range& range) {
        return code >= range.first && code <= range.last;
    });
}

std::string escaped(std::uint32_t code) {
    const int digits = code > 0xFF ? 4 : 2;
    std::string text = code > 0xFF ? "\\u" : "\\x";
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
        text += kHexDigits[(code >> static_cast<unsigned>(shift)) & 0xFU];
    }
    return text;
}

}  // namespace

std::string printable(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    while (!text.empty()) {
        const std::size_t size = std::max<std::size_t>(utf8_character_size(text), 1);
        const std::string_view character = text.substr(0, size);
        const bool torn = utf8_character_size(text) == 0;
        const std::uint32_t code =
            torn ? static_cast<unsigned char>(character[0]) : code_point(character);
        if (torn || is_dangerous(code)) {
            shown += escaped(code);
        } else {
            shown += character;
        }
        text.remove_prefix(size);
    }
    return shown;
}

std::size_t character_count(std::string_view text) {
    std::size_t count = 0;
    while (!text.empty()) {
        text.remove_prefix(std::max<std::size_t>(utf8_character_size(text), 1));
        ++count;
    }
    return count;
}

}  // namespace linuxcash
