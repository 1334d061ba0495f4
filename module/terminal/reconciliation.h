// SPDX-License-Identifier: Apache-2.0
// Comparing a shift with the gateways behind the modules: on command, and when the shift closes. It
// moves no money, blocks nothing, and may be repeated at will. One flow at a time; one thread.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "terminal/dialogue.h"
#include "terminal/flow.h"
#include "terminal/papers.h"
#include "terminal/payment_systems.h"
#include "terminal/register.h"
#include "terminal/slip_desk.h"
#include "till/till.h"

namespace linuxcash::terminal {

class Reconciliation {
public:
    // All must outlive this.
    struct Parts {
        till::Till& till;
        PaymentSystems& systems;
        Announcer& announcer;
        Register& desk;
        Dialogue& dialogue;
        SlipDesk& slips;
        Papers& papers;
        core::Clock& clock;
        NewId new_id;
    };

    explicit Reconciliation(Parts parts);

    // The shift of that number, or the last one. The error says that there is none.
    [[nodiscard]] Result<till::Shift> shift_of(std::optional<std::int64_t> number);
    // Compares what the till holds of a shift through the module of that type; tells, prints and
    // keeps what comes out.
    void compare(const till::PaymentType& type, const till::Shift& shift, FlowThen then);
    // The same for each module that had operations in the shift and can compare. `text` of the end
    // names what failed or differs; empty when all is well.
    void compare_all(const till::Shift& shift, FlowThen then);

private:
    struct Round {
        till::Shift shift;
        std::deque<till::PaymentType> types;
        FlowThen then;
        FlowEnd end;
    };

    void next(const std::shared_ptr<Round>& round);
    [[nodiscard]] std::deque<till::PaymentType> compared_types(std::int64_t shift);
    [[nodiscard]] Result<std::string> totals(const std::string& system, std::int64_t shift);
    void ended(till::Reconciliation made, const Result<host::Finished>& end, const FlowThen& then);
    void log_differences(const till::Reconciliation& made, const json::Value& comparison);
    [[nodiscard]] std::int64_t print(
        const till::Reconciliation& made, const Result<host::Finished>& end);
    void keep(const till::Reconciliation& made);

    Parts parts_;
};

}  // namespace linuxcash::terminal
