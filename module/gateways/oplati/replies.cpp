// SPDX-License-Identifier: Apache-2.0
// The half of the gateway that reads replies: what each one proves.
#include <algorithm>
#include <utility>
#include <vector>

#include "gateways/oplati/bookings.h"
#include "gateways/oplati/error_body.h"
#include "gateways/oplati/gateway.h"
#include "gateways/oplati/http_status.h"
#include "gateways/oplati/payment_object.h"
#include "gateways/oplati/wire.h"
#include "json/json.h"

namespace linuxcash::oplati {
namespace {

using core::Access;
using core::AccessReading;
using core::Payment;
using core::Reading;
using core::Reason;
using core::Reply;
using core::Verdict;

Reading technical(const Reply& reply) {
    if (reply.status == kOk) {
        return {Verdict::Technical, Reason::None, tr("О!плати прислала непонятный ответ"), {}};
    }
    return {Verdict::Technical, Reason::None, describe_error(reply), {}};
}

// A refusal in O!плати's own words: a proxy's error page proves nothing.
Reading declined_or_technical(const Reply& reply) {
    const auto error = refuses(reply.status) ? read_error(reply.body) : std::nullopt;
    if (!error) return technical(reply);
    return {
        Verdict::Declined, refusal_reason(reply.status), refusal_text(reply.status, *error), {}};
}

bool says_gone(const Reply& reply) {
    return reply.status == kNotFound && read_error(reply.body);
}

bool is_refund(const Payment& payment) {
    return payment.kind == core::OperationKind::Refund;
}

Reading gone(const Payment& payment) {
    Text text = is_refund(payment) ? tr("О!плати не знает такого возврата")
                                   : tr("О!плати не знает такого платежа");
    return {Verdict::Gone, Reason::NotFound, std::move(text), {}};
}

// What an object must agree with to be about this payment, or this refund.
Expected expected_of(const Payment& payment) {
    return {
        payment.kind,
        payment.sum,
        payment.order_number,
        {},
        is_refund(payment) ? wire::kReversalType : wire::kSaleType};
}

bool names_missing_token(const ErrorBody& error) {
    return error.internal_code == wire::kTokenMissingCode || error.code == wire::kTokenMissingCode
           || error.user_message.starts_with(wire::kTokenMissingWords);
}

Text missing_token_text() {
    return tr(
        "Необходимо получить новый токен в кассовом ПО либо касса не зарегистрирована в личном "
        "кабинете юр. лица");
}

// Never an empty one, and nothing that could not stand in a header again.
std::optional<Secret> token_of(const Reply& reply) {
    auto token = reply.header(wire::kReplyTokenHeader);
    if (!token || token->empty() || token->size() > wire::kTokenLimit) return std::nullopt;
    const bool printable = std::all_of(
        token->begin(), token->end(), [](char each) { return each > ' ' && each < '\x7f'; });
    if (!printable) return std::nullopt;
    return Secret(*std::move(token));
}

// What the rows of the list say of the order that is looked for.
struct Sighting {
    std::vector<Reading> readings;
    std::vector<Reading> of_another_kind;
    bool unreadable_rows = false;
};

Sighting find_order(const json::Array& rows, const Expected& expected) {
    Sighting sighting;
    for (const json::Value& row : rows) {
        const auto order = row.string("orderNumber");
        if (!order) {
            sighting.unreadable_rows = true;
            continue;
        }
        if (*order != expected.order_number) continue;
        const auto object = read_payment(row);
        if (!object) {
            sighting.readings.push_back(
                {Verdict::Technical,
                 Reason::None,
                 tr("О!плати прислала непонятную строку списка"),
                 {}});
            continue;
        }
        const auto type = object->payment_type.value_or(expected.payment_type);
        (type == expected.payment_type ? sighting.readings : sighting.of_another_kind)
            .push_back(judge(*object, expected));
    }
    return sighting;
}

// Of several rows with one key (an attempt repeated by hand) the one decides that is worst to
// overlook.
int weight(Verdict verdict) {
    switch (verdict) {
        case Verdict::Conflict:
            return 5;
        case Verdict::Paid:
            return 4;
        case Verdict::Pending:
            return 3;
        case Verdict::Technical:
            return 2;
        case Verdict::Declined:
            return 1;
        case Verdict::Gone:
            return 0;
    }
    return 0;
}

Reading heaviest(const std::vector<Reading>& readings) {
    const auto paid = std::count_if(readings.begin(), readings.end(), [](const Reading& each) {
        return each.verdict == Verdict::Paid;
    });
    if (paid > 1) {
        return {
            Verdict::Conflict,
            Reason::Mismatch,
            tr("В списке О!плати несколько оплаченных платежей с одним номером заказа"),
            {}};
    }
    return *std::max_element(
        readings.begin(), readings.end(), [](const Reading& left, const Reading& right) {
            return weight(left.verdict) < weight(right.verdict);
        });
}

Reading read_rows(const json::Array& rows, const Payment& payment) {
    const Sighting sighting = find_order(rows, expected_of(payment));
    if (!sighting.readings.empty()) return heaviest(sighting.readings);
    // A reversal made elsewhere may repeat the number of its sale: beside the sale it does not
    // matter, alone it is a riddle.
    if (!sighting.of_another_kind.empty()) return heaviest(sighting.of_another_kind);
    if (!sighting.unreadable_rows) return gone(payment);
    return {
        Verdict::Technical, Reason::None, tr("О!плати прислала непонятный список платежей"), {}};
}

// Why there is no list.
Reading refused_list(const Reply& reply) {
    Reading reading = technical(reply);
    const bool theirs = read_error(reply.body) || is_blank(reply.body);
    if (refuses(reply.status) && theirs) reading.reason = Reason::Unsupported;
    return reading;
}

Text cancelled_text(const Payment& payment) {
    return is_refund(payment) ? tr("Возврат О!плати отменён") : tr("Платёж О!плати отменён");
}

Reading judge_undo(const PaymentObject& object, const Payment& payment) {
    // The kind of the object is not compared: nobody knows whether a cancel is answered with what
    // it cancelled or with itself.
    Expected expected = expected_of(payment);
    expected.payment_type = 0;
    Reading reading = judge(object, expected);
    // The number of the cancel itself is not the payment's.
    if (object.payment_type != expected_of(payment).payment_type) reading.payment_id.clear();
    // A cancelled payment is what was asked for; a paid one is not cancelled yet.
    if (reading.verdict == Verdict::Declined && reading.reason == Reason::CancelledByGateway) {
        reading.verdict = Verdict::Paid;
        reading.reason = Reason::None;
        reading.text = cancelled_text(payment);
    } else if (reading.verdict == Verdict::Paid) {
        reading.verdict = Verdict::Pending;
        reading.text = is_refund(payment)
                           ? tr("О!плати приняла отмену, но возврат ещё числится выполненным")
                           : tr("О!плати приняла отмену, но платёж ещё числится оплаченным");
    }
    return reading;
}

}  // namespace

Reading Oplati::read_charge(const Payment& payment, const Reply& reply) const {
    if (reply.status != kOk) return declined_or_technical(reply);
    const auto object = read_payment(reply.body);
    if (!object) return technical(reply);
    return judge(*object, expected_of(payment));
}

Reading Oplati::read_query(const Payment& payment, const Reply& reply) const {
    if (says_gone(reply)) return gone(payment);
    if (reply.status != kOk) return technical(reply);
    const auto object = read_payment(reply.body);
    if (!object) return technical(reply);
    Expected expected = expected_of(payment);
    expected.payment_id = payment.payment_id;
    return judge(*object, expected);
}

Reading Oplati::read_list(const Payment& payment, const Reply& reply) const {
    if (reply.status != kOk) return refused_list(reply);
    const auto body = json::parse(reply.body, {.depth = wire::kReplyDepth});
    const json::Array* rows = body ? body->array() : nullptr;
    return rows == nullptr ? technical(reply) : read_rows(*rows, payment);
}

std::variant<core::Bookings, Reading> Oplati::read_bookings(const Reply& reply) const {
    if (reply.status != kOk) return refused_list(reply);
    const auto body = json::parse(reply.body, {.depth = wire::kReplyDepth});
    const json::Array* rows = body ? body->array() : nullptr;
    if (rows == nullptr) return technical(reply);
    return bookings(*rows);
}

Reading Oplati::read_undo(const Payment& payment, const Reply& reply) const {
    if (says_gone(reply)) return gone(payment);
    if (reply.status == kConflict && read_error(reply.body)) {
        return {Verdict::Conflict, Reason::Mismatch, describe_error(reply), {}};
    }
    if (reply.status != kOk) return technical(reply);
    const Reading taken{Verdict::Paid, Reason::None, cancelled_text(payment), {}};
    if (is_blank(reply.body)) return taken;
    const auto body = json::parse(reply.body, {.depth = wire::kReplyDepth});
    if (!body || body->kind() != json::Kind::Object) return technical(reply);
    if (body->find("status") == nullptr && body->find("paymentId") == nullptr) return taken;
    const auto object = read_payment(*body);
    if (!object) return technical(reply);
    return judge_undo(*object, payment);
}

// A refund is answered as a charge is: with an object of its own.
Reading Oplati::read_refund(const Payment& back, const Reply& reply) const {
    return read_charge(back, reply);
}

AccessReading Oplati::read_access(const core::Call& call, const Reply& reply) const {
    if (password_mode()) return {};
    if (call.step == wire::kTokensStep) return read_token_reply(reply);
    AccessReading reading;
    reading.token = token_of(reply);
    if (!call.bears_secret || reply.status != kUnauthorized) return reading;
    const auto error = read_error(reply.body);
    // O!плати may refuse without a body; somebody else's page says nothing of our token.
    if (!error && !is_blank(reply.body)) return reading;
    if (error && names_missing_token(*error)) {
        reading.access = Access::Missing;
        reading.text = missing_token_text();
        return reading;
    }
    reading.access = Access::Renew;
    reading.text = tr("О!плати не приняла токен кассы");
    return reading;
}

// 200 brings the first token. Whatever else it is, the next request asks again: the cabinet can
// mend it.
AccessReading Oplati::read_token_reply(const Reply& reply) const {
    AccessReading reading;
    if (reply.status == kOk) {
        reading.token = token_of(reply);
        if (!reading.token) reading.text = tr("О!плати не выдала токен кассе: в ответе его нет");
        return reading;
    }
    if (reply.status == kBadRequest) {
        reading.access = Access::Exists;
        reading.text = tr("Токен уже существует или касса работает в режиме пароля");
        return reading;
    }
    if (refuses(reply.status) && read_error(reply.body)) reading.text = missing_token_text();
    return reading;
}

Text Oplati::error_detail(const Reply& reply) const {
    return describe_error(reply);
}

}  // namespace linuxcash::oplati
