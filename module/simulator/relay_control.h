// SPDX-License-Identifier: Apache-2.0
// The relay's control interface over HTTP. Any thread.
#pragma once

#include "base/result.h"
#include "json/json.h"
#include "simulator/http_frame.h"

namespace linuxcash::simulator {

class Relay;

// Rules from a document: one rule or an array of them; all or none.
[[nodiscard]] Result<> add_relay_rules(Relay& relay, const json::Value& document);

class RelayControl final : public HttpHandler {
public:
    // `relay` must outlive this.
    explicit RelayControl(Relay& relay) : relay_(relay) {}

    [[nodiscard]] HttpReply handle(const HttpRequest& request) override;
    void client_left(std::uint64_t swallowed) override;

private:
    [[nodiscard]] Result<> obey(std::string_view command, const json::Value& body);

    Relay& relay_;
};

}  // namespace linuxcash::simulator
