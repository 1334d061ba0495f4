// SPDX-License-Identifier: Apache-2.0
// One operation told to an administrator in plain words: what happened, what is owed since when,
// what it stops, and the next step. Pure, any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "core/records.h"
#include "journal/answer.h"
#include "journal/reader.h"
#include "json/json.h"

namespace linuxcash::cli {

struct Situation {
    std::string system;  // "oplati"
    std::string title;  // "О!плати"
    journal::Listed listed;
    std::vector<core::Operation> about;  // undos and refunds of it
    bool running = false;  // a register works with the module
    bool answered = false;  // the register told …
    std::vector<journal::DebtTold> debts;  // … how everything owed stands
    std::optional<Text> token_trouble;  // what to do about the token first
    std::int64_t now_ms = 0;
};

// Whether somebody must still do something about it: it owes, or its outcome is not known.
[[nodiscard]] bool is_unfinished(const core::Operation& operation);

// A heading, and lines to be indented below it.
[[nodiscard]] Text heading(const Situation& situation);
[[nodiscard]] std::vector<Text> explanation(const Situation& situation);
// The last of these lines: what to do now.
[[nodiscard]] Text next_step(const Situation& situation);

[[nodiscard]] json::Value document_of(
    const Situation& situation, const std::function<std::string(const Text&)>& translated);

}  // namespace linuxcash::cli
