// SPDX-License-Identifier: Apache-2.0
// What an operation tells and asks, and what comes back: the core's side of the conversation. Plain
// values, no threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/money.h"
#include "base/text.h"
#include "core/comparison.h"
#include "core/outcome.h"
#include "core/slip.h"

namespace linuxcash::core {

// Stays on the screen until the next one.
struct Show {
    Text text;
    std::string qr;
    bool for_customer = false;
    bool masked = false;  // the text holds a code for this buyer: kept out of logs
    int limit_ms = 0;  // until the step gives up by itself; 0: no limit
    friend bool operator==(const Show&, const Show&) = default;
};

// A scanned or typed value is wanted.
struct Ask {
    Text title;
    Text text;
    int max_length = 0;  // characters; 0: no limit
    friend bool operator==(const Ask&, const Ask&) = default;
};

// One of several; the answer is its index.
struct Choose {
    Text title;
    Text text;
    std::vector<std::string> options;
    friend bool operator==(const Choose&, const Choose&) = default;
};

// The receipt gets a loyalty card; the host may refuse it.
struct SetCard {
    std::int64_t revision = 0;  // of the receipt it was asked for
    std::string number;
    friend bool operator==(const SetCard&, const SetCard&) = default;
};

// The last event of every operation.
struct Finished {
    Outcome outcome = Outcome::Unknown;
    bool owed = false;
    Level level = Level::Info;
    Text text;
    Reason reason = Reason::None;
    Money sum;
    std::string gateway_id;
    slip::Slip slip;
    std::optional<Comparison> comparison;  // of a reconciliation
    friend bool operator==(const Finished&, const Finished&) = default;
};

using Event = std::variant<Show, Ask, Choose, SetCard, Finished>;

struct Value {
    std::string text;
};
struct Chosen {
    int index = 0;
};
struct Applied {};  // the receipt was changed as asked
struct NotApplied {
    std::string why;
};
struct Dismissed {};  // the cashier closed the question
struct NotSupported {};  // the host cannot show such a question
using Response = std::variant<Value, Chosen, Applied, NotApplied, Dismissed, NotSupported>;

// Whether the event waits for an answer, and whether this is one that it takes.
[[nodiscard]] bool is_question(const Event& event);
[[nodiscard]] bool answers(const Response& response, const Event& question);

}  // namespace linuxcash::core
