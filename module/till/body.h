// SPDX-License-Identifier: Apache-2.0
// What a Till holds: its database, and the lock of an owner. For this folder's sources; one thread.
#pragma once

#include <optional>

#include "base/files.h"
#include "base/result.h"
#include "store/database.h"
#include "till/till.h"

namespace linuxcash::till {

struct Till::Body {
    Access access = Access::Guest;
    std::optional<FileLock> lock;
    store::Database database;

    // Denied to guests.
    [[nodiscard]] Result<> owner_only() const;
    // Runs `work` in one transaction, synced when it returns.
    template <typename Work>
    [[nodiscard]] auto in_transaction(const Work& work) -> decltype(work()) {
        auto transaction = store::Transaction::begin(database);
        if (!transaction) return transaction.error();
        auto outcome = work();
        if (!outcome) return outcome;
        if (auto committed = transaction->commit(); !committed) return committed.error();
        return outcome;
    }
};

// The database holds what no version of this program wrote.
[[nodiscard]] Error damaged(Text what);

}  // namespace linuxcash::till
