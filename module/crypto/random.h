// SPDX-License-Identifier: Apache-2.0
// Randomness that nobody can guess: operation ids, spreading of retries. Any thread.
#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"

namespace linuxcash::crypto {

// Fills all of `bytes`. Internal when the system has no randomness to give; the bytes must then not
// be used.
[[nodiscard]] Result<> random_bytes(std::span<std::uint8_t> bytes);

}  // namespace linuxcash::crypto
