// SPDX-License-Identifier: Apache-2.0
// Loyalty cards that a payment system reads: the module asks the buyer, the register checks the
// number against its card groups and puts it into the receipt. A card that does not come leaves the
// sale as it was. One flow at a time; one thread.
#pragma once

#include <map>
#include <string>

#include "terminal/command.h"
#include "terminal/dialogue.h"
#include "terminal/flow.h"
#include "terminal/payment_systems.h"
#include "terminal/register.h"
#include "till/till.h"

namespace linuxcash::terminal {

class Cards {
public:
    // All must outlive this.
    struct Parts {
        till::Till& till;
        PaymentSystems& systems;
        Announcer& announcer;
        Register& desk;
        Dialogue& dialogue;
        NewId new_id;
    };

    explicit Cards(Parts parts);

    // The payment type that an action COMMAND_CARD reads a card through. The error says which
    // parameter or which table is wrong, and what to set.
    [[nodiscard]] Result<till::PaymentType> type_of(const RunAction& action);
    // Reads a card and puts it into the open sale, or into a new one.
    void read(const till::PaymentType& type, FlowThen then);
    // Takes the card out of the open sale.
    [[nodiscard]] Result<> remove();

private:
    [[nodiscard]] Result<> may_change() const;
    [[nodiscard]] host::Answer apply(const std::string& system, const host::Edit& edit);
    [[nodiscard]] Result<> check_number(const std::string& number);
    void keep_note(const std::string& system, const host::Finished& end);

    Parts parts_;
};

}  // namespace linuxcash::terminal
