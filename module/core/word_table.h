// SPDX-License-Identifier: Apache-2.0
// Enums and their words meet in one constant table per enum; these two look-ups read it. No state,
// any thread.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace linuxcash::core {

template <typename Enum, std::size_t Size>
[[nodiscard]] constexpr std::string_view word_of(
    const std::array<std::pair<Enum, std::string_view>, Size>& table, Enum value) {
    for (const auto& [candidate, word] : table) {
        if (candidate == value) return word;
    }
    return {};
}

template <typename Enum, std::size_t Size>
[[nodiscard]] constexpr std::optional<Enum> of_word(
    const std::array<std::pair<Enum, std::string_view>, Size>& table, std::string_view word) {
    for (const auto& [value, candidate] : table) {
        if (candidate == word) return value;
    }
    return std::nullopt;
}

}  // namespace linuxcash::core
