// SPDX-License-Identifier: Apache-2.0
// The one strict reader of whole numbers from text. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace linuxcash {

// Decimal digits after an optional minus, and nothing else: no blanks, plus sign, hexadecimal, or
// rest after the number. Nullopt for those and for what does not fit 64 bits.
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text);

}  // namespace linuxcash
