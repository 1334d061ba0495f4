// SPDX-License-Identifier: Apache-2.0
// The program's disk in the test's hands: the program that links disk.cpp has its own pwrite64,
// fdatasync, fsync and posix_fallocate, which SQLite calls too. Counts, and fails or kills as told.
// One thread.
#pragma once

#include <filesystem>

namespace linuxcash::fakes {

// Calls of fdatasync and fsync since the program began.
[[nodiscard]] int disk_syncs();
// Calls of pwrite64, fdatasync and fsync since the program began.
[[nodiscard]] int disk_calls();

// Kills this process with SIGKILL just before the call that many calls from now (1 = the next).
void die_at_disk_call(int calls);

// While it lives, the disk is full: for ever, or as long as a file is there.
class FullDisk {
public:
    explicit FullDisk(std::filesystem::path as_long_as = {});
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;
    ~FullDisk();
};

}  // namespace linuxcash::fakes
