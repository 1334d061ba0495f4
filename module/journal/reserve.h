// SPDX-License-Identifier: Apache-2.0
// Room on the disk that is kept free for outcomes: a file that goes when the disk is full. Blocks
// on the disk; any thread.
#pragma once

#include <filesystem>
#include <optional>

#include "base/files.h"

namespace linuxcash::journal {

// Enough for some fifty outcomes.
inline constexpr std::int64_t kReserveBytes = 256 * 1024;

// Makes the file when it is missing; false when there is no room for it, or no right.
[[nodiscard]] bool make_reserve(
    const std::filesystem::path& path, const std::optional<Owner>& owner);

// Gives the room back; false when there was none.
[[nodiscard]] bool free_reserve(const std::filesystem::path& path);

}  // namespace linuxcash::journal
