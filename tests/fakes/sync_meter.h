// SPDX-License-Identifier: Apache-2.0
// Counts what is really synced to the disk, and how long it takes: the program that links
// sync_meter.cpp has its own fdatasync and fsync, which SQLite and the modules call, too, and which
// pass the call on. Any thread.
#pragma once

#include <cstdint>

namespace linuxcash::fakes {

struct Syncs {
    std::int64_t journal = 0;  // calls on files of a journal: the file, its log
    std::int64_t other = 0;  // calls on everything else: tokens, folders
    std::int64_t nanoseconds = 0;  // in all of them
};

// Since the program began.
[[nodiscard]] Syncs syncs_so_far();

}  // namespace linuxcash::fakes
