// SPDX-License-Identifier: Apache-2.0
// The half of the gateway that reads replies: what each one proves.
#include <algorithm>
#include <utility>
#include <vector>

#include "gateways/oplati/charge_body.h"
#include "gateways/oplati/error_body.h"
#include "gateways/oplati/gateway.h"
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

constexpr int kOk = 200;
constexpr int kBadRequest = 400;
constexpr int kUnauthorized = 401;
constexpr int kForbidden = 403;
constexpr int kNotFound = 404;
constexpr int kRequestTimeout = 408;
constexpr int kConflict = 409;
constexpr int kTooManyRequests = 429;
constexpr int kFirstServerError = 500;

// The server understood the request and said no. 408, 409 and 429 are no refusals: the request may
// have been, or may yet be, carried out.
bool refuses(int status) {
    return status >= kBadRequest && status < kFirstServerError && status != kRequestTimeout
           && status != kConflict && status != kTooManyRequests;
}

Reason refusal_reason(int status) {
    return status == kUnauthorized || status == kForbidden ? Reason::Access
                                                           : Reason::GatewayRefused;
}

Text refusal_text(int status, const ErrorBody& error) {
    if (!error.user_message.empty()) return Text::literal(error.user_message);
    const std::string& code = error.internal_code.empty() ? error.code : error.internal_code;
    if (!code.empty()) return tr("О!плати отказала в операции, код %1", code);
    return tr("О!плати отказала в операции, HTTP %1", status);
}

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

Reading gone() {
    return {Verdict::Gone, Reason::NotFound, tr("О!плати не знает такого платежа"), {}};
}

bool is_blank(const std::string& body) {
    return body.find_first_not_of(" \t\r\n") == std::string::npos;
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

bool fit_for_screen(const std::string& text, std::size_t limit) {
    const bool control =
        std::any_of(text.begin(), text.end(), [](char each) { return each >= 0 && each < ' '; });
    return !text.empty() && text.size() <= limit && !control;
}

// How one row of the list bears on the order that is looked for.
struct Sighting {
    std::vector<Reading> readings;
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
        sighting.readings.push_back(
            object ? judge(*object, expected)
                   : Reading{
                       Verdict::Technical,
                       Reason::None,
                       tr("О!плати прислала непонятную строку списка"),
                       {}});
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

Reading read_rows(const json::Array& rows, const Expected& expected) {
    const Sighting sighting = find_order(rows, expected);
    if (!sighting.readings.empty()) return heaviest(sighting.readings);
    if (!sighting.unreadable_rows) return gone();
    return {
        Verdict::Technical, Reason::None, tr("О!плати прислала непонятный список платежей"), {}};
}

Reading judge_undo(const PaymentObject& object, const Payment& payment) {
    Reading reading = judge(object, {payment.sum, payment.order_number, {}, 0});
    // A cancelled payment is what was asked for; a paid one is not cancelled yet.
    if (reading.verdict == Verdict::Declined && reading.reason == Reason::CancelledByGateway) {
        reading.verdict = Verdict::Paid;
        reading.reason = Reason::None;
    } else if (reading.verdict == Verdict::Paid) {
        reading.verdict = Verdict::Pending;
        reading.text = tr("О!плати приняла отмену, но платёж ещё числится оплаченным");
    }
    return reading;
}

}  // namespace

core::Prepared Oplati::prepared(const Payment&, const std::string& step, const Reply& reply) const {
    if (const auto error = refuses(reply.status) ? read_error(reply.body) : std::nullopt) {
        return core::Refusal{refusal_reason(reply.status), refusal_text(reply.status, *error)};
    }
    if (reply.status != kOk) return core::TryAgain{wording_.server_error, settings_.ready_pace_ms};
    return step == wire::kSessionStep ? session_opened(reply) : ready_answered(reply);
}

core::Prepared Oplati::session_opened(const Reply& reply) const {
    const core::Refusal refusal{
        Reason::GatewayRefused, tr("О!плати прислала непонятный ответ. Деньги не списаны")};
    const auto body = json::parse(reply.body, {.depth = wire::kReplyDepth});
    if (!body) return refusal;
    const json::Value* session = body->find("sessionId");
    const std::string id = session == nullptr ? std::string{} : session->scalar_text().value_or("");
    if (!fit_for_screen(id, wire::kSessionIdLimit)) return refusal;
    const json::Value* pin_member = body->find("pin");
    const std::string pin =
        pin_member == nullptr ? std::string{} : pin_member->scalar_text().value_or("");
    const std::string qr = body->string("dynamicQR").value_or("");
    const bool complete = settings_.mode == Mode::StaticCode ? fit_for_screen(pin, wire::kPinLimit)
                                                             : fit_for_screen(qr, wire::kQrLimit);
    if (!complete) return refusal;
    core::Progress progress;
    progress.learned[kSessionId] = session->str();
    progress.screen = session_screen(qr, pin);
    return progress;
}

core::Screen Oplati::session_screen(const std::string& qr, const std::string& pin) const {
    core::Screen screen;
    constexpr int kMillisInSecond = 1'000;
    screen.limit_ms = settings_.session_wait_s * kMillisInSecond;
    if (settings_.mode == Mode::StaticCode) {
        screen.text = tr("Сообщите покупателю код подтверждения: %1", pin);
        return screen;
    }
    screen.text = tr("Отсканируйте QR-код для оплаты");
    screen.qr = qr;
    screen.for_customer = true;
    return screen;
}

core::Prepared Oplati::ready_answered(const Reply& reply) const {
    const auto body = json::parse(reply.body, {.depth = wire::kReplyDepth});
    const auto ready = body ? body->boolean("isConsumerReady") : std::nullopt;
    if (!ready) return core::TryAgain{wording_.server_error, settings_.ready_pace_ms};
    core::Progress progress;
    if (*ready) {
        progress.learned[kReady] = "1";
    } else {
        progress.again_after_ms = settings_.ready_pace_ms;
    }
    return progress;
}

Reading Oplati::read_charge(const Payment& payment, const Reply& reply) const {
    if (reply.status != kOk) return declined_or_technical(reply);
    const auto object = read_payment(reply.body);
    if (!object) return technical(reply);
    return judge(*object, {payment.sum, payment.order_number, {}, wire::kSaleType});
}

Reading Oplati::read_query(const Payment& payment, const Reply& reply) const {
    if (says_gone(reply)) return gone();
    if (reply.status != kOk) return technical(reply);
    const auto object = read_payment(reply.body);
    if (!object) return technical(reply);
    return judge(*object, {payment.sum, payment.order_number, payment.payment_id, wire::kSaleType});
}

Reading Oplati::read_list(
    const Payment& payment, const std::string& order_number, const Reply& reply) const {
    if (reply.status != kOk) {
        Reading reading = technical(reply);
        const bool theirs = read_error(reply.body) || is_blank(reply.body);
        if (refuses(reply.status) && theirs) reading.reason = Reason::Unsupported;
        return reading;
    }
    const auto body = json::parse(reply.body, {.depth = wire::kReplyDepth});
    const json::Array* rows = body ? body->array() : nullptr;
    if (rows == nullptr) return technical(reply);
    const Expected sale{payment.sum, payment.order_number, {}, wire::kSaleType};
    if (order_number == payment.order_number) return read_rows(*rows, sale);
    Reading reading = read_rows(*rows, {payment.sum, order_number, {}, wire::kReversalType});
    reading.payment_id = read_rows(*rows, sale).payment_id;
    return reading;
}

Reading Oplati::read_undo(const Payment& payment, const Reply& reply) const {
    if (says_gone(reply)) return gone();
    if (reply.status == kConflict && read_error(reply.body)) {
        return {Verdict::Conflict, Reason::Mismatch, describe_error(reply), {}};
    }
    if (reply.status != kOk) return technical(reply);
    const Reading taken{Verdict::Paid, Reason::None, tr("Платёж О!плати отменён"), {}};
    if (is_blank(reply.body)) return taken;
    const auto body = json::parse(reply.body, {.depth = wire::kReplyDepth});
    if (!body || body->kind() != json::Kind::Object) return technical(reply);
    if (body->find("status") == nullptr && body->find("paymentId") == nullptr) return taken;
    const auto object = read_payment(*body);
    if (!object) return technical(reply);
    return judge_undo(*object, payment);
}

Reading Oplati::read_refund(const Payment& payment, const Reply& reply) const {
    if (reply.status != kOk) return declined_or_technical(reply);
    const auto object = read_payment(reply.body);
    if (!object) return technical(reply);
    Reading reading = judge(*object, {payment.sum, {}, {}, wire::kReversalType});
    reading.payment_id.clear();
    return reading;
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
