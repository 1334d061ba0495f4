// SPDX-License-Identifier: Apache-2.0
// Files as this product needs them: bounded reads, atomic durable writes, locks; links are never
// followed unless said. Every call may block on the disk; any thread.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace linuxcash {

// Owns a descriptor; -1 is none.
class UniqueFd {
public:
    UniqueFd() = default;
    explicit UniqueFd(int fd) : fd_(fd) {}
    UniqueFd(UniqueFd&& other) noexcept;
    UniqueFd& operator=(UniqueFd&& other) noexcept;
    UniqueFd(const UniqueFd&) = delete;
    UniqueFd& operator=(const UniqueFd&) = delete;
    ~UniqueFd();

    [[nodiscard]] int get() const { return fd_; }
    [[nodiscard]] bool valid() const { return fd_ >= 0; }
    void reset() noexcept;

private:
    int fd_ = -1;
};

// The whole file; a symbolic link is followed (settings may be links). NotFound, Denied, TooLarge
// (over `limit_bytes`), InvalidInput (a directory or another thing in the file's place), Io.
[[nodiscard]] Result<std::string> read_file(
    const std::filesystem::path& path, std::size_t limit_bytes);

struct Owner {
    uid_t uid;
    gid_t gid;
};

// Replaces the file by a temporary one beside it, synced, renamed, directory synced: after a power
// cut either the old or the new bytes are there. A symbolic link is resolved first, and its target
// replaced. The file is created with `mode` from its first byte, whatever the umask. An existing
// file keeps its owner and mode, except that asking for a file closed to group and others (mode &
// 077 == 0) closes it; a new one gets `owner`, if given. Denied when the owner cannot be kept.
// What killed processes left of their writes is removed.
// NotFound (no such folder), Denied, InvalidInput (a directory in the file's place), Io.
[[nodiscard]] Result<> write_file(
    const std::filesystem::path& path, std::string_view bytes, mode_t mode,
    std::optional<Owner> owner = std::nullopt);

// Removes the temporary files that killed processes left of their writes to that file: they may
// hold what it holds. A file that somebody still writes is left alone. Failures change nothing.
void remove_leftovers(const std::filesystem::path& path);

// Makes the folders that are missing, with `mode` less the umask, each synced into its parent:
// after a power cut a file that was written there is still found. One that is there keeps its mode.
// Denied, InvalidInput (another thing in a folder's place), Io.
[[nodiscard]] Result<> make_folders(const std::filesystem::path& path, mode_t mode);

// An exclusive advisory lock on a file that is created when missing; held until destroyed or the
// process ends.
class FileLock {
public:
    // Busy when another process (or another FileLock) holds it: never waits. A link in its place is
    // refused. A file that is created gets `owner`, if given.
    [[nodiscard]] static Result<FileLock> take(
        const std::filesystem::path& path, mode_t mode, std::optional<Owner> owner = std::nullopt);

private:
    explicit FileLock(UniqueFd fd) : fd_(std::move(fd)) {}

    UniqueFd fd_;
};

}  // namespace linuxcash
