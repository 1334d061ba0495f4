// SPDX-License-Identifier: Apache-2.0
// What a start makes of operations that an earlier run left without an end: each is claimed for the
// receipt it belongs to, taken back, followed to its end, or named and left to the administrator.
// One thread.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "terminal/dialogue.h"
#include "terminal/operations.h"
#include "terminal/payment_systems.h"
#include "terminal/register.h"
#include "terminal/undos.h"
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
        Operations& operations;
        Undos& undos;
    };

    explicit Recovery(Parts parts);

    // Once, after the register was restored; `done` is called at once or after conversations.
    void run(std::function<void()> done);

private:
    using Step = std::function<void()>;

    void collect();
    void collect_unclaimed(PaymentSystems::System& system);
    void next();
    void look_at_receipts();
    void drop_empty_refund();

    // Undos of payments and of refunds.
    void resume_undo(const till::Operation& undo);
    void undo_ended(const till::Operation& undo, const Result<host::Finished>& end);
    void record_undo(const till::Operation& undo, const Result<host::Finished>& end);
    void take_up_annulled(const till::Operation& undo);

    // Payments and refunds: what moves money.
    void resume_move(const till::Operation& move);
    void resume_stranger(const std::string& system, const host::Unclaimed& entry);
    void attach(const till::Operation& move);
    void attached_ended(const till::Operation& move, const Result<host::Finished>& end);
    void claim(const till::Operation& move, const Approval& approval);
    void take_back(const till::Operation& move);
    void settle_undone(const till::Operation& move, const std::string& text);
    [[nodiscard]] bool fits_open_receipt(const till::Operation& move, const Money& sum) const;
    void notice(host::Level level, const Text& text, const till::Operation& operation);

    Parts parts_;
    std::function<void()> done_;
    std::deque<Step> steps_;
    std::map<OperationId, host::Unclaimed> unclaimed_;
    std::set<std::string> unread_;  // modules whose list could not be read
    std::set<OperationId> known_;  // operations that the till has open
    std::set<OperationId> ended_;  // what an undo of this recovery has taken back
};

}  // namespace linuxcash::terminal
