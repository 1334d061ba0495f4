// SPDX-License-Identifier: Apache-2.0
#include "gateways/oplati/charge_body.h"

#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "gateways/oplati/wire.h"
#include "json/json.h"

namespace linuxcash::oplati {
namespace {

constexpr std::int64_t kHundredthsOfAPercent = 10'000;

Decimal roubles(Money money) {
    return {money.minor(), money.currency().places()};
}

// part / whole in percent with two places; nullopt where that is no number.
std::optional<Decimal> percent(Money part, Money whole) {
    if (!whole.is_positive() || part.minor() < 0
        || part.minor() > std::numeric_limits<std::int64_t>::max() / kHundredthsOfAPercent
        || part.minor() > whole.minor()) {
        return std::nullopt;
    }
    const std::int64_t scaled = part.minor() * kHundredthsOfAPercent;
    const std::int64_t rest = scaled % whole.minor();
    const bool up = rest >= whole.minor() - rest;
    return Decimal(scaled / whole.minor() + (up ? 1 : 0), 2);
}

json::Value modifier(Money discount, Money cost) {
    const bool surcharge = discount.minor() < 0;
    const Money sum = surcharge ? Money(0, discount.currency()) - discount : discount;
    json::Value value = json::object(
        {{"type", surcharge ? wire::kSurchargeModifier : wire::kDiscountModifier},
         {"sum", roubles(sum)}});
    if (const auto rate = percent(sum, cost)) value.set("rate", *rate);
    return value;
}

// The server wants a name for each.
std::string item_name(const core::ReceiptLine& line) {
    if (!line.name.empty()) return line.name;
    return line.code.empty() ? tr("Товар").russian() : line.code;
}

// `cost` is the line before its discount, which stands in a modifier.
json::Value item(const core::ReceiptLine& line) {
    const Money cost = line.total + line.discount;
    json::Value value = json::object(
        {{"type", line.type == core::LineType::Goods ? wire::kGoodsItem : wire::kServiceItem},
         {"name", item_name(line)}});
    if (!line.barcode.empty()) value.set("barcode", line.barcode);
    value.set("quantity", line.quantity);
    if (!line.unit.empty()) value.set("unit", line.unit);
    value.set("price", roubles(line.price));
    value.set("cost", roubles(cost));
    if (!line.discount.is_zero()) {
        json::Value modifiers;
        modifiers.push(modifier(line.discount, cost));
        value.set("modifiers", std::move(modifiers));
    }
    return value;
}

// Instead of lines that are not known any more: the list may not be empty.
json::Value summary_item(const Text& name, Money sum) {
    return json::object(
        {{"type", wire::kServiceItem}, {"name", name.russian()}, {"cost", roubles(sum)}});
}

// Two payments of one receipt may be O!плати's.
int payment_type(const core::ReceiptPayment& other, const core::Payment& payment) {
    if (payment.type != 0 && other.valutcode == payment.type) return wire::kPaidByOplati;
    switch (other.kind) {
        case core::PaymentKind::Cash:
            return wire::kPaidByCash;
        case core::PaymentKind::Card:
            return wire::kPaidByCard;
        case core::PaymentKind::Other:
            return wire::kPaidByOther;
    }
    return wire::kPaidByOther;
}

// Whether what is known of the payments makes up the receipt: the rest may be paid later.
bool is_complete(const core::Payment& payment, Money total) {
    Money sum = payment.sum;
    for (const core::ReceiptPayment& other : payment.receipt.payments)
        sum = sum + other.sum;
    return sum == total;
}

json::Value payments(const core::Payment& payment) {
    json::Value list;
    list.push(json::object({{"type", wire::kPaidByOplati}, {"sum", roubles(payment.sum)}}));
    for (const core::ReceiptPayment& other : payment.receipt.payments) {
        const int type = payment_type(other, payment);
        json::Value value = json::object({{"type", type}});
        if (type == wire::kPaidByOther) {
            value.set("name", other.name.empty() ? tr("Другая оплата").russian() : other.name);
        }
        value.set("sum", roubles(other.sum));
        list.push(std::move(value));
    }
    return list;
}

json::Value head(const core::Payment& payment) {
    return json::object({{"sum", roubles(payment.sum)}, {"orderNumber", payment.order_number}});
}

void add_receipt(json::Value& body, const core::Payment& payment) {
    if (payment.receipt.number > 0) {
        body.set("receiptNumber", std::to_string(payment.receipt.number));
    }
    if (!payment.cashier.empty()) body.set("cashierName", payment.cashier);
    body.set("shift", payment.shift_label);
}

void add_texts(json::Value& details, const core::Payment& payment, const Settings& settings) {
    details.set("regNum", settings.reg_num);
    if (payment.receipt.number > 0) {
        details.set("receiptNumber", std::to_string(payment.receipt.number));
    }
    if (!settings.footer.empty()) details.set("footerInfo", settings.footer);
}

// Whether the lines are known, and are what `total` is asked for: no discount of the whole receipt,
// no other payment.
bool make_up(const std::vector<core::ReceiptLine>& lines, Money total) {
    Money sum(0, total.currency());
    for (const core::ReceiptLine& line : lines)
        sum = sum + line.total;
    return !lines.empty() && sum == total;
}

// The lines, if they make up `total`; else one line that does.
json::Value items(const core::Payment& payment, Money total, const Text& summary) {
    json::Value list;
    if (!make_up(payment.receipt.lines, total)) {
        list.push(summary_item(summary, total));
        return list;
    }
    for (const core::ReceiptLine& line : payment.receipt.lines)
        list.push(item(line));
    return list;
}

// The session's number as the server wrote it.
json::Value session_id(const std::string& document) {
    const auto parsed = json::parse(document);
    return parsed ? *parsed : json::Value(document);
}

}  // namespace

std::string charge_body(const core::Payment& payment, const Settings& settings) {
    json::Value body = head(payment);
    const auto session = payment.session.find(kSessionId);
    const auto code = payment.session.find(kAuthCode);
    // One of the two: the session that the code has opened, or the code itself.
    const bool opened = session != payment.session.end()
                        && (code == payment.session.end() || payment.session.count(kReady) != 0);
    if (opened) {
        body.set(kSessionId, session_id(session->second));
    } else if (code != payment.session.end()) {
        body.set(kAuthCode, code->second);
    }
    add_receipt(body, payment);

    const bool has_lines = !payment.receipt.lines.empty();
    const Money total = has_lines ? payment.receipt.total : payment.sum;
    json::Value details = json::object({{"amountTotal", roubles(total)}});
    add_texts(details, payment, settings);
    if (is_complete(payment, total)) details.set("payments", payments(payment));
    details.set("items", items(payment, total, tr("Оплата")));
    body.set("details", std::move(details));
    return body.str();
}

std::string refund_body(const core::Payment& back, const Settings& settings) {
    json::Value body = head(back);
    add_receipt(body, back);
    json::Value details = json::object({{"amountTotal", roubles(back.sum)}});
    add_texts(details, back, settings);
    details.set("items", items(back, back.sum, tr("Возврат оплаты")));
    body.set("details", std::move(details));
    return body.str();
}

}  // namespace linuxcash::oplati
