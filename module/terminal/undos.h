// SPDX-License-Identifier: Apache-2.0
// Taking back: payments of a sale, and what a refund receipt gave. Works on the receipt at hand,
// open or taken up. Each flow ends in exactly one call of its `then`. One flow at a time; one
// thread.
#pragma once

#include "terminal/flow.h"
#include "terminal/operations.h"
#include "terminal/register.h"
#include "till/till.h"

namespace linuxcash::terminal {

class Undos {
public:
    // All must outlive this.
    struct Parts {
        till::Till& till;
        Announcer& announcer;
        Register& desk;
        Operations& operations;
    };

    explicit Undos(Parts parts);

    // Takes a payment of the receipt back.
    void undo(int payment, bool silent, FlowThen then);
    // Takes all back, the last first, until one cannot be. Approved: all of it, proven. Unknown:
    // all of it, and something is owed. Anything else is the end of the one that stays.
    void undo_all(bool silent, FlowThen then);
    // An approved operation that cannot stand in the receipt; `end` is told with what became of it.
    void take_back(const till::Operation& approved, FlowEnd end, FlowThen then);

    // ---- What recovery needs too ----

    // The operation that takes `operation` back; not stored.
    [[nodiscard]] static till::Operation undo_of(const till::Operation& operation);
    // What an undo's end means for the payment it was about: it stands in the receipt no longer.
    [[nodiscard]] static bool took_back(const Result<host::Finished>& end);
    // Records the end of an undo of a payment of the receipt at hand.
    void record(const till::Operation& undo, const Result<host::Finished>& end);

private:
    void undo_directly(const till::Payment& payment, const FlowThen& then);
    void undo_next(bool silent, FlowEnd so_far, FlowThen then);

    Parts parts_;
};

}  // namespace linuxcash::terminal
