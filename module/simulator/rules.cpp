// SPDX-License-Identifier: Apache-2.0
#include "simulator/rules.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace linuxcash::simulator {

namespace {

constexpr std::int64_t kDelayMaxMs = 60 * 60 * 1000;

Error wrong_key(std::string_view key) {
    return {
        ErrorCode::InvalidInput,
        tr("правило симулятора: ключ «%1» неизвестен или имеет недопустимое значение", key)};
}

// One reader of each kind: sets the field, or says that the value is of another kind or out of its
// range.
bool read(const json::Value& value, std::string& field) {
    const auto text = value.string();
    if (text) field = *text;
    return text.has_value();
}

bool read(const json::Value& value, bool& field) {
    const auto flag = value.boolean();
    if (flag) field = *flag;
    return flag.has_value();
}

bool read_number(const json::Value& value, std::int64_t limit, std::int64_t& field) {
    const auto number = value.integer();
    if (!number || *number < 0 || *number > limit) return false;
    field = *number;
    return true;
}

bool read_int(const json::Value& value, std::int64_t limit, int& field) {
    std::int64_t number = 0;
    if (!read_number(value, limit, number)) return false;
    field = static_cast<int>(number);
    return true;
}

template <typename T, typename Read>
bool read_optional(std::optional<T>& field, Read reader) {
    T value{};
    if (!reader(value)) return false;
    field = std::move(value);
    return true;
}

bool read_delivery(Delivery& delivery, const std::string& key, const json::Value& value) {
    if (key == "delayMs") return read_int(value, kDelayMaxMs, delivery.delay_ms);
    if (key == "everyMs") return read_int(value, kDelayMaxMs, delivery.every_ms);
    if (key == "bytes") {
        std::int64_t number = 0;
        const bool good = read_number(value, std::numeric_limits<std::int64_t>::max(), number);
        delivery.bytes = static_cast<std::size_t>(number);
        return good;
    }
    if (key != "fault") return false;
    const auto fault = parse_fault(value.string().value_or(""));
    if (fault) delivery.fault = *fault;
    return fault.has_value();
}

bool read_effect(Effect& effect, const std::string& key, const json::Value& value) {
    constexpr std::int64_t kHttpMax = 599;
    constexpr std::int64_t kStatusMax = 999;
    const auto text = [&](std::string& field) { return read(value, field); };
    if (key == "http") {
        return read_optional(
            effect.http, [&](int& field) { return read_int(value, kHttpMax, field); });
    }
    if (key == "internalCode") return read_optional(effect.internal_code, text);
    if (key == "body") return read_optional(effect.body, text);
    if (key == "emptyBody") return read(value, effect.empty_body);
    if (key == "commit") return read(value, effect.commit);
    if (key == "status") {
        return read_optional(
            effect.status, [&](int& field) { return read_int(value, kStatusMax, field); });
    }
    if (key == "atOnce") return read(value, effect.at_once);
    if (key == "rotate") return read(value, effect.rotate);
    if (key == "lie") return read(value, effect.lie);
    if (key == "reply") {
        effect.reply = value;
        return value.object() != nullptr;
    }
    return read_delivery(effect.delivery, key, value);
}

bool read_choice(Rule& rule, const std::string& key, const json::Value& value) {
    constexpr std::int64_t kCountMax = 1000 * 1000 * 1000;
    if (key == "on") return read(value, rule.on);
    if (key == "match") return read(value, rule.match);
    if (key == "skip") return read_number(value, kCountMax, rule.skip);
    if (key == "times") {
        if (value.integer() == -1) {
            rule.times = -1;
            return true;
        }
        return read_number(value, kCountMax, rule.times);
    }
    return read_effect(rule.effect, key, value);
}

bool fits(const Rule& rule, std::string_view endpoint, const HttpRequest& request) {
    if (rule.on != "any" && rule.on != endpoint) return false;
    return rule.match.empty() || request.target.find(rule.match) != std::string::npos
           || request.body.find(rule.match) != std::string::npos;
}

void add_delivery(json::Value& document, const Delivery& delivery) {
    if (delivery.fault != Fault::None) document.set("fault", name_of(delivery.fault));
    if (delivery.delay_ms > 0) document.set("delayMs", delivery.delay_ms);
    if (delivery.bytes > 0) document.set("bytes", static_cast<std::uint64_t>(delivery.bytes));
    if (delivery.every_ms > 0) document.set("everyMs", delivery.every_ms);
}

}  // namespace

Result<Rule> parse_rule(
    const json::Value& document, const std::vector<std::string_view>& endpoints) {
    const json::Object* members = document.object();
    if (members == nullptr) {
        return Error{ErrorCode::InvalidInput, tr("правило симулятора должно быть объектом JSON")};
    }
    Rule rule;
    // A refusal normally means that nothing was done; a rule may say otherwise.
    if (document.find("http") != nullptr) rule.effect.commit = false;
    for (const auto& [key, value] : *members) {
        if (!read_choice(rule, key, value)) return wrong_key(key);
    }
    const bool known = rule.on == "any"
                       || std::find(endpoints.begin(), endpoints.end(), rule.on) != endpoints.end();
    if (!known) return wrong_key("on");
    return rule;
}

json::Value to_json(const Rule& rule) {
    const Effect& effect = rule.effect;
    json::Value document = json::object({{"on", rule.on}});
    if (!rule.match.empty()) document.set("match", rule.match);
    document.set("skip", rule.skip).set("times", rule.times);
    if (effect.http) document.set("http", *effect.http);
    if (effect.internal_code) document.set("internalCode", *effect.internal_code);
    if (effect.body) document.set("body", *effect.body);
    if (effect.empty_body) document.set("emptyBody", true);
    document.set("commit", effect.commit);
    if (effect.status) document.set("status", *effect.status);
    if (effect.at_once) document.set("atOnce", true);
    if (!effect.rotate) document.set("rotate", false);
    if (!effect.lie.empty()) document.set("lie", effect.lie);
    if (effect.reply.object() != nullptr) document.set("reply", effect.reply);
    add_delivery(document, effect.delivery);
    document.set("seen", rule.seen).set("fired", rule.fired);
    return document;
}

std::optional<Effect> Rules::take(std::string_view endpoint, const HttpRequest& request) {
    for (Rule& rule : rules_) {
        const bool spent = rule.times >= 0 && rule.fired >= rule.times;
        if (spent || !fits(rule, endpoint, request)) continue;
        ++rule.seen;
        if (rule.seen <= rule.skip) continue;
        ++rule.fired;
        return rule.effect;
    }
    return std::nullopt;
}

json::Value Rules::to_json() const {
    json::Value list(json::Array{});
    for (const Rule& rule : rules_) {
        list.push(simulator::to_json(rule));
    }
    return list;
}

void apply(const Effect& effect, HttpReply& reply) {
    constexpr std::string_view kGarbage = "<html><body>It works!</body></html>\n\xff\xfe{{]";
    reply.delivery = effect.delivery;
    if (effect.delivery.fault == Fault::Garbage) reply.body = kGarbage;
    if (effect.delivery.fault == Fault::Deep) {
        reply.body.assign(effect.delivery.bytes > 0 ? effect.delivery.bytes : kDeepBytes, '[');
    }
    if (effect.body) reply.body = *effect.body;
    if (effect.empty_body) reply.body.clear();
}

}  // namespace linuxcash::simulator
