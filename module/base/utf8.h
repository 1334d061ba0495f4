// SPDX-License-Identifier: Apache-2.0
// What is text and what is only bytes. Pure, any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace linuxcash {

// How many bytes (1 … 4) the well-formed UTF-8 character at the start of `bytes` takes; 0 when
// there is none: an overlong form, a surrogate, a code point above U+10FFFF, a torn sequence, or no
// bytes at all.
[[nodiscard]] std::size_t utf8_character_size(std::string_view bytes);

[[nodiscard]] bool is_utf8(std::string_view bytes);

// The code point of the well-formed UTF-8 character at the start of `bytes`; the first byte's own
// value when there is none, and 0 for no bytes at all.
[[nodiscard]] char32_t utf8_code_point(std::string_view bytes);

}  // namespace linuxcash
