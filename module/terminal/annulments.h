// SPDX-License-Identifier: Apache-2.0
// Receipts that are made undone as a whole: an open one, a closed sale of this shift, a closed
// refund. One flow at a time; one thread.
#pragma once

#include <cstdint>

#include "terminal/flow.h"
#include "terminal/papers.h"
#include "terminal/register.h"
#include "terminal/slip_desk.h"
#include "terminal/undos.h"
#include "till/till.h"

namespace linuxcash::terminal {

class Annulments {
public:
    // All must outlive this.
    struct Parts {
        till::Till& till;
        Announcer& announcer;
        Register& desk;
        SlipDesk& slips;
        Papers& papers;
        Undos& undos;
    };

    explicit Annulments(Parts parts);

    // The open receipt with its payments.
    void annul_open(FlowThen then);
    // Whether a closed sale may be annulled now; a closed refund cancelled. The error says why not.
    [[nodiscard]] Result<till::Receipt> sale_to_annul(std::int64_t number);
    [[nodiscard]] Result<till::Receipt> refund_to_cancel(std::int64_t number);
    // Takes all payments of a closed receipt back and annuls it; when one stays the receipt stays
    // closed with what is left, and the same may be tried again.
    void annul_closed(till::Receipt closed, FlowThen then);

private:
    void open_undone(const FlowEnd& undone, const FlowThen& then);
    // `held`: the receipt as it was with its money.
    [[nodiscard]] FlowEnd closed_undone(const till::Receipt& held, const FlowEnd& undone);
    [[nodiscard]] Result<till::Receipt> closed_receipt(std::int64_t number);
    void print_annulment(const till::Receipt& held);

    Parts parts_;
};

}  // namespace linuxcash::terminal
