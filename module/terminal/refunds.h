// SPDX-License-Identifier: Apache-2.0
// A refund by a sale receipt, as one command: all of it happens, or nothing does. One flow at a
// time; one thread.
#pragma once

#include <cstdint>
#include <vector>

#include "terminal/closing.h"
#include "terminal/command.h"
#include "terminal/flow.h"
#include "terminal/give_backs.h"
#include "terminal/refund_plan.h"
#include "terminal/register.h"
#include "terminal/undos.h"
#include "till/till.h"

namespace linuxcash::terminal {

class Refunds {
public:
    // All must outlive this.
    struct Parts {
        till::Till& till;
        Announcer& announcer;
        Register& desk;
        Undos& undos;
        Closing& closing;
        GiveBacks& give_backs;
    };

    struct Plan {
        till::Receipt sale;
        std::vector<till::Line> lines;  // of the refund receipt
        Money total;
        std::vector<RefundPart> parts;
        bool hold = false;
        bool silent = false;
    };

    explicit Refunds(Parts parts);

    // What would be given back; nothing is begun. The error says why it cannot.
    [[nodiscard]] Result<Plan> plan(const Refund& wish);
    // Opens a refund receipt, gives the parts back, closes it (unless it is held). When a part is
    // not given, the others are taken back and the receipt is annulled, or stays open when held.
    void refund(Plan plan, FlowThen then);

    // The closed sale of that number, and what it still holds.
    [[nodiscard]] Result<till::Receipt> sale_to_refund(std::int64_t number);
    [[nodiscard]] Result<SaleRest> rest_of_sale(const till::Receipt& sale);

private:
    void given(bool hold, const FlowEnd& end, const FlowThen& then);
    void roll_back(bool hold, FlowEnd end, FlowThen then);
    void annul_empty(bool hold);

    Parts parts_;
};

}  // namespace linuxcash::terminal
