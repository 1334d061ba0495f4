// SPDX-License-Identifier: Apache-2.0
// The hashes by which a changed or missing record shows. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>

#include "base/operation_id.h"
#include "crypto/digest.h"

namespace linuxcash::journal {

using crypto::Digest;

// A record as it lies in the file.
struct Row {
    std::int64_t seq = 0;  // 1, 2, 3 … without gaps
    OperationId operation;
    std::string kind;
    std::string body;
    std::int64_t at_ms = 0;
    Digest hash{};
};

// SHA-256 of the former record's hash (zeros before the first) and of everything in this one but
// its own hash: numbers as 8 bytes, texts after their length, all big-endian.
[[nodiscard]] Digest hash_of(const Digest& former, const Row& row);

// What the journal knows of one operation beside its records, to notice when some of them hide.
struct Entry {
    OperationId operation;
    std::int64_t records = 0;  // how many
    std::int64_t last_seq = 0;  // of the last
    bool open = false;  // something may still come, or is owed
};

// Where the journal ends: one row, rewritten by every commit.
struct Head {
    std::int64_t seq = 0;
    Digest hash{};  // of record `seq`, zeros when there is none
    Digest open_mark{};  // of all open operations together
};

// Adds an open operation to the mark, or takes it out again; the order does not matter. An entry
// that is not open changes nothing.
void toggle(Digest& open_mark, const Entry& entry);

}  // namespace linuxcash::journal
