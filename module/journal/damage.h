// SPDX-License-Identifier: Apache-2.0
// What is said of a damaged journal, and how an administrator takes the loss upon himself. Blocks
// on the disk; any thread, no owner at the same time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "base/places.h"
#include "base/result.h"

namespace linuxcash::journal {

// An error that is Damaged gets the journal's name and the remedy; others stay as they are.
[[nodiscard]] Error explained(const Error& error, const Places& places, std::string_view module);

// Records that were on the disk are not in the journal.
[[nodiscard]] Error missing_end(std::int64_t last_seq, std::int64_t synced_seq);

struct Accepted {
    bool journal_kept = false;  // it checks out; only what followed its last record is lost
    std::vector<std::filesystem::path> set_aside;  // what does not, under its new names
};

// After this the module starts again: with the journal, if it checks out, else with an empty one.
// Nothing is deleted. InvalidInput when there is nothing to accept, NotFound when the module has no
// data, Busy while it runs, Unsupported for a journal of a newer version.
[[nodiscard]] Result<Accepted> accept_damage(
    const Places& places, std::string_view module, std::int64_t wall_ms);

}  // namespace linuxcash::journal
