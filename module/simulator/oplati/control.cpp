// SPDX-License-Identifier: Apache-2.0
#include "simulator/oplati/control.h"

#include <algorithm>
#include <array>
#include <utility>

#include "simulator/control.h"

namespace linuxcash::simulator::oplati {

namespace {

constexpr std::array<std::pair<std::string_view, int>, 5> kAnswers{{
    {"ignores", Buyer::kIgnores},
    {"pays", Buyer::kPays},
    {"declines", 2},
    {"lacks-money", 3},
    {"too-late", 4},
}};

std::optional<int> answer_of(std::string_view name) {
    for (const auto& [known, status] : kAnswers) {
        if (known == name) return status;
    }
    return std::nullopt;
}

std::string_view name_of_answer(int status) {
    for (const auto& [name, known] : kAnswers) {
        if (known == status) return name;
    }
    return "";
}

json::Value to_json(const Buyer& buyer) {
    return json::object({
        {"joins", buyer.joins},
        {"answer", name_of_answer(buyer.answers)},
        {"delayMs", buyer.delay_ms},
        {"loyaltyCards", buyer.loyalty_cards},
    });
}

// Changes one thing about the buyer; false: an unknown key or a wrong value.
bool change(Buyer& buyer, const std::string& key, const json::Value& value) {
    constexpr std::int64_t kDelayMaxMs = 24LL * 60 * 60 * 1000;
    if (key == "joins") {
        buyer.joins = value.boolean().value_or(false);
        return value.boolean().has_value();
    }
    if (key == "answer") {
        const auto status = answer_of(value.string().value_or(""));
        buyer.answers = status.value_or(buyer.answers);
        return status.has_value();
    }
    if (key == "delayMs") {
        buyer.delay_ms = value.integer().value_or(-1);
        return buyer.delay_ms >= 0 && buyer.delay_ms <= kDelayMaxMs;
    }
    buyer.loyalty_cards = value;
    return key == "loyaltyCards" && (value.array() != nullptr || value.kind() == json::Kind::Null);
}

json::Value done() {
    return json::object({{"ok", true}});
}

}  // namespace

HttpReply Control::handle(const HttpRequest& request, const json::Value& stats) {
    if (auto refusal = control_refusal(request)) return *refusal;
    bank_.advance_to(clock_.now_ms());
    if (request.method == "GET") return read(request, stats);
    if (request.method == "POST") return write(request);
    return control_unknown();
}

HttpReply Control::read(const HttpRequest& request, const json::Value& stats) {
    const std::string_view what = std::string_view(request.path).substr(kControlPrefix.size());
    if (what == "ledger") {
        json::Value document = summary(bank_.book());
        document.set("events", json::Array(bank_.ledger().events()));
        return control_ok(document);
    }
    if (what == "log") {
        const auto endpoint = request.query.find("endpoint");
        return control_ok(
            bank_.log().to_json(endpoint == request.query.end() ? "" : endpoint->second));
    }
    if (what == "rules") return control_ok(bank_.rules().to_json());
    if (what == "buyer") return control_ok(to_json(bank_.buyer()));
    if (what == "clock") return control_ok(json::object({{"nowMs", clock_.now_ms()}}));
    if (what == "stats") {
        json::Value document = stats;
        document.set("requests", bank_.log().counts());
        return control_ok(document);
    }
    return control_unknown();
}

HttpReply Control::write(const HttpRequest& request) {
    const auto body = control_body(request);
    if (!body) return control_error(body.error());
    const std::string_view command = std::string_view(request.path).substr(kControlPrefix.size());
    const auto result = obey(command, *body);
    if (result) return control_ok(*result);
    if (result.error().code == ErrorCode::NotFound) return control_unknown();
    return control_error(result.error());
}

Result<json::Value> Control::obey(std::string_view command, const json::Value& body) {
    if (command == "rules") return add_rules(body);
    if (command == "buyer") return set_buyer(body);
    if (command == "act") return act(body);
    if (command == "reset-token") return reset_token(body);
    if (command == "clock") return advance(body);
    if (command == "clear") {
        bank_.rules().clear();
        bank_.log().clear();
        return done();
    }
    return Error{ErrorCode::NotFound, {}};
}

Result<json::Value> Control::add_rules(const json::Value& body) {
    const json::Array single{body};
    const json::Array* documents = body.array() != nullptr ? body.array() : &single;
    std::vector<Rule> rules;
    for (const json::Value& document : *documents) {
        auto rule = parse_rule(document, endpoint_names());
        if (!rule) return rule.error();
        rules.push_back(std::move(*rule));
    }
    for (Rule& rule : rules) {
        bank_.rules().add(std::move(rule));
    }
    return done();
}

Result<json::Value> Control::set_buyer(const json::Value& body) {
    if (body.object() == nullptr) return control_wrong("buyer");
    Buyer buyer = bank_.buyer();
    for (const auto& [key, value] : *body.object()) {
        if (!change(buyer, key, value)) return control_wrong(key);
    }
    bank_.set_buyer(buyer);
    return to_json(buyer);
}

Result<json::Value> Control::act(const json::Value& body) {
    const std::string deed = body.string("do").value_or("");
    if (deed == "joins") {
        bank_.join_now(clock_.now_ms());
        return done();
    }
    const auto status = answer_of(deed);
    if (!status || *status == Buyer::kIgnores) return control_wrong("do");
    const std::string order_number = body.string("orderNumber").value_or("");
    const int count = bank_.answer_now(order_number, *status, clock_.now_ms());
    return json::object({{"ok", true}, {"payments", count}});
}

Result<json::Value> Control::reset_token(const json::Value& body) {
    const auto desk = body.string("regNum");
    if (!desk) return control_wrong("regNum");
    const bool had = bank_.reset_token(*desk, clock_.now_ms());
    return json::object({{"ok", true}, {"had", had}});
}

Result<json::Value> Control::advance(const json::Value& body) {
    const auto step_ms = body.integer("advanceMs");
    if (!step_ms || *step_ms < 0) return control_wrong("advanceMs");
    if (manual_ == nullptr) {
        return Error{
            ErrorCode::Unsupported,
            tr("часы симулятора настоящие: запустите его с ключом --clock manual")};
    }
    manual_->advance(*step_ms);
    bank_.advance_to(clock_.now_ms());
    return json::object({{"nowMs", clock_.now_ms()}});
}

Result<> Control::run_script(const json::Value& script) {
    if (script.array() != nullptr) {
        const auto added = add_rules(script);
        return added ? Result<>(Done{}) : added.error();
    }
    if (script.object() == nullptr) return control_wrong("script");
    for (const auto& [key, value] : *script.object()) {
        if (key != "rules" && key != "buyer") return control_wrong(key);
        const auto obeyed = key == "rules" ? add_rules(value) : set_buyer(value);
        if (!obeyed) return obeyed.error();
    }
    return Done{};
}

}  // namespace linuxcash::simulator::oplati
