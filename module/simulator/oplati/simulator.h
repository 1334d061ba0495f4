// SPDX-License-Identifier: Apache-2.0
// The O!plati simulator as a running server: for `artix-simulator oplati`, and for tests in their
// own process. Calls of one object come from one thread; the server answers from threads of its
// own.
#pragma once

#include <memory>

#include "base/result.h"
#include "simulator/oplati/options.h"

namespace linuxcash::simulator {

class OplatiSimulator {
public:
    explicit OplatiSimulator(OplatiOptions options);
    OplatiSimulator(const OplatiSimulator&) = delete;
    OplatiSimulator& operator=(const OplatiSimulator&) = delete;
    ~OplatiSimulator();

    // Opens ledger, certificates and port; ready for requests when this returns well.
    [[nodiscard]] Result<> start();
    // Ends all connections; may be called twice, and comes with the destructor.
    void stop() noexcept;
    // The port that it listens on, of the control listener 0 if there is none.
    [[nodiscard]] int port() const;
    [[nodiscard]] int control_port() const;

    // A request to /control/… without the wire: for tests in this process. `body` may be null.
    [[nodiscard]] json::Value control(
        std::string_view method, std::string_view command, const json::Value& body = {});

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace linuxcash::simulator
