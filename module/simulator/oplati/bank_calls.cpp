// SPDX-License-Identifier: Apache-2.0
// The single calls: each checks what it was asked, and says how it is done.
#include <utility>

#include "base/integer.h"
#include "simulator/digest.h"
#include "simulator/oplati/bank.h"
#include "simulator/oplati/wire.h"

namespace linuxcash::simulator::oplati {

namespace {

constexpr int kStaticQr = 1;
constexpr int kConsumerQr = 2;
constexpr int kDynamicQr = 3;

HttpReply ok(const json::Value& document) {
    HttpReply reply;
    reply.body = document.str();
    return reply;
}

HttpReply bad_request(const Error& error) {
    return refused(Refusal::BadRequest, error.text.russian());
}

// The lie about the paymentId comes with polling: a charge that told it could not be polled at all.
json::Value created_document(const Payment& payment) {
    return payment_document(payment, payment.lie != "paymentId");
}

bool is_cancellable(const Payment& payment) {
    if (payment.status == kInProgress || payment.status == kOk) return true;
    // An end that only a rule can have made: a sale of which nobody knows what became of it.
    return payment.type == kSale && payment.status > kCancelled;
}

bool is_within(const Payment& payment, const std::map<std::string, std::string>& query) {
    constexpr std::size_t kDateSize = 10;  // YYYY-MM-DD
    const std::string date = rfc3339(payment.created_ms).substr(0, kDateSize);
    const auto start = query.find("shiftStart");
    const auto end = query.find("shiftEnd");
    return (start == query.end() || date >= start->second)
           && (end == query.end() || date <= end->second);
}

}  // namespace

Bank::Prepared Bank::prepare(const Call& call) {
    if (call.route.endpoint == Endpoint::Unknown) {
        return {refused(Refusal::NoSuchResource), {}, {}};
    }
    if (call.route.endpoint == Endpoint::WrongMethod) {
        return {refused(Refusal::WrongMethod), {}, {}};
    }
    if (auto refusal = admit(call)) return {std::move(refusal), {}, {}};
    switch (call.route.endpoint) {
        case Endpoint::Tokens:
            return prepare_tokens(call);
        case Endpoint::Demand:
            return prepare_demand(call);
        case Endpoint::DemandClose:
            return prepare_close(call);
        case Endpoint::Consumer:
            return prepare_consumer(call);
        case Endpoint::Charge:
            return prepare_charge(call);
        case Endpoint::Payment:
            return prepare_payment(call);
        case Endpoint::Reversal:
            return prepare_reversal(call);
        case Endpoint::Cancel:
            return prepare_cancel(call);
        case Endpoint::Report:
            return prepare_report(call);
        case Endpoint::WrongMethod:
        case Endpoint::Unknown:
            break;
    }
    return {refused(Refusal::NoSuchResource), {}, {}};
}

Bank::Prepared Bank::prepare_tokens(const Call& call) {
    const DeskToken* token = book_.token(call.desk);
    const bool exists = token != nullptr && !token->value.empty();
    if (exists || has_password(call.desk)) return {refused(Refusal::TokenExists), {}, {}};
    return {
        {},
        [this, desk = call.desk](const Effect&, std::int64_t now_ms) {
            HttpReply reply = ok(json::Value(json::Object{}));
            rotate(desk, reply, now_ms);
            return reply;
        },
        {}};
}

json::Value Bank::open_session(const std::string& desk, int mode, std::int64_t now_ms) {
    constexpr std::size_t kPinDigits = 2;
    constexpr std::size_t kQrBytes = 20;
    Session session;
    session.id = next_session_id_++;
    session.mode = mode;
    session.created_ms = now_ms;
    if (buyer_.joins) session.ready_ms = now_ms + buyer_.delay_ms;
    if (mode == kConsumerQr) session.ready_ms = now_ms;
    sessions_[desk] = session;

    json::Value document = json::object({{"sessionId", session.id}});
    if (mode == kStaticQr) document.set("pin", random_.digits(kPinDigits));
    if (mode == kDynamicQr) {
        document.set("dynamicQR", "o-plati://o-pos/dyn/" + base64(random_.bytes(kQrBytes)));
    }
    if (mode == kConsumerQr) {
        document.set("isConsumerReady", true);
        if (buyer_.loyalty_cards.array() != nullptr) {
            document.set("loyaltyCards", buyer_.loyalty_cards);
        }
    }
    return document;
}

Bank::Prepared Bank::prepare_demand(const Call& call) {
    const auto body = parse_body(call.request);
    if (!body) return {bad_request(body.error()), {}, {}};
    const int mode = static_cast<int>(body->integer("paymentMode").value_or(0));
    const auto auth_code = body->string("authCode");
    const bool known = mode == kStaticQr || mode == kConsumerQr || mode == kDynamicQr;
    const bool code_fits = (mode == kConsumerQr) == auth_code.has_value();
    if (!known || !code_fits || (auth_code && auth_code->empty())) {
        return {refused(Refusal::BadRequest, "paymentMode, authCode"), {}, {}};
    }
    return {
        {},
        [this, desk = call.desk, mode](const Effect&, std::int64_t now_ms) {
            return ok(open_session(desk, mode, now_ms));
        },
        {}};
}

// The desk's live session, which a request may name.
Bank::Session* Bank::session_of(const Call& call, std::optional<std::int64_t> id) {
    const auto found = sessions_.find(call.desk);
    if (found == sessions_.end()) return nullptr;
    Session& session = found->second;
    const bool lapsed = call.now_ms - session.created_ms > options_.session_life_ms;
    const bool meant = !id || *id == session.id;
    return lapsed || session.used || !meant ? nullptr : &session;
}

Bank::Prepared Bank::prepare_close(const Call& call) {
    const auto& query = call.request.query;
    const auto named = query.find("sessionId");
    std::optional<std::int64_t> id;
    if (named != query.end()) id = parse_integer(named->second).value_or(0);
    if (session_of(call, id) == nullptr) return {refused(Refusal::SessionUnknown), {}, {}};
    return {
        {},
        [this, desk = call.desk](const Effect&, std::int64_t) {
            sessions_.erase(desk);
            return ok(json::Value(json::Object{}));
        },
        {}};
}

Bank::Prepared Bank::prepare_consumer(const Call& call) {
    const auto& query = call.request.query;
    const auto named = query.find("sessionId");
    std::optional<std::int64_t> id;
    if (named != query.end()) id = parse_integer(named->second).value_or(0);
    Session* session = session_of(call, id);
    if (session == nullptr) return {refused(Refusal::SessionUnknown), {}, {}};
    if (too_early(session->polled_ms, call.now_ms, options_.consumer_pace_ms)) {
        return {refused(Refusal::TooOften), {}, {}};
    }
    session->polled_ms = call.now_ms;
    const bool ready = session->ready_ms >= 0 && session->ready_ms <= call.now_ms;
    json::Value document = json::object({{"isConsumerReady", ready}});
    if (ready && buyer_.loyalty_cards.array() != nullptr) {
        document.set("loyaltyCards", buyer_.loyalty_cards);
    }
    return {{}, [document](const Effect&, std::int64_t) { return ok(document); }, {}};
}

Bank::Prepared Bank::prepare_charge(const Call& call) {
    const auto order = parse_charge(call.request, {call.desk, options_.strict_details});
    if (!order) return {bad_request(order.error()), {}, {}};
    if (book_.find(call.desk, order->order_number) != nullptr) {
        return {refused(Refusal::DuplicateOrder), {}, {}};
    }
    if (order->session_id) {
        Session* session = session_of(call, order->session_id);
        if (session == nullptr) return {refused(Refusal::SessionUnknown), {}, {}};
        const bool ready = session->ready_ms >= 0 && session->ready_ms <= call.now_ms;
        if (!ready) return {refused(Refusal::ConsumerNotReady), {}, {}};
    }
    const auto commit = [this, desk = call.desk, order = *order](
                            const Effect& effect, std::int64_t now_ms) {
        // A late commit may find that the client has tried again meanwhile.
        if (book_.find(desk, order.order_number) != nullptr) {
            return refused(Refusal::DuplicateOrder);
        }
        const auto session = sessions_.find(desk);
        const bool own = session != sessions_.end() && order.session_id == session->second.id;
        if (own) session->second.used = true;
        Event event;
        event.desk = desk;
        event.order_number = order.order_number;
        event.shift = order.shift;
        event.sum = order.sum;
        create(event, effect, now_ms);
        return ok(created_document(*book_.find(desk, order.order_number)));
    };
    return {{}, commit, order->sum};
}

Bank::Prepared Bank::prepare_payment(const Call& call) {
    const auto id = parse_integer(call.route.argument);
    if (!id) return {refused(Refusal::BadRequest, "paymentId"), {}, {}};
    const Payment* payment = book_.find(*id);
    if (payment == nullptr || payment->desk != call.desk) {
        return {refused(Refusal::PaymentUnknown), {}, {}};
    }
    const auto polled = polled_ms_.find(*id);
    const std::int64_t last_ms = polled == polled_ms_.end() ? -1 : polled->second;
    if (too_early(last_ms, call.now_ms, options_.payment_pace_ms)) {
        return {refused(Refusal::TooOften), {}, {}};
    }
    polled_ms_[*id] = call.now_ms;
    const json::Value document = payment_document(*payment, true);
    return {{}, [document](const Effect&, std::int64_t) { return ok(document); }, {}};
}

Bank::Prepared Bank::prepare_reversal(const Call& call) {
    const auto sale_id = parse_integer(call.route.argument);
    if (!sale_id) return {refused(Refusal::BadRequest, "paymentId"), {}, {}};
    const auto order = parse_reversal(call.request, {call.desk, options_.strict_details});
    if (!order) return {bad_request(order.error()), {}, {}};
    const Payment* sale = book_.find(*sale_id);
    if (sale == nullptr || sale->desk != call.desk) {
        return {refused(Refusal::PaymentUnknown), {}, {}};
    }
    if (sale->type != kSale || sale->status != kOk) {
        return {refused(Refusal::NotRefundable), {}, {}};
    }
    // A reversal may repeat the number of its own sale, and no other.
    const Payment* same = book_.find(call.desk, order->order_number);
    if (same != nullptr && same != sale) return {refused(Refusal::DuplicateOrder), {}, {}};
    if (book_.remainder(*sale) < order->sum) return {refused(Refusal::AboveRemainder), {}, {}};

    const auto commit = [this, desk = call.desk, id = *sale_id, order = *order](
                            const Effect& effect, std::int64_t now_ms) {
        const Payment* known = book_.find(desk, order.order_number);
        if (known != nullptr && known->id != id) return refused(Refusal::DuplicateOrder);
        if (book_.remainder(*book_.find(id)) < order.sum) return refused(Refusal::AboveRemainder);
        Event event;
        event.desk = desk;
        event.sale_id = id;
        event.order_number = order.order_number;
        event.shift = order.shift;
        event.sum = order.sum;
        create(event, effect, now_ms);
        return ok(created_document(*book_.find(desk, order.order_number)));
    };
    return {{}, commit, order->sum};
}

Bank::Prepared Bank::prepare_cancel(const Call& call) {
    const Payment* payment = nullptr;
    if (options_.cancel_by_payment_id) {
        payment = book_.find(parse_integer(call.route.argument).value_or(0));
    } else {
        payment = book_.find(call.desk, call.route.argument);
    }
    if (payment == nullptr || payment->desk != call.desk) {
        return {refused(Refusal::PaymentUnknown), {}, {}};
    }
    return {
        {},
        [this, id = payment->id](const Effect&, std::int64_t now_ms) {
            const Payment* found = book_.find(id);
            if (is_cancellable(*found)) cancel(*found, now_ms);
            return ok(payment_document(*found, false));
        },
        {}};
}

Bank::Prepared Bank::prepare_report(const Call& call) {
    const auto& query = call.request.query;
    const auto shift = query.find("shift");
    if (shift == query.end()) return {refused(Refusal::BadRequest, "shift"), {}, {}};
    json::Value list(json::Array{});
    for (const auto& [id, payment] : book_.payments()) {
        const bool asked = payment.desk == call.desk && payment.shift == shift->second;
        if (asked && is_within(payment, query)) list.push(payment_document(payment, false));
    }
    return {{}, [list](const Effect&, std::int64_t) { return ok(list); }, {}};
}

}  // namespace linuxcash::simulator::oplati
