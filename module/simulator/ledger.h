// SPDX-License-Identifier: Apache-2.0
// The simulators' own record of what really happened: one JSON object a line, appended, synced,
// never changed. One thread at a time.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "json/json.h"

namespace linuxcash::simulator {

class Ledger {
public:
    static constexpr std::size_t kFileLimitBytes = 512 * 1024 * 1024;

    // Without a path the record lives in memory. An existing file is read whole; a last line that a
    // killed process left unfinished is cut off, any other damage is refused with its line number.
    // Busy when another simulator has the file open.
    [[nodiscard]] static Result<Ledger> open(const std::optional<std::filesystem::path>& path);

    // On disk when this returns well.
    [[nodiscard]] Result<> append(const json::Value& event);
    [[nodiscard]] const std::vector<json::Value>& events() const { return events_; }

private:
    Ledger() = default;
    [[nodiscard]] Result<> read_back();

    std::filesystem::path path_;
    UniqueFd fd_;
    std::vector<json::Value> events_;
};

}  // namespace linuxcash::simulator
