// SPDX-License-Identifier: Apache-2.0
#include "terminal/event.h"

#include <array>
#include <string_view>
#include <utility>

namespace linuxcash::terminal {

namespace {

using json::Value;

constexpr std::array<std::pair<DialogKind, std::string_view>, 3> kDialogKinds{{
    {DialogKind::Ask, "ask"},
    {DialogKind::Choose, "choose"},
    {DialogKind::Tell, "tell"},
}};

std::string_view name(DialogKind kind) {
    for (const auto& [candidate, word] : kDialogKinds) {
        if (candidate == kind) return word;
    }
    return {};
}

Value words(const std::vector<std::string>& texts) {
    json::Array array;
    for (const std::string& text : texts)
        array.emplace_back(text);
    return Value(std::move(array));
}

Value begin(std::string_view event) {
    Value object;
    object.set("event", Value(event));
    return object;
}

Value body_json(const DialogEvent& dialog) {
    Value object = begin("dialog");
    object.set("dialog", dialog.dialog).set("kind", name(dialog.kind));
    if (dialog.kind == DialogKind::Ask) {
        json::Array accept;
        for (const host::Input input : dialog.accept)
            accept.emplace_back(host::name(input));
        object.set("accept", Value(std::move(accept)));
    }
    object.set("level", host::name(dialog.level));
    object.set("title", dialog.title).set("text", dialog.text);
    if (dialog.kind == DialogKind::Choose) object.set("options", words(dialog.options));
    if (dialog.min) object.set("min", *dialog.min);
    if (dialog.max) object.set("max", *dialog.max);
    if (dialog.kind == DialogKind::Ask) object.set("initial", dialog.initial);
    if (dialog.masked) object.set("masked", true);
    if (dialog.blocks.kind() != json::Kind::Null) object.set("blocks", dialog.blocks);
    return object;
}

Value body_json(const ShowEvent& show) {
    Value object = begin("show");
    object.set("dialog", show.dialog).set("text", show.text);
    if (!show.qr.empty()) {
        object.set("qr", show.qr).set("where", show.for_customer ? "customer" : "cashier");
    }
    if (show.seconds_left >= 0) object.set("secondsLeft", show.seconds_left);
    if (show.masked) object.set("masked", true);
    return object;
}

Value body_json(const ClosedEvent& closed) {
    Value object = begin("closed");
    object.set("dialog", closed.dialog);
    return object;
}

Value printed_json(till::Printed printed) {
    switch (printed) {
        case till::Printed::Yes:
            return true;
        case till::Printed::No:
            return false;
        case till::Printed::Owed:
        case till::Printed::InDoubt:
            return "owed";
    }
    return {};
}

Value body_json(const SlipEvent& slip) {
    Value object = begin("slip");
    object.set("slip", slip.slip.number).set("target", slip.slip.target);
    object.set("lines", words(slip.slip.lines)).set("elements", slip.elements);
    object.set("printed", printed_json(slip.slip.printed));
    return object;
}

Value body_json(const FinishedEvent& finished) {
    Value object = begin("finished");
    object.set("do", finished.command).set("outcome", host::name(finished.outcome));
    object.set("owed", finished.owed).set("text", finished.text);
    if (!finished.reason.empty()) object.set("reason", finished.reason);
    if (finished.valutcode) object.set("valutcode", *finished.valutcode);
    if (finished.sum) object.set("sum", finished.sum->str());
    if (finished.operation) object.set("operation", finished.operation->hex());
    return object;
}

Value line_json(const till::Line& line) {
    Value object;
    object.set("index", line.index).set("code", line.code).set("name", line.name);
    object.set("quantity", line.quantity.str()).set("price", line.price.str());
    object.set("discount", line.discount.str()).set("total", line.total.str());
    return object;
}

Value payment_json(const till::Payment& payment) {
    Value object;
    object.set("payment", payment.number).set("valutcode", payment.valutcode);
    object.set("sum", payment.sum.str()).set("state", till::name(payment.state));
    if (payment.operation) object.set("operation", payment.operation->hex());
    return object;
}

Value body_json(const ReceiptEvent& event) {
    const till::Receipt& receipt = event.receipt;
    json::Array lines;
    for (const till::Line& line : receipt.lines) {
        if (!line.removed) lines.push_back(line_json(line));
    }
    json::Array payments;
    for (const till::Payment& payment : receipt.payments)
        payments.push_back(payment_json(payment));
    Value object = begin("receipt");
    object.set("number", receipt.number).set("uid", receipt.uid);
    object.set("type", till::name(receipt.type)).set("state", till::name(receipt.state));
    object.set("total", receipt.total().str()).set("due", receipt.due().str());
    object.set("lines", Value(std::move(lines))).set("payments", Value(std::move(payments)));
    object.set("change", receipt.change.str());
    if (!receipt.card.empty()) object.set("card", receipt.card);
    return object;
}

Value body_json(const ShiftEvent& shift) {
    Value object = begin("shift");
    object.set("number", shift.number).set("state", shift.open ? "open" : "closed");
    return object;
}

Value obligation_json(const host::Obligation& obligation) {
    Value object;
    object.set("operation", obligation.operation.hex()).set("kind", obligation.kind);
    object.set("system", obligation.system).set("age", obligation.age_s);
    object.set("tries", obligation.tries).set("lastError", obligation.last_error);
    if (obligation.receipt_number > 0) object.set("receipt", obligation.receipt_number);
    if (!obligation.sum.empty()) object.set("sum", obligation.sum);
    object.set("blocks", obligation.blocks);
    return object;
}

Value body_json(const QueueEvent& queue) {
    json::Array obligations;
    for (const host::Obligation& each : queue.obligations) {
        obligations.push_back(obligation_json(each));
    }
    Value object = begin("queue");
    object.set("obligations", Value(std::move(obligations)));
    return object;
}

Value body_json(const PaymentTypesEvent& event) {
    json::Array types;
    for (const OfferedType& offered : event.types) {
        Value type;
        type.set("valutcode", offered.type.valutcode).set("name", offered.type.name);
        type.set("kind", till::name(offered.type.kind)).set("system", offered.type.system);
        type.set("available", offered.available);
        if (!offered.trouble.empty()) type.set("text", offered.trouble);
        types.push_back(std::move(type));
    }
    Value object = begin("payment-types");
    object.set("types", Value(std::move(types)));
    return object;
}

Value body_json(const NoticeEvent& notice) {
    Value object = begin("notice");
    object.set("level", host::name(notice.level)).set("text", notice.text);
    object.set("source", notice.source);
    if (!notice.topic.empty()) object.set("topic", notice.topic);
    if (!notice.operation.empty()) object.set("operation", notice.operation);
    return object;
}

Value body_json(const SaleRestEvent& event) {
    json::Array lines;
    for (const LineRest& each : event.rest.lines) {
        Value line = line_json(each.line);
        line.set("leftQuantity", Decimal(each.thousandths, 3).normalized().str());
        line.set("left", each.total.str());
        lines.push_back(std::move(line));
    }
    json::Array payments;
    for (const PaymentRest& each : event.rest.payments) {
        Value payment = payment_json(each.payment);
        payment.set("left", each.sum.str());
        payments.push_back(std::move(payment));
    }
    Value object = begin("sale-rest");
    object.set("number", event.sale.number);
    object.set("lines", Value(std::move(lines))).set("payments", Value(std::move(payments)));
    return object;
}

Value body_json(const ErrorEvent& error) {
    Value object = begin("error");
    object.set("text", error.text);
    return object;
}

}  // namespace

json::Value to_json(const Event& event) {
    Value object = std::visit([](const auto& body) { return body_json(body); }, event.body);
    if (event.id.kind() != json::Kind::Null) object.set("id", event.id);
    return object;
}

}  // namespace linuxcash::terminal
