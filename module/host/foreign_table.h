// SPDX-License-Identifier: Apache-2.0
// Reads a struct that crossed the contract: no further than the smaller of both sizes. Pure, any
// thread.
#pragma once

#include <algorithm>
#include <cstring>
#include <optional>
#include <type_traits>

namespace linuxcash::host {

// The struct as we know it, with what its maker did not know as zero or null; nullopt when there is
// none.
template <typename Struct>
[[nodiscard]] std::optional<Struct> read_foreign(const Struct* foreign) {
    static_assert(std::is_trivially_copyable_v<Struct>);
    if (foreign == nullptr) return std::nullopt;
    decltype(Struct::size) size = 0;
    std::memcpy(&size, foreign, sizeof size);
    if (size < sizeof size) return std::nullopt;
    Struct copy{};
    std::memcpy(&copy, foreign, std::min<std::size_t>(size, sizeof copy));
    return copy;
}

}  // namespace linuxcash::host
