// SPDX-License-Identifier: Apache-2.0
// The way of a request: rule, admission, effect, commit, token. The single calls are in
// bank_calls.cpp.
#include "simulator/oplati/bank.h"

#include <algorithm>
#include <utility>

#include "simulator/oplati/outcomes.h"
#include "simulator/oplati/wire.h"

namespace linuxcash::simulator::oplati {

namespace {

constexpr std::size_t kDeskDigitsMin = 9;
constexpr std::size_t kDeskDigitsMax = 20;

bool looks_like_desk(std::string_view number) {
    constexpr std::string_view kPrefix = "OPL";
    if (!number.starts_with(kPrefix)) return false;
    number.remove_prefix(kPrefix.size());
    const bool digits = std::all_of(
        number.begin(), number.end(), [](char letter) { return letter >= '0' && letter <= '9'; });
    return digits && number.size() >= kDeskDigitsMin && number.size() <= kDeskDigitsMax;
}

std::optional<std::uint64_t> continued(std::optional<std::uint64_t> seed, const Ledger& ledger) {
    // A restarted simulator must not hand out the tokens of its first run again.
    if (seed) *seed += ledger.events().size();
    return seed;
}

// Nothing was done: only the reply, or what the effect puts in its place.
HttpReply untouched(const Effect& effect) {
    if (effect.http) return forced_refusal(effect);
    HttpReply reply;
    apply(effect, reply);
    return reply;
}

bool loses_reply(Fault fault) {
    return fault == Fault::Reset || fault == Fault::Close || fault == Fault::Silence
           || fault == Fault::LateCommit;
}

void replace_members(const json::Value& members, HttpReply& reply) {
    auto document = json::parse(reply.body);
    if (members.object() == nullptr || !document || document->object() == nullptr) return;
    for (const auto& [key, value] : *members.object()) {
        document->set(key, value);
    }
    reply.body = document->str();
}

}  // namespace

Bank::Bank(const OplatiOptions& options, Ledger ledger)
    : options_(options),
      ledger_(std::move(ledger)),
      random_(continued(options.seed, ledger_)),
      log_({{"token", "password"}, {"authCode"}}),
      buyer_(options.buyer) {
}

Result<> Bank::read_back() {
    constexpr std::int64_t kFirstPaymentId = 500001;
    constexpr std::int64_t kFirstSessionId = 100000;
    constexpr std::uint64_t kSessionSpread = 800000;
    next_payment_id_ = kFirstPaymentId;
    next_session_id_ = kFirstSessionId + static_cast<std::int64_t>(random_.next() % kSessionSpread);
    for (const json::Value& document : ledger_.events()) {
        const auto event = parse_event(document);
        if (!event) return event.error();
        book_.apply(*event);
        next_payment_id_ = std::max(next_payment_id_, event->payment_id + 1);
    }
    for (const auto& [id, payment] : book_.payments()) {
        if (payment.status == kInProgress && payment.due_ms >= 0) due_.emplace(payment.due_ms, id);
    }
    return Done{};
}

HttpReply Bank::handle(const HttpRequest& request, std::int64_t now_ms) {
    advance_to(now_ms);
    const Route route = find_route(request.method, request.path);
    log_.add(name_of(route.endpoint), request, now_ms);
    HttpReply reply = answer(request, route, now_ms);
    if (ledger_broken_) reply = refused(Refusal::LedgerBroken);
    log_.answered(reply);
    return reply;
}

HttpReply Bank::answer(const HttpRequest& request, const Route& route, std::int64_t now_ms) {
    const auto rule = rules_.take(name_of(route.endpoint), request);
    Effect effect = rule.value_or(Effect{});
    if (!effect.commit) return untouched(effect);

    const Call call{request, route, request.header("regNum").value_or(""), now_ms};
    Prepared prepared = prepare(call);
    if (prepared.refusal) {
        apply(effect, *prepared.refusal);
        return *prepared.refusal;
    }
    if (!rule && prepared.sum && options_.sums_decide) {
        effect = effect_of_sum(*prepared.sum).value_or(effect);
        if (!effect.commit) return untouched(effect);
    }
    if (effect.delivery.fault == Fault::LateCommit) {
        HttpReply reply = untouched(effect);
        reply.swallowed = ++swallowed_number_;
        swallowed_.emplace(swallowed_number_, Swallowed{std::move(prepared), effect});
        return reply;
    }
    return done(prepared, effect, call);
}

HttpReply Bank::done(const Prepared& prepared, const Effect& effect, const Call& call) {
    HttpReply reply = prepared.commit(effect, call.now_ms);
    constexpr int kHttpOk = 200;
    if (reply.status == kHttpOk && effect.http) return forced_refusal(effect);
    const bool lost = loses_reply(effect.delivery.fault);
    const bool rotates = reply.status == kHttpOk && bears_secret(call.route.endpoint)
                         && !has_password(call.desk) && effect.rotate
                         && (!lost || options_.rotate_on_lost_reply);
    if (rotates) rotate(call.desk, reply, call.now_ms);
    replace_members(effect.reply, reply);
    apply(effect, reply);
    return reply;
}

void Bank::client_left(std::uint64_t swallowed, std::int64_t now_ms) {
    auto node = swallowed_.extract(swallowed);
    if (node.empty()) return;
    late_.emplace(now_ms + options_.late_commit_ms, std::move(node.mapped()));
}

void Bank::advance_to(std::int64_t now_ms) {
    while (true) {
        const bool has_due = !due_.empty() && due_.begin()->first <= now_ms;
        const bool has_late = !late_.empty() && late_.begin()->first <= now_ms;
        if (!has_due && !has_late) return;
        if (has_due && (!has_late || due_.begin()->first <= late_.begin()->first)) {
            const auto [at_ms, id] = *due_.begin();
            due_.erase(due_.begin());
            const Payment* payment = book_.find(id);
            const bool still_waits = payment != nullptr && payment->status == kInProgress;
            if (still_waits) end(*payment, payment->planned_status, at_ms);
            continue;
        }
        auto node = late_.extract(late_.begin());
        // Nobody hears this reply.
        static_cast<void>(node.mapped().prepared.commit(node.mapped().effect, node.key()));
    }
}

void Bank::join_now(std::int64_t now_ms) {
    for (auto& [desk, session] : sessions_) {
        if (session.ready_ms < 0 || session.ready_ms > now_ms) session.ready_ms = now_ms;
    }
}

int Bank::answer_now(std::string_view order_number, int status, std::int64_t now_ms) {
    std::vector<std::int64_t> waiting;
    for (const auto& [id, payment] : book_.payments()) {
        const bool meant = order_number.empty() || payment.order_number == order_number;
        if (meant && payment.status == kInProgress) waiting.push_back(id);
    }
    for (const std::int64_t id : waiting) {
        end(*book_.find(id), status, now_ms);
    }
    return static_cast<int>(waiting.size());
}

bool Bank::reset_token(const std::string& desk, std::int64_t now_ms) {
    const DeskToken* token = book_.token(desk);
    if (token == nullptr || token->value.empty()) return false;
    Event event;
    event.kind = EventKind::TokenReset;
    event.at_ms = now_ms;
    event.desk = desk;
    record(event);
    return true;
}

bool Bank::is_registered(const std::string& desk) const {
    if (!looks_like_desk(desk)) return false;
    return options_.desks.empty() || has_password(desk)
           || std::find(options_.desks.begin(), options_.desks.end(), desk) != options_.desks.end();
}

bool Bank::has_password(const std::string& desk) const {
    return options_.passwords.contains(desk);
}

// Whether the desk may make this call at all; nullopt: it may.
std::optional<HttpReply> Bank::admit(const Call& call) const {
    if (!call.request.header("regNum")) {
        return refused(Refusal::BadRequest, tr("нет заголовка regNum").russian());
    }
    const bool secret = bears_secret(call.route.endpoint);
    if (!is_registered(call.desk)) {
        // O!plati words both cases alike: there is no token, or there is no such desk.
        return refused(secret ? Refusal::TokenMissing : Refusal::DeskUnknown);
    }
    if (call.route.endpoint == Endpoint::Report && !has_password(call.desk)
        && !options_.reports_in_token_mode) {
        return refused(Refusal::ReportRefused);
    }
    return check_secret(call);
}

std::optional<HttpReply> Bank::check_secret(const Call& call) const {
    const Endpoint endpoint = call.route.endpoint;
    const auto password = options_.passwords.find(call.desk);
    if (password != options_.passwords.end()) {
        const auto given = call.request.header("password");
        // Polling may leave the password out, but not give a wrong one.
        const bool needed = bears_secret(endpoint) || endpoint == Endpoint::Report;
        if (!given && !needed) return std::nullopt;
        if (given == password->second) return std::nullopt;
        return refused(Refusal::PasswordWrong);
    }
    if (!bears_secret(endpoint)) return std::nullopt;
    const DeskToken* token = book_.token(call.desk);
    if (token == nullptr || token->value.empty()) return refused(Refusal::TokenMissing);
    if (call.request.header("token") == token->value) return std::nullopt;
    return refused(Refusal::TokenInvalid);
}

// Every payment that is made becomes known here, and ends by itself when its time comes.
void Bank::create(Event event, const Effect& effect, std::int64_t now_ms) {
    const bool reversal = event.sale_id != 0;
    event.kind = EventKind::Created;
    event.at_ms = now_ms;
    event.payment_id = next_payment_id_++;
    event.status = effect.status.value_or(reversal ? kOk : buyer_.answers);
    const bool small = event.sum < options_.instant_limit || event.sum == options_.instant_limit;
    const bool asked = effect.at_once && event.status != kInProgress;
    const bool at_once = asked || (!effect.status && event.status == kOk && (reversal || small));
    if (!at_once && event.status != kInProgress) event.due_ms = now_ms + buyer_.delay_ms;
    event.lie = effect.lie;
    record(event);
    if (at_once) {
        end(*book_.find(event.payment_id), event.status, now_ms);
    } else if (event.due_ms >= 0) {
        due_.emplace(event.due_ms, event.payment_id);
    }
}

void Bank::end(const Payment& payment, int status, std::int64_t at_ms) {
    Event event;
    event.kind = EventKind::Failed;
    if (status == kOk) {
        event.kind = payment.type == kSale ? EventKind::Captured : EventKind::Refunded;
    }
    event.at_ms = at_ms;
    event.desk = payment.desk;
    event.payment_id = payment.id;
    event.sale_id = payment.sale_id;
    event.order_number = payment.order_number;
    event.sum = payment.sum;
    event.status = status;
    record(event);
}

void Bank::cancel(const Payment& payment, std::int64_t now_ms) {
    const bool reversal = payment.type == kReversal;
    Event event;
    event.kind = reversal ? EventKind::RefundCancelled : EventKind::Cancelled;
    event.at_ms = now_ms;
    event.desk = payment.desk;
    event.payment_id = payment.id;
    event.sale_id = payment.sale_id;
    event.order_number = payment.order_number;
    if (payment.status == kOk) event.sum = payment.sum - payment.refunded;
    record(event);
}

void Bank::rotate(const std::string& desk, HttpReply& reply, std::int64_t now_ms) {
    Event event;
    event.kind = EventKind::Token;
    event.at_ms = now_ms;
    event.desk = desk;
    event.token = random_.uuid();
    record(event);
    reply.headers.emplace_back("token", event.token);
}

// On disk first. When the disk fails every later call is refused, so the missing event is the last
// one.
void Bank::record(const Event& event) {
    const auto appended = ledger_.append(to_json(event));
    if (!appended) ledger_broken_ = true;
    book_.apply(event);
}

bool Bank::too_early(std::int64_t last_ms, std::int64_t now_ms, std::int64_t pace_ms) const {
    // A client that keeps the pace exactly may seem 2 % too fast because the wire is not even.
    constexpr std::int64_t kTolerance = 50;
    return last_ms >= 0 && now_ms - last_ms < pace_ms - pace_ms / kTolerance;
}

}  // namespace linuxcash::simulator::oplati
