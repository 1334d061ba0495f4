// SPDX-License-Identifier: Apache-2.0
// The journal's file: its tables (README.md), how it is made, and how it is told from other files.
// Blocks on the disk; any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/files.h"
#include "base/result.h"
#include "store/database.h"

namespace linuxcash::journal {

inline constexpr std::int64_t kSchemaVersion = 1;

struct NewJournal {
    std::string_view module;
    std::int64_t created_ms = 0;
    std::optional<Owner> owner;
};

// Makes an empty journal in full beside `path` and renames it there: a file of that name is never
// half made. Nothing may be there yet.
[[nodiscard]] Result<> create_journal(const std::filesystem::path& path, const NewJournal& journal);

// The version in the file's first bytes, read without SQLite, which might write to the file.
// Damaged: not an SQLite database.
[[nodiscard]] Result<std::int64_t> version_of_file(const std::filesystem::path& path);

// Unsupported: of a newer version. Damaged: not a journal, or of another module.
[[nodiscard]] Result<> check_identity(
    store::Database& database, const std::filesystem::path& path, std::string_view module);

[[nodiscard]] Error newer_version(const std::filesystem::path& path, std::int64_t version);

}  // namespace linuxcash::journal
