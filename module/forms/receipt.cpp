// SPDX-License-Identifier: Apache-2.0
#include "forms/receipt.h"

#include <utility>

#include "forms/forms.h"
#include "forms/shapes.h"

namespace linuxcash::forms {

using reports::Kind;
using reports::Record;
using reports::Value;
using reports::Values;

Fields receipt_fields() {
    return {
        {"now", Kind::Time},
        {"type"},
        {"number", Kind::Number},
        {"desk"},
        {"shift", Kind::Number},
        {"cashier"},
        {"card"},
        {"currency"},
        {"lines",
         Kind::List,
         {{"name"},
          {"code"},
          {"barcode"},
          {"unit"},
          {"quantity", Kind::Number},
          {"price", Kind::Money},
          {"full", Kind::Money},
          {"discount", Kind::Money},
          {"rounding", Kind::Money},
          {"total", Kind::Money}}},
        {"total", Kind::Money},
        {"discount", Kind::Money},
        {"payments", Kind::List, {{"name"}, {"kind"}, {"sum", Kind::Money}, {"gateway_id"}}},
        {"change", Kind::Money}};
}

namespace {

Record line_data(const till::Line& line) {
    const Money nothing(0, line.discount.currency());
    Record data;
    data.set("name", line.name).set("code", line.code).set("barcode", line.barcode);
    data.set("unit", line.unit).set("quantity", line.quantity).set("price", line.price);
    data.set("full", line.total + line.discount).set("total", line.total);
    data.set("discount", line.discount.is_positive() ? line.discount : nothing);
    // The last part of a refunded line may be a kopeck above price × quantity.
    data.set("rounding", line.discount.is_positive() ? nothing : nothing - line.discount);
    return data;
}

}  // namespace

Record receipt_data(const till::Receipt& receipt, std::int64_t now_ms) {
    Values lines;
    Money discount(0, receipt.currency);
    for (const till::Line& line : receipt.lines) {
        if (line.removed) continue;
        lines.emplace_back(line_data(line));
        if (line.discount.is_positive()) discount = discount + line.discount;
    }
    Values payments;
    for (const till::Payment& payment : receipt.payments) {
        if (payment.state != till::PaymentState::Processed) continue;
        Record data;
        data.set("name", payment.name).set("kind", std::string(till::name(payment.kind)));
        data.set("sum", payment.sum).set("gateway_id", payment.gateway_id);
        payments.emplace_back(std::move(data));
    }
    Record data;
    data.set("now", local_time(now_ms)).set("type", std::string(till::name(receipt.type)));
    data.set("number", Value::of(receipt.number)).set("desk", receipt.desk);
    data.set("shift", Value::of(receipt.shift)).set("cashier", receipt.cashier);
    data.set("card", receipt.card).set("currency", std::string(receipt.currency.code()));
    data.set("lines", std::move(lines)).set("total", receipt.total()).set("discount", discount);
    data.set("payments", std::move(payments)).set("change", receipt.change);
    return data;
}

}  // namespace linuxcash::forms
