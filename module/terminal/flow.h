// SPDX-License-Identifier: Apache-2.0
// How a command that moves money or asks a module ends. Plain values, no threads.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/money.h"
#include "base/operation_id.h"
#include "host/values.h"
#include "terminal/announcer.h"

namespace linuxcash::terminal {

// How a flow ended. `text` is what the cashier has read or must read.
struct FlowEnd {
    host::Outcome outcome = host::Outcome::Done;
    bool owed = false;
    std::string text = {};
    std::string reason = {};
    std::optional<int> valutcode = {};
    std::optional<Money> sum = {};
    std::optional<OperationId> operation = {};
};

// Each flow ends in exactly one call of it, at once or after conversations.
using FlowThen = std::function<void(const FlowEnd&)>;

// What a module said at the end of its part.
inline void take_over(FlowEnd& end, const host::Finished& finished) {
    end.outcome = finished.outcome;
    end.owed = finished.owed;
    end.text = finished.text;
    end.reason = finished.reason;
}

// Nothing was done, and the cashier has read why.
[[nodiscard]] inline FlowEnd refused(Announcer& announcer, const Text& why, FlowEnd end) {
    end.outcome = host::Outcome::Refused;
    end.text = announcer.say(why);
    announcer.tell(host::Level::Error, "", end.text);
    return end;
}

}  // namespace linuxcash::terminal
