// SPDX-License-Identifier: Apache-2.0
// The simulated O!plati's books: payments and tokens as folded from the ledger's events. One thread
// at a time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/money.h"
#include "base/result.h"
#include "json/json.h"

namespace linuxcash::simulator::oplati {

// Statuses of a payment on the wire; any other number may come from a rule.
inline constexpr int kInProgress = 0;
inline constexpr int kOk = 1;
inline constexpr int kCancelled = 5;

inline constexpr int kSale = 1;
inline constexpr int kReversal = 3;

enum class EventKind {
    Token,  // a token came into force
    TokenReset,  // the merchant's cabinet dropped it
    Created,  // a sale or a reversal was accepted; no money has moved
    Captured,  // money went from the buyer to the merchant
    Refunded,  // money went back for a reversal
    Failed,  // the payment ended in another way
    Cancelled,  // a sale was cancelled; `sum` is the money that went back
    RefundCancelled,  // a reversal was cancelled; `sum` is the money that came to the merchant
                      // again
};

struct Event {
    EventKind kind = EventKind::Token;
    std::int64_t at_ms = 0;
    std::string desk;
    std::string token;  // Token
    std::int64_t payment_id = 0;
    std::int64_t sale_id = 0;  // of a reversal
    std::string order_number;
    std::string shift;
    Money sum;
    int status = kInProgress;  // Failed: the end; Created: the end that is planned
    std::int64_t due_ms = -1;  // Created: when the end comes; -1: never by itself
    std::string lie;  // Created
};

[[nodiscard]] json::Value to_json(const Event& event);
[[nodiscard]] Result<Event> parse_event(const json::Value& document);

struct Payment {
    std::int64_t id = 0;
    int type = kSale;
    std::int64_t sale_id = 0;
    std::string desk;
    std::string order_number;
    std::string shift;
    Money sum;
    int status = kInProgress;
    int planned_status = kInProgress;
    std::int64_t due_ms = -1;
    std::int64_t created_ms = 0;
    std::int64_t paid_ms = 0;
    std::string lie;
    bool captured = false;  // of a sale: the buyer's money was taken, whatever came later
    Money refunded;  // of a sale: by reversals that are waiting or done
    Money given_back;  // of a sale: by its technical cancel
};

struct DeskToken {
    std::string value;  // empty: there is none
    std::uint64_t issued = 0;
};

class Book {
public:
    void apply(const Event& event);

    [[nodiscard]] const Payment* find(std::int64_t id) const;
    // The newest of that number, sale or reversal.
    [[nodiscard]] const Payment* find(std::string_view desk, std::string_view order_number) const;
    [[nodiscard]] const std::map<std::int64_t, Payment>& payments() const { return payments_; }
    // What a reversal may still take from a sale.
    [[nodiscard]] Money remainder(const Payment& sale) const;
    [[nodiscard]] const DeskToken* token(std::string_view desk) const;

private:
    void created(const Event& event);
    void ended(const Event& event);

    std::map<std::int64_t, Payment> payments_;
    std::map<std::string, std::int64_t, std::less<>> by_order_;  // "desk/order" → newest payment
    std::map<std::string, DeskToken, std::less<>> tokens_;
};

// What a test asks after a run: for each order number what was charged, given back and kept, and
// the totals.
[[nodiscard]] json::Value summary(const Book& book);

}  // namespace linuxcash::simulator::oplati
