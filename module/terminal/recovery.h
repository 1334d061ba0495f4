// SPDX-License-Identifier: Apache-2.0
// What a start makes of operations that an earlier run left without an end: each is claimed for the
// open receipt, taken back, followed to its end, or named and left to the administrator. One
// thread.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "terminal/dialogue.h"
#include "terminal/payment_systems.h"
#include "terminal/payments.h"
#include "terminal/register.h"
#include "till/till.h"

namespace linuxcash::terminal {

class Recovery {
public:
    // All must outlive this.
    struct Parts {
        till::Till& till;
        PaymentSystems& systems;
        Announcer& announcer;
        Register& desk;
        Dialogue& dialogue;
        Payments& payments;
        NewId new_id;
    };

    explicit Recovery(Parts parts);

    // Once, after the register was restored; `done` is called at once or after conversations.
    void run(std::function<void()> done);

private:
    using Step = std::function<void()>;

    void collect();
    void collect_unclaimed(PaymentSystems::System& system);
    void next();

    void resume_undo(const till::Operation& undo);
    void undo_ended(const till::Operation& undo, const Result<host::Finished>& end);
    void resume_pay(const till::Operation& pay);
    void resume_stranger(const std::string& system, const host::Unclaimed& entry);
    void attach(const till::Operation& pay);
    void attached_ended(const till::Operation& pay, const Result<host::Finished>& end);
    void claim(const till::Operation& pay, const Approval& approval);
    void take_back(const till::Operation& pay);
    void settle_undone(const till::Operation& pay, const std::string& text);
    [[nodiscard]] bool fits_open_receipt(const till::Operation& pay, const Money& sum) const;
    [[nodiscard]] bool stands_in_closed_receipt(const till::Operation& undo);
    [[nodiscard]] Result<std::optional<till::Receipt>> receipt_of(const std::string& uid);
    void notice(host::Level level, const Text& text, const till::Operation& operation);

    Parts parts_;
    std::function<void()> done_;
    std::deque<Step> steps_;
    std::map<OperationId, host::Unclaimed> unclaimed_;
    std::set<std::string> unread_;  // modules whose list could not be read
    std::set<OperationId> known_;  // operations that the till has open
    std::set<OperationId> ended_;  // payments that an undo of this recovery has taken back
};

}  // namespace linuxcash::terminal
