// SPDX-License-Identifier: Apache-2.0
#include "simulator/relay_rules.h"

#include <algorithm>
#include <array>
#include <utility>

namespace linuxcash::simulator {

namespace {

constexpr std::array<std::pair<std::string_view, RelayAct>, 9> kActs{{
    {"pass", RelayAct::Pass},
    {"refuse", RelayAct::Refuse},
    {"reset", RelayAct::Reset},
    {"close", RelayAct::Close},
    {"reset-after", RelayAct::ResetAfter},
    {"half", RelayAct::Half},
    {"silence", RelayAct::Silence},
    {"slow", RelayAct::Slow},
    {"delay", RelayAct::Delay},
}};

Error wrong_key(std::string_view key) {
    return {
        ErrorCode::InvalidInput,
        tr("правило ретранслятора: ключ «%1» неизвестен или имеет недопустимое значение", key)};
}

bool read_number(const json::Value& value, std::int64_t& field) {
    constexpr std::int64_t kMax = 1000 * 1000 * 1000;
    const auto number = value.integer();
    if (!number || *number < 0 || *number > kMax) return false;
    field = *number;
    return true;
}

bool read_int(const json::Value& value, int& field) {
    std::int64_t number = 0;
    if (!read_number(value, number)) return false;
    field = static_cast<int>(number);
    return true;
}

bool read_act(const json::Value& value, RelayAct& act) {
    const std::string wanted = value.string().value_or("");
    for (const auto& [name, known] : kActs) {
        if (name != wanted) continue;
        act = known;
        return true;
    }
    return false;
}

bool read_end(const json::Value& value, bool& by_reset) {
    const std::string how = value.string().value_or("");
    by_reset = how == "reset";
    return how == "reset" || how == "close";
}

bool read_member(RelayRule& rule, const std::string& key, const json::Value& value) {
    if (key == "do") return read_act(value, rule.act);
    if (key == "end") return read_end(value, rule.end_by_reset);
    if (key == "skip") return read_number(value, rule.skip);
    if (key == "everyMs") return read_int(value, rule.every_ms);
    if (key == "delayMs") return read_int(value, rule.delay_ms);
    if (key == "times" && value.integer() == -1) {
        rule.times = -1;
        return true;
    }
    if (key == "times") return read_number(value, rule.times);
    if (key == "bytes") {
        std::int64_t bytes = 0;
        const bool good = read_number(value, bytes);
        rule.bytes = static_cast<std::size_t>(bytes);
        return good;
    }
    if (key == "match") {
        rule.match = value.string().value_or("");
        return !rule.match.empty();
    }
    rule.forward = value.boolean().value_or(false);
    return key == "forward" && value.boolean().has_value();
}

// Counts a fitting connection or request; true when the rule is meant for it.
bool counts(RelayRule& rule) {
    ++rule.seen;
    if (rule.seen <= rule.skip) return false;
    ++rule.fired;
    return true;
}

bool is_spent(const RelayRule& rule) {
    return rule.times >= 0 && rule.fired >= rule.times;
}

}  // namespace

Result<RelayRule> parse_relay_rule(const json::Value& document) {
    if (document.object() == nullptr) return wrong_key("{}");
    RelayRule rule;
    for (const auto& [key, value] : *document.object()) {
        if (!read_member(rule, key, value)) return wrong_key(key);
    }
    if (document.find("do") == nullptr) return wrong_key("do");
    return rule;
}

std::string_view name_of(RelayAct act) {
    for (const auto& [name, known] : kActs) {
        if (known == act) return name;
    }
    return {};
}

json::Value to_json(const RelayRule& rule) {
    json::Value document = json::object({{"do", name_of(rule.act)}});
    if (!rule.match.empty()) document.set("match", rule.match);
    document.set("skip", rule.skip).set("times", rule.times);
    if (rule.bytes > 0) document.set("bytes", static_cast<std::uint64_t>(rule.bytes));
    if (rule.every_ms > 0) document.set("everyMs", rule.every_ms);
    if (rule.delay_ms > 0) document.set("delayMs", rule.delay_ms);
    if (rule.forward) document.set("forward", true);
    if (!rule.end_by_reset) document.set("end", "close");
    document.set("seen", rule.seen).set("fired", rule.fired);
    return document;
}

std::optional<RelayRule> RelayRules::take_for_connection() {
    for (RelayRule& rule : rules_) {
        if (rule.match.empty() && !is_spent(rule) && counts(rule)) return rule;
    }
    return std::nullopt;
}

std::optional<RelayRule> RelayRules::take_for_request(std::string_view bytes) {
    for (RelayRule& rule : rules_) {
        const bool fits = !rule.match.empty() && !is_spent(rule)
                          && bytes.find(rule.match) != std::string_view::npos;
        if (fits && counts(rule)) return rule;
    }
    return std::nullopt;
}

std::size_t RelayRules::undecided_tail(std::string_view bytes) const {
    std::size_t longest = 0;
    for (const RelayRule& rule : rules_) {
        if (rule.match.empty() || is_spent(rule)) continue;
        std::size_t size = std::min(bytes.size(), rule.match.size() - 1);
        while (size > longest && !bytes.ends_with(std::string_view(rule.match).substr(0, size))) {
            --size;
        }
        longest = std::max(longest, size);
    }
    return longest;
}

json::Value RelayRules::to_json() const {
    json::Value list(json::Array{});
    for (const RelayRule& rule : rules_) {
        list.push(simulator::to_json(rule));
    }
    return list;
}

}  // namespace linuxcash::simulator
