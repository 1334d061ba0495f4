// SPDX-License-Identifier: Apache-2.0
// Decides the invariants after every event, from three things that share no code: what the bank's
// ledger says, what lies on the disk, and what the host wrote down. README.md has the table. One
// thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/event.h"
#include "runtime/engine.h"
#include "simulator/oplati/bank.h"
#include "world/disk.h"
#include "world/shop.h"
#include "world/their_books.h"
#include "world/wire.h"

namespace linuxcash::world {

struct Violation {
    std::string invariant;  // "I1", …
    std::string what;
};

class Checker : public WireWatch {
public:
    struct Parts {
        Disk& disk;
        const simulator::oplati::Bank& bank;
        const Shop& shop;
        const fakes::SimClock& clock;
        Chronicle& chronicle;
    };
    explicit Checker(Parts parts) : parts_(parts) {}

    // ---- Events ----
    void sent(const core::Request& request) override;
    void bank_moved() override;
    void begun(const OperationId& id);
    // The host got `finished`, the first one or a repeated one.
    void told(const ShopOperation& operation, const core::Finished& finished);
    // cancel() returned and the conversation has, or has not, its end.
    void cancelled(const OperationId& id, bool finished);
    void restarted();
    // The journal could not be written: nothing can end before it can.
    void disk_failed();
    // Everything was healed and waited for. `listed`: what is still owed is in the open list for
    // good, and its money has to be right all the same.
    void quiet(const runtime::Engine& engine, bool listed);
    void stuck(const std::string& where);
    void broken(const char* invariant, const std::string& what);

    [[nodiscard]] const std::optional<Violation>& violation() const { return violation_; }

private:
    struct Told {
        core::Outcome outcome = core::Outcome::Unknown;
        core::Reason reason = core::Reason::None;
        bool durable = false;  // its end was in the journal
    };
    struct Sending {
        std::string key;
        std::int64_t sum = 0;
    };

    void check_charge(const Sending& charge);
    void check_refund(const Sending& refund);
    void check_cancel(const std::string& key);
    void check_owing(const OperationId& charged);
    void check_money();
    void check_operation(const ShopOperation& operation, const Told& told);
    void check_durable(const ShopOperation& operation, const core::Finished& finished);
    void check_approved(const ShopOperation& operation);
    void check_papers();
    [[nodiscard]] const std::string* order_of(const OperationId& id) const;

    Parts parts_;
    TheirBooks books_;
    std::map<OperationId, Told> told_;
    std::map<OperationId, core::Millis> begun_;
    std::map<std::string, std::int64_t> keys_;  // key at the gateway → the sum it was sent with
    std::optional<Violation> violation_;
};

}  // namespace linuxcash::world
