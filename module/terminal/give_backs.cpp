// SPDX-License-Identifier: Apache-2.0
#include "terminal/give_backs.h"

#include <utility>

#include "terminal/receipt_edits.h"

namespace linuxcash::terminal {

using host::Outcome;

GiveBacks::GiveBacks(Parts parts) : parts_(parts) {
}

// ---- What can be given ----

Result<SaleRest> GiveBacks::rest_of_sale(const till::Receipt& sale) {
    const Result<std::vector<till::Receipt>> refunds = parts_.till.refunds_of(sale.uid);
    if (!refunds) return refunds.error();
    return rest_of(sale, *refunds);
}

Result<std::vector<RefundPart>> GiveBacks::parts_of(
    const till::PaymentType& type, const Money& sum) {
    const till::Receipt& refund = *parts_.desk.receipt();
    if (!refund.sale_uid.empty()) {
        Result<std::optional<till::Receipt>> sale = parts_.till.receipt_by_uid(refund.sale_uid);
        if (!sale) return sale.error();
        if (!*sale) return Error{ErrorCode::NotFound, tr("чека продажи в базе кассы нет")};
        const Result<SaleRest> rest = rest_of_sale(**sale);
        if (!rest) return rest.error();
        return refund_parts(*rest, {{type.valutcode, sum}});
    }
    till::Payment payment;
    payment.valutcode = type.valutcode;
    payment.kind = type.kind;
    payment.name = type.name;
    return std::vector<RefundPart>{{payment, sum}};
}

// The operation of a part; without a sale its target is missing.
Result<till::Operation> GiveBacks::refund_of(const RefundPart& part) {
    till::Operation refund;
    refund.kind = core::OperationKind::Refund;
    refund.valutcode = part.of.valutcode;
    refund.sum = part.sum;
    refund.target = part.of.operation;
    if (!part.of.operation) {
        const Result<till::PaymentType> type = parts_.till.payment_type(part.of.valutcode);
        if (!type) return type.error();
        refund.system = type->module();
        return refund;
    }
    const Result<till::Operation> pay = parts_.till.operation(*part.of.operation);
    if (!pay) return pay.error();
    refund.system = pay->system;
    return refund;
}

Result<> GiveBacks::check(const std::vector<RefundPart>& parts) {
    for (const RefundPart& part : parts) {
        const Result<till::Operation> refund = refund_of(part);
        if (!refund) return refund.error();
        const bool by_sale = part.of.number != 0;
        if (refund->system.empty() || (by_sale && !part.of.operation)) continue;
        if (!by_sale && !parts_.systems.has_operation(refund->system, "refund_free")) {
            const Result<till::PaymentType> type = parts_.till.payment_type(part.of.valutcode);
            const std::string title = type ? parts_.systems.title_of(*type) : refund->system;
            return Error{
                ErrorCode::Unsupported,
                tr("Оплата чеков возврата через платежную систему %1 не доступна", title)};
        }
        const Result<host::Instance*> instance = parts_.systems.instance(refund->system);
        if (!instance) return instance.error();
        if (by_sale && !parts_.systems.has_operation(refund->system, "refund")) {
            return Error{
                ErrorCode::Unsupported, tr("платежная система %1 не возвращает деньги",
                                           parts_.systems.find(refund->system)->title)};
        }
    }
    return Done{};
}

// ---- Giving ----

void GiveBacks::give(const std::vector<RefundPart>& parts, bool silent, FlowThen then) {
    const auto run = std::make_shared<Run>();
    run->parts.assign(parts.begin(), parts.end());
    run->silent = silent;
    run->then = std::move(then);
    run->end.outcome = Outcome::Approved;
    if (parts.size() == 1) run->end.valutcode = parts.front().of.valutcode;
    Money sum(0, parts_.desk.receipt()->currency);
    for (const RefundPart& part : parts)
        sum = sum + part.sum;
    run->end.sum = sum;
    next(run);
}

void GiveBacks::next(const Shared& run) {
    if (run->parts.empty()) {
        const FlowThen then = std::move(run->then);
        return then(run->end);
    }
    const RefundPart part = run->parts.front();
    run->parts.pop_front();
    parts_.announcer.log(
        tr("Возврат: тип %1 %2, сумма %3", part.of.valutcode, part.of.name, part.sum.str()));
    const Result<till::Operation> refund = refund_of(part);
    const bool by_sale = part.of.number != 0;
    const bool direct = by_sale ? !part.of.operation : refund && refund->system.empty();
    if (direct) return give_directly(part, run);
    give_by_module(part, run);
}

void GiveBacks::give_directly(const RefundPart& part, const Shared& run) {
    till::Payment payment;
    payment.valutcode = part.of.valutcode;
    payment.kind = part.of.kind;
    payment.name = part.of.name;
    payment.sum = part.sum;
    payment.refunds_payment = part.of.number;
    const Result<> stored = parts_.desk.edit([&payment](till::Receipt& receipt) -> Result<> {
        add_payment(receipt, payment);
        return Done{};
    });
    if (stored) return next(run);
    FlowEnd end = run->end;
    end.valutcode = part.of.valutcode;
    end.sum = part.sum;
    const FlowThen then = std::move(run->then);
    then(refused(parts_.announcer, stored.error().text, std::move(end)));
}

void GiveBacks::give_by_module(const RefundPart& part, const Shared& run) {
    Result<till::Operation> refund = refund_of(part);
    if (refund) refund = parts_.operations.store(std::move(*refund));
    if (!refund) {
        FlowEnd end = run->end;
        end.reason = "journal";
        const Text why = tr("возврат не начат, он не записан: %1", refund.error().text);
        const FlowThen then = std::move(run->then);
        return then(refused(parts_.announcer, why, std::move(end)));
    }
    parts_.operations.run(
        *refund, run->silent, [this, refund = *refund, run](const Result<host::Finished>& end) {
            ended(refund, end, run);
        });
}

void GiveBacks::ended(
    const till::Operation& refund, const Result<host::Finished>& end, const Shared& run) {
    FlowEnd flow;
    flow.valutcode = refund.valutcode;
    flow.sum = refund.sum;
    flow.operation = refund.id;
    const FlowThen then = run->then;
    if (Operations::broke_off(end)) {
        // The operation stays open in the till: the next start finds out how it ended.
        flow.outcome = Outcome::Unknown;
        flow.text = parts_.announcer.say(
            tr("исход возврата неизвестен, не возвращайте деньги еще раз: %1", end.error().text));
        parts_.announcer.tell(host::Level::Error, "", flow.text);
        return then(flow);
    }
    if (!end) {
        parts_.desk.record_word({refund.system, {refund.id, core::Settled::Undone}});
        return then(refused(parts_.announcer, end.error().text, std::move(flow)));
    }
    take_over(flow, *end);
    parts_.announcer.log(tr("Исход возврата %1: %2", refund.id.brief(), host::name(end->outcome)));
    if (end->outcome != Outcome::Approved) {
        parts_.desk.record_word({refund.system, {refund.id, core::Settled::Undone}});
        if (end->outcome == Outcome::Unknown && flow.text.empty()) {
            flow.text = parts_.announcer.say(
                tr("исход возврата неизвестен: он не засчитан, его отмена поставлена в очередь"));
            parts_.announcer.tell(host::Level::Error, "", flow.text);
        }
        return then(flow);
    }
    if (end->sum != refund.sum) return parts_.undos.take_back(refund, std::move(flow), then);
    parts_.operations.record_approved(refund, approval_of(refund, *end));
    if (!run->end.operation) run->end.operation = refund.id;
    if (!end->text.empty()) run->end.text = end->text;
    next(run);
}

}  // namespace linuxcash::terminal
