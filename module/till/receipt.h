// SPDX-License-Identifier: Apache-2.0
// A receipt as the reference POS keeps it: lines, payments with their operations, change, notes of
// modules. Plain values, no threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/money.h"
#include "base/operation_id.h"
#include "core/receipt.h"

namespace linuxcash::till {

enum class ReceiptState { Open, Closed, Annulled };
// Added: on the receipt, no money yet. Processed: money moved. Cancelled: undone, the line stays
// for the record. Refunded: wholly given back by a refund receipt.
enum class PaymentState { Added, Processed, Cancelled, Refunded };

// The words of scripts and of the database; each list in one table.
[[nodiscard]] std::string_view name(ReceiptState state);
[[nodiscard]] std::optional<ReceiptState> parse_receipt_state(std::string_view word);
[[nodiscard]] std::string_view name(PaymentState state);
[[nodiscard]] std::optional<PaymentState> parse_payment_state(std::string_view word);
[[nodiscard]] std::string_view name(core::ReceiptType type);
[[nodiscard]] std::optional<core::ReceiptType> parse_receipt_type(std::string_view word);
[[nodiscard]] std::string_view name(core::LineType type);
[[nodiscard]] std::optional<core::LineType> parse_line_type(std::string_view word);
[[nodiscard]] std::string_view name(core::PaymentKind kind);
[[nodiscard]] std::optional<core::PaymentKind> parse_payment_kind(std::string_view word);

// A core line, and what only the POS needs of it.
struct Line : core::ReceiptLine {
    std::optional<Money> minimum_price;
    bool removed = false;  // stornoed: kept for the export, counts nowhere
    int sale_index = 0;  // refund receipts: the line of the sale that comes back; 0 otherwise
    friend bool operator==(const Line&, const Line&);
};

struct Payment {
    int number = 0;  // from 1 within the receipt, never used again
    int valutcode = 0;
    core::PaymentKind kind = core::PaymentKind::Other;
    std::string name;  // of the payment type, as it was then
    Money
        sum;  // as handed over: cash may exceed what is due, the receipt's change says by how much
    PaymentState state = PaymentState::Added;
    std::optional<OperationId> operation;  // of the module; cash has none
    std::string gateway_id;
    std::string card;  // masked number of what paid; never the whole one
    std::string slip_text;  // the slip as plain text: the column `slip` of exports
    std::string report_text;  // report info of the module
    std::string report_card_type;
    std::string custom_data;  // the column `additionaldata` of exports
    std::string note;  // the module's, as it stood when the payment was made
    int refunds_payment =
        0;  // refund receipts: number of the sale's payment that is given back; 0 otherwise
    friend bool operator==(const Payment&, const Payment&) = default;
};

inline constexpr std::size_t kNoteLimit = 32 * 1024;

struct Receipt {
    std::string uid;  // names it for ever; unique
    std::int64_t number = 0;  // what people read; from Till::next_receipt_number, never used again
    core::ReceiptType type = core::ReceiptType::Sale;
    ReceiptState state = ReceiptState::Open;
    bool held = false;  // stays open though it is paid, until somebody closes it
    std::int64_t revision = 0;  // the terminal adds 1 with each change
    std::int64_t shift = 0;
    std::string desk;
    std::string cashier;
    std::string sale_uid;  // of a refund by a sale receipt; else empty
    std::string card;  // loyalty card or phone; else empty
    Currency currency;
    Money change;
    std::vector<Line> lines;
    std::vector<Payment> payments;
    std::map<std::string, std::string> notes;  // by module name; at most kNoteLimit bytes each
    std::int64_t opened_at_ms = 0;  // Unix time, for people only
    std::int64_t closed_at_ms = 0;  // closed or annulled; 0 while open
    friend bool operator==(const Receipt&, const Receipt&) = default;

    // Of the lines that were not removed.
    [[nodiscard]] Money total() const;
    // Processed payments less the change.
    [[nodiscard]] Money paid() const;
    // What is still to be paid; never below zero.
    [[nodiscard]] Money due() const;
    // nullptr when there is none of that number.
    [[nodiscard]] const Payment* payment(int payment_number) const;
    [[nodiscard]] Payment* payment(int payment_number);
    // The number for the next payment line.
    [[nodiscard]] int next_payment_number() const;
};

}  // namespace linuxcash::till
