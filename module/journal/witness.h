// SPDX-License-Identifier: Apache-2.0
// The lock file of a module's data, and what it says: who owns the data, and how far the journal
// went. SQLite drops what follows a damaged page of its write-ahead log without a word; this number
// in another file tells. The owner's loop thread; is_owned() and read_mark() any.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/files.h"
#include "base/places.h"
#include "base/result.h"

namespace linuxcash::journal {

struct Mark {
    std::int64_t pid = 0;
    std::int64_t seq = 0;  // of a record that was synced
};

// Nullopt when there is none, or it does not check out: it proves nothing then.
[[nodiscard]] std::optional<Mark> read_mark(const std::filesystem::path& lock);

// Whether a running process owns the module's data.
[[nodiscard]] bool is_owned(const Places& places, std::string_view module);

class Witness {
public:
    // Takes the lock for this process. Busy, naming the program to end, when another has it.
    [[nodiscard]] static Result<Witness> take(
        const Places& places, std::string_view module, const std::optional<Owner>& owner);

    // What the former owner left, then what note() was told.
    [[nodiscard]] std::int64_t seq() const { return seq_; }
    // Only after the record is synced. Not synced itself: an older number proves less, never wrong.
    void note(std::int64_t seq) noexcept;

private:
    Witness(FileLock lock, UniqueFd file, std::int64_t seq);

    FileLock lock_;
    UniqueFd file_;
    std::int64_t seq_;
};

}  // namespace linuxcash::journal
