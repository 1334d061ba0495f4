// SPDX-License-Identifier: Apache-2.0
// Settings files as paysysctl changes them: only the keys that were asked for, atomically, owned by
// whoever owns the tree. One thread; waits for the disk.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <vector>

#include "base/files.h"
#include "base/places.h"
#include "base/result.h"
#include "config/ini_writer.h"

namespace linuxcash::cli {

inline constexpr mode_t kOpenFile = 0644;
inline constexpr mode_t kSecretFile = 0600;

// Run by root, files that we make belong to the POS user: the owner of cash/data. Nullopt when we
// are that user ourselves, or nobody has such a folder yet.
[[nodiscard]] std::optional<Owner> tree_owner(const Places& places);

// NotFound with a remedy when `places` is no tree: nothing is ever created beside a typing error.
[[nodiscard]] Result<> check_tree(const Places& places);

// Makes the changes; a missing file and its folder are created. Bytes that would not change are not
// written.
[[nodiscard]] Result<> change_settings(
    const std::filesystem::path& path, const std::vector<config::IniChange>& changes, mode_t mode,
    std::optional<Owner> owner);

}  // namespace linuxcash::cli
