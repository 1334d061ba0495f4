// SPDX-License-Identifier: Apache-2.0
// The 16 bytes that name an operation for ever; the host makes them. Plain values, no threads.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace linuxcash {

struct OperationId {
    std::array<std::uint8_t, 16> bytes{};

    // Exactly 32 lower-case hexadecimal digits.
    [[nodiscard]] static std::optional<OperationId> parse(std::string_view hex);
    [[nodiscard]] std::string hex() const;
    // The first 50 bits as 10 characters of Crockford's base32 (0–9 A–Z without I L O U): short
    // enough for paper and for a gateway's order number (ruling O2).
    [[nodiscard]] std::string base32() const;
    // The first 8 hexadecimal digits: what log lines show.
    [[nodiscard]] std::string brief() const;

    friend auto operator<=>(const OperationId&, const OperationId&) = default;
};

}  // namespace linuxcash
