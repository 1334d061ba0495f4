// SPDX-License-Identifier: Apache-2.0
// The half of the gateway that makes requests.
#include <algorithm>
#include <utility>

#include "gateways/oplati/charge_body.h"
#include "gateways/oplati/gateway.h"
#include "gateways/oplati/order_number.h"
#include "gateways/oplati/scanned_code.h"
#include "gateways/oplati/wire.h"
#include "json/json.h"

namespace linuxcash::oplati {
namespace {

using core::Call;
using core::Payment;

constexpr int kMillisInSecond = 1'000;
constexpr std::size_t kShownDigits = 3;  // of a number in a log

core::Rules rules_of(const Settings& settings) {
    core::Rules rules;
    rules.currencies = {Currency{}};
    rules.blocks_while_owing = true;
    rules.query_every_ms = settings.status_pace_ms;
    rules.confirm_wait_ms = settings.confirm_wait_s * kMillisInSecond;
    rules.doubt_wait_ms = settings.doubt_wait_s * kMillisInSecond;
    rules.charge_timeout_ms = settings.timeout_s * kMillisInSecond;
    rules.gone_grace_ms = settings.gone_grace_s * kMillisInSecond;
    rules.session_keep_ms = settings.session_keep_s * kMillisInSecond;
    return rules;
}

core::Wording wording_of_oplati() {
    core::Wording wording;
    wording.title = tr("О!плати");
    wording.server_error = tr("Ошибка обращения к серверу");
    // The first letter inside the quotes is a Latin O: the text is prescribed byte for byte.
    wording.unavailable =
        tr("Возможность проведения операций с использованием платежной системы "
           "\"O!плати\" временно недоступна");
    wording.undo_queued =
        tr("Ошибка соединения с сервером. Операция отмены в очереди будет "
           "выполнена после восстановления связи с сервером");
    return wording;
}

bool is_unreserved(char each) {
    return (each >= 'A' && each <= 'Z') || (each >= 'a' && each <= 'z')
           || (each >= '0' && each <= '9') || each == '-' || each == '.' || each == '_'
           || each == '~';
}

// Safe inside one segment of a path, and inside a query.
std::string escaped(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string safe;
    for (const char each : text) {
        if (is_unreserved(each)) {
            safe += each;
            continue;
        }
        const auto byte = static_cast<unsigned char>(each);
        safe += '%';
        safe += kDigits[byte / 16];
        safe += kDigits[byte % 16];
    }
    return safe;
}

std::string value_of(const Payment& payment, const char* key) {
    const auto found = payment.session.find(key);
    return found == payment.session.end() ? std::string{} : found->second;
}

std::string payment_path(const std::string& key) {
    return std::string(wire::kPaymentsPath) + '/' + escaped(key);
}

std::string masked_payment_path(const std::string& key) {
    return std::string(wire::kPaymentsPath) + '/' + masked(key, kShownDigits);
}

}  // namespace

Oplati::Oplati(Settings settings)
    : settings_(std::move(settings)), rules_(rules_of(settings_)), wording_(wording_of_oplati()) {
}

std::string Oplati::order_number(const OperationId& id, const core::Receipt& receipt) const {
    return oplati::order_number(id, receipt);
}

std::string Oplati::shift_label(const core::Receipt& receipt) const {
    return oplati::shift_label(receipt);
}

std::string Oplati::refund_number(const Payment& payment) const {
    return oplati::refund_number(payment.order_number);
}

// A request that reads and needs no token.
Call Oplati::get(std::string path, const char* step) const {
    Call call;
    call.step = step;
    call.request.method = "GET";
    call.request.log_path = path.substr(0, path.find('?'));
    call.request.url = settings_.url + std::move(path);
    call.request.headers = {
        {wire::kRegNumHeader, settings_.reg_num}, {"Accept", "application/json"}};
    call.request.timeout_ms = rules_.charge_timeout_ms;
    return call;
}

// A request that bears the secret: one at a time, and never sent twice by the library below.
Call Oplati::secret_call(const char* method, std::string path, const char* step) const {
    Call call = get(std::move(path), step);
    call.request.method = method;
    call.request.fresh_connection = true;
    call.bears_secret = true;
    return call;
}

Call Oplati::open_session(int payment_mode) const {
    Call call = secret_call("POST", wire::kSessionPath, wire::kSessionStep);
    call.request.headers.push_back({"Content-Type", "application/json"});
    call.request.body = json::object({{"paymentMode", payment_mode}}).str();
    return call;
}

// The buyer's code for a session, with which his loyalty cards come.
Call Oplati::show_code(const Payment& payment) const {
    Call call = secret_call("POST", wire::kSessionPath, wire::kSessionStep);
    call.request.headers.push_back({"Content-Type", "application/json"});
    call.request.body = json::object({{"paymentMode", wire::kBuyersCodeMode},
                                      {kAuthCode, scanned_code(value_of(payment, kAuthCode))}})
                            .str();
    return call;
}

Call Oplati::ask_ready(const Payment& payment) const {
    const auto document = json::parse(value_of(payment, kSessionId));
    const std::string id = document ? document->scalar_text().value_or("") : std::string{};
    Call call = get(std::string(wire::kReadyPath) + "?sessionId=" + escaped(id), wire::kReadyStep);
    if (password_mode()) sign(call.request, std::nullopt);
    call.pace_key = wire::kReadyStep;
    call.pace_ms = settings_.ready_pace_ms;
    return call;
}

Call Oplati::charge(const Payment& payment) const {
    Payment ready = payment;
    const auto scanned = ready.session.find(kAuthCode);
    if (scanned != ready.session.end()) scanned->second = scanned_code(scanned->second);
    Call call = secret_call("POST", wire::kPaymentsPath, wire::kChargeStep);
    call.moves_money = true;
    call.request.headers.push_back({"Content-Type", "application/json"});
    call.request.body = charge_body(ready, settings_);
    return call;
}

Call Oplati::query(const Payment& payment) const {
    Call call = get(payment_path(payment.payment_id), wire::kQueryStep);
    call.request.log_path = masked_payment_path(payment.payment_id);
    if (password_mode()) sign(call.request, std::nullopt);
    call.pace_key = wire::kQueryStep;
    call.pace_ms = settings_.status_pace_ms;
    return call;
}

// In token mode with the registration number alone (ruling O4). Without dates: the label never
// repeats, and dates from a register with a wrong clock would hide a payment that is there.
Call Oplati::list(const std::string& shift_label) const {
    Call call =
        get(std::string(wire::kListPath) + "?shift=" + escaped(shift_label), wire::kListStep);
    if (password_mode()) sign(call.request, std::nullopt);
    return call;
}

Call Oplati::undo(const Payment& payment) const {
    const bool by_id = settings_.undo_key == UndoKey::PaymentId && !payment.payment_id.empty();
    const std::string& key = by_id ? payment.payment_id : payment.order_number;
    Call call = secret_call("DELETE", payment_path(key), wire::kUndoStep);
    call.moves_money = true;
    call.request.log_path = masked_payment_path(key);
    return call;
}

Call Oplati::refund(const Payment& sale, const Payment& back) const {
    Call call = secret_call(
        "POST", payment_path(sale.payment_id) + wire::kReversalsTail, wire::kRefundStep);
    call.moves_money = true;
    call.request.log_path = masked_payment_path(sale.payment_id) + wire::kReversalsTail;
    call.request.headers.push_back({"Content-Type", "application/json"});
    call.request.body = refund_body(back, settings_);
    return call;
}

// It asks for the state of no session: any reply at all proves the link.
Call Oplati::probe() const {
    Call call = get(wire::kReadyPath, wire::kProbeStep);
    // A kept connection may outlive the way to the server, and a charge needs one of its own.
    call.request.fresh_connection = true;
    call.pace_key = wire::kReadyStep;
    call.pace_ms = settings_.ready_pace_ms;
    return call;
}

std::optional<Call> Oplati::obtain_token() const {
    if (password_mode()) return std::nullopt;
    return secret_call("GET", wire::kTokensPath, wire::kTokensStep);
}

void Oplati::sign(core::Request& request, const std::optional<Secret>& token) const {
    const char* name = password_mode() ? wire::kPasswordHeader : wire::kTokenHeader;
    std::erase_if(request.secret_headers, [&](const auto& each) { return each.first == name; });
    if (password_mode()) {
        request.secret_headers.emplace_back(name, settings_.password);
    } else if (token && !token->empty()) {
        request.secret_headers.emplace_back(name, *token);
    }
}

core::slip::Slip Oplati::payment_slip(const Payment& payment) const {
    namespace slip = core::slip;
    slip::Text title;
    const bool refund = payment.kind == core::OperationKind::Refund;
    title.text = (refund ? tr("Возврат О!плати") : tr("Оплата О!плати")).russian();
    title.alignment = slip::Alignment::Center;
    title.bold = true;
    const auto pair = [](const Text& left, std::string right) {
        slip::Pair row;
        row.left = left.russian();
        row.right = std::move(right);
        return row;
    };
    slip::Slip paper;
    paper.elements.emplace_back(std::move(title));
    paper.elements.emplace_back(slip::Line{});
    paper.elements.emplace_back(pair(tr("Заказ"), payment.order_number));
    if (!payment.payment_id.empty()) {
        paper.elements.emplace_back(
            pair(refund ? tr("Номер возврата") : tr("Номер платежа"), payment.payment_id));
    }
    paper.elements.emplace_back(
        pair(tr("Сумма"), payment.sum.str() + ' ' + std::string(payment.sum.currency().code())));
    paper.elements.emplace_back(slip::Line{});
    return paper;
}

}  // namespace linuxcash::oplati
