// SPDX-License-Identifier: Apache-2.0
// The steps before the charge: session, buyer's code, loyalty cards. Nothing here moves money.
#include <algorithm>
#include <utility>

#include "gateways/oplati/charge_body.h"
#include "gateways/oplati/error_body.h"
#include "gateways/oplati/gateway.h"
#include "gateways/oplati/http_status.h"
#include "gateways/oplati/loyalty_cards.h"
#include "gateways/oplati/scanned_code.h"
#include "gateways/oplati/wire.h"
#include "json/json.h"

namespace linuxcash::oplati {
namespace {

using core::Payment;
using core::Reason;
using core::Reply;

constexpr int kMillisInSecond = 1'000;

bool fit_for_screen(const std::string& text, std::size_t limit) {
    const bool control =
        std::any_of(text.begin(), text.end(), [](char each) { return each >= 0 && each < ' '; });
    return !text.empty() && text.size() <= limit && !control;
}

bool knows(const Payment& payment, const char* key) {
    return payment.session.count(key) != 0;
}

// O!плати opens no session for a scanned code, in its own words or without any. Credentials, pacing
// and strangers' pages are faults of another kind.
bool opens_no_session(const Reply& reply) {
    const bool refused = refuses(reply.status) || reply.status == kConflict;
    if (!refused || reply.status == kUnauthorized || reply.status == kForbidden) return false;
    return is_blank(reply.body) || read_error(reply.body);
}

}  // namespace

core::Preparation Oplati::prepare(const Payment& payment) const {
    if (!settings_.configured()) return not_configured();
    if (payment.receipt.type == core::ReceiptType::Refund) {
        return core::Refusal{
            Reason::Unsupported,
            tr("Оплата чеков возврата через платежную систему О!плати не доступна")};
    }
    return settings_.mode == Mode::BuyersCode ? prepare_scanned(payment) : prepare_session(payment);
}

core::Preparation Oplati::prepare_card(const Payment& payment) const {
    if (!settings_.configured()) return not_configured();
    if (payment.receipt.type == core::ReceiptType::Refund) {
        return core::Refusal{
            Reason::Unsupported, tr("Карта лояльности О!плати добавляется только в чек продажи")};
    }
    if (settings_.mode != Mode::BuyersCode) return prepare_session(payment);
    core::Preparation next = prepare_scanned(payment);
    if (!std::holds_alternative<core::Ready>(next) || knows(payment, kNoSession)) return next;
    if (!knows(payment, kSessionId)) return show_code(payment);
    if (!knows(payment, kReady)) return ask_ready(payment);
    return core::Ready{};
}

core::Refusal Oplati::not_configured() {
    return {
        Reason::NotConfigured,
        tr("О!плати не настроена: не задан ключ regNum, регистрационный номер кассы")};
}

core::Preparation Oplati::prepare_session(const Payment& payment) const {
    if (!knows(payment, kSessionId)) {
        return open_session(
            settings_.mode == Mode::StaticCode ? wire::kStaticCodeMode : wire::kDynamicCodeMode);
    }
    if (!knows(payment, kReady)) return ask_ready(payment);
    return core::Ready{};
}

core::Preparation Oplati::prepare_scanned(const Payment& payment) const {
    const auto scanned = payment.session.find(kAuthCode);
    if (scanned == payment.session.end()) {
        return core::Question{
            kAuthCode, wording_.title, tr("Отсканируйте QR-код с телефона покупателя"),
            static_cast<int>(wire::kAuthCodeLimit)};
    }
    const std::string code = scanned_code(scanned->second);
    if (code.empty() || code.size() > wire::kAuthCodeLimit) {
        return core::Refusal{
            Reason::GatewayRefused,
            tr("Это не QR-код О!плати. Попросите покупателя открыть QR-код в приложении О!плати и "
               "начните ещё раз")};
    }
    return core::Ready{};
}

core::Prepared Oplati::prepared(const Payment&, const std::string& step, const Reply& reply) const {
    const bool opening = step == wire::kSessionStep;
    if (opening && settings_.mode == Mode::BuyersCode && opens_no_session(reply)) {
        core::Progress progress;
        progress.learned[kNoSession] = "1";
        return progress;
    }
    if (const auto error = refuses(reply.status) ? read_error(reply.body) : std::nullopt) {
        return core::Refusal{refusal_reason(reply.status), refusal_text(reply.status, *error)};
    }
    if (reply.status != kOk) return core::TryAgain{wording_.server_error, settings_.ready_pace_ms};
    return opening ? session_opened(reply) : ready_answered(reply);
}

// The reply to a buyer's code: a session at once, and with a ready buyer his cards.
core::Progress Oplati::code_shown(const json::Value& body) const {
    core::Progress progress;
    progress.cards = loyalty_cards(body);
    const json::Value* session = body.find("sessionId");
    const std::string id = session == nullptr ? std::string{} : session->scalar_text().value_or("");
    if (!fit_for_screen(id, wire::kSessionIdLimit)) {
        progress.learned[kNoSession] = "1";
        return progress;
    }
    progress.learned[kSessionId] = session->str();
    if (body.boolean("isConsumerReady").value_or(false)) {
        progress.learned[kReady] = "1";
        return progress;
    }
    core::Screen screen;
    screen.limit_ms = settings_.session_wait_s * kMillisInSecond;
    screen.text = tr("Ожидается ответ приложения О!плати");
    progress.screen = std::move(screen);
    return progress;
}

core::Prepared Oplati::session_opened(const Reply& reply) const {
    const core::Refusal refusal{
        Reason::GatewayRefused, tr("О!плати прислала непонятный ответ. Деньги не списаны")};
    const auto body = json::parse(reply.body, {.depth = wire::kReplyDepth});
    if (!body || body->kind() != json::Kind::Object) return refusal;
    if (settings_.mode == Mode::BuyersCode) return code_shown(*body);
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
    screen.limit_ms = settings_.session_wait_s * kMillisInSecond;
    if (settings_.mode == Mode::StaticCode) {
        screen.text = tr("Сообщите покупателю код подтверждения: %1", pin);
        screen.masked = true;
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
        progress.cards = loyalty_cards(*body);
    } else {
        progress.again_after_ms = settings_.ready_pace_ms;
    }
    return progress;
}

}  // namespace linuxcash::oplati
