// SPDX-License-Identifier: Apache-2.0
// What the journal holds: append-only records, and the operations that are folded from them. Plain
// values, no threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/money.h"
#include "base/operation_id.h"
#include "base/result.h"
#include "core/outcome.h"

namespace linuxcash::core {

enum class OperationKind { Pay, Undo, Refund, RefundUndo };
enum class ObligationKind { Undo, Refund, Confirm };
enum class Settled { Kept, Undone };

[[nodiscard]] std::string_view name(OperationKind kind);
[[nodiscard]] std::optional<OperationKind> parse_operation_kind(std::string_view word);
[[nodiscard]] std::string_view name(ObligationKind kind);
[[nodiscard]] std::optional<ObligationKind> parse_obligation_kind(std::string_view word);
[[nodiscard]] std::string_view name(Settled settled);
[[nodiscard]] std::optional<Settled> parse_settled(std::string_view word);

// Durable before the first byte that can move money: all that is needed to ask, undo or refund
// later.
struct Intent {
    OperationKind kind = OperationKind::Pay;
    std::optional<OperationId> target;  // of an undo or a refund
    int type = 0;  // number of the payment type
    std::string receipt_uid;
    std::int64_t receipt_number = 0;
    std::string shift_label;  // how the gateway groups payments of a shift
    Money sum;
    std::string order_number;  // our key at the gateway, one for ever
    std::string cashier;
    friend bool operator==(const Intent&, const Intent&) = default;
};

// A helpful fact, never needed for safety.
struct Learned {
    std::string payment_id;  // the gateway's number
    friend bool operator==(const Learned&, const Learned&) = default;
};

// Final: it never changes. A late success adds an obligation.
struct Ended {
    Outcome outcome = Outcome::Unknown;
    Reason reason = Reason::None;
    std::string text;  // what the cashier read
    friend bool operator==(const Ended&, const Ended&) = default;
};

// Something is owed from here on. A second one of another kind replaces the first (an undo that
// became a refund).
struct Owed {
    ObligationKind kind = ObligationKind::Undo;
    std::string order_number;  // the refund's own key; empty for an undo
    friend bool operator==(const Owed&, const Owed&) = default;
};

// Proven done; `how` is for people.
struct Discharged {
    std::string how;
    friend bool operator==(const Discharged&, const Discharged&) = default;
};

// The host's durable word.
struct HostSettled {
    Settled settled = Settled::Kept;
    friend bool operator==(const HostSettled&, const HostSettled&) = default;
};

using Fact = std::variant<Intent, Learned, Ended, Owed, Discharged, HostSettled>;

struct Record {
    OperationId operation;
    Fact fact;
    std::int64_t at_ms = 0;  // wall clock, Unix milliseconds: for people only, decides nothing
    friend bool operator==(const Record&, const Record&) = default;
};

// An operation as its records tell it.
struct Operation {
    OperationId id;
    Intent intent;
    std::string payment_id;
    std::optional<Ended> ended;
    std::optional<Owed> owed;  // the last obligation; still owed unless discharged
    std::optional<Discharged> discharged;
    std::optional<Settled> settled;
    std::int64_t began_at_ms = 0;
    std::int64_t owed_at_ms = 0;

    [[nodiscard]] bool owes() const { return owed && !discharged; }
    // Nothing will ever be added that matters: ended, nothing owed, and settled (or nothing to
    // settle: it moved no money and never was in doubt).
    [[nodiscard]] bool closed() const;
    // Money moved, or may have, and the host has not said its word yet.
    [[nodiscard]] bool unclaimed() const;
};

// The sum of every refund of a payment that moved money, or may have. `about`: the operations that
// have the payment as their target.
[[nodiscard]] Money given_back(const Operation& payment, const std::vector<Operation>& about);

// What may still be given back of an approved payment. Nothing is left of one that did not come
// about, or whose undo is owed or done, or of what is no payment.
[[nodiscard]] Money left_to_refund(const Operation& payment, const std::vector<Operation>& about);

// Folds records, in journal order, into operations in order of their intents. A record without its
// intent, a second intent or a second end is damage, and named in the error.
[[nodiscard]] Result<std::vector<Operation>> fold(const std::vector<Record>& records);
// Adds one record to an operation; nullopt as `operation` for its intent.
[[nodiscard]] Result<Operation> fold(std::optional<Operation> operation, const Record& record);

}  // namespace linuxcash::core
