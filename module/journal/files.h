// SPDX-License-Identifier: Apache-2.0
// Names and ages of the journal's files, and moving them aside. Blocks on the disk; any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/places.h"
#include "base/result.h"

namespace linuxcash::journal {

// The journal, or `suffix` of it: "-wal", "-shm", ".new".
[[nodiscard]] std::filesystem::path beside(
    const std::filesystem::path& journal, const char* suffix);

// The folder of the journals with mode 0750, and the folders above it; nothing when it is there.
[[nodiscard]] Result<> make_folder(const Places& places, const std::optional<Owner>& owner);

// "20240229T235959Z"
[[nodiscard]] std::string utc_stamp(std::int64_t wall_ms);

// Renames the journal and what SQLite keeps beside it to `<journal>.<word>-<time>`, and says where
// it is now. Files that are not there are passed over.
[[nodiscard]] Result<std::filesystem::path> set_aside(
    const std::filesystem::path& journal, std::string_view word, std::int64_t wall_ms);

// The same for a file that has been set aside before under another word.
struct Aside {
    std::string_view word;
    std::int64_t wall_ms = 0;
};
[[nodiscard]] Result<std::filesystem::path> rename_aside(
    const std::filesystem::path& from, const std::filesystem::path& journal, const Aside& aside);

// The journals `<journal>.<word>-…`, oldest first; of one, only its -wal may be there.
[[nodiscard]] std::vector<std::filesystem::path> set_aside_files(
    const std::filesystem::path& journal, std::string_view word);

// What was renamed or removed in that folder stays so after a power cut.
[[nodiscard]] Result<> sync_folder(const std::filesystem::path& folder);

// Size in bytes; -1 when there is no such file.
[[nodiscard]] std::int64_t size_of(const std::filesystem::path& path);

}  // namespace linuxcash::journal
