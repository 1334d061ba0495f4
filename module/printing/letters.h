// SPDX-License-Identifier: Apache-2.0
// Walking over a text letter by letter: what printing does most. Pure, any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "base/utf8.h"

namespace linuxcash::printing {

struct Letter {
    char32_t code = 0;
    std::size_t bytes = 1;
};

// The first letter of a text that is not empty; a byte that is no UTF-8 stands for itself.
[[nodiscard]] inline Letter first_letter(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    if (lead < 0x80) return {lead, 1};
    // Two bytes, as Cyrillic letters have.
    if (lead >= 0xC2 && lead <= 0xDF && text.size() > 1) {
        const auto next = static_cast<unsigned char>(text[1]);
        if ((next & 0xC0U) == 0x80) return {(lead & 0x1FU) << 6U | (next & 0x3FU), 2};
    }
    return {utf8_code_point(text), std::max<std::size_t>(utf8_character_size(text), 1)};
}

}  // namespace linuxcash::printing
