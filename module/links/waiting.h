// SPDX-License-Identifier: Apache-2.0
// How every link waits: for a descriptor, until a deadline, and never past a StopSignal. One thread
// at a time.
#pragma once

#include "core/ports.h"
#include "printing/link.h"
#include "printing/stop.h"

namespace linuxcash::links {

class Waiting {
public:
    // Both outlive it.
    Waiting(const core::Clock& clock, const printing::StopSignal& stop)
        : clock_(clock), stop_(stop) {}

    [[nodiscard]] core::Millis now() const { return clock_.monotonic(); }
    [[nodiscard]] bool stopped() const { return stop_.raised(); }

    // Complete when one of the poll() events has come, or an error or hang-up, which the next read
    // or write tells more about. A descriptor of -1 is only waited with.
    [[nodiscard]] printing::Ended ready(int fd, short events, core::Millis deadline) const;

    // Complete after that time; Deadline when the deadline comes first.
    [[nodiscard]] printing::Ended pause(core::Millis ms, core::Millis deadline) const;

    // What is left, for a call that waits by itself in steps of StopSignal::kLookMs.
    [[nodiscard]] int step_ms(core::Millis deadline) const;

private:
    const core::Clock& clock_;
    const printing::StopSignal& stop_;
};

}  // namespace linuxcash::links
