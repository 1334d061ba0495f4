// SPDX-License-Identifier: Apache-2.0
// Operations with modules as the register runs them: stored before the module hears of them, begun
// or resumed under their ids, and what an approved one brings to its receipt. One thread.
#pragma once

#include <optional>
#include <string>

#include "terminal/dialogue.h"
#include "terminal/papers.h"
#include "terminal/payment_systems.h"
#include "terminal/register.h"
#include "terminal/slip_desk.h"
#include "till/till.h"

namespace linuxcash::terminal {

// What an approved operation brings, told by its conversation or, after a restart, by the list of
// the unclaimed.
struct Approval {
    Money sum;
    std::string gateway_id = {};
    json::Value slip = {};
    json::Value report_info = {};
    std::optional<std::string> note = {};
};

[[nodiscard]] Approval approval_of(const till::Operation& operation, const host::Finished& end);

class Operations {
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
        NewId new_id;
    };

    explicit Operations(Parts parts);

    // Gives it an id and stores it. The receipt is the one at hand unless the operation names one.
    [[nodiscard]] Result<till::Operation> store(till::Operation operation);

    // Begins a stored operation, goes on with it, or is told its end; nothing is recorded here. An
    // error Internal: the conversation broke off, and how it ended is not known. Every other error:
    // it did not begin now.
    void run(const till::Operation& operation, bool silent, Dialogue::Then then);
    [[nodiscard]] static bool broke_off(const Result<host::Finished>& end);

    // The payment, or what was given back, stands in the receipt at hand from now on.
    void record_approved(const till::Operation& operation, const Approval& approval);

    // Prints the register's own slip about how an operation ended: "payment", "refund", "undo" or
    // "unknown".
    void print_end(const char* form, const till::Operation& operation, const host::Finished& end);

    // The payment of the sale that a refund gives back; nullopt when there is none.
    [[nodiscard]] std::optional<till::Payment> refunded_payment(const till::Operation& refund);
    // The receipt of that name, the one at hand as it is in memory.
    [[nodiscard]] Result<std::optional<till::Receipt>> receipt_of(const std::string& uid);

private:
    [[nodiscard]] Result<host::Conversation> begin(const till::Operation& operation, bool silent);
    [[nodiscard]] host::Request request_of(const till::Operation& operation, bool silent);

    Parts parts_;
};

}  // namespace linuxcash::terminal
