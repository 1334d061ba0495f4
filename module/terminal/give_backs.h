// SPDX-License-Identifier: Apache-2.0
// Money that goes out by a refund receipt, part by part: cash directly, the rest through the module
// that took it. Each flow ends in exactly one call of its `then`. One flow at a time; one thread.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "terminal/flow.h"
#include "terminal/operations.h"
#include "terminal/payment_systems.h"
#include "terminal/refund_plan.h"
#include "terminal/register.h"
#include "terminal/undos.h"
#include "till/till.h"

namespace linuxcash::terminal {

class GiveBacks {
public:
    // All must outlive this.
    struct Parts {
        till::Till& till;
        PaymentSystems& systems;
        Announcer& announcer;
        Register& desk;
        Operations& operations;
        Undos& undos;
    };

    explicit GiveBacks(Parts parts);

    // What `sale` still holds.
    [[nodiscard]] Result<SaleRest> rest_of_sale(const till::Receipt& sale);
    // The parts with which a payment type gives `sum` back in the open refund receipt. InvalidInput
    // says why it cannot; nothing was sent.
    [[nodiscard]] Result<std::vector<RefundPart>> parts_of(
        const till::PaymentType& type, const Money& sum);
    // Whether every part can be begun now.
    [[nodiscard]] Result<> check(const std::vector<RefundPart>& parts);

    // Gives the parts back in the open refund receipt, one after the other, until one is not given:
    // its end is told. Approved: all are given.
    void give(const std::vector<RefundPart>& parts, bool silent, FlowThen then);

private:
    struct Run {
        std::deque<RefundPart> parts;
        bool silent = false;
        FlowThen then;
        FlowEnd end;  // of all parts so far
    };
    using Shared = std::shared_ptr<Run>;

    void next(const Shared& run);
    void give_directly(const RefundPart& part, const Shared& run);
    void give_by_module(const RefundPart& part, const Shared& run);
    void ended(const till::Operation& refund, const Result<host::Finished>& end, const Shared& run);
    [[nodiscard]] Result<till::Operation> refund_of(const RefundPart& part);

    Parts parts_;
};

}  // namespace linuxcash::terminal
