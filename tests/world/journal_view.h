// SPDX-License-Identifier: Apache-2.0
// What the journal says of each operation, read apart from the product's own folding: the checker's
// second opinion. Plain values, one thread.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/ports.h"

namespace linuxcash::world {

struct Entry {
    std::optional<core::Intent> intent;
    std::optional<core::Outcome> ended;
    std::optional<core::Owed> owed;
    bool discharged = false;
    std::optional<core::Settled> settled;
    bool closed = false;

    [[nodiscard]] bool owes() const { return owed && !discharged; }
    [[nodiscard]] bool moves_money() const {
        return intent
               && (intent->kind == core::OperationKind::Pay
                   || intent->kind == core::OperationKind::Refund);
    }
};

class JournalView {
public:
    // Empty, or what is wrong: a final state that changes, a debt that is hidden (I7, I8).
    [[nodiscard]] std::string apply(const core::Commit& commit);

    [[nodiscard]] const Entry* find(const OperationId& id) const;
    [[nodiscard]] const std::map<OperationId, Entry>& entries() const { return entries_; }
    // The operation whose intent has that key at the gateway.
    [[nodiscard]] const OperationId* by_order(const std::string& order_number) const;

private:
    [[nodiscard]] std::string apply(Entry& entry, const core::Fact& fact);

    std::map<OperationId, Entry> entries_;
    std::map<std::string, OperationId> by_order_;
};

// For the chronicle: "intent pay 24.50 key", "end approved", …
[[nodiscard]] std::string describe(const core::Fact& fact);

}  // namespace linuxcash::world
