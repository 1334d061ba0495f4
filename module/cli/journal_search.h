// SPDX-License-Identifier: Apache-2.0
// Finds operations in the journals of one system or of all. One thread; waits for the disk.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/commands.h"
#include "journal/reader.h"

namespace linuxcash::cli {

struct Found {
    std::string system;
    journal::Listed listed;
};

[[nodiscard]] std::int64_t wall_clock_ms();

// The systems that a command is about: the named one, or all that have a journal.
[[nodiscard]] std::vector<std::string> systems_of(const Invocation& invocation);

// Of each system in order of their beginning.
[[nodiscard]] Result<std::vector<Found>> search_journals(
    const Places& places, const std::vector<std::string>& systems, const journal::Filter& filter);

// Whether that may be the beginning of an operation's number.
[[nodiscard]] bool is_operation_text(const std::string& text);
// What is_operation_text() wants, for whoever typed something else.
[[nodiscard]] Text operation_text_wanted();
// The one operation whose number begins so. NotFound; InvalidInput when there are several.
[[nodiscard]] Result<Found> find_operation(
    const Places& places, const std::vector<std::string>& systems, const std::string& id);

}  // namespace linuxcash::cli
