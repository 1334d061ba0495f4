// SPDX-License-Identifier: Apache-2.0
// What modules say and owe outside operations: notices, the queue, its length and age. One thread.
#pragma once

#include <optional>
#include <vector>

#include "core/ports.h"
#include "terminal/announcer.h"
#include "terminal/payment_systems.h"
#include "terminal/queue_watch.h"
#include "terminal/settings.h"
#include "terminal/slip_desk.h"

namespace linuxcash::terminal {

class ModuleWatch {
public:
    // All must outlive this.
    struct Parts {
        PaymentSystems& systems;
        Announcer& announcer;
        SlipDesk& slips;
        core::Clock& clock;
    };

    ModuleWatch(Parts parts, const Settings& settings);

    // Tells why modules do not work.
    void tell_troubles();
    // Tells at the start what is owed, however little.
    void tell_queue();
    // Takes in what modules have to say, and looks at the queue now and then. It belongs to no
    // command, so it bears no id.
    void pump();
    // Everything that modules owe.
    [[nodiscard]] std::vector<host::Obligation> obligations();
    // Tries all of it now.
    void push();

private:
    bool pull_notices();
    void on(const PaymentSystems::System& system, const host::Notice& notice);

    Parts parts_;
    QueueWatch queue_watch_;
    std::optional<core::Millis> looked_at_;  // when the queue was looked at last
};

}  // namespace linuxcash::terminal
