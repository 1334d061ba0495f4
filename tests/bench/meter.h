// SPDX-License-Identifier: Apache-2.0
// Where the time of one payment goes: waiting for the other side, waiting for the disk, and the
// rest, which is us. The program that links meter.cpp has its own poll, which libcurl calls, too,
// and which passes the call on. One thread measures; what is measured may have more.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fakes/sync_meter.h"

namespace linuxcash::bench {

// Of one payment.
struct Spent {
    std::int64_t total_ns = 0;
    std::int64_t disk_ns = 0;  // in fdatasync and fsync
    std::int64_t wire_ns = 0;  // in poll: the network and the server's own work
    std::int64_t cpu_ns = 0;  // of this process, all threads, system calls included
    std::int64_t journal_syncs = 0;
    std::int64_t other_syncs = 0;
    std::int64_t reads_and_writes = 0;  // system calls of these kinds
};

[[nodiscard]] std::int64_t now_ns();

// Between two payments: a module keeps the gateway's pace, which ready_pace_ms makes as short as it
// can be, and would wait for it inside the second one.
void let_a_buyer_go();

// Measures from its making to end().
class Stopwatch {
public:
    Stopwatch();
    [[nodiscard]] Spent end() const;

private:
    std::int64_t began_ns_;
    std::int64_t wire_ns_;
    std::int64_t cpu_ns_;
    std::int64_t calls_;
    fakes::Syncs syncs_;
};

// Prints what run.py reads: one line of names and numbers, each the median of these payments,
// and the memory of the whole process after them.
void print_medians(const std::vector<Spent>& payments);

}  // namespace linuxcash::bench
