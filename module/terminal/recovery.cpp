// SPDX-License-Identifier: Apache-2.0
#include "terminal/recovery.h"

#include <algorithm>
#include <utility>

#include "terminal/receipt_edits.h"
#include "terminal/recovery_texts.h"

namespace linuxcash::terminal {

namespace {

using core::OperationKind;
using core::Settled;
using host::Level;

Approval approval_of(const Money& sum, const host::Unclaimed& entry) {
    return {sum, entry.gateway_id, entry.slip, entry.report_info, std::nullopt};
}

bool takes_back(OperationKind kind) {
    return kind == OperationKind::Undo || kind == OperationKind::RefundUndo;
}

}  // namespace

Recovery::Recovery(Parts parts) : parts_(parts) {
}

void Recovery::run(std::function<void()> done) {
    done_ = std::move(done);
    collect();
    next();
}

void Recovery::collect() {
    for (PaymentSystems::System* system : parts_.systems.all()) {
        if (system->instance) collect_unclaimed(*system);
    }
    const Result<std::vector<till::Operation>> operations = parts_.till.open_operations();
    if (!operations) {
        parts_.announcer.error(
            tr("список незавершенных операций не прочитан: %1", operations.error().text));
        return;
    }
    // By the time of the strangers the till's own operations have been handled; undos come first:
    // what they take back stands nowhere any more.
    std::deque<Step> strangers = std::exchange(steps_, {});
    for (const till::Operation& operation : *operations) {
        known_.insert(operation.id);
        if (!takes_back(operation.kind)) continue;
        steps_.emplace_back([this, operation] { resume_undo(operation); });
    }
    for (const till::Operation& operation : *operations) {
        if (takes_back(operation.kind)) continue;
        steps_.emplace_back([this, operation] { resume_move(operation); });
    }
    std::move(strangers.begin(), strangers.end(), std::back_inserter(steps_));
}

void Recovery::collect_unclaimed(PaymentSystems::System& system) {
    const Result<std::vector<host::Unclaimed>> list = system.instance->unclaimed();
    if (!list) {
        unread_.insert(system.name);
        parts_.announcer.notice(
            Level::Error, tr("Список незавершенных оплат не прочитан: %1", list.error().text),
            system.name);
        return;
    }
    for (const host::Unclaimed& entry : *list) {
        unclaimed_[entry.operation] = entry;
        const bool moves = entry.kind == "pay" || entry.kind == "refund";
        if (!moves) continue;
        steps_.emplace_back([this, name = system.name, entry] { resume_stranger(name, entry); });
    }
}

void Recovery::next() {
    while (!parts_.dialogue.running() && !steps_.empty()) {
        const Step step = std::move(steps_.front());
        steps_.pop_front();
        step();
    }
    if (parts_.dialogue.running() || !done_) return;
    look_at_receipts();
    drop_empty_refund();
    std::exchange(done_, nullptr)();
}

void Recovery::notice(Level level, const Text& text, const till::Operation& operation) {
    NoticeEvent event;
    event.level = level;
    event.text = parts_.announcer.say(text);
    event.source = operation.system;
    event.topic = "recovered";
    event.operation = operation.id.hex();
    parts_.announcer.notice(std::move(event));
}

// ---- Receipts ----

// An annulment, or the cancel of a refund, that was cut off between two payments.
void Recovery::look_at_receipts() {
    if (!parts_.desk.shift()) return;
    const Result<std::vector<till::Receipt>> receipts =
        parts_.till.receipts_of_shift(parts_.desk.shift()->number);
    if (!receipts) return;
    for (const till::Receipt& receipt : *receipts) {
        const bool half =
            receipt.state == till::ReceiptState::Closed && receipt.due().is_positive();
        if (!half) continue;
        parts_.announcer.notice(Level::Error, recovery_texts::half_annulled(receipt), "till");
    }
}

// A refund is one command: when nothing of it was given, it did not happen. What is still in doubt,
// and what was meant to stay open, stays.
void Recovery::drop_empty_refund() {
    const till::Receipt* refund = parts_.desk.receipt();
    const bool empty = refund != nullptr && refund->type == core::ReceiptType::Refund
                       && !refund->sale_uid.empty() && !refund->held && !has_money(*refund);
    if (!empty) return;
    const Result<std::vector<till::Operation>> operations = parts_.till.open_operations();
    const bool in_doubt =
        !operations
        || std::any_of(operations->begin(), operations->end(), [refund](const auto& each) {
               return each.receipt_uid == refund->uid && !each.word;
           });
    if (in_doubt) return;
    const Text text =
        tr("Прерванный возврат не состоялся, чек возврата %1 аннулирован", refund->number);
    if (const Result<> ended = parts_.desk.end(till::ReceiptState::Annulled); !ended) return;
    parts_.announcer.notice(Level::Warning, text, "till");
    parts_.desk.emit_receipt();
}

// ---- Undos ----

// An undo of a payment that stands in a closed receipt: somebody is annulling it.
void Recovery::take_up_annulled(const till::Operation& undo) {
    Result<std::optional<till::Receipt>> receipt = parts_.operations.receipt_of(undo.receipt_uid);
    if (!receipt || !*receipt || (*receipt)->state != till::ReceiptState::Closed) return;
    const till::Payment* payment = (*receipt)->payment(undo.payment);
    if (payment == nullptr || payment->state != till::PaymentState::Processed) return;
    parts_.desk.take_up(std::move(**receipt));
}

void Recovery::resume_undo(const till::Operation& undo) {
    if (undo.word) return parts_.desk.record_word({undo.system, {undo.id, *undo.word}});
    if (const auto instance = parts_.systems.instance(undo.system); !instance) {
        return notice(
            Level::Error, recovery_texts::undo_not_finished(undo, instance.error().text), undo);
    }
    take_up_annulled(undo);
    // The same id: the module goes on with it, or replays its end, or begins what the cashier had
    // asked for.
    parts_.operations.run(undo, true, [this, undo](const Result<host::Finished>& end) {
        undo_ended(undo, end);
        parts_.desk.put_down();
        next();
    });
}

void Recovery::undo_ended(const till::Operation& undo, const Result<host::Finished>& end) {
    record_undo(undo, end);
    if (!Undos::took_back(end)) {
        return notice(Level::Error, recovery_texts::undo_failed(undo), undo);
    }
    ended_.insert(*undo.target);
    notice(Level::Warning, recovery_texts::undo_done(undo), undo);
}

void Recovery::record_undo(const till::Operation& undo, const Result<host::Finished>& end) {
    const till::Receipt* at_hand = parts_.desk.receipt();
    const bool stands_there =
        at_hand != nullptr && at_hand->uid == undo.receipt_uid && undo.payment != 0;
    if (stands_there) return parts_.undos.record(undo, end);
    if (!Undos::took_back(end)) {
        if (end) parts_.desk.record_word({undo.system, {undo.id, Settled::Undone}});
        return;
    }
    parts_.desk.record_word({undo.system, {undo.id, Settled::Kept}});
    const Result<till::Operation> target = parts_.till.operation(*undo.target);
    if (!target || target->word) return;
    parts_.desk.record_word({undo.system, {*undo.target, Settled::Undone}});
}

// ---- Payments and refunds ----

void Recovery::resume_move(const till::Operation& move) {
    if (ended_.contains(move.id)) return;
    if (const auto instance = parts_.systems.instance(move.system); !instance) {
        return notice(
            Level::Error, recovery_texts::still_unknown(move, instance.error().text), move);
    }
    if (move.word == Settled::Kept) {
        return parts_.desk.record_word({move.system, {move.id, Settled::Kept}});
    }
    if (unread_.contains(move.system)) return;  // said already; nothing may be concluded
    const auto entry = unclaimed_.find(move.id);
    if (entry == unclaimed_.end()) {
        // The module knows of no money: it never began, or ended without any.
        return settle_undone(move, "");
    }
    const host::Unclaimed& known = entry->second;
    if (!known.outcome) return attach(move);
    if (*known.outcome != host::Outcome::Approved) return settle_undone(move, known.text);
    if (move.word || known.sum != move.sum) return take_back(move);
    claim(move, approval_of(move.sum, known));
}

void Recovery::settle_undone(const till::Operation& move, const std::string& text) {
    parts_.desk.record_word({move.system, {move.id, Settled::Undone}});
    if (move.word) return;
    notice(Level::Warning, recovery_texts::did_not_happen(move, text), move);
}

// The module has an operation that the till knows nothing of, or ended long ago.
void Recovery::resume_stranger(const std::string& system, const host::Unclaimed& entry) {
    if (known_.contains(entry.operation) || ended_.contains(entry.operation)) return;
    till::Operation move;
    move.id = entry.operation;
    move.kind = entry.kind == "refund" ? OperationKind::Refund : OperationKind::Pay;
    move.system = system;
    move.valutcode = entry.type;
    move.sum = entry.sum.value_or(Money());
    move.receipt_uid = entry.receipt_uid;
    move.receipt_number = entry.receipt_number;
    const Result<till::Operation> ended = parts_.till.operation(entry.operation);
    if (ended) return resume_move(*ended);
    const Result<std::optional<till::Receipt>> receipt =
        parts_.operations.receipt_of(entry.receipt_uid);
    const bool ours = receipt && *receipt && entry.sum;
    // Which payment a refund gives back only the till knew.
    if (!ours || move.kind == OperationKind::Refund) {
        return notice(Level::Error, recovery_texts::of_unknown_receipt(move), move);
    }
    if (const Result<> stored = parts_.till.begin_operation(move); !stored) {
        return parts_.announcer.error(tr("операция модуля не записана: %1", stored.error().text));
    }
    resume_move(move);
}

// It still runs: follow it to its end.
void Recovery::attach(const till::Operation& move) {
    const Result<std::optional<till::Receipt>> receipt =
        parts_.operations.receipt_of(move.receipt_uid);
    if (!receipt || !*receipt) {
        return notice(Level::Error, recovery_texts::runs_for_unknown_receipt(move), move);
    }
    notice(Level::Warning, recovery_texts::is_followed(move), move);
    parts_.operations.run(move, false, [this, move](const Result<host::Finished>& end) {
        attached_ended(move, end);
        next();
    });
}

void Recovery::attached_ended(const till::Operation& move, const Result<host::Finished>& end) {
    if (!end) {
        return notice(Level::Error, recovery_texts::still_unknown(move, end.error().text), move);
    }
    if (end->outcome != host::Outcome::Approved) return settle_undone(move, end->text);
    if (move.word || end->sum != move.sum) return take_back(move);
    claim(move, terminal::approval_of(move, *end));
}

bool Recovery::fits_open_receipt(const till::Operation& move, const Money& sum) const {
    const till::Receipt* open = parts_.desk.receipt();
    if (open == nullptr || open->uid != move.receipt_uid) return false;
    return sum.currency() == open->currency && !(open->due() < sum);
}

void Recovery::claim(const till::Operation& move, const Approval& approval) {
    if (!fits_open_receipt(move, approval.sum)) return take_back(move);
    parts_.operations.record_approved(move, approval);
    notice(Level::Info, recovery_texts::claimed(move), move);
}

// Money for a receipt that has no place for it any more.
void Recovery::take_back(const till::Operation& move) {
    const Result<till::Operation> undo = parts_.operations.store(Undos::undo_of(move));
    if (!undo) {
        return parts_.announcer.error(
            tr("отмена не начата, она не записана: %1", undo.error().text));
    }
    notice(Level::Warning, recovery_texts::is_taken_back(move), move);
    parts_.operations.run(*undo, true, [this, undo = *undo](const Result<host::Finished>& end) {
        undo_ended(undo, end);
        next();
    });
}

}  // namespace linuxcash::terminal
