// SPDX-License-Identifier: Apache-2.0
// The operation `totals`: three books of one shift (the journal, the gateway's list, the host's
// receipts) laid side by side. A success that the gateway booked after we had proven it absent is
// owed from here on. Pure values, no I/O, no threads.
#pragma once

#include <string>
#include <vector>

#include "core/machine.h"

namespace linuxcash::core {

// A payment or refund that stands in a receipt of the host.
struct TillEntry {
    OperationId operation;
    std::int64_t receipt_number = 0;
    Money sum;
};

// Operations are the journal's payments and refunds with the shift's label.
struct Books {
    std::vector<Operation> journal;
    Bookings gateway;
    std::vector<TillEntry> till;
};

struct Findings {
    Comparison comparison;
    // Proven undone or absent once, and paid at the gateway now.
    std::vector<OperationId> late;
};

// Fills totals and differences of `head`: first what the journal has, then what only the gateway
// has, then what only the till has.
[[nodiscard]] Findings compare(Comparison head, const Books& books);

// The comparison in words: the first differences, and how many there are.
[[nodiscard]] Text summary_of(const Comparison& comparison);
// The comparison on paper.
[[nodiscard]] slip::Slip slip_of(const Comparison& comparison);

struct ReconcileState {
    enum class Phase { Idle, Asking, Ended };
    Phase phase = Phase::Idle;
    OperationId id;
    Comparison head;
    Books books;  // the gateway's is empty until it answers
    Tag tag = 0;
};

class Reconcile {
public:
    // `gateway` must outlive the machine.
    explicit Reconcile(const Gateway& gateway) : gateway_(gateway) {}

    [[nodiscard]] Step<ReconcileState> step(
        ReconcileState state, const Input& input, Millis now) const;

private:
    using ReconcileStep = Step<ReconcileState>;

    [[nodiscard]] ReconcileStep started(ReconcileState state) const;
    [[nodiscard]] ReconcileStep replied(ReconcileState state, const Answer& answer) const;
    [[nodiscard]] ReconcileStep not_made(
        ReconcileState state, Outcome outcome, Reason reason, const Text& why) const;

    const Gateway& gateway_;
};

}  // namespace linuxcash::core
