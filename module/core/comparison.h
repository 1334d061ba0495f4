// SPDX-License-Identifier: Apache-2.0
// A shift's journal beside the gateway's list of it: every difference, named, with what to do about
// it. Pure values, no threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/operation_id.h"
#include "base/text.h"

namespace linuxcash::core {

enum class DifferenceKind {
    Sum,  // both have it, the sums differ
    Status,  // one says paid, the other not
    OnlyOurs,
    OnlyTheirs,
    Owed,  // an undo or a late refund is under way
    Undecided,  // recovery still asks what became of it
    NotInTill,  // the journal holds it, no receipt does
    NotInJournal,  // a receipt holds it, the journal does not
};

[[nodiscard]] std::string_view name(DifferenceKind kind);

struct Difference {
    DifferenceKind kind = DifferenceKind::Status;
    std::optional<OperationId> operation;
    std::string order_number;
    std::string payment_id;
    std::int64_t receipt_number = 0;
    std::optional<Money> ours;
    std::optional<Money> theirs;
    Text text;  // what is different
    Text remedy;  // what the administrator does
    friend bool operator==(const Difference&, const Difference&) = default;
};

// What is proven paid.
struct Totals {
    int pays = 0;
    Money paid;
    int refunds = 0;
    Money refunded;
    friend bool operator==(const Totals&, const Totals&) = default;
};

struct Comparison {
    Text title;  // of the payment system
    std::int64_t shift = 0;
    std::string shift_label;
    Currency currency;
    Totals ours;
    Totals theirs;
    std::vector<Difference> differences;
    friend bool operator==(const Comparison&, const Comparison&) = default;
};

}  // namespace linuxcash::core
