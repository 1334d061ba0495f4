// SPDX-License-Identifier: Apache-2.0
// The words for how an operation ended, and why: one table per word list. Plain values, no threads.
#pragma once

#include <optional>
#include <string_view>

namespace linuxcash::core {

enum class Outcome { Approved, Declined, Cancelled, Refused, Unknown, Done };

[[nodiscard]] std::string_view name(Outcome outcome);
[[nodiscard]] std::optional<Outcome> parse_outcome(std::string_view word);

// Why, for programs; documents.md lists the words.
enum class Reason {
    None,
    NoLink,
    Blocked,
    Recovering,
    NotConfigured,
    Currency,
    Limit,
    Access,
    DeclinedByBuyer,
    NotEnoughMoney,
    BuyerTimeout,
    CancelledByGateway,
    CancelledByCashier,
    NoAnswer,
    GatewayRefused,
    Mismatch,
    Journal,
    Silent,
    Unsupported,
    Training,
    NotFound,
    Internal,
};

[[nodiscard]] std::string_view name(Reason reason);
[[nodiscard]] std::optional<Reason> parse_reason(std::string_view word);

enum class Level { Info, Warning, Error };

}  // namespace linuxcash::core
