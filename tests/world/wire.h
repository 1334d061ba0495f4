// SPDX-License-Identifier: Apache-2.0
// The wire between the register and the simulated bank, and the time that passes on it: each
// request arrives, is lost, is answered well or badly, in an order that HTTP allows. One thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ports.h"
#include "simulator/oplati/bank.h"
#include "world/disk.h"
#include "world/temper.h"

namespace linuxcash::world {

// Told of what goes over the wire, at the moment when it does.
class WireWatch {
public:
    virtual ~WireWatch() = default;
    virtual void sent(const core::Request& request) = 0;
    // The bank has done something, perhaps.
    virtual void bank_moved() = 0;
};

enum class CallKind { Tokens, Session, Ready, Charge, Query, List, Cancel, Refund };

class Wire : public core::Exchange {
public:
    struct Parts {
        Stage stage;
        simulator::oplati::Bank& bank;
        WireWatch& watch;
    };
    Wire(Parts parts, const Temper& temper) : parts_(parts), temper_(temper) {}

    void start(core::ExchangeId id, core::Request request) override;
    void abort(core::ExchangeId id) override;
    std::vector<core::Completed> wait(int timeout_ms) override;
    void wake() noexcept override {}

    // The client's process is gone.
    void cut_off();
    // Time passes while no process runs.
    void pass(core::Millis until);
    [[nodiscard]] std::int64_t bank_time() const;

private:
    struct Flight {
        core::ExchangeId id = 0;
        core::Request request;
        CallKind kind = CallKind::Ready;
        std::optional<Fault> fault;
        std::optional<core::Millis> arrives;
        core::Millis sent = 0;
        core::Millis answers = 0;
        core::Answer answer;
        std::optional<std::uint64_t> swallowed;
        bool client_gone = false;
    };

    [[nodiscard]] static CallKind kind_of(const core::Request& request);
    [[nodiscard]] std::optional<Fault> choose(CallKind kind);
    [[nodiscard]] bool applies(Fault fault, CallKind kind) const;
    [[nodiscard]] bool reading_is_doubted(Fault fault, CallKind kind) const;
    void plan(Flight& flight, Fault fault);
    void lose(Flight& flight, core::FailureKind kind, core::Sent sent);
    void arrive(Flight& flight);
    void shape(const Flight& flight, simulator::Effect& effect);
    void let_the_buyer_act(const Flight& flight, simulator::Effect& effect);
    void answer(Flight& flight, const simulator::HttpReply& reply);
    [[nodiscard]] bool stale(const Flight& flight) const;
    void client_leaves(Flight& flight);
    // Does the next thing that is due by then; false if nothing is.
    bool advance(core::Millis until);
    [[nodiscard]] core::Millis soon(std::int64_t at_most_ms);

    Parts parts_;
    const Temper temper_;
    core::Millis down_until_ = 0;
    std::vector<Flight> flights_;
    std::vector<core::Completed> completed_;
};

}  // namespace linuxcash::world
