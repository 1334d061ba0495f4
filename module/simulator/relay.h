// SPDX-License-Identifier: Apache-2.0
// A TCP relay that breaks connections by rule and knows nothing of what they carry: shared by all
// gateways' tests. Calls may come from any thread.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "json/json.h"
#include "simulator/relay_rules.h"
#include "simulator/sockets.h"

namespace linuxcash::simulator {

struct RelayOptions {
    Address listen;
    Address upstream;
    std::optional<Address> control;  // HTTP: /control/…
    json::Value script;  // array of rules; null: none
};

class Relay {
public:
    explicit Relay(RelayOptions options);
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;
    ~Relay();

    // Once; ready when this returns well.
    [[nodiscard]] Result<> start();
    // Ends all connections; may be called twice, and comes with the destructor.
    void stop() noexcept;
    [[nodiscard]] int port() const;
    [[nodiscard]] int control_port() const;

    void add(RelayRule rule);
    void clear();
    // Closed: connecting is refused by the system. Open connections go on.
    [[nodiscard]] Result<> set_open(bool open);
    // {"accepted":3,"rules":[…],
    //  "connections":[{"number":1,"fromClient":120,"fromServer":300,"acts":["pass"]}]}
    [[nodiscard]] json::Value stats() const;

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace linuxcash::simulator
