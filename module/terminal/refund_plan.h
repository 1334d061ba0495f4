// SPDX-License-Identifier: Apache-2.0
// What a sale still holds after its refunds, and how a refund is made of it: exact to the minor
// unit, line by line and payment by payment. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/decimal.h"
#include "base/money.h"
#include "base/result.h"
#include "till/receipt.h"

namespace linuxcash::terminal {

// A line of the sale that is wanted back.
struct RefundLine {
    int index = 0;  // of the sale
    std::optional<Decimal> quantity = {};  // nullopt: all that is left
};

// A sum that a payment type gives back.
struct RefundPayment {
    int valutcode = 0;
    Money sum;
};

struct LineRest {
    till::Line line;  // as it was sold
    std::int64_t thousandths = 0;  // of the quantity that is left
    Money total;  // of the line's net total that is left
};

struct PaymentRest {
    till::Payment payment;  // of the sale
    Money sum;  // that it still holds: less the change, less what was given back
};

struct SaleRest {
    std::vector<LineRest> lines;
    std::vector<PaymentRest> payments;  // oldest first
};

// Annulled refunds count nowhere; open ones do.
[[nodiscard]] SaleRest rest_of(
    const till::Receipt& sale, const std::vector<till::Receipt>& refunds);

// The lines of the refund receipt; no wish means all that is left. A part of a quantity gets
// its share of the line's stored net total, and the last part exactly what is left. InvalidInput
// says what cannot come back.
[[nodiscard]] Result<std::vector<till::Line>> refund_lines(
    const SaleRest& rest, const std::optional<std::vector<RefundLine>>& wish);

// How much of which payment of the sale goes back.
struct RefundPart {
    till::Payment of;  // the sale's
    Money sum;
};

// `sum` by any payments, oldest first.
[[nodiscard]] Result<std::vector<RefundPart>> refund_parts(const SaleRest& rest, const Money& sum);
// By payments of the named types, each up to what they hold.
[[nodiscard]] Result<std::vector<RefundPart>> refund_parts(
    const SaleRest& rest, const std::vector<RefundPayment>& wish);

// Tells payments that were wholly given back from those that hold money. `closed_refunds`: none
// that is open or annulled.
void mark_refunded(till::Receipt& sale, const std::vector<till::Receipt>& closed_refunds);

// `part` of `whole` parts of `sum`, rounded half up. 0 ≤ part ≤ whole, whole above 0, sum not
// below 0, all below 2^62.
[[nodiscard]] Money share_of(const Money& sum, std::int64_t part, std::int64_t whole);

}  // namespace linuxcash::terminal
