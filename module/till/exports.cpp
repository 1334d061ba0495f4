// SPDX-License-Identifier: Apache-2.0
// What the back office was told of receipts and shifts.
#include <utility>

#include "till/body.h"
#include "till/codes.h"
#include "till/query.h"
#include "till/till.h"

namespace linuxcash::till {
namespace {

Result<std::vector<std::int64_t>> numbers_of(Query query) {
    std::vector<std::int64_t> numbers;
    const auto read = query.each([&](const store::Statement& row) -> Result<> {
        numbers.push_back(row.integer(0));
        return Done{};
    });
    if (!read) return read.error();
    return numbers;
}

Result<Money> sum_of(Query query, Currency currency) {
    const auto minor = query.number();
    if (!minor) return minor.error();
    return Money(minor->value_or(0), currency);
}

}  // namespace

Result<std::vector<std::int64_t>> Till::unexported_receipts(int limit) {
    Query query(
        body_->database,
        "SELECT checknum FROM document WHERE closed = 1 AND exported <> doctype "
        "ORDER BY checknum LIMIT ?");
    query.with(limit);
    return numbers_of(std::move(query));
}

Result<> Till::mark_receipt_exported(std::int64_t number) {
    if (auto allowed = body_->owner_only(); !allowed) return allowed;
    const auto marked =
        Query(
            body_->database,
            "UPDATE document SET exported = doctype WHERE checknum = ? AND closed = 1")
            .with(number)
            .run();
    if (!marked) return marked;
    if (body_->database.changes() != 0) return Done{};
    return Error{ErrorCode::NotFound, tr("закрытого чека %1 нет", number)};
}

Result<std::vector<Shift>> Till::unexported_shifts() {
    const auto numbers = numbers_of(Query(
        body_->database,
        "SELECT shiftnum FROM workshift WHERE time_end IS NOT NULL AND exported = 0 "
        "ORDER BY shiftnum"));
    if (!numbers) return numbers.error();
    return shifts_of(*numbers);
}

Result<std::vector<std::int64_t>> Till::annulled_since_filed() {
    return numbers_of(Query(
        body_->database,
        "SELECT checknum FROM document WHERE closed = 1 AND filed <> 0 AND filed <> doctype "
        "ORDER BY checknum"));
}

Result<> Till::mark_shift_exported(std::int64_t number) {
    if (auto allowed = body_->owner_only(); !allowed) return allowed;
    return body_->in_transaction([&]() -> Result<> {
        const auto shift = Query(
                               body_->database,
                               "UPDATE workshift SET exported = 1 "
                               "WHERE shiftnum = ? AND time_end IS NOT NULL")
                               .with(number)
                               .run();
        if (!shift) return shift;
        if (body_->database.changes() == 0) {
            return Error{ErrorCode::NotFound, tr("закрытой смены %1 нет", number)};
        }
        const auto changed = Query(
                                 body_->database,
                                 "UPDATE document SET filed = doctype "
                                 "WHERE closed = 1 AND filed <> 0 AND filed <> doctype")
                                 .run();
        if (!changed) return changed;
        return Query(
                   body_->database,
                   "UPDATE document SET filed = doctype WHERE workshiftid = ? AND closed = 1")
            .with(number)
            .run();
    });
}

Result<std::vector<Shift>> Till::shifts_between(std::int64_t from_ms, std::int64_t to_ms) {
    Query query(
        body_->database,
        "SELECT shiftnum FROM workshift WHERE time_beg < ? AND (time_end IS NULL OR time_end >= ?) "
        "ORDER BY shiftnum");
    query.with(to_ms).with(from_ms);
    const auto numbers = numbers_of(std::move(query));
    if (!numbers) return numbers.error();
    return shifts_of(*numbers);
}

Result<std::vector<Shift>> Till::shifts_of(const std::vector<std::int64_t>& numbers) {
    std::vector<Shift> shifts;
    for (const std::int64_t number : numbers) {
        auto found = shift(number);
        if (!found) return found.error();
        if (*found) shifts.push_back(**std::move(found));
    }
    return shifts;
}

Result<ShiftSums> Till::shift_sums(std::int64_t shift, Currency currency) {
    Query before(
        body_->database,
        "SELECT sum(sumb) FROM document WHERE closed = 1 AND doctype = 1 AND workshiftid < ?");
    Query sold(
        body_->database,
        "SELECT sum(sumb) FROM document WHERE closed = 1 AND doctype = 1 AND workshiftid = ?");
    Query refunded(
        body_->database,
        "SELECT sum(sumb) FROM document WHERE closed = 1 AND doctype IN (2, 25) "
        "AND workshiftid = ?");
    // Payments of a sale and change of a return come in, the others go out.
    Query cash(
        body_->database,
        "SELECT sum(CASE WHEN opcode IN (70, 76, 101) THEN moneyitem.sumb ELSE -moneyitem.sumb END)"
        " FROM moneyitem JOIN document USING (documentid) WHERE closed = 1 "
        "AND doctype IN (1, 2, 25) AND workshiftid = ? AND kind = ? AND opcode IS NOT NULL");
    before.with(shift);
    sold.with(shift);
    refunded.with(shift);
    cash.with(shift).with(name(core::PaymentKind::Cash));
    const auto sold_before = sum_of(std::move(before), currency);
    if (!sold_before) return sold_before.error();
    const auto sold_now = sum_of(std::move(sold), currency);
    if (!sold_now) return sold_now.error();
    const auto given_back = sum_of(std::move(refunded), currency);
    if (!given_back) return given_back.error();
    const auto in_drawer = sum_of(std::move(cash), currency);
    if (!in_drawer) return in_drawer.error();
    return ShiftSums{*sold_before, *sold_now, *given_back, *in_drawer};
}

}  // namespace linuxcash::till
