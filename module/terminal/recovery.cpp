// SPDX-License-Identifier: Apache-2.0
#include "terminal/recovery.h"

#include <utility>

#include "terminal/documents.h"

namespace linuxcash::terminal {

namespace {

using core::OperationKind;
using core::Settled;
using host::Level;

Approval approval_of(const Money& sum, const host::Unclaimed& entry) {
    return {sum, entry.gateway_id, entry.slip, entry.report_info, std::nullopt};
}

}  // namespace

Recovery::Recovery(Parts parts) : parts_(std::move(parts)) {
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
    // Undos first: what they take back is no payment any more.
    for (const till::Operation& operation : *operations) {
        known_.insert(operation.id);
        if (operation.kind != OperationKind::Undo) continue;
        steps_.emplace_back([this, operation] { resume_undo(operation); });
    }
    for (const till::Operation& operation : *operations) {
        if (operation.kind != OperationKind::Pay) continue;
        steps_.emplace_back([this, operation] { resume_pay(operation); });
    }
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
        // By then the till's own operations are known, and were handled.
        const auto ask = [this, name = system.name, entry] { resume_stranger(name, entry); };
        if (entry.kind == "pay") steps_.emplace_back(ask);
    }
}

void Recovery::next() {
    while (!parts_.dialogue.running() && !steps_.empty()) {
        const Step step = std::move(steps_.front());
        steps_.pop_front();
        step();
    }
    if (parts_.dialogue.running() || !done_) return;
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

Result<std::optional<till::Receipt>> Recovery::receipt_of(const std::string& uid) {
    const till::Receipt* open = parts_.desk.receipt();
    if (open != nullptr && open->uid == uid) return std::optional<till::Receipt>(*open);
    return parts_.till.receipt_by_uid(uid);
}

// ---- Undos ----

bool Recovery::stands_in_closed_receipt(const till::Operation& undo) {
    const Result<std::optional<till::Receipt>> receipt = receipt_of(undo.receipt_uid);
    if (!receipt || !*receipt || (*receipt)->state != till::ReceiptState::Closed) return false;
    const till::Payment* payment = (*receipt)->payment(undo.payment);
    return payment != nullptr && payment->state == till::PaymentState::Processed;
}

void Recovery::resume_undo(const till::Operation& undo) {
    if (undo.word) return parts_.desk.record_word({undo.system, {undo.id, *undo.word}});
    if (stands_in_closed_receipt(undo)) {
        // The goods have gone with that payment: the wish to undo it is over.
        return parts_.desk.record_word({undo.system, {undo.id, Settled::Undone}});
    }
    if (const auto instance = parts_.systems.instance(undo.system); !instance) {
        return notice(
            Level::Error,
            tr("Отмена оплаты в чеке %1 не завершена: %2", undo.receipt_number,
               instance.error().text),
            undo);
    }
    // The same id: the module goes on with it, or replays its end, or begins what the cashier had
    // asked for.
    parts_.payments.run_undo(undo, true, [this, undo](const Result<host::Finished>& end) {
        undo_ended(undo, end);
        next();
    });
}

void Recovery::undo_ended(const till::Operation& undo, const Result<host::Finished>& end) {
    const till::Receipt* open = parts_.desk.receipt();
    const bool in_open_receipt =
        open != nullptr && open->uid == undo.receipt_uid && undo.payment != 0;
    const bool back = Payments::took_back(end);
    if (in_open_receipt) {
        parts_.payments.record_undo(undo, end);
    } else if (back) {
        parts_.desk.record_word({undo.system, {undo.id, Settled::Kept}});
        const Result<till::Operation> target = parts_.till.operation(*undo.target);
        if (target && !target->word) {
            parts_.desk.record_word({undo.system, {*undo.target, Settled::Undone}});
        }
    } else if (end) {
        parts_.desk.record_word({undo.system, {undo.id, Settled::Undone}});
    }
    if (back) {
        ended_.insert(*undo.target);
        notice(
            Level::Warning,
            tr("Отмена оплаты после перезапуска выполнена, чек %1", undo.receipt_number), undo);
    } else {
        notice(
            Level::Error,
            tr("Отмена оплаты после перезапуска не удалась, чек %1", undo.receipt_number), undo);
    }
}

// ---- Payments ----

void Recovery::resume_pay(const till::Operation& pay) {
    if (ended_.contains(pay.id)) return;
    if (const auto instance = parts_.systems.instance(pay.system); !instance) {
        return notice(
            Level::Error,
            tr("Исход оплаты в чеке %1 неизвестен, не платите еще раз: %2", pay.receipt_number,
               instance.error().text),
            pay);
    }
    if (pay.word == Settled::Kept) {
        return parts_.desk.record_word({pay.system, {pay.id, Settled::Kept}});
    }
    if (unread_.contains(pay.system)) return;  // said already; nothing may be concluded
    const auto entry = unclaimed_.find(pay.id);
    if (entry == unclaimed_.end()) {
        // The module knows of no money: it never began, or ended without any.
        return settle_undone(pay, "");
    }
    const host::Unclaimed& known = entry->second;
    if (!known.outcome) return attach(pay);
    if (*known.outcome != host::Outcome::Approved) return settle_undone(pay, known.text);
    if (pay.word || known.sum != pay.sum) return take_back(pay);
    claim(pay, approval_of(pay.sum, known));
}

void Recovery::settle_undone(const till::Operation& pay, const std::string& text) {
    parts_.desk.record_word({pay.system, {pay.id, Settled::Undone}});
    if (pay.word) return;
    notice(
        Level::Warning,
        text.empty() ? tr("Прерванная оплата не состоялась, чек %1", pay.receipt_number)
                     : tr("Прерванная оплата в чеке %1: %2", pay.receipt_number, text),
        pay);
}

// The module has an operation that the till knows nothing of, or ended long ago.
void Recovery::resume_stranger(const std::string& system, const host::Unclaimed& entry) {
    if (known_.contains(entry.operation) || ended_.contains(entry.operation)) return;
    till::Operation pay;
    pay.id = entry.operation;
    pay.system = system;
    pay.valutcode = entry.type;
    pay.sum = entry.sum.value_or(Money());
    pay.receipt_uid = entry.receipt_uid;
    pay.receipt_number = entry.receipt_number;
    const Result<till::Operation> ended = parts_.till.operation(entry.operation);
    if (ended) return resume_pay(*ended);
    const Result<std::optional<till::Receipt>> receipt = receipt_of(entry.receipt_uid);
    const bool ours = receipt && *receipt && entry.sum;
    if (!ours) {
        return notice(
            Level::Error,
            tr("Есть оплата неизвестного чека %1 на %2: решите, что с ней делать",
               entry.receipt_number, pay.sum.str()),
            pay);
    }
    if (const Result<> stored = parts_.till.begin_operation(pay); !stored) {
        return parts_.announcer.error(tr("операция модуля не записана: %1", stored.error().text));
    }
    resume_pay(pay);
}

// It still runs: follow it to its end.
void Recovery::attach(const till::Operation& pay) {
    const Result<std::optional<till::Receipt>> receipt = receipt_of(pay.receipt_uid);
    Result<host::Instance*> instance = parts_.systems.instance(pay.system);
    if (!instance || !receipt || !*receipt) {
        return notice(
            Level::Error, tr("Оплата неизвестного чека %1 еще выполняется", pay.receipt_number),
            pay);
    }
    notice(
        Level::Warning, tr("Оплата проверяется после перезапуска, чек %1", pay.receipt_number),
        pay);
    host::PayRequest request;
    static_cast<host::Request&>(request) = parts_.payments.request_of(pay, false);
    request.sum = pay.sum;
    Result<host::Conversation> conversation = (*instance)->pay(request);
    if (!conversation) {
        return notice(
            Level::Error,
            tr("Исход оплаты в чеке %1 неизвестен, не платите еще раз: %2", pay.receipt_number,
               conversation.error().text),
            pay);
    }
    parts_.dialogue.start(
        std::move(*conversation), {parts_.systems.find(pay.system)->title, pay.receipt_uid},
        [this, pay](const Result<host::Finished>& end) {
            attached_ended(pay, end);
            next();
        });
}

void Recovery::attached_ended(const till::Operation& pay, const Result<host::Finished>& end) {
    if (!end) {
        return notice(
            Level::Error,
            tr("Исход оплаты в чеке %1 неизвестен, не платите еще раз: %2", pay.receipt_number,
               end.error().text),
            pay);
    }
    if (end->outcome != host::Outcome::Approved) return settle_undone(pay, end->text);
    if (pay.word || end->sum != pay.sum) return take_back(pay);
    claim(pay, {pay.sum, end->gateway_id, end->slip, end->report_info, end->note});
}

bool Recovery::fits_open_receipt(const till::Operation& pay, const Money& sum) const {
    const till::Receipt* open = parts_.desk.receipt();
    if (open == nullptr || open->uid != pay.receipt_uid) return false;
    return sum.currency() == open->currency && !(open->due() < sum);
}

void Recovery::claim(const till::Operation& pay, const Approval& approval) {
    if (!fits_open_receipt(pay, approval.sum)) return take_back(pay);
    parts_.payments.record_approved(pay, approval);
    notice(
        Level::Info,
        tr("Прерванная оплата прошла и стоит в чеке %1: %2", pay.receipt_number, pay.sum.str()),
        pay);
}

// Money for a receipt that has no place for it any more.
void Recovery::take_back(const till::Operation& pay) {
    const Result<OperationId> id = parts_.new_id();
    if (!id) return parts_.announcer.error(id.error().text);
    till::Operation undo = pay;
    undo.id = *id;
    undo.kind = OperationKind::Undo;
    undo.payment = 0;
    undo.target = pay.id;
    undo.word.reset();
    if (const Result<> stored = parts_.till.begin_operation(undo); !stored) {
        return parts_.announcer.error(
            tr("отмена не начата, она не записана: %1", stored.error().text));
    }
    notice(
        Level::Warning,
        tr("Оплата прошла после закрытия чека %1 и отменяется: %2", pay.receipt_number,
           pay.sum.str()),
        pay);
    parts_.payments.run_undo(undo, true, [this, undo](const Result<host::Finished>& end) {
        undo_ended(undo, end);
        next();
    });
}

}  // namespace linuxcash::terminal
