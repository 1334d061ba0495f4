// SPDX-License-Identifier: Apache-2.0
#include "sales/documents.h"

#include <array>
#include <ctime>
#include <utility>

#include "till/codes.h"

namespace linuxcash::sales {

namespace {

json::Value amount(const Money& sum) {
    return json::Number{sum.str()};
}

json::Value number(const Decimal& value) {
    return json::Number{value.str()};
}

// ---- Goods ----

// The one discount that this register knows. A reader takes its percent of `checkSum`.
json::Value discounts_of(const till::Line& line, const Money& before) {
    json::Value list{json::Array{}};
    if (line.discount.is_zero()) return list;
    list.push(json::object(
        {{"discType", "summ"},
         {"discMode", "hand"},
         {"discName", tr("Скидка на позицию").russian()},
         {"discSize", amount(line.discount)},
         {"discSum", amount(line.discount)},
         {"checkSum", amount(before)}}));
    return list;
}

json::Value goods_position(const till::Receipt& receipt, const till::Line& line) {
    const Money before = line.total + line.discount;
    return json::object(
        {{"posNum", line.index},
         {"inventCode", line.code},
         {"barCode", line.barcode},
         {"bcode_main", line.barcode},
         {"opCode", till::line_code(receipt)},
         {"quant", number(line.quantity)},
         {"price", amount(line.price)},
         {"baseSum", amount(before)},
         {"posSum", amount(line.total)},
         {"disc_abs", amount(line.discount)},
         {"discountPositions", discounts_of(line, before)},
         {"bonusPositions", json::Array{}},
         {"taxes", json::Array{}},
         {"excisemark", ""},
         {"additionalbarcode", ""},
         {"extdocid", ""},
         {"extendetoptions", ""}});
}

struct Goods {
    json::Value sold{json::Array{}};
    json::Value storno{json::Array{}};
};

Goods goods_of(const till::Receipt& receipt) {
    const bool annulled = receipt.state == till::ReceiptState::Annulled;
    Goods goods;
    for (const till::Line& line : receipt.lines) {
        const json::Value position = goods_position(receipt, line);
        if (!line.removed) goods.sold.push(position);
        if (line.removed || annulled) goods.storno.push(position);
    }
    return goods;
}

// ---- Money ----

// The gateway's payment id first; then what the module wants in reports, and the host's own data,
// each once.
std::string additional_data(const till::Payment& payment) {
    std::string data = payment.gateway_id;
    for (const std::string& more : {payment.report_text, payment.custom_data}) {
        if (more.empty() || data == more) continue;
        data += data.empty() ? more : "; " + more;
    }
    return data;
}

json::Value money_position(const till::Receipt& receipt, const till::Payment& payment) {
    return json::object(
        {{"valCode", payment.valutcode},
         {"opCode", till::payment_code(receipt)},
         {"sumB", amount(payment.sum)},
         {"cardnum", payment.card.empty() ? json::Value() : json::Value(payment.card)},
         {"slip", payment.slip_text},
         {"additionaldata", additional_data(payment)}});
}

json::Value change_position(const till::Receipt& receipt) {
    return json::object(
        {{"valCode", till::kCashValutcode},
         {"opCode", till::change_code(receipt)},
         {"sumB", amount(receipt.change)},
         {"cardnum", nullptr},
         {"slip", ""},
         {"additionaldata", ""}});
}

struct Funds {
    json::Value paid{json::Array{}};
    json::Value failed{json::Array{}};
};

Funds funds_of(const till::Receipt& receipt) {
    const bool annulled = receipt.state == till::ReceiptState::Annulled;
    Funds funds;
    for (const till::Payment& payment : receipt.payments) {
        if (payment.state == till::PaymentState::Added) continue;  // money never moved
        const bool counts = till::holds_money(payment) && !annulled;
        (counts ? funds.paid : funds.failed).push(money_position(receipt, payment));
    }
    if (!receipt.change.is_zero()) {
        (annulled ? funds.failed : funds.paid).push(change_position(receipt));
    }
    return funds;
}

json::Value cards_of(const till::Receipt& receipt) {
    json::Value list{json::Array{}};
    if (!receipt.card.empty()) list.push(json::object({{"number", receipt.card}}));
    return list;
}

}  // namespace

std::string local_time(std::int64_t unix_ms) {
    const std::time_t seconds = unix_ms / 1000;
    std::tm local{};
    std::array<char, 40> text{};
    ::localtime_r(&seconds, &local);
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &local);
    return text.data();
}

json::Value receipt_document(const till::Receipt& receipt) {
    Goods goods = goods_of(receipt);
    Funds funds = funds_of(receipt);
    return json::object(
        {{"docType", till::document_type(receipt)},
         {"docNum", receipt.number},
         {"shift", receipt.shift},
         {"cashCode", receipt.desk},
         {"userCode", receipt.cashier},
         {"timeBeg", local_time(receipt.opened_at_ms)},
         {"timeEnd", local_time(receipt.closed_at_ms)},
         {"docSum", amount(receipt.total())},
         {"identifier", receipt.uid},
         {"sourceidentifier", receipt.sale_uid},
         {"inventPositions", std::move(goods.sold)},
         {"moneyPositions", std::move(funds.paid)},
         {"failedMoneyPositions", std::move(funds.failed)},
         {"stornoPositions", std::move(goods.storno)},
         {"cardPositions", cards_of(receipt)},
         {"couponPositions", json::Array{}},
         {"certificatePositions", json::Array{}}});
}

json::Value shift_document(const ShiftFacts& facts) {
    const till::ShiftSums& sums = facts.sums;
    json::Value users{json::Array{}};
    for (const std::string& cashier : facts.cashiers)
        users.push(json::object({{"usercode", cashier}, {"username", cashier}}));
    // A virtual device has no serial number, but what it has taken grows like a real one's.
    json::Value device = json::object(
        {{"serialNum", ""},
         {"sumCashEnd", amount(sums.cash)},
         {"sumProtectedBeg", amount(sums.sold_before)},
         {"sumProtectedEnd", amount(sums.sold_before + sums.sold)},
         {"sumBack", amount(sums.refunded)}});
    return json::object(
        {{"cashCode", facts.desk},
         {"shift", facts.shift.number},
         {"timeBeg", local_time(facts.shift.opened_at_ms)},
         {"timeEnd", facts.shift.open ? json::Value() : local_time(facts.shift.closed_at_ms)},
         {"sumGain", amount(sums.sold - sums.refunded)},
         {"kkms", json::Array{std::move(device)}},
         {"users", std::move(users)}});
}

}  // namespace linuxcash::sales
