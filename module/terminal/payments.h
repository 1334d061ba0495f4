// SPDX-License-Identifier: Apache-2.0
// Payments of the open receipt: of a sale they come in, of a refund they go out. Each flow ends in
// exactly one call of its `then`, at once or after a conversation. One flow at a time; one thread.
#pragma once

#include "terminal/closing.h"
#include "terminal/flow.h"
#include "terminal/give_backs.h"
#include "terminal/operations.h"
#include "terminal/payment_systems.h"
#include "terminal/register.h"
#include "terminal/undos.h"
#include "till/till.h"

namespace linuxcash::terminal {

class Payments {
public:
    // All must outlive this.
    struct Parts {
        till::Till& till;
        PaymentSystems& systems;
        Announcer& announcer;
        Register& desk;
        Operations& operations;
        Undos& undos;
        Closing& closing;
        GiveBacks& give_backs;
    };

    explicit Payments(Parts parts);

    // Pays `sum` with that type; a receipt that is paid then is closed.
    void pay(const till::PaymentType& type, const Money& sum, FlowThen then);

private:
    void pay_directly(const till::PaymentType& type, const Money& sum, const FlowThen& then);
    void pay_by_module(const till::PaymentType& type, const Money& sum, FlowThen then);
    void paid(
        const till::Operation& operation, const Result<host::Finished>& end, const FlowThen& then);
    void give_back(const till::PaymentType& type, const Money& sum, FlowThen then);

    Parts parts_;
};

}  // namespace linuxcash::terminal
