// SPDX-License-Identifier: Apache-2.0
// What goes wrong on purpose: effects, and the rules that choose which request gets one. Plain
// values; one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/json.h"
#include "simulator/http_frame.h"

namespace linuxcash::simulator {

// What happens to one request. What is absent happens as always.
struct Effect {
    std::optional<int> http;  // this status with an error body
    std::optional<std::string> internal_code;  // of that error body
    std::optional<std::string> body;  // these bytes in place of the body
    bool empty_body = false;
    bool commit = true;  // false: nothing is done before the reply
    std::optional<int> status;  // how a payment or a refund will end
    bool at_once = false;  // … and it ends in the reply itself
    bool rotate = true;  // false: the token stays although the call succeeded
    std::string lie;  // what all replies about the new payment say wrongly
    json::Value reply;  // members that replace those of a reply's document
    Delivery delivery;
};

// {"on":"charge","match":"…","skip":0,"times":1,"http":503,"internalCode":"…","body":"…",
//  "emptyBody":true,"commit":false,"status":2,"atOnce":true,"rotate":false,"lie":"sum",
//  "reply":{…},"fault":"reset","delayMs":100,"bytes":10,"everyMs":5}
struct Rule {
    std::string on = "any";  // name of an endpoint
    std::string match;  // a part of the request's target or body; empty: every request
    std::int64_t skip = 0;  // that many fitting requests pass first
    std::int64_t times = 1;  // then that many get the effect; -1: all
    Effect effect;
    std::int64_t seen = 0;  // fitting requests so far
    std::int64_t fired = 0;
};

// InvalidInput names the wrong key. `endpoints` lists the names allowed for "on", besides "any".
[[nodiscard]] Result<Rule> parse_rule(
    const json::Value& document, const std::vector<std::string_view>& endpoints);
[[nodiscard]] json::Value to_json(const Rule& rule);

class Rules {
public:
    void add(Rule rule) { rules_.push_back(std::move(rule)); }
    void clear() { rules_.clear(); }
    // The first rule that fits and is not used up, counted as used; nullopt when none is.
    [[nodiscard]] std::optional<Effect> take(std::string_view endpoint, const HttpRequest& request);
    [[nodiscard]] json::Value to_json() const;

private:
    std::vector<Rule> rules_;
};

// Puts the effect's bodies and its way of delivery onto a reply.
void apply(const Effect& effect, HttpReply& reply);

}  // namespace linuxcash::simulator
