// SPDX-License-Identifier: Apache-2.0
#include "terminal/payments.h"

#include <utility>

#include "terminal/receipt_edits.h"

namespace linuxcash::terminal {

using host::Outcome;

namespace {

FlowEnd end_of(const till::PaymentType& type, const Money& sum) {
    FlowEnd end;
    end.valutcode = type.valutcode;
    end.sum = sum;
    return end;
}

FlowEnd end_of(const till::Operation& operation) {
    FlowEnd end;
    end.valutcode = operation.valutcode;
    end.sum = operation.sum;
    end.operation = operation.id;
    return end;
}

}  // namespace

Payments::Payments(Parts parts) : parts_(parts) {
}

void Payments::pay(const till::PaymentType& type, const Money& sum, FlowThen then) {
    parts_.announcer.log(tr("Оплата: тип %1 %2, сумма %3", type.valutcode, type.name, sum.str()));
    if (const Result<> stored = parts_.desk.store_rest(); !stored) {
        const Text why = tr("сначала нужно записать прежнюю оплату: %1", stored.error().text);
        return then(refused(parts_.announcer, why, end_of(type, sum)));
    }
    const bool sale = parts_.desk.receipt()->type == core::ReceiptType::Sale;
    if (!sale) return give_back(type, sum, std::move(then));
    if (type.system.empty()) return pay_directly(type, sum, then);
    pay_by_module(type, sum, std::move(then));
}

void Payments::pay_directly(const till::PaymentType& type, const Money& sum, const FlowThen& then) {
    till::Payment payment;
    payment.valutcode = type.valutcode;
    payment.kind = type.kind;
    payment.name = type.name;
    payment.sum = sum;
    FlowEnd end = end_of(type, sum);
    end.outcome = Outcome::Approved;
    const Result<> stored = parts_.desk.edit([&payment](till::Receipt& receipt) -> Result<> {
        add_payment(receipt, payment);
        return Done{};
    });
    if (!stored) return then(refused(parts_.announcer, stored.error().text, std::move(end)));
    parts_.closing.close_if_paid(std::move(end), then);
}

void Payments::pay_by_module(const till::PaymentType& type, const Money& sum, FlowThen then) {
    till::Operation operation;
    operation.kind = core::OperationKind::Pay;
    operation.system = type.module();
    operation.valutcode = type.valutcode;
    operation.sum = sum;
    FlowEnd nothing = end_of(type, sum);
    const Result<host::Instance*> instance = parts_.systems.instance(operation.system);
    if (!instance) {
        nothing.reason = "not_configured";
        return then(refused(parts_.announcer, instance.error().text, std::move(nothing)));
    }
    const Result<till::Operation> stored = parts_.operations.store(std::move(operation));
    if (!stored) {
        nothing.reason = "journal";
        const Text why = tr("оплата не начата, она не записана: %1", stored.error().text);
        return then(refused(parts_.announcer, why, std::move(nothing)));
    }
    parts_.operations.run(
        *stored, false,
        [this, operation = *stored, then = std::move(then)](const Result<host::Finished>& end) {
            paid(operation, end, then);
        });
}

void Payments::paid(
    const till::Operation& operation, const Result<host::Finished>& end, const FlowThen& then) {
    FlowEnd flow = end_of(operation);
    if (Operations::broke_off(end)) {
        // The operation stays open in the till: the next start finds out how it ended.
        flow.outcome = Outcome::Unknown;
        flow.text = parts_.announcer.say(
            tr("исход оплаты неизвестен, не платите еще раз: %1", end.error().text));
        parts_.announcer.tell(host::Level::Error, "", flow.text);
        host::Finished broken;
        broken.text = flow.text;
        parts_.operations.print_end("unknown", operation, broken);
        return then(flow);
    }
    if (!end) {
        parts_.desk.record_word({operation.system, {operation.id, core::Settled::Undone}});
        return then(refused(parts_.announcer, end.error().text, std::move(flow)));
    }
    take_over(flow, *end);
    parts_.announcer.log(tr("Исход оплаты %1: %2", operation.id.brief(), host::name(end->outcome)));
    if (end->outcome != Outcome::Approved) {
        parts_.desk.record_word({operation.system, {operation.id, core::Settled::Undone}});
        // The buyer's money may have gone: paper to come back with.
        if (end->outcome == Outcome::Unknown) {
            parts_.operations.print_end("unknown", operation, *end);
        }
        return then(flow);
    }
    if (end->sum != operation.sum) {
        return parts_.undos.take_back(operation, std::move(flow), then);
    }
    parts_.operations.record_approved(operation, approval_of(operation, *end));
    parts_.closing.close_if_paid(std::move(flow), then);
}

// In a refund receipt a payment goes the other way.
void Payments::give_back(const till::PaymentType& type, const Money& sum, FlowThen then) {
    const Result<std::vector<RefundPart>> parts = parts_.give_backs.parts_of(type, sum);
    if (!parts) {
        return then(refused(parts_.announcer, parts.error().text, end_of(type, sum)));
    }
    if (const Result<> possible = parts_.give_backs.check(*parts); !possible) {
        return then(refused(parts_.announcer, possible.error().text, end_of(type, sum)));
    }
    parts_.give_backs.give(*parts, false, [this, then = std::move(then)](const FlowEnd& end) {
        if (end.outcome != Outcome::Approved) return then(end);
        parts_.closing.close_if_paid(end, then);
    });
}

}  // namespace linuxcash::terminal
