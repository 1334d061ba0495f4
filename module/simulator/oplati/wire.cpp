// SPDX-License-Identifier: Apache-2.0
#include "simulator/oplati/wire.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "simulator/clock.h"

namespace linuxcash::simulator::oplati {

namespace {

constexpr int kMoneyPlaces = 2;
constexpr int kOplatiPart = 1;  // `type` in details.payments

Error wrong(Text text) {
    return {ErrorCode::InvalidInput, std::move(text)};
}

Error wrong_field(std::string_view field) {
    return wrong(tr("поле %1 отсутствует или имеет недопустимое значение", field));
}

// Some clients send sums as strings. The limit keeps totals far from the end of 64 bits.
std::optional<Money> sum_in(const json::Value& document, std::string_view field) {
    constexpr std::int64_t kMinorMax = 1000 * 1000 * 1000;
    const json::Value* value = document.find(field);
    if (value == nullptr) return std::nullopt;
    const auto sum = Money::parse(value->scalar_text().value_or(""), Currency());
    const bool usual = sum && sum->minor() <= kMinorMax && sum->minor() >= -kMinorMax;
    return usual ? sum : std::nullopt;
}

bool is_order_number(std::string_view text) {
    const auto allowed = [](char letter) {
        return letter > ' ' && letter < '\x7f' && letter != '/';
    };
    return !text.empty() && text.size() <= kOrderNumberMax
           && std::all_of(text.begin(), text.end(), allowed);
}

Result<> check_item(const json::Value& item) {
    const json::Value* type = item.find("type");
    const std::string kind = type == nullptr ? "" : type->scalar_text().value_or("");
    if (kind != "1" && kind != "2") return wrong_field("details.items[].type");
    if (item.string("name").value_or("").empty()) return wrong_field("details.items[].name");
    if (!sum_in(item, "cost")) return wrong_field("details.items[].cost");
    return Done{};
}

// The items' costs without discounts and with surcharges; nullopt when a modifier cannot be read.
std::optional<Money> total_of(const json::Array& items) {
    constexpr int kDiscount = 1;
    Money total;
    for (const json::Value& item : items) {
        total = total + sum_in(item, "cost").value_or(Money());
        const json::Array* modifiers = item.array("modifiers");
        if (modifiers == nullptr) continue;
        for (const json::Value& modifier : *modifiers) {
            const auto sum = sum_in(modifier, "sum");
            if (!sum) return std::nullopt;
            total = modifier.integer("type") == kDiscount ? total - *sum : total + *sum;
        }
    }
    return total;
}

// Other payments of the receipt may be O!плати's too: one of those is this charge.
Result<> check_payments(const json::Array& payments, Money sum, Money amount_total) {
    Money total;
    bool named = false;
    for (const json::Value& payment : payments) {
        const auto part = sum_in(payment, "sum");
        if (!part) return wrong_field("details.payments[].sum");
        total = total + *part;
        named = named || (payment.integer("type") == kOplatiPart && *part == sum);
    }
    if (!(total == amount_total)) return wrong(tr("сумма details.payments не равна amountTotal"));
    if (!named) return wrong(tr("части О!плати на сумму sum нет в details.payments"));
    return Done{};
}

Result<> check_details(const json::Value& body, Money sum, const Reading& reading) {
    const json::Value* details = body.find("details");
    if (details == nullptr || details->object() == nullptr) return wrong_field("details");
    const auto amount_total = sum_in(*details, "amountTotal");
    if (!amount_total || *amount_total < sum) return wrong_field("details.amountTotal");
    const json::Array* items = details->array("items");
    if (items == nullptr || items->empty()) return wrong_field("details.items");
    for (const json::Value& item : *items) {
        auto checked = check_item(item);
        if (!checked) return checked;
    }
    if (!reading.strict_details) return Done{};
    if (total_of(*items) != amount_total) {
        return wrong(tr("позиции details.items не дают в сумме amountTotal"));
    }
    const json::Array* payments = details->array("payments");
    return payments == nullptr ? Result<>(Done{}) : check_payments(*payments, sum, *amount_total);
}

// What charges and reversals have in common.
Result<ReversalOrder> parse_common(const json::Value& body, const Reading& reading) {
    ReversalOrder order;
    const auto sum = sum_in(body, "sum");
    if (!sum || !sum->is_positive()) return wrong_field("sum");
    order.sum = *sum;
    order.order_number = body.string("orderNumber").value_or("");
    if (!is_order_number(order.order_number)) return wrong_field("orderNumber");
    if (body.find("shift") != nullptr && !body.string("shift")) return wrong_field("shift");
    order.shift = body.string("shift").value_or("");
    if (body.find("regNum") != nullptr && body.string("regNum") != reading.desk) {
        return wrong_field("regNum");
    }
    return order;
}

void tell_lie(const Payment& payment, json::Value& document) {
    constexpr std::int64_t kOffset = 100;
    if (payment.lie == "sum") {
        const Money other = payment.sum + Money(kOffset, Currency());
        document.set("sum", Decimal(other.minor(), kMoneyPlaces));
    }
    if (payment.lie == "orderNumber") document.set("orderNumber", "OTHER-0-0-0000000000");
    if (payment.lie == "paymentId") document.set("paymentId", payment.id + kOffset);
}

}  // namespace

Result<json::Value> parse_body(const HttpRequest& request) {
    const std::string type = request.header("Content-Type").value_or("");
    if (type.substr(0, type.find(';')) != "application/json") {
        return wrong(tr("заголовок Content-Type должен быть application/json"));
    }
    auto body = json::parse(request.body);
    if (body && body->object() == nullptr) return wrong(tr("тело должно быть объектом JSON"));
    return body;
}

Result<ChargeOrder> parse_charge(const HttpRequest& request, const Reading& reading) {
    const auto body = parse_body(request);
    if (!body) return body.error();
    const auto common = parse_common(*body, reading);
    if (!common) return common.error();
    const auto details = check_details(*body, common->sum, reading);
    if (!details) return details.error();
    ChargeOrder order{common->sum, common->order_number, common->shift, {}, {}};
    order.session_id = body->integer("sessionId");
    order.auth_code = body->string("authCode");
    if (order.session_id.has_value() == order.auth_code.has_value()) {
        return wrong(tr("нужно ровно одно из полей sessionId и authCode"));
    }
    if (order.auth_code && (order.auth_code->empty() || order.auth_code->size() > kAuthCodeMax)) {
        return wrong_field("authCode");
    }
    return order;
}

Result<ReversalOrder> parse_reversal(const HttpRequest& request, const Reading& reading) {
    const auto body = parse_body(request);
    if (!body) return body.error();
    auto order = parse_common(*body, reading);
    if (!order) return order;
    const json::Value* details = body->find("details");
    // Items may be left out: a till in production sends none.
    if (details != nullptr && !sum_in(*details, "amountTotal")) {
        return wrong_field("details.amountTotal");
    }
    return order;
}

json::Value payment_document(const Payment& payment, bool lies) {
    json::Value document = json::object({
        {"paymentId", payment.id},
        {"paymentType", payment.type},
        {"sum", Decimal(payment.sum.minor(), kMoneyPlaces)},
        {"status", payment.status},
        {"orderNumber", payment.order_number},
        {"createdDate", rfc3339(payment.created_ms)},
        {"paidDate", rfc3339(payment.paid_ms)},
    });
    if (payment.status == kOk) {
        document.set("pursePublicId", "BY" + std::to_string(payment.id % 9973 + 10000));
    }
    if (lies) tell_lie(payment, document);
    return document;
}

}  // namespace linuxcash::simulator::oplati
