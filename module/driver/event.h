// SPDX-License-Identifier: Apache-2.0
// What the driver says to its host. Plain values, no threads.
#pragma once

#include <cstdint>
#include <string>

#include "base/text.h"

namespace linuxcash::driver {

// How a job ended, from the best to the worst.
enum class JobEnd {
    Printed,  // the printer says so
    Sent,  // taken, and this printer never says more
    NotPrinted,  // nothing of it is on paper
    InDoubt,  // a part may be
    Refused,  // cannot be printed here, now or later; nothing was sent
};

enum class State {
    Unknown,
    Ready,
    PaperNearEnd,
    PaperOut,
    CoverOpen,
    Offline,
    Cutter,
    Fault,
    Unreachable,
};

// Whether a printer in this state is worth a try.
[[nodiscard]] constexpr bool prints(State state) {
    return state == State::Unknown || state == State::Ready || state == State::PaperNearEnd;
}

enum class EventKind { Job, State };

struct Event {
    EventKind kind = EventKind::State;
    std::uint64_t job = 0;  // of a Job
    std::string target;  // of the printer
    JobEnd end = JobEnd::Printed;  // of a Job
    State state = State::Unknown;
    Text text;  // for the cashier; may be empty
    friend bool operator==(const Event&, const Event&) = default;
};

}  // namespace linuxcash::driver
