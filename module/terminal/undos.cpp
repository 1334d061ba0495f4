// SPDX-License-Identifier: Apache-2.0
#include "terminal/undos.h"

#include <algorithm>
#include <utility>

#include "terminal/receipt_edits.h"

namespace linuxcash::terminal {

namespace {

using core::OperationKind;
using host::Outcome;

FlowEnd end_of(const till::Payment& payment) {
    FlowEnd end;
    end.valutcode = payment.valutcode;
    end.sum = payment.sum;
    end.operation = payment.operation;
    return end;
}

FlowEnd end_of(const till::Operation& undo, const Result<host::Finished>& finished) {
    FlowEnd end;
    end.valutcode = undo.valutcode;
    end.sum = undo.sum;
    end.operation = undo.id;
    if (finished) take_over(end, *finished);
    return end;
}

// All that was taken back until now, and one more.
FlowEnd together(FlowEnd so_far, const FlowEnd& next) {
    if (next.outcome != Outcome::Approved) so_far.outcome = next.outcome;
    if (so_far.text.empty() || (next.owed && !so_far.owed)) so_far.text = next.text;
    so_far.owed = so_far.owed || next.owed;
    if (so_far.reason.empty()) so_far.reason = next.reason;
    const bool first = !so_far.sum;
    so_far.sum = first || !next.sum ? next.sum : *so_far.sum + *next.sum;
    so_far.valutcode = first ? next.valutcode : std::nullopt;
    so_far.operation = first ? next.operation : std::nullopt;
    return so_far;
}

}  // namespace

Undos::Undos(Parts parts) : parts_(parts) {
}

till::Operation Undos::undo_of(const till::Operation& operation) {
    till::Operation undo = operation;
    const bool of_payment = operation.kind == OperationKind::Pay;
    undo.kind = of_payment ? OperationKind::Undo : OperationKind::RefundUndo;
    undo.target = operation.id;
    undo.payment = 0;
    undo.word.reset();
    return undo;
}

void Undos::undo(int number, bool silent, FlowThen then) {
    const till::Payment payment = *parts_.desk.receipt()->payment(number);
    parts_.announcer.log(tr("Отмена оплаты %1: сумма %2", number, payment.sum.str()));
    if (!payment.operation) return undo_directly(payment, then);
    const Result<till::Operation> target = parts_.till.operation(*payment.operation);
    if (!target) {
        return then(refused(parts_.announcer, target.error().text, end_of(payment)));
    }
    till::Operation undo = undo_of(*target);
    undo.payment = number;
    const Result<till::Operation> stored = parts_.operations.store(std::move(undo));
    if (!stored) {
        const Text why = tr("отмена не начата, она не записана: %1", stored.error().text);
        return then(refused(parts_.announcer, why, end_of(payment)));
    }
    parts_.operations.run(
        *stored, silent,
        [this, undo = *stored, then = std::move(then)](const Result<host::Finished>& end) {
            record(undo, end);
            FlowEnd flow = end_of(undo, end);
            if (end) return then(flow);
            then(refused(parts_.announcer, end.error().text, std::move(flow)));
        });
}

void Undos::undo_directly(const till::Payment& payment, const FlowThen& then) {
    FlowEnd end = end_of(payment);
    end.outcome = Outcome::Approved;
    const Result<> stored = parts_.desk.edit([&payment](till::Receipt& receipt) -> Result<> {
        cancel_payment(receipt, payment.number);
        return Done{};
    });
    if (!stored) return then(refused(parts_.announcer, stored.error().text, std::move(end)));
    then(end);
}

void Undos::undo_all(bool silent, FlowThen then) {
    FlowEnd nothing;
    nothing.outcome = Outcome::Approved;
    undo_next(silent, std::move(nothing), std::move(then));
}

void Undos::undo_next(bool silent, FlowEnd so_far, FlowThen then) {
    const till::Payment* payment = last_with_money(*parts_.desk.receipt());
    if (payment == nullptr) return then(so_far);
    const int number = payment->number;
    undo(number, silent, [this, number, silent, so_far, then](const FlowEnd& end) {
        const till::Payment* after = parts_.desk.receipt()->payment(number);
        if (after->state != till::PaymentState::Processed) {
            return undo_next(silent, together(so_far, end), then);
        }
        FlowEnd stays = end;
        stays.owed = stays.owed || so_far.owed;
        then(stays);
    });
}

bool Undos::took_back(const Result<host::Finished>& end) {
    return end && (end->outcome == Outcome::Approved || end->owed);
}

void Undos::record(const till::Operation& undo, const Result<host::Finished>& end) {
    if (end) {
        parts_.announcer.log(tr("Исход отмены %1: %2", undo.id.brief(), host::name(end->outcome)));
    }
    if (took_back(end)) {
        parts_.desk.record(
            [&undo](till::Receipt& receipt) { cancel_payment(receipt, undo.payment); },
            {undo.system, {undo.id, core::Settled::Kept}});
        return;
    }
    // A conversation that broke off leaves the operation open: the next start asks the module
    // again.
    if (Operations::broke_off(end)) return;
    parts_.desk.record_word({undo.system, {undo.id, core::Settled::Undone}});
}

void Undos::take_back(const till::Operation& approved, FlowEnd end, FlowThen then) {
    end.outcome = Outcome::Unknown;
    end.text = parts_.announcer.say(tr("модуль провел не ту сумму, операция отменяется"));
    parts_.announcer.tell(host::Level::Error, "", end.text);
    const Result<till::Operation> stored = parts_.operations.store(undo_of(approved));
    if (!stored) return then(end);
    parts_.operations.run(
        *stored, false,
        [this, approved, undo = *stored, end, then](const Result<host::Finished>& undone) mutable {
            if (took_back(undone)) {
                end.outcome = undone->owed ? Outcome::Unknown : Outcome::Cancelled;
                end.owed = undone->owed;
                parts_.desk.record_word({undo.system, {undo.id, core::Settled::Kept}});
                parts_.desk.record_word({approved.system, {approved.id, core::Settled::Undone}});
            }
            then(end);
        });
}

}  // namespace linuxcash::terminal
