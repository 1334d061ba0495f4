// SPDX-License-Identifier: Apache-2.0
// What an operation tells and asks, and what comes back: the core's side of the conversation. Plain
// values, no threads.
#pragma once

#include <string>
#include <variant>

#include "base/money.h"
#include "base/text.h"
#include "core/outcome.h"
#include "core/slip.h"

namespace linuxcash::core {

// Stays on the screen until the next one.
struct Show {
    Text text;
    std::string qr;
    bool for_customer = false;
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
    friend bool operator==(const Finished&, const Finished&) = default;
};

using Event = std::variant<Show, Ask, Finished>;

struct Value {
    std::string text;
};
struct Dismissed {};  // the cashier closed the question
struct NotSupported {};  // the host cannot show such a question
using Response = std::variant<Value, Dismissed, NotSupported>;

}  // namespace linuxcash::core
