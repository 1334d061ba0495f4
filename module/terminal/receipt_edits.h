// SPDX-License-Identifier: Apache-2.0
// The arithmetic of a receipt at the till: lines, local discounts, payments, change. Pure, any
// thread.
#pragma once

#include <optional>

#include "base/result.h"
#include "terminal/command.h"
#include "till/receipt.h"
#include "till/till.h"

namespace linuxcash::terminal {

// What lines of a receipt may be.
struct LineLimits {
    int max_discount_percent = 100;
    bool respect_minimum_price = true;
};

inline constexpr int kQuantityPlacesMax = 3;
inline constexpr std::size_t kLinesMax = 1000;
inline constexpr std::int64_t kLineMinorMax =
    1'000'000'000'000;  // keeps every sum far from 64 bits

// All of these change the receipt only when they succeed; InvalidInput says what is wrong. Lines
// are frozen once money has moved, and in a refund by a sale receipt always.
[[nodiscard]] Result<> add_item(till::Receipt& receipt, const Item& item, const LineLimits& limits);
[[nodiscard]] Result<> remove_line(till::Receipt& receipt, int index);

// Money has moved for this receipt and was not given back.
[[nodiscard]] bool has_money(const till::Receipt& receipt);
// Whether a payment in cash stands in it.
[[nodiscard]] bool has_cash(const till::Receipt& receipt);
[[nodiscard]] bool has_lines(const till::Receipt& receipt);
// The payment that is taken back first; nullptr: none holds money.
[[nodiscard]] const till::Payment* last_with_money(const till::Receipt& receipt);
// All is paid, and there is something to close.
[[nodiscard]] bool is_paid(const till::Receipt& receipt);

// The sum that a payment of that type takes: the wish, or the rest. Only cash may exceed the rest,
// and only in a sale.
[[nodiscard]] Result<Money> payable(
    const till::Receipt& receipt, const till::PaymentType& type, const std::optional<Money>& wish);

// Adds a payment with money, under the next number, and counts the change anew.
void add_payment(till::Receipt& receipt, till::Payment payment);
// Takes its money off the receipt; the line stays for the record. Counts the change anew. A closed
// receipt whose last money is taken back is annulled.
void cancel_payment(till::Receipt& receipt, int number);

}  // namespace linuxcash::terminal
