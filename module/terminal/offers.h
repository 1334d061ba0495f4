// SPDX-License-Identifier: Apache-2.0
// The payment types that the cashier is offered: for a sale all of them, for a refund those that
// can give money back. One thread.
#pragma once

#include <vector>

#include "base/result.h"
#include "terminal/event.h"
#include "terminal/give_backs.h"
#include "terminal/payment_systems.h"
#include "terminal/register.h"
#include "till/till.h"

namespace linuxcash::terminal {

class Offers {
public:
    // All must outlive this.
    struct Parts {
        till::Till& till;
        PaymentSystems& systems;
        Announcer& announcer;
        Register& desk;
        GiveBacks& give_backs;
    };

    explicit Offers(Parts parts);

    // For the open receipt, or for a sale when there is none.
    [[nodiscard]] Result<std::vector<OfferedType>> list();

private:
    [[nodiscard]] OfferedType offer(const till::PaymentType& type);
    // What the sale of the open refund still holds; nullopt without one.
    [[nodiscard]] Result<std::optional<SaleRest>> sale_rest();
    [[nodiscard]] bool gives_back(
        const till::PaymentType& type, const std::optional<SaleRest>& rest);

    Parts parts_;
};

}  // namespace linuxcash::terminal
