// SPDX-License-Identifier: Apache-2.0
#include "terminal/payments.h"

#include <algorithm>
#include <utility>

#include "terminal/documents.h"
#include "terminal/receipt_edits.h"

namespace linuxcash::terminal {

namespace {

using host::Outcome;

FlowEnd end_of(const till::Operation& operation) {
    FlowEnd end;
    end.valutcode = operation.valutcode;
    end.sum = operation.sum;
    end.operation = operation.id;
    return end;
}

FlowEnd end_of(const till::Payment& payment) {
    FlowEnd end;
    end.valutcode = payment.valutcode;
    end.sum = payment.sum;
    end.operation = payment.operation;
    return end;
}

void take_over(FlowEnd& end, const host::Finished& finished) {
    end.outcome = finished.outcome;
    end.owed = finished.owed;
    end.text = finished.text;
    end.reason = finished.reason;
}

std::string text_of(const json::Value& report_info, std::string_view key) {
    return report_info.string(key).value_or(std::string());
}

const till::Payment* last_with_money(const till::Receipt& receipt) {
    const auto found = std::find_if(
        receipt.payments.rbegin(), receipt.payments.rend(),
        [](const till::Payment& each) { return each.state == till::PaymentState::Processed; });
    return found == receipt.payments.rend() ? nullptr : &*found;
}

Approval approval_of(const till::Operation& operation, const host::Finished& finished) {
    return {operation.sum, finished.gateway_id, finished.slip, finished.report_info, finished.note};
}

}  // namespace

Payments::Payments(Parts parts) : parts_(std::move(parts)) {
}

void Payments::refuse(const Text& text, FlowEnd end, const Then& then) {
    end.outcome = Outcome::Refused;
    end.text = parts_.announcer.say(text);
    parts_.announcer.tell(host::Level::Error, "", end.text);
    then(end);
}

// ---- Paying ----

void Payments::pay(const till::PaymentType& type, const Money& sum, Then then) {
    parts_.announcer.log(tr("Оплата: тип %1 %2, сумма %3", type.valutcode, type.name, sum.str()));
    if (const Result<> stored = parts_.desk.store_rest(); !stored) {
        FlowEnd end;
        end.valutcode = type.valutcode;
        end.sum = sum;
        return refuse(
            tr("сначала нужно записать прежнюю оплату: %1", stored.error().text), std::move(end),
            then);
    }
    if (type.system.empty()) return pay_directly(type, sum, then);
    pay_by_module(type, sum, std::move(then));
}

void Payments::pay_directly(const till::PaymentType& type, const Money& sum, const Then& then) {
    till::Payment payment;
    payment.valutcode = type.valutcode;
    payment.kind = type.kind;
    payment.name = type.name;
    payment.sum = sum;
    FlowEnd end = end_of(payment);
    end.outcome = Outcome::Approved;
    const Result<> stored = parts_.desk.edit([&payment](till::Receipt& receipt) -> Result<> {
        add_payment(receipt, payment);
        return Done{};
    });
    if (!stored) return refuse(stored.error().text, std::move(end), then);
    close_if_paid(std::move(end), then);
}

Result<till::Operation> Payments::store_operation(till::Operation operation) {
    const Result<OperationId> id = parts_.new_id();
    if (!id) return id.error();
    operation.id = *id;
    operation.receipt_uid = parts_.desk.receipt()->uid;
    operation.receipt_number = parts_.desk.receipt()->number;
    if (const Result<> stored = parts_.till.begin_operation(operation); !stored) {
        return stored.error();
    }
    return operation;
}

host::Request Payments::request_of(const till::Operation& operation, bool silent) const {
    host::Request request;
    request.id = operation.id;
    request.type = operation.valutcode;
    request.cashier = parts_.desk.cashier();
    request.silent = silent;
    const till::Receipt* receipt = parts_.desk.receipt();
    std::optional<till::Receipt> stored;
    if (receipt == nullptr || receipt->uid != operation.receipt_uid) {
        Result<std::optional<till::Receipt>> found =
            parts_.till.receipt_by_uid(operation.receipt_uid);
        if (found) stored = std::move(*found);
        receipt = stored ? &*stored : nullptr;
    }
    if (receipt == nullptr) return request;
    till::Shift shift = parts_.desk.shift().value_or(till::Shift{});
    if (shift.number != receipt->shift) {
        Result<std::optional<till::Shift>> found = parts_.till.shift(receipt->shift);
        if (found && *found) shift = **found;
    }
    const auto without =
        operation.payment == 0 ? std::optional<int>() : std::optional<int>(operation.payment);
    request.receipt = receipt_document(*receipt, shift, without).str();
    const auto note = receipt->notes.find(operation.system);
    if (note != receipt->notes.end()) request.note = note->second;
    return request;
}

void Payments::pay_by_module(const till::PaymentType& type, const Money& sum, Then then) {
    till::Operation operation;
    operation.kind = core::OperationKind::Pay;
    operation.system = type.module();
    operation.valutcode = type.valutcode;
    operation.sum = sum;
    FlowEnd nothing = end_of(operation);
    nothing.operation.reset();
    const Result<host::Instance*> instance = parts_.systems.instance(operation.system);
    if (!instance) {
        nothing.reason = "not_configured";
        return refuse(instance.error().text, std::move(nothing), then);
    }
    const Result<till::Operation> stored = store_operation(std::move(operation));
    if (!stored) {
        nothing.reason = "journal";
        return refuse(
            tr("оплата не начата, она не записана: %1", stored.error().text), std::move(nothing),
            then);
    }
    host::PayRequest request;
    static_cast<host::Request&>(request) = request_of(*stored, false);
    request.sum = sum;
    Result<host::Conversation> conversation = (*instance)->pay(request);
    if (!conversation) {
        parts_.desk.record_word({stored->system, {stored->id, core::Settled::Undone}});
        return refuse(conversation.error().text, end_of(*stored), then);
    }
    const std::string title = parts_.systems.find(stored->system)->title;
    parts_.dialogue.start(
        std::move(*conversation), {title, stored->receipt_uid},
        [this, operation = *stored, then = std::move(then)](const Result<host::Finished>& end) {
            paid(operation, end, then);
        });
}

void Payments::paid(
    const till::Operation& operation, const Result<host::Finished>& end, const Then& then) {
    FlowEnd flow = end_of(operation);
    if (!end) {
        // The operation stays open in the till: the next start finds out how it ended.
        flow.outcome = Outcome::Unknown;
        flow.text = parts_.announcer.say(
            tr("исход оплаты неизвестен, не платите еще раз: %1", end.error().text));
        parts_.announcer.tell(host::Level::Error, "", flow.text);
        return then(flow);
    }
    take_over(flow, *end);
    parts_.announcer.log(tr("Исход оплаты %1: %2", operation.id.brief(), host::name(end->outcome)));
    if (end->outcome != Outcome::Approved) {
        parts_.desk.record_word({operation.system, {operation.id, core::Settled::Undone}});
        return then(flow);
    }
    if (end->sum != operation.sum) return take_back_approved(operation, std::move(flow), then);
    record_approved(operation, approval_of(operation, *end));
    close_if_paid(std::move(flow), then);
}

void Payments::record_approved(const till::Operation& operation, const Approval& approval) {
    till::Payment payment;
    payment.valutcode = operation.valutcode;
    const Result<till::PaymentType> type = parts_.till.payment_type(operation.valutcode);
    if (type) {
        payment.kind = type->kind;
        payment.name = type->name;
    }
    payment.sum = approval.sum;
    payment.operation = operation.id;
    payment.gateway_id = approval.gateway_id;
    payment.report_text = text_of(approval.report_info, "text");
    payment.report_card_type = text_of(approval.report_info, "card_type");
    payment.note = approval.note.value_or("");
    const bool has_slip = approval.slip.kind() == json::Kind::Object;
    const Result<core::slip::Slip> slip = read_slip(approval.slip);
    if (slip) payment.slip_text = parts_.slips.text_of(*slip);
    parts_.desk.record(
        [&](till::Receipt& receipt) {
            add_payment(receipt, payment);
            if (approval.note && approval.note->size() <= till::kNoteLimit) {
                receipt.notes[operation.system] = *approval.note;
            }
        },
        {operation.system, {operation.id, core::Settled::Kept}});
    if (slip && !slip->empty()) {
        parts_.slips.print({*slip, operation.receipt_uid, "receipt", false});
    } else if (!slip && has_slip) {
        parts_.announcer.log_warning(slip.error().text);
    }
}

// The module moved another sum than it was asked for: such a payment cannot stand in the receipt.
void Payments::take_back_approved(const till::Operation& operation, FlowEnd end, Then then) {
    till::Operation undo = operation;
    undo.kind = core::OperationKind::Undo;
    undo.target = operation.id;
    end.outcome = Outcome::Unknown;
    end.text = parts_.announcer.say(tr("модуль списал не ту сумму, оплата отменяется"));
    parts_.announcer.tell(host::Level::Error, "", end.text);
    const Result<till::Operation> stored = store_operation(std::move(undo));
    if (!stored) return then(end);
    run_undo(
        *stored, false,
        [this, operation, undo = *stored, end, then](const Result<host::Finished>& undone) mutable {
            if (took_back(undone)) {
                end.outcome = undone->owed ? Outcome::Unknown : Outcome::Cancelled;
                end.owed = undone->owed;
                parts_.desk.record_word({undo.system, {undo.id, core::Settled::Kept}});
                parts_.desk.record_word({operation.system, {operation.id, core::Settled::Undone}});
            }
            then(end);
        });
}

// ---- Taking back ----

void Payments::undo(int number, bool silent, Then then) {
    const till::Payment payment = *parts_.desk.receipt()->payment(number);
    parts_.announcer.log(tr("Отмена оплаты %1: сумма %2", number, payment.sum.str()));
    if (!payment.operation) return undo_directly(payment, then);
    till::Operation undo;
    undo.kind = core::OperationKind::Undo;
    undo.valutcode = payment.valutcode;
    undo.sum = payment.sum;
    undo.payment = number;
    undo.target = payment.operation;
    const Result<till::Operation> target = parts_.till.operation(*payment.operation);
    if (!target) return refuse(target.error().text, end_of(payment), then);
    undo.system = target->system;
    const Result<till::Operation> stored = store_operation(std::move(undo));
    if (!stored) {
        return refuse(
            tr("отмена не начата, она не записана: %1", stored.error().text), end_of(payment),
            then);
    }
    run_undo(
        *stored, silent,
        [this, undo = *stored, then = std::move(then)](const Result<host::Finished>& end) {
            record_undo(undo, end);
            FlowEnd flow = end_of(undo);
            if (end) {
                take_over(flow, *end);
            } else {
                flow.outcome = Outcome::Refused;
                flow.text = parts_.announcer.say(end.error().text);
                parts_.announcer.tell(host::Level::Error, "", flow.text);
            }
            then(flow);
        });
}

void Payments::undo_directly(const till::Payment& payment, const Then& then) {
    FlowEnd end = end_of(payment);
    end.outcome = Outcome::Approved;
    const Result<> stored = parts_.desk.edit([&payment](till::Receipt& receipt) -> Result<> {
        cancel_payment(receipt, payment.number);
        return Done{};
    });
    if (!stored) return refuse(stored.error().text, std::move(end), then);
    then(end);
}

void Payments::run_undo(const till::Operation& undo, bool silent, Dialogue::Then then) {
    const Result<host::Instance*> instance = parts_.systems.instance(undo.system);
    if (!instance) return then(instance.error());
    host::UndoRequest request;
    static_cast<host::Request&>(request) = request_of(undo, silent);
    request.target = *undo.target;
    Result<host::Conversation> conversation = (*instance)->undo(request);
    // Internal is kept for conversations that broke off; this one never began.
    if (!conversation) return then(Error{ErrorCode::Unsupported, conversation.error().text});
    const std::string title = parts_.systems.find(undo.system)->title;
    parts_.dialogue.start(std::move(*conversation), {title, undo.receipt_uid}, std::move(then));
}

bool Payments::took_back(const Result<host::Finished>& end) {
    return end && (end->outcome == Outcome::Approved || end->owed);
}

void Payments::record_undo(const till::Operation& undo, const Result<host::Finished>& end) {
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
    const bool broke_off = !end && end.error().code == ErrorCode::Internal;
    if (!broke_off) parts_.desk.record_word({undo.system, {undo.id, core::Settled::Undone}});
}

void Payments::undo_all(Then then) {
    const till::Payment* payment = last_with_money(*parts_.desk.receipt());
    if (payment == nullptr) return then(FlowEnd{});
    const int number = payment->number;
    undo(number, false, [this, number, then = std::move(then)](const FlowEnd& end) {
        const till::Payment* after = parts_.desk.receipt()->payment(number);
        if (after->state == till::PaymentState::Processed) return then(end);
        undo_all([owed = end.owed, text = end.text, then](FlowEnd rest) {
            rest.owed = rest.owed || owed;
            if (rest.text.empty() && owed) rest.text = text;
            then(rest);
        });
    });
}

// ---- The end of the receipt ----

void Payments::close_if_paid(FlowEnd end, Then then) {
    if (!is_paid(*parts_.desk.receipt())) return then(end);
    close([this, end = std::move(end), then = std::move(then)](const FlowEnd& closing) mutable {
        if (closing.outcome == Outcome::Done) return then(end);
        end.text = closing.text;
        const till::Receipt* receipt = parts_.desk.receipt();
        const bool still_paid = receipt != nullptr && is_paid(*receipt);
        if (!still_paid) {
            end.outcome = closing.outcome;
            end.owed = closing.owed;
            end.reason = closing.reason;
        }
        then(end);
    });
}

void Payments::close(Then then) {
    const Result<core::slip::Slip> slip = parts_.fiscal.register_receipt(*parts_.desk.receipt());
    if (!slip) return closing_failed(slip.error().text, std::move(then));
    const std::string uid = parts_.desk.receipt()->uid;
    if (const Result<> ended = parts_.desk.end(till::ReceiptState::Closed); !ended) {
        FlowEnd end;
        end.reason = "journal";
        return refuse(
            tr("чек оплачен, но не записан, закройте его еще раз: %1", ended.error().text),
            std::move(end), then);
    }
    parts_.slips.print({*slip, uid, "receipt", false});
    parts_.desk.emit_receipt();
    then(FlowEnd{});
}

void Payments::closing_failed(const Text& why, Then then) {
    parts_.announcer.log_error(tr("Чек не закрыт, оплаты отменяются: %1", why));
    undo_all([this, why, then = std::move(then)](const FlowEnd& undone) {
        FlowEnd end;
        const bool money_left = has_money(*parts_.desk.receipt());
        const Text text =
            money_left
                ? tr("Чек не закрыт: %1. Не все оплаты удалось отменить: %2", why, undone.text)
                : tr("Чек не закрыт: %1. Оплаты отменены, чек остался открытым", why);
        end.outcome = undone.owed ? Outcome::Unknown : Outcome::Cancelled;
        if (money_left) end.outcome = Outcome::Refused;
        end.owed = undone.owed;
        end.text = parts_.announcer.say(text);
        parts_.announcer.tell(host::Level::Error, "", end.text);
        then(end);
    });
}

}  // namespace linuxcash::terminal
