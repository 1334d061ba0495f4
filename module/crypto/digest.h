// SPDX-License-Identifier: Apache-2.0
// SHA-256, for chains of records and for comparing files. Pure, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace linuxcash::crypto {

using Digest = std::array<std::uint8_t, 32>;

// Throws std::runtime_error where the library itself does not work (its default provider is
// missing).
[[nodiscard]] Digest sha256(std::string_view bytes);

// Lower-case hexadecimal, two digits a byte.
[[nodiscard]] std::string hex(std::span<const std::uint8_t> bytes);

}  // namespace linuxcash::crypto
