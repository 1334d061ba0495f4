// SPDX-License-Identifier: Apache-2.0
// What is owed for one payment or refund, driven until it is proven done: query, cancel, query
// again; a success that only a refund can take back is refunded once. Pure values, no I/O, no
// threads.
#pragma once

#include <string>

#include "core/machine.h"

namespace linuxcash::core {

enum class UndoPhase {
    Waiting,  // for its next turn
    Querying,  // is there anything to take back?
    Undoing,  // the cancel is on its way
    Proving,  // it was answered; does a query agree?
    Refunding,  // the cancel came too late
    Searching,  // the refund's reply was lost: is it in the list?
    Discharged,
};

[[nodiscard]] std::string_view name(UndoPhase phase);

struct UndoState {
    UndoPhase phase = UndoPhase::Waiting;
    Payment payment;
    ObligationKind kind = ObligationKind::Undo;
    std::string refund_number;  // our key of the refund; durable before it is sent
    bool refund_sent = false;  // maybe; after a restart always true
    bool cancel_taken = false;  // the gateway said yes to the cancel in this attempt
    int paid_after_cancel = 0;  // how often a query still said paid after that
    bool asked_list = false;  // the open question went to the list, not to the payment
    bool gone_before = false;  // "no such payment" was heard already
    Millis gone_counts_from = 0;  // before that moment it proves nothing (ruling O1)
    Tag tag = 0;
    int tries = 0;  // of this run
    Text last_error;
    bool waits_for_link = false;  // that error goes away with the link, and nobody need do anything
};

class Undo {
public:
    // `gateway` must outlive the machine.
    explicit Undo(const Gateway& gateway) : gateway_(gateway) {}

    // The machine for an obligation that was created, or found in the journal, at `now`.
    [[nodiscard]] UndoState state_for(Payment payment, const Owed& owed, Millis now) const;
    [[nodiscard]] Step<UndoState> step(UndoState state, const Input& input, Millis now) const;

private:
    using UndoStep = Step<UndoState>;

    [[nodiscard]] UndoStep attempt(UndoState state) const;
    [[nodiscard]] UndoStep replied(UndoState state, const Answer& answer, Millis now) const;
    [[nodiscard]] UndoStep judged(UndoState state, const Reading& reading, Millis now) const;
    [[nodiscard]] UndoStep queried(UndoState state, const Reading& reading) const;
    [[nodiscard]] UndoStep undone(UndoState state, const Reading& reading, Millis now) const;
    [[nodiscard]] UndoStep proved(UndoState state, const Reading& reading, Millis now) const;
    [[nodiscard]] UndoStep refunded(UndoState state, const Reading& reading) const;
    [[nodiscard]] UndoStep searched(UndoState state, const Reading& reading) const;

    [[nodiscard]] UndoStep ask(UndoState state, UndoPhase phase) const;
    [[nodiscard]] UndoStep send(UndoState state, UndoPhase phase, Call call) const;
    [[nodiscard]] UndoStep refund(UndoState state) const;
    [[nodiscard]] Payment late_refund(const UndoState& state) const;
    [[nodiscard]] UndoStep back_off(UndoState state, Text error, bool link_failed) const;
    [[nodiscard]] UndoStep nothing_moved(UndoState state, const Reading& reading) const;
    [[nodiscard]] UndoStep discharge(UndoState state, Text how) const;
    [[nodiscard]] Reading read(const UndoState& state, const Reply& reply) const;

    const Gateway& gateway_;
};

// ---- The operations `undo` and `refund_undo`: the host takes back a payment or a refund ----

struct TakebackState {
    enum class Phase { Idle, Working, Ended };
    Phase phase = Phase::Idle;
    OperationId id;
    Operation target;
    std::string cashier;
    bool begun_before = false;  // its intent is in the journal already
    Tag tag = 0;
};

// Makes the obligation durable, has it tried at once, and tells how that went; what is left goes on
// in the queue.
class Takeback {
public:
    explicit Takeback(const Gateway& gateway) : gateway_(gateway) {}

    [[nodiscard]] Step<TakebackState> step(
        TakebackState state, const Input& input, Millis now) const;

private:
    using TakebackStep = Step<TakebackState>;

    [[nodiscard]] TakebackStep started(TakebackState state) const;
    [[nodiscard]] TakebackStep finish(
        TakebackState state, Outcome outcome, Reason reason, Text text) const;

    const Gateway& gateway_;
};

}  // namespace linuxcash::core
