// SPDX-License-Identifier: Apache-2.0
#include "world/wire.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace linuxcash::world {
namespace {

using core::Answer;
using core::Failure;
using core::FailureKind;
using core::Millis;
using core::Request;
using core::Sent;
using simulator::Effect;
using simulator::HttpReply;
using simulator::HttpRequest;

constexpr std::int64_t kBankEpochMs = 1'790'000'000'000;
constexpr Millis kDownAtMostMs = 200'000;
constexpr Millis kLateAtMostMs = 45'000;
constexpr std::int64_t kStaleMs = 10'000;
constexpr int kOk = 200;

// What a request that moves money or begins something is.
bool acts(CallKind kind) {
    return kind == CallKind::Session || kind == CallKind::Charge || kind == CallKind::Cancel
           || kind == CallKind::Refund;
}

bool moves_money(CallKind kind) {
    return acts(kind) && kind != CallKind::Session;
}

std::string_view path_of(const Request& request) {
    std::string_view path = request.url;
    path.remove_prefix(std::string_view(kBankUrl).size());
    return path;
}

HttpRequest as_http(const Request& request) {
    HttpRequest http;
    http.method = request.method;
    http.target = path_of(request);
    const std::size_t mark = http.target.find('?');
    http.path = http.target.substr(0, mark);
    if (mark != std::string::npos) {
        const std::string query = http.target.substr(mark + 1);
        const std::size_t equals = query.find('=');
        http.query[query.substr(0, equals)] = query.substr(equals + 1);
    }
    for (const core::Header& header : request.headers)
        http.headers.emplace_back(header.name, header.value);
    for (const auto& [name, secret] : request.secret_headers)
        http.headers.emplace_back(name, secret.reveal());
    http.body = request.body;
    return http;
}

std::optional<int> status_of(Fault fault) {
    constexpr std::array kStatuses{
        std::pair{Fault::Http400, 400}, std::pair{Fault::Http401, 401},
        std::pair{Fault::Http403, 403}, std::pair{Fault::Http404, 404},
        std::pair{Fault::Http408, 408}, std::pair{Fault::Http409, 409},
        std::pair{Fault::Http429, 429}, std::pair{Fault::Http500, 500},
        std::pair{Fault::Http502, 502}, std::pair{Fault::Http503, 503},
        std::pair{Fault::Http504, 504}, std::pair{Fault::ListRefused, 403}};
    for (const auto& [each, status] : kStatuses) {
        if (each == fault) return status;
    }
    return std::nullopt;
}

std::string shown(const Answer& answer) {
    if (const auto* failure = std::get_if<Failure>(&answer)) {
        return "failure " + std::to_string(static_cast<int>(failure->kind))
               + (failure->sent == Sent::None ? ", not sent" : ", maybe sent");
    }
    const auto& reply = std::get<core::Reply>(answer);
    return std::to_string(reply.status) + ' ' + reply.body;
}

}  // namespace

CallKind Wire::kind_of(const Request& request) {
    const std::string_view path = path_of(request);
    if (path.starts_with("/tokens")) return CallKind::Tokens;
    if (path.starts_with("/pos/demandPayment")) return CallKind::Session;
    if (path.starts_with("/pos/consumerStatus")) return CallKind::Ready;
    if (path.starts_with("/pos/paymentReports")) return CallKind::List;
    if (path.ends_with("/reversals")) return CallKind::Refund;
    if (request.method == "DELETE") return CallKind::Cancel;
    return request.method == "POST" ? CallKind::Charge : CallKind::Query;
}

Millis Wire::soon(std::int64_t at_most_ms) {
    return parts_.stage.faults.random().between(1, at_most_ms);
}

std::int64_t Wire::bank_time() const {
    return kBankEpochMs + parts_.stage.clock.now;
}

// ---- Sending ----

void Wire::start(core::ExchangeId id, Request request) {
    constexpr std::int64_t kUpMs = 80;
    Stage& stage = parts_.stage;
    stage.mortality.may_die(Fault::KilledBeforeSend);
    Flight flight;
    flight.id = id;
    flight.kind = kind_of(request);
    flight.request = std::move(request);
    flight.sent = stage.clock.now;
    flight.arrives = stage.clock.now + soon(kUpMs);
    flight.answers = flight.sent + flight.request.timeout_ms;
    flight.answer = Failure{FailureKind::Timeout, Sent::Maybe, Text::literal("тишина")};
    parts_.watch.sent(flight.request);
    if (stage.clock.now < down_until_ && !stage.faults.healed()) {
        lose(flight, FailureKind::Connect, Sent::None);
    } else if (const std::optional<Fault> fault = choose(flight.kind)) {
        plan(flight, *fault);
    }
    stage.chronicle.say([&] {
        return "-> " + flight.request.method + ' ' + std::string(path_of(flight.request)) + ' '
               + flight.request.body.substr(0, 80)
               + (flight.fault ? "  !" + std::string(name(*flight.fault)) : std::string{});
    });
    flights_.push_back(std::move(flight));
    stage.mortality.may_die(Fault::KilledAfterSend);
}

// Where a cancel may be hollow, reading tells the truth: no bank could be understood otherwise.
bool Wire::reading_is_doubted(Fault fault, CallKind kind) const {
    if (fault == Fault::StaleReading || fault == Fault::ListRefused) return true;
    if (fault == Fault::Http404) return kind == CallKind::Query || kind == CallKind::List;
    const bool refuses =
        fault == Fault::Http400 || fault == Fault::Http401 || fault == Fault::Http403;
    return refuses && kind == CallKind::List;
}

bool Wire::applies(Fault fault, CallKind kind) const {
    if (temper_.hollow_cancels && reading_is_doubted(fault, kind)) return false;
    const bool asks_of_money = kind == CallKind::Query || kind == CallKind::List;
    if (fault == Fault::LateArrival || fault == Fault::LateCommit) return moves_money(kind);
    if (fault == Fault::SentTwice) {
        return asks_of_money || kind == CallKind::Ready || kind == CallKind::Cancel;
    }
    // A cancel that is answered "not found" while the payment is there: only stale, for a while.
    if (fault == Fault::Http404) return kind != CallKind::Cancel;
    if (fault == Fault::Http500AfterCommit) return acts(kind);
    if (fault == Fault::WrongSum || fault == Fault::OtherOrder) {
        return moves_money(kind) || kind == CallKind::Query;
    }
    // A charge whose reply names another payment could not be asked about at all.
    if (fault == Fault::OtherPayment) return kind == CallKind::Query;
    if (fault == Fault::LastingLie) return kind == CallKind::Charge;
    if (fault == Fault::StaleReading) return asks_of_money || kind == CallKind::Cancel;
    if (fault == Fault::HollowCancel) return kind == CallKind::Cancel && temper_.hollow_cancels;
    if (fault == Fault::ListRefused) return kind == CallKind::List;
    if (fault >= Fault::RotationLost && fault <= Fault::CabinetReset) {
        return acts(kind) && !temper_.password;
    }
    return true;
}

std::optional<Fault> Wire::choose(CallKind kind) {
    constexpr int kWhole = 1'000;
    Faults& faults = parts_.stage.faults;
    if (temper_.wire_per_mille == 0 || faults.healed()) return std::nullopt;
    if (faults.random().between(0, kWhole - 1) >= temper_.wire_per_mille) return std::nullopt;
    // Rarer than the rest would be, and the only ways in which some bugs show.
    if (kind == CallKind::Cancel && temper_.hollow_cancels && faults.random().percent(40)) {
        return faults.allow(Fault::HollowCancel) ? std::optional(Fault::HollowCancel)
                                                 : std::nullopt;
    }
    for (;;) {
        const auto fault =
            static_cast<Fault>(faults.random().between(0, static_cast<int>(Fault::CabinetReset)));
        if (!applies(fault, kind)) continue;
        if (!faults.allow(fault)) return std::nullopt;
        return fault;
    }
}

void Wire::lose(Flight& flight, FailureKind kind, Sent sent) {
    constexpr std::int64_t kAtMostMs = 300;
    if (sent == Sent::None || kind == FailureKind::Broken) {
        flight.answers = flight.sent + soon(kAtMostMs);
    }
    flight.arrives.reset();
    flight.answer = Failure{kind, sent, Text::literal("связь подводит")};
}

// What is decided when the request goes out; the rest is decided when the server has it.
void Wire::plan(Flight& flight, Fault fault) {
    flight.fault = fault;
    if (fault == Fault::ConnectRefused) return lose(flight, FailureKind::Connect, Sent::None);
    if (fault == Fault::ResolveFailed) return lose(flight, FailureKind::Resolve, Sent::None);
    if (fault == Fault::TlsFailed) return lose(flight, FailureKind::Tls, Sent::None);
    if (fault == Fault::ResetBeforeRead) return lose(flight, FailureKind::Broken, Sent::Maybe);
    if (fault == Fault::SilenceBeforeRead) return lose(flight, FailureKind::Timeout, Sent::Maybe);
    if (fault == Fault::LinkDown) {
        down_until_ = flight.sent + soon(kDownAtMostMs);
        return lose(flight, FailureKind::Connect, Sent::None);
    }
    if (fault == Fault::LateArrival) flight.arrives = flight.answers + soon(kLateAtMostMs);
    if (fault == Fault::CabinetReset) parts_.bank.reset_token(kDesk, bank_time());
}

// ---- At the server ----

// A payment of the last seconds, which this reading does not see yet.
bool Wire::stale(const Flight& flight) const {
    if (flight.fault != Fault::StaleReading) return false;
    if (flight.kind == CallKind::List) return true;
    const auto& payments = parts_.bank.book().payments();
    return std::any_of(payments.begin(), payments.end(), [&](const auto& each) {
        const simulator::oplati::Payment& payment = each.second;
        const bool young = bank_time() - payment.created_ms < kStaleMs;
        const std::string& url = flight.request.url;
        return young
               && (url.ends_with('/' + payment.order_number)
                   || url.ends_with('/' + std::to_string(payment.id)));
    });
}

void Wire::shape(const Flight& flight, Effect& effect) {
    constexpr std::array kAfterCommit{408, 409, 429, 500, 502, 503, 504};
    constexpr std::array<const char*, 3> kLies{"sum", "orderNumber", "paymentId"};
    if (!flight.fault) return;
    const Fault fault = *flight.fault;
    Random& random = parts_.stage.faults.random();
    effect.http = status_of(fault);
    if (effect.http) effect.commit = false;
    if (stale(flight) && flight.kind != CallKind::List) {
        effect.http = 404;
        effect.commit = false;
    }
    if (fault == Fault::Http500AfterCommit) effect.http = random.one_of(kAfterCommit);
    if (fault == Fault::LastingLie) effect.lie = random.one_of(kLies);
    if (fault == Fault::LateCommit) effect.delivery.fault = simulator::Fault::LateCommit;
    if (fault == Fault::RotationIdle) effect.rotate = false;
    if (fault == Fault::ForeignPage) effect.commit = random.percent(50);
    if (fault == Fault::WrongSum) effect.reply = json::object({{"sum", 1}});
    if (fault == Fault::OtherOrder) effect.reply = json::object({{"orderNumber", "1-1-1-OTHER"}});
    if (fault == Fault::OtherPayment) effect.reply = json::object({{"paymentId", 1}});
    if (fault == Fault::HollowCancel) {
        effect.commit = false;
        effect.body = random.percent(50) ? "{}" : "";
    }
}

void Wire::let_the_buyer_act(const Flight& flight, Effect& effect) {
    constexpr std::int64_t kUsualMs = 9'000;
    constexpr std::array kTroubles{
        Fault::BuyerDeclines, Fault::BuyerLacksMoney, Fault::BuyerTooLate, Fault::BuyerIgnores,
        Fault::BuyerSlow,     Fault::SystemCancels,   Fault::UnknownStatus};
    constexpr int kWhole = 1'000;
    if (flight.kind != CallKind::Session && flight.kind != CallKind::Charge) return;
    Faults& faults = parts_.stage.faults;
    simulator::Buyer buyer;
    buyer.delay_ms = soon(kUsualMs);
    if (flight.kind == CallKind::Session) {
        buyer.joins = !faults.happens(Fault::BuyerNeverJoins, temper_.buyer_per_mille / 4);
        return parts_.bank.set_buyer(buyer);
    }
    parts_.bank.set_buyer(buyer);
    if (faults.healed() || faults.random().between(0, kWhole - 1) >= temper_.buyer_per_mille)
        return;
    const Fault trouble = faults.random().one_of(kTroubles);
    if (!faults.allow(trouble)) return;
    if (trouble == Fault::BuyerDeclines) buyer.answers = 2;
    if (trouble == Fault::BuyerLacksMoney) buyer.answers = 3;
    if (trouble == Fault::BuyerTooLate) buyer.answers = 4;
    if (trouble == Fault::BuyerIgnores) buyer.answers = simulator::Buyer::kIgnores;
    if (trouble == Fault::BuyerSlow) buyer.delay_ms = faults.random().between(20'000, 230'000);
    if (trouble == Fault::SystemCancels) effect.status = 5;
    if (trouble == Fault::UnknownStatus) effect.status = 9;
    parts_.bank.set_buyer(buyer);
}

void Wire::arrive(Flight& flight) {
    simulator::Rule rule;
    shape(flight, rule.effect);
    let_the_buyer_act(flight, rule.effect);
    parts_.bank.rules().clear();
    parts_.bank.rules().add(rule);
    const HttpRequest request = as_http(flight.request);
    HttpReply reply = parts_.bank.handle(request, bank_time());
    if (flight.fault == Fault::SentTwice) reply = parts_.bank.handle(request, bank_time());
    flight.arrives.reset();
    flight.swallowed = reply.swallowed;
    if (flight.client_gone) client_leaves(flight);
    answer(flight, reply);
    parts_.watch.bank_moved();
}

void Wire::answer(Flight& flight, const HttpReply& reply) {
    constexpr std::int64_t kBackMs = 300;
    constexpr std::array kForeign{200, 302, 400, 401, 403, 404, 502, 503};
    constexpr auto kNoFault = Fault::Last;
    Random& random = parts_.stage.faults.random();
    const Fault fault = flight.fault.value_or(kNoFault);
    const Millis back = parts_.stage.clock.now + soon(kBackMs);
    if (reply.swallowed || fault == Fault::LateArrival || fault == Fault::LateCommit) return;
    if (fault == Fault::SilenceAfterRead || back >= flight.answers) return;
    if (fault != Fault::SlowReply) flight.answers = back;
    if (fault == Fault::ResetAfterRead || fault == Fault::HalfReply) {
        flight.answer = Failure{FailureKind::Broken, Sent::Maybe, Text::literal("обрыв")};
        return;
    }
    core::Reply good{reply.status, {}, reply.body};
    const bool keeps_headers = fault != Fault::RotationLost && fault != Fault::ForeignPage
                               && (fault != Fault::Garbage || random.percent(50));
    if (keeps_headers) {
        for (const auto& [key, value] : reply.headers)
            good.headers.push_back({key, value});
    }
    if (fault == Fault::ForeignPage) good.status = random.one_of(kForeign);
    if (fault == Fault::ForeignPage || fault == Fault::Garbage) good.body = "<html>{{]";
    if (fault == Fault::EmptyReply) good.body.clear();
    if (stale(flight) && flight.kind == CallKind::List && good.status == kOk) good.body = "[]";
    flight.answer = std::move(good);
}

// ---- Time ----

bool Wire::advance(Millis until) {
    const auto when = [](const Flight& flight) {
        return flight.arrives && (*flight.arrives <= flight.answers || flight.client_gone)
                   ? *flight.arrives
                   : flight.answers;
    };
    const auto next = std::min_element(
        flights_.begin(), flights_.end(),
        [&](const Flight& left, const Flight& right) { return when(left) < when(right); });
    Millis& now = parts_.stage.clock.now;
    const bool due = next != flights_.end() && when(*next) <= until;
    now = std::max(now, due ? when(*next) : until);
    parts_.bank.advance_to(bank_time());
    parts_.watch.bank_moved();
    if (!due) return false;
    if (next->arrives && (*next->arrives <= next->answers || next->client_gone)) {
        arrive(*next);
        if (next->client_gone) flights_.erase(next);
        return true;
    }
    if (!next->client_gone) {
        parts_.stage.chronicle.say([&] { return "<- " + shown(next->answer); });
        completed_.push_back({next->id, next->answer, now - next->sent});
    }
    if (next->swallowed) client_leaves(*next);
    next->client_gone = true;
    if (!next->arrives) flights_.erase(next);
    return true;
}

std::vector<core::Completed> Wire::wait(int timeout_ms) {
    parts_.stage.mortality.may_die(Fault::KilledWhileWaiting);
    const Millis until = parts_.stage.clock.now + timeout_ms;
    while (completed_.empty() && advance(until)) {
    }
    return std::exchange(completed_, {});
}

void Wire::pass(Millis until) {
    while (advance(until)) {
    }
}

void Wire::abort(core::ExchangeId id) {
    const auto found = std::find_if(flights_.begin(), flights_.end(), [&](const Flight& flight) {
        return flight.id == id && !flight.client_gone;
    });
    if (found == flights_.end()) return;
    const Failure failure{FailureKind::Aborted, Sent::Maybe, Text::literal("прервано")};
    completed_.push_back({id, failure, 0});
    client_leaves(*found);
    if (!found->arrives) flights_.erase(found);
}

void Wire::client_leaves(Flight& flight) {
    flight.client_gone = true;
    if (!flight.swallowed) return;
    parts_.bank.client_left(*flight.swallowed, bank_time());
    flight.swallowed.reset();
}

// What was on its way arrives, or does not.
void Wire::cut_off() {
    completed_.clear();
    for (Flight& flight : flights_) {
        client_leaves(flight);
        if (flight.arrives && parts_.stage.faults.random().percent(40)) flight.arrives.reset();
    }
    std::erase_if(flights_, [](const Flight& flight) { return !flight.arrives; });
}

}  // namespace linuxcash::world
