// SPDX-License-Identifier: Apache-2.0
#include "terminal/documents.h"

#include <utility>

namespace linuxcash::terminal {

namespace {

using json::Value;

Value line_json(const till::Line& line) {
    Value object;
    object.set("index", line.index).set("code", line.code).set("name", line.name);
    object.set("barcode", line.barcode).set("article", line.article).set("unit", line.unit);
    object.set("type", till::name(line.type)).set("quantity", line.quantity.str());
    object.set("price", line.price.str()).set("discount", line.discount.str());
    object.set("total", line.total.str());
    return object;
}

Value payment_json(const till::Payment& payment) {
    Value object;
    object.set("payment", payment.number).set("valutcode", payment.valutcode);
    object.set("kind", till::name(payment.kind)).set("name", payment.name);
    object.set("sum", payment.sum.str());
    if (payment.operation) object.set("operation", payment.operation->hex());
    return object;
}

}  // namespace

json::Value receipt_document(
    const till::Receipt& receipt, const till::Shift& shift, std::optional<int> without) {
    json::Array lines;
    for (const till::Line& line : receipt.lines) {
        if (!line.removed) lines.push_back(line_json(line));
    }
    json::Array payments;
    for (const till::Payment& payment : receipt.payments) {
        const bool counts = payment.state == till::PaymentState::Processed;
        if (counts && payment.number != without) payments.push_back(payment_json(payment));
    }
    Value object;
    object.set("uid", receipt.uid).set("number", receipt.number);
    object.set("type", till::name(receipt.type)).set("revision", receipt.revision);
    object.set("desk", receipt.desk).set("shift", receipt.shift).set("shift_date", shift.date);
    object.set("cashier", receipt.cashier).set("currency", receipt.currency.code());
    object.set("total", receipt.total().str()).set("due", receipt.due().str());
    if (!receipt.sale_uid.empty()) object.set("sale_uid", receipt.sale_uid);
    object.set("lines", Value(std::move(lines))).set("payments", Value(std::move(payments)));
    return object;
}

}  // namespace linuxcash::terminal
