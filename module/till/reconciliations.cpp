// SPDX-License-Identifier: Apache-2.0
// Comparisons of shifts with gateways, kept so that they can be shown again.
#include <utility>

#include "till/body.h"
#include "till/query.h"
#include "till/till.h"

namespace linuxcash::till {

Result<Reconciliation> Till::add_reconciliation(const Reconciliation& made) {
    if (auto allowed = body_->owner_only(); !allowed) return allowed.error();
    return body_->in_transaction([&]() -> Result<Reconciliation> {
        const auto stored =
            Query(
                body_->database,
                "INSERT INTO reconciliation (system, valcode, shiftnum, outcome, message, "
                "comparison, slipnum, time) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                .with(made.system)
                .with(made.valutcode)
                .with(made.shift)
                .with(made.outcome)
                .with(made.text)
                .with(made.comparison)
                .with(made.slip)
                .with(made.at_ms)
                .run();
        if (!stored) return stored.error();
        Reconciliation numbered = made;
        numbered.number = body_->database.last_insert_id();
        return numbered;
    });
}

Result<std::vector<Reconciliation>> Till::reconciliations(std::int64_t shift) {
    std::vector<Reconciliation> all;
    const auto read =
        Query(
            body_->database,
            "SELECT number, system, valcode, shiftnum, outcome, message, comparison, slipnum, time "
            "FROM reconciliation WHERE shiftnum = ? ORDER BY number")
            .with(shift)
            .each([&](const store::Statement& row) -> Result<> {
                Reconciliation made;
                made.number = row.integer(0);
                made.system = row.text(1);
                made.valutcode = static_cast<int>(row.integer(2));
                made.shift = row.integer(3);
                made.outcome = row.text(4);
                made.text = row.text(5);
                made.comparison = row.text(6);
                made.slip = row.integer(7);
                made.at_ms = row.integer(8);
                all.push_back(std::move(made));
                return Done{};
            });
    if (!read) return read.error();
    return all;
}

}  // namespace linuxcash::till
