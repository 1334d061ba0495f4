// SPDX-License-Identifier: Apache-2.0
// A short code drawn large, so that it can be read across a counter. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace linuxcash::terminal {

inline constexpr std::size_t kBigDigitsMax = 8;

// The longest run of digits in a text; empty when there is none.
[[nodiscard]] std::string code_in(std::string_view text);

// Lines of block characters; empty for anything but 1 to kBigDigitsMax digits.
[[nodiscard]] std::vector<std::string> big_digits(std::string_view digits);

}  // namespace linuxcash::terminal
