// SPDX-License-Identifier: Apache-2.0
// What the byte relay does to connections, and which of them it does it to. Plain values; one
// thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/json.h"

namespace linuxcash::simulator {

enum class RelayAct {
    Pass,  // nothing special; uses up a rule, and counts
    Refuse,  // close at once, nothing is read or forwarded
    Reset,  // reset at once, nothing is forwarded
    Close,  // read the request, forward nothing, close without a reply
    ResetAfter,  // forward the request, reset when the first byte of the reply comes
    Half,  // forward; pass `bytes` of the reply, then end
    Silence,  // swallow what the client sends, or with `forward` what the server answers
    Slow,  // forward; pass the reply in pieces of `bytes`, one each `every_ms`
    Delay,  // forward the request after `delay_ms`, even if the client has left by then
};

// {"do":"reset-after","match":"POST /x
// ","skip":0,"times":1,"bytes":10,"everyMs":5,"delayMs":100,"forward":true,
//  "end":"reset"}
struct RelayRule {
    RelayAct act = RelayAct::Pass;
    std::string match;  // bytes that a request must hold; empty: the rule is for a new connection
    std::int64_t skip = 0;  // that many fitting connections or requests pass first
    std::int64_t times = 1;  // then that many are meant; -1: all
    std::size_t bytes = 0;
    int every_ms = 0;
    int delay_ms = 0;
    bool forward = false;
    bool end_by_reset = true;  // how Half ends; false: an orderly close
    std::int64_t seen = 0;
    std::int64_t fired = 0;
};

[[nodiscard]] Result<RelayRule> parse_relay_rule(const json::Value& document);
[[nodiscard]] json::Value to_json(const RelayRule& rule);
[[nodiscard]] std::string_view name_of(RelayAct act);

class RelayRules {
public:
    void add(RelayRule rule) { rules_.push_back(std::move(rule)); }
    void clear() { rules_.clear(); }
    // Both count the rule as used.
    [[nodiscard]] std::optional<RelayRule> take_for_connection();
    [[nodiscard]] std::optional<RelayRule> take_for_request(std::string_view bytes);
    // How many bytes at the end of `bytes` may be the beginning of what a rule looks for.
    [[nodiscard]] std::size_t undecided_tail(std::string_view bytes) const;
    [[nodiscard]] json::Value to_json() const;

private:
    std::vector<RelayRule> rules_;
};

}  // namespace linuxcash::simulator
