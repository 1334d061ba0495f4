// SPDX-License-Identifier: Apache-2.0
// What may be shown on a screen, on paper or in a log: nothing that moves a cursor, breaks a line
// or hides text. Pure, any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace linuxcash {

// The text with everything dangerous written out: control characters, DEL and C1 as \x1B, line and
// direction separators as \u202E, bytes that are no UTF-8 as \xFF. What was harmless stays as it
// is, backslashes too.
[[nodiscard]] std::string printable(std::string_view text);

// How many characters (code points, or bytes that are no UTF-8) the text has: its width on a line
// printer.
[[nodiscard]] std::size_t character_count(std::string_view text);

}  // namespace linuxcash
