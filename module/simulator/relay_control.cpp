// SPDX-License-Identifier: Apache-2.0
#include "simulator/relay_control.h"

#include <utility>
#include <vector>

#include "simulator/control.h"
#include "simulator/relay.h"

namespace linuxcash::simulator {

Result<> add_relay_rules(Relay& relay, const json::Value& document) {
    const json::Array single{document};
    const json::Array* documents = document.array() != nullptr ? document.array() : &single;
    std::vector<RelayRule> rules;
    for (const json::Value& one : *documents) {
        auto rule = parse_relay_rule(one);
        if (!rule) return rule.error();
        rules.push_back(std::move(*rule));
    }
    for (RelayRule& rule : rules) {
        relay.add(std::move(rule));
    }
    return Done{};
}

HttpReply RelayControl::handle(const HttpRequest& request) {
    if (auto refusal = control_refusal(request)) return *refusal;
    if (!is_control(request)) return control_unknown();
    const std::string_view command = std::string_view(request.path).substr(kControlPrefix.size());
    if (request.method == "GET") {
        const json::Value stats = relay_.stats();
        if (command == "stats") return control_ok(stats);
        const json::Value* rules = stats.find("rules");
        return command == "rules" && rules != nullptr ? control_ok(*rules) : control_unknown();
    }
    const auto body = control_body(request);
    if (!body) return control_error(body.error());
    const auto obeyed = obey(command, *body);
    if (obeyed) return control_ok(json::object({{"ok", true}}));
    if (obeyed.error().code == ErrorCode::NotFound) return control_unknown();
    return control_error(obeyed.error());
}

void RelayControl::client_left(std::uint64_t /*swallowed*/) {
    // No reply of this handler asks to be told.
}

Result<> RelayControl::obey(std::string_view command, const json::Value& body) {
    if (command == "rules") return add_relay_rules(relay_, body);
    if (command == "clear") {
        relay_.clear();
        return Done{};
    }
    if (command == "port") {
        const auto open = body.boolean("open");
        return open ? relay_.set_open(*open) : control_wrong("open");
    }
    return Error{ErrorCode::NotFound, {}};
}

}  // namespace linuxcash::simulator
