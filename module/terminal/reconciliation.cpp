// SPDX-License-Identifier: Apache-2.0
#include "terminal/reconciliation.h"

#include <algorithm>
#include <map>
#include <utility>

#include "forms/comparison.h"
#include "slips/document.h"

namespace linuxcash::terminal {

namespace {

using host::Outcome;

bool stands(const till::Payment& payment) {
    return payment.state == till::PaymentState::Processed
           || payment.state == till::PaymentState::Refunded;
}

json::Value payment_json(const till::Receipt& receipt, const till::Payment& payment) {
    const bool sale = receipt.type == core::ReceiptType::Sale;
    json::Value object;
    object.set("operation", payment.operation->hex()).set("kind", sale ? "pay" : "refund");
    object.set("receipt_number", receipt.number).set("sum", payment.sum.str());
    object.set("gateway_id", payment.gateway_id);
    return object;
}

}  // namespace

Reconciliation::Reconciliation(Parts parts) : parts_(std::move(parts)) {
}

Result<till::Shift> Reconciliation::shift_of(std::optional<std::int64_t> number) {
    return forms::shift_of(parts_.till, number);
}

// What stands in receipts of the shift and went through that module.
Result<std::string> Reconciliation::totals(const std::string& system, std::int64_t shift) {
    const Result<std::vector<till::Receipt>> receipts = parts_.till.receipts_of_shift(shift);
    if (!receipts) return receipts.error();
    const Result<std::vector<till::Operation>> operations = parts_.till.operations_of_shift(shift);
    if (!operations) return operations.error();
    std::map<OperationId, std::string> systems;
    for (const till::Operation& each : *operations)
        systems[each.id] = each.system;
    json::Array payments;
    for (const till::Receipt& receipt : *receipts) {
        for (const till::Payment& payment : receipt.payments) {
            if (!payment.operation || !stands(payment)) continue;
            const auto known = systems.find(*payment.operation);
            if (known == systems.end() || known->second != system) continue;
            payments.push_back(payment_json(receipt, payment));
        }
    }
    json::Value document;
    document.set("currency", parts_.desk.currency().code());
    document.set("payments", json::Value(std::move(payments)));
    return document.str();
}

void Reconciliation::compare(
    const till::PaymentType& type, const till::Shift& shift, FlowThen then) {
    till::Reconciliation made;
    made.system = type.module();
    made.valutcode = type.valutcode;
    made.shift = shift.number;
    parts_.announcer.log(tr("Сверка итогов: %1, смена %2", made.system, made.shift));
    const Result<host::Instance*> instance = parts_.systems.instance(made.system);
    if (!instance) return ended(std::move(made), instance.error(), then);
    const Result<std::string> totals_document = totals(made.system, shift.number);
    if (!totals_document) return ended(std::move(made), totals_document.error(), then);
    const Result<OperationId> id = parts_.new_id();
    if (!id) return ended(std::move(made), id.error(), then);
    host::TotalsRequest request;
    request.id = *id;
    request.type = type.valutcode;
    request.cashier = parts_.desk.cashier();
    request.receipt = "{}";
    request.shift = shift.number;
    request.shift_date = shift.date;
    request.totals = *totals_document;
    Result<host::Conversation> conversation = (*instance)->totals(request);
    if (!conversation) return ended(std::move(made), conversation.error(), then);
    const std::string title = parts_.systems.find(made.system)->title;
    parts_.dialogue.start(
        std::move(*conversation), {title, ""},
        [this, made, then = std::move(then)](const Result<host::Finished>& end) {
            ended(made, end, then);
        });
}

void Reconciliation::ended(
    till::Reconciliation made, const Result<host::Finished>& end, const FlowThen& then) {
    FlowEnd flow;
    flow.outcome = Outcome::Refused;
    flow.valutcode = made.valutcode;
    if (end) {
        take_over(flow, *end);
        // It moves no money: what is not done was refused, however the module calls it.
        if (flow.outcome == Outcome::Approved) flow.outcome = Outcome::Done;
        if (flow.outcome == Outcome::Unknown) flow.outcome = Outcome::Refused;
    } else {
        flow.text = parts_.announcer.say(end.error().text);
        parts_.announcer.tell(host::Level::Error, "", flow.text);
    }
    made.outcome = host::name(flow.outcome);
    made.text = flow.text;
    made.at_ms = parts_.clock.wall_ms();
    const bool has_details = end && end->details.kind() == json::Kind::Object;
    if (has_details) made.comparison = end->details.str();
    if (flow.outcome != Outcome::Done) {
        parts_.announcer.log_warning(tr(
            "Сверка итогов %1 за смену %2 не выполнена: %3", made.system, made.shift, made.text));
    } else if (has_details) {
        log_differences(made, end->details);
    }
    made.slip = print(made, end);
    keep(made);
    then(flow);
}

// The cashier has read them; the log keeps each.
void Reconciliation::log_differences(
    const till::Reconciliation& made, const json::Value& comparison) {
    const json::Array* differences = comparison.array("differences");
    if (differences == nullptr) return;
    for (const json::Value& each : *differences) {
        parts_.announcer.log_warning(
            tr("Расхождение сверки %1 за смену %2: чек %3, заказ %4: %5", made.system, made.shift,
               each.integer("receipt_number").value_or(0), each.string("order_number").value_or(""),
               each.string("text").value_or("")));
    }
}

// The site's own form, also when the comparison failed: the paper of the shift shows it. The
// module's slip, when the module says nothing that a form could show.
std::int64_t Reconciliation::print(
    const till::Reconciliation& made, const Result<host::Finished>& end) {
    const bool done = made.outcome == host::name(Outcome::Done);
    if (made.comparison.empty() && end && end->slip.kind() == json::Kind::Object) {
        const Result<core::slip::Slip> slip = slips::read_document(end->slip);
        if (slip && !slip->empty()) return parts_.slips.print({*slip, "", "receipt", false}).number;
        if (!slip) parts_.announcer.log_warning(slip.error().text);
    }
    if (done && made.comparison.empty()) return 0;
    const PaymentSystems::System* system = parts_.systems.find(made.system);
    const std::string title = system == nullptr ? made.system : system->title;
    const reports::Record data = forms::comparison_data(made, title, parts_.papers.occasion());
    return parts_.slips.print({parts_.papers.form("oplat", data), "", "receipt", false}).number;
}

void Reconciliation::keep(const till::Reconciliation& made) {
    const Result<till::Reconciliation> kept = parts_.till.add_reconciliation(made);
    if (kept) return;
    parts_.announcer.error(tr("сверка итогов не сохранена: %1", kept.error().text));
}

// ---- The whole shift ----

// One type of each module that had operations in the shift.
std::deque<till::PaymentType> Reconciliation::compared_types(std::int64_t shift) {
    const Result<std::vector<till::Operation>> operations = parts_.till.operations_of_shift(shift);
    if (!operations) {
        parts_.announcer.error(
            tr("операции смены не прочитаны, сверка не сделана: %1", operations.error().text));
        return {};
    }
    std::deque<till::PaymentType> types;
    for (const till::Operation& each : *operations) {
        const bool named = std::any_of(
            types.begin(), types.end(),
            [&each](const till::PaymentType& type) { return type.module() == each.system; });
        if (named || !parts_.systems.has_operation(each.system, "totals")) continue;
        till::PaymentType type;
        type.valutcode = each.valutcode;
        type.system = each.system;
        types.push_back(std::move(type));
    }
    return types;
}

void Reconciliation::compare_all(const till::Shift& shift, FlowThen then) {
    const auto round = std::make_shared<Round>();
    round->shift = shift;
    round->types = compared_types(shift.number);
    round->then = std::move(then);
    next(round);
}

void Reconciliation::next(const std::shared_ptr<Round>& round) {
    if (round->types.empty()) {
        const FlowThen then = std::move(round->then);
        return then(round->end);
    }
    const till::PaymentType type = round->types.front();
    round->types.pop_front();
    compare(type, round->shift, [this, round](const FlowEnd& end) {
        if (end.outcome != Outcome::Done) {
            round->end.text += (round->end.text.empty() ? "" : "\n") + end.text;
        }
        next(round);
    });
}

}  // namespace linuxcash::terminal
