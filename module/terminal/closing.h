// SPDX-License-Identifier: Apache-2.0
// The end of a paid receipt: the fiscal step, closing, and what happens when it fails. One flow at
// a time; one thread.
#pragma once

#include "terminal/fiscal.h"
#include "terminal/flow.h"
#include "terminal/register.h"
#include "terminal/slip_desk.h"
#include "terminal/undos.h"

namespace linuxcash::terminal {

class Closing {
public:
    // All must outlive this.
    struct Parts {
        till::Till& till;
        Announcer& announcer;
        Register& desk;
        SlipDesk& slips;
        FiscalDevice& fiscal;
        Undos& undos;
    };

    explicit Closing(Parts parts);

    // Registers the paid receipt and closes it; when that fails every payment is taken back and the
    // receipt stays open. Ends in Done when it is closed.
    void close(FlowThen then);
    // Closes the receipt if it is paid; `end` is what is told then, or what the failure made of it.
    void close_if_paid(FlowEnd end, FlowThen then);

private:
    void failed(const Text& why, FlowThen then);
    void forget_undos();

    Parts parts_;
};

}  // namespace linuxcash::terminal
