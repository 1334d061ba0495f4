// SPDX-License-Identifier: Apache-2.0
#include "base/integer.h"

#include <charconv>

namespace linuxcash {

std::optional<std::int64_t> parse_integer(std::string_view text) {
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, failure] = std::from_chars(text.data(), end, number);
    if (failure != std::errc{} || stopped != end) return std::nullopt;
    return number;
}

}  // namespace linuxcash
