// SPDX-License-Identifier: Apache-2.0
// What tests and demos may ask of a running O!plati simulator: /control/…  One thread at a time.
#pragma once

#include "base/result.h"
#include "json/json.h"
#include "simulator/clock.h"
#include "simulator/http_frame.h"
#include "simulator/oplati/bank.h"

namespace linuxcash::simulator::oplati {

class Control {
public:
    // `manual` is null when the time is the real one. Both must outlive this.
    Control(Bank& bank, const Clock& clock, ManualClock* manual)
        : bank_(bank), clock_(clock), manual_(manual) {}

    // `stats`: what the server frame knows, shown by /control/stats.
    [[nodiscard]] HttpReply handle(const HttpRequest& request, const json::Value& stats);

    // {"rules":[…],"buyer":{…}}, or an array of rules: what --script gives.
    [[nodiscard]] Result<> run_script(const json::Value& script);

private:
    [[nodiscard]] HttpReply read(const HttpRequest& request, const json::Value& stats);
    [[nodiscard]] HttpReply write(const HttpRequest& request);
    [[nodiscard]] Result<json::Value> obey(std::string_view command, const json::Value& body);
    [[nodiscard]] Result<json::Value> add_rules(const json::Value& body);
    [[nodiscard]] Result<json::Value> set_buyer(const json::Value& body);
    [[nodiscard]] Result<json::Value> act(const json::Value& body);
    [[nodiscard]] Result<json::Value> reset_token(const json::Value& body);
    [[nodiscard]] Result<json::Value> advance(const json::Value& body);

    Bank& bank_;
    const Clock& clock_;
    ManualClock* manual_;
};

}  // namespace linuxcash::simulator::oplati
