// SPDX-License-Identifier: Apache-2.0
#include "gateways/oplati/payment_object.h"

#include <array>
#include <utility>

#include "base/integer.h"
#include "gateways/oplati/error_body.h"
#include "gateways/oplati/wire.h"

namespace linuxcash::oplati {
namespace {

using core::Reason;
using core::Verdict;

using Statuses = std::array<StatusMeaning, 6>;

// Every status that the vendor publishes. All but 0 are final.
Statuses payment_statuses() {
    return {{
        {0, Verdict::Pending, Reason::None,
         tr("Ожидается подтверждение оплаты в приложении О!плати"), tr("ожидает подтверждения")},
        {1, Verdict::Paid, Reason::None, tr("Оплачено О!плати"), tr("оплачено")},
        {2, Verdict::Declined, Reason::DeclinedByBuyer,
         tr("Покупатель отказался от оплаты. Деньги не списаны"), tr("покупатель отказался")},
        {3, Verdict::Declined, Reason::NotEnoughMoney,
         tr("В кошельке покупателя не хватает денег. Деньги не списаны"), tr("не хватило денег")},
        {4, Verdict::Declined, Reason::BuyerTimeout,
         tr("Покупатель не подтвердил оплату вовремя. Деньги не списаны"),
         tr("не подтверждено вовремя")},
        {5, Verdict::Declined, Reason::CancelledByGateway,
         tr("Платёж отменён в О!плати. Деньги не списаны"), tr("отменено")},
    }};
}

// The same numbers, seen from a refund.
Statuses refund_statuses() {
    return {{
        {0, Verdict::Pending, Reason::None, tr("О!плати выполняет возврат"), tr("выполняется")},
        {1, Verdict::Paid, Reason::None, tr("Возвращено О!плати"), tr("возвращено")},
        {2, Verdict::Declined, Reason::GatewayRefused,
         tr("О!плати отказала в возврате. Деньги не возвращены"), tr("отказано")},
        {3, Verdict::Declined, Reason::NotEnoughMoney,
         tr("О!плати не хватает денег для возврата. Деньги не возвращены"), tr("не хватило денег")},
        {4, Verdict::Declined, Reason::BuyerTimeout,
         tr("Возврат О!плати не подтверждён вовремя. Деньги не возвращены"),
         tr("не подтверждено вовремя")},
        {5, Verdict::Declined, Reason::CancelledByGateway,
         tr("Возврат отменён в О!плати. Деньги не возвращены"), tr("отменено")},
    }};
}

std::optional<std::string> payment_number(const json::Value& value) {
    const json::Value* member = value.find("paymentId");
    if (member == nullptr) return std::nullopt;
    const auto number = parse_integer(member->scalar_text().value_or(""));
    if (!number || *number <= 0) return std::nullopt;
    return std::to_string(*number);
}

std::optional<Decimal> amount(const json::Value& value) {
    const json::Value* member = value.find("sum");
    if (member == nullptr) return std::nullopt;
    return Decimal::parse(member->scalar_text().value_or(""));
}

// The number is passed on only when the object is ours beyond doubt: undoing a stranger's payment
// would be worse.
core::Reading conflict(Text text, std::string payment_id) {
    return {Verdict::Conflict, Reason::Mismatch, std::move(text), std::move(payment_id)};
}

std::optional<core::Reading> disagreement(const PaymentObject& object, const Expected& expected) {
    if (!expected.payment_id.empty() && object.payment_id != expected.payment_id) {
        return conflict(tr("О!плати ответила о другом платеже"), {});
    }
    if (!expected.order_number.empty() && object.order_number
        && *object.order_number != expected.order_number) {
        return conflict(tr("О!плати ответила о платеже с другим номером заказа"), {});
    }
    if (expected.payment_type != 0 && object.payment_type
        && *object.payment_type != expected.payment_type) {
        return conflict(tr("О!плати ответила об операции другого вида"), {});
    }
    return std::nullopt;
}

bool names_another_sum(const PaymentObject& object, const Expected& expected) {
    return object.sum
           && *object.sum != Decimal(expected.sum.minor(), expected.sum.currency().places());
}

// It names our order, or has the number that we asked for; disagreement() has compared them.
bool is_certainly_ours(const PaymentObject& object, const Expected& expected) {
    return (object.order_number && !expected.order_number.empty()) || !expected.payment_id.empty();
}

core::Reading another_sum(const PaymentObject& object, const Expected& expected) {
    return conflict(
        tr("О!плати назвала другую сумму: %1", object.sum->str()),
        is_certainly_ours(object, expected) ? object.payment_id : std::string{});
}

}  // namespace

std::optional<PaymentObject> read_payment(const json::Value& value) {
    const auto number = payment_number(value);
    const auto status = value.integer("status");
    if (!number || !status) return std::nullopt;
    return PaymentObject{
        *number, *status, amount(value), value.string("orderNumber"), value.integer("paymentType")};
}

std::optional<PaymentObject> read_payment(const std::string& body) {
    const auto parsed = json::parse(body, {.depth = wire::kReplyDepth});
    if (!parsed) return std::nullopt;
    return read_payment(*parsed);
}

std::optional<StatusMeaning> meaning_of(std::int64_t status, core::OperationKind kind) {
    const bool refund = kind == core::OperationKind::Refund;
    for (StatusMeaning& meaning : refund ? refund_statuses() : payment_statuses()) {
        if (meaning.status == status) return std::move(meaning);
    }
    return std::nullopt;
}

core::Reading judge(const PaymentObject& object, const Expected& expected) {
    if (auto other = disagreement(object, expected)) return *other;
    auto meaning = meaning_of(object.status, expected.kind);
    // Of an operation of ours that did not happen, the sum does not matter.
    const bool settled =
        meaning && meaning->verdict == Verdict::Declined && is_certainly_ours(object, expected);
    if (!settled && names_another_sum(object, expected)) return another_sum(object, expected);
    if (!meaning) {
        return {
            Verdict::Technical, Reason::None,
            tr("О!плати прислала неизвестное состояние платежа %1", object.status),
            object.payment_id};
    }
    if (meaning->verdict == Verdict::Paid && !object.sum) {
        return {
            Verdict::Technical, Reason::None,
            tr("О!плати назвала платёж оплаченным, но не назвала сумму"), object.payment_id};
    }
    return {meaning->verdict, meaning->reason, std::move(meaning->text), object.payment_id};
}

}  // namespace linuxcash::oplati
