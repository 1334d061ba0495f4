// SPDX-License-Identifier: Apache-2.0
// The reference POS's database: receipts, shifts, operations with modules, slips, payment types,
// card groups, keys. One thread at a time per Till; every call may wait for the disk. Writes are on
// the disk when they return, unless said.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/operation_id.h"
#include "base/places.h"
#include "base/result.h"
#include "core/records.h"
#include "till/receipt.h"

namespace linuxcash::till {

inline constexpr int kCashValutcode = 1;  // cash, always there
inline constexpr int kKkmMin = 2;
inline constexpr int kKkmMax = 13;

// What the cashier picks to pay with.
struct PaymentType {
    int valutcode = 0;  // 1 … 9999
    std::string system;  // module, or module:key ("webmoney:SBP"); empty: none
    std::string name;
    int kkm = 0;  // number in the cash register, kKkmMin … kKkmMax; 0 for cash, and to ask for the
                  // first free one
    core::PaymentKind kind = core::PaymentKind::Other;
    bool fiscal = true;
    friend bool operator==(const PaymentType&, const PaymentType&) = default;

    // "webmoney" of "webmoney:SBP".
    [[nodiscard]] std::string_view module() const;
    // "SBP" of "webmoney:SBP"; else empty.
    [[nodiscard]] std::string_view system_key() const;
};

struct CardGroup {
    int code = 0;  // 1 … 9999
    std::string name;
    int inputmask = 0;  // ways of input, 32: from a payment system
    std::string pattern;  // regular expression of the number; empty: any
    friend bool operator==(const CardGroup&, const CardGroup&) = default;
};

// What a key does.
struct Action {
    std::string key;  // "F7"
    std::string command;  // "COMMAND_CARD"
    std::map<std::string, std::string> parameters;
    friend bool operator==(const Action&, const Action&) = default;
};

struct Shift {
    std::int64_t number = 0;  // from 1
    std::string date;  // YYYY-MM-DD: the day on which it was opened
    std::string cashier;
    bool open = false;
    std::int64_t opened_at_ms = 0;
    std::int64_t closed_at_ms = 0;  // 0 while open
    friend bool operator==(const Shift&, const Shift&) = default;
};

// An operation with a module, stored before it begins. It leaves the list when the module has been
// told our word.
struct Operation {
    OperationId id;
    core::OperationKind kind = core::OperationKind::Pay;
    std::string system;  // name of the module
    int valutcode = 0;
    Money sum;
    std::string receipt_uid;
    std::int64_t receipt_number = 0;
    int payment = 0;  // the payment line it belongs to, once there is one
    std::optional<OperationId> target;  // of an undo or a refund
    std::optional<core::Settled> word;  // our durable word; nullopt: the operation may still run
    friend bool operator==(const Operation&, const Operation&) = default;
};

// Our word on one operation, stored in the same transaction as the receipt that it is about.
struct Word {
    OperationId id;
    core::Settled settled = core::Settled::Kept;
    friend bool operator==(const Word&, const Word&) = default;
};

enum class Printed {
    Yes,
    No,  // and nobody waits for it
    Owed,  // nothing of it is on paper, and it will be printed
    InDoubt,  // given to the printer, which has not said how it ended: printed again
};
[[nodiscard]] std::string_view name(Printed printed);
[[nodiscard]] std::optional<Printed> parse_printed(std::string_view word);

struct Slip {
    std::int64_t number = 0;  // given by add_slip
    std::string receipt_uid;  // empty: belongs to no receipt
    std::string target = "receipt";
    std::vector<std::string> lines;  // as laid out
    std::string elements =
        "[]";  // document: the array of elements of a slip, as documents.md has it
    Printed printed = Printed::No;
    std::int64_t at_ms = 0;
    friend bool operator==(const Slip&, const Slip&) = default;
};

// How one comparison of a shift with a gateway went.
struct Reconciliation {
    std::int64_t number = 0;  // given by add_reconciliation
    std::string system;  // name of the module
    int valutcode = 0;
    std::int64_t shift = 0;
    std::string outcome;  // "done", "refused", …
    std::string text;  // what the cashier read
    std::string comparison;  // document; empty when none was made
    std::int64_t slip = 0;  // number of its slip; 0: none
    std::int64_t at_ms = 0;
    friend bool operator==(const Reconciliation&, const Reconciliation&) = default;
};

// What a shift has brought. Annulled receipts count nowhere.
struct ShiftSums {
    Money sold_before;  // by all shifts before it
    Money sold;
    Money refunded;
    Money cash;  // taken less given out; may be below zero
    friend bool operator==(const ShiftSums&, const ShiftSums&) = default;
};

enum class Access {
    Owner,  // the terminal: holds the lock, creates the database, writes everything
    Guest,  // tools beside a running terminal: read all, write payment types, card groups and
            // actions
};

class Till {
public:
    // Busy: another process owns it (Owner only). Unsupported: written by a newer version. Damaged:
    // not our database. Both kinds create a missing database, with `owner` if given.
    [[nodiscard]] static Result<Till> open(
        const Places& places, Access access, std::optional<linuxcash::Owner> owner = std::nullopt);
    Till(Till&&) noexcept;
    Till& operator=(Till&&) noexcept;
    ~Till();

    // ---- Settings-like tables; Guests may write them ----

    // Cash first, then by valutcode. Cash is always there.
    [[nodiscard]] Result<std::vector<PaymentType>> payment_types();
    // NotFound.
    [[nodiscard]] Result<PaymentType> payment_type(int valutcode);
    // Adds or replaces; gives it back with its ККМ number. InvalidInput: a number out of range or
    // taken, no name, a change of what cash is; TooLarge: ККМ numbers are used up.
    [[nodiscard]] Result<PaymentType> put_payment_type(const PaymentType& type);

    [[nodiscard]] Result<std::vector<CardGroup>> card_groups();
    [[nodiscard]] Result<> put_card_group(const CardGroup& group);

    [[nodiscard]] Result<std::vector<Action>> actions();
    // NotFound.
    [[nodiscard]] Result<Action> action(std::string_view key);
    [[nodiscard]] Result<> put_action(const Action& action);

    // ---- Shifts ----

    // The last shift, open or closed; nullopt before the first.
    [[nodiscard]] Result<std::optional<Shift>> last_shift();
    [[nodiscard]] Result<std::optional<Shift>> shift(std::int64_t number);
    // The next number is given here. InvalidInput when one is open, or `date` is no date.
    [[nodiscard]] Result<Shift> open_shift(
        const std::string& date, const std::string& cashier, std::int64_t at_ms);
    // InvalidInput when none is open, or a receipt is.
    [[nodiscard]] Result<Shift> close_shift(std::int64_t at_ms);

    // ---- Receipts ----

    // Sales and refunds share one sequence that never restarts.
    [[nodiscard]] Result<std::int64_t> next_receipt_number();
    // The whole receipt and our words on operations, in one transaction. Of a closed receipt only
    // the payments may change, and its state to annulled. InvalidInput: a second open receipt, a
    // number or uid that is another receipt's, payments out of order, a note over its limit, an
    // unlike word.
    [[nodiscard]] Result<> save(const Receipt& receipt, const std::vector<Word>& words = {});
    // The same for several receipts that change together.
    [[nodiscard]] Result<> save_together(
        const std::vector<Receipt>& receipts, const std::vector<Word>& words);
    [[nodiscard]] Result<std::optional<Receipt>> open_receipt();
    [[nodiscard]] Result<std::optional<Receipt>> receipt(std::int64_t number);
    [[nodiscard]] Result<std::optional<Receipt>> receipt_by_uid(std::string_view uid);
    // Of one shift, in order of their numbers.
    [[nodiscard]] Result<std::vector<Receipt>> receipts_of_shift(std::int64_t shift);
    // Refund receipts of a sale that were not annulled, in order of their numbers.
    [[nodiscard]] Result<std::vector<Receipt>> refunds_of(std::string_view sale_uid);

    // ---- Operations with modules ----

    // Before the module is told to begin: after a kill the operation is found here. InvalidInput:
    // the id is known.
    [[nodiscard]] Result<> begin_operation(const Operation& operation);
    // Those that the module was not yet told our word on, oldest first.
    [[nodiscard]] Result<std::vector<Operation>> open_operations();
    // Of receipts of that shift, oldest first, whatever became of them.
    [[nodiscard]] Result<std::vector<Operation>> operations_of_shift(std::int64_t shift);
    // NotFound.
    [[nodiscard]] Result<Operation> operation(const OperationId& id);
    // Our word without a receipt (an unclaimed payment of a receipt that we do not have). A second,
    // different word is InvalidInput.
    [[nodiscard]] Result<> put_word(const Word& word);
    // The module knows our word, or there was nothing to settle. Not synced: said twice it is
    // harmless.
    [[nodiscard]] Result<> close_operation(const OperationId& id);

    // ---- Slips ----

    // Gives the slip its number; numbers never restart.
    [[nodiscard]] Result<Slip> add_slip(const Slip& slip);
    // NotFound.
    [[nodiscard]] Result<Slip> slip(std::int64_t number);
    // The number of the newest one; nullopt: there is none.
    [[nodiscard]] Result<std::optional<std::int64_t>> last_slip();
    [[nodiscard]] Result<> mark_slip(std::int64_t number, Printed printed);
    // Those owed and those in doubt, oldest first.
    [[nodiscard]] Result<std::vector<Slip>> owed_slips();

    // ---- Comparisons with gateways ----

    // Gives it its number.
    [[nodiscard]] Result<Reconciliation> add_reconciliation(const Reconciliation& made);
    // Of one shift, oldest first.
    [[nodiscard]] Result<std::vector<Reconciliation>> reconciliations(std::int64_t shift);

    // ---- What the back office was told ----

    // Numbers of ended receipts of which the back office was not told, or not that they were
    // annulled; in order of their numbers, at most `limit`.
    [[nodiscard]] Result<std::vector<std::int64_t>> unexported_receipts(int limit);
    // As the receipt stands now. NotFound.
    [[nodiscard]] Result<> mark_receipt_exported(std::int64_t number);
    // Closed shifts that have no file yet, in order.
    [[nodiscard]] Result<std::vector<Shift>> unexported_shifts();
    // Numbers of receipts that were annulled after their shift's file was written, and stand in no
    // later one yet.
    [[nodiscard]] Result<std::vector<std::int64_t>> annulled_since_filed();
    // The file of that shift holds its receipts, and those of annulled_since_filed(). NotFound.
    [[nodiscard]] Result<> mark_shift_exported(std::int64_t number);
    // Shifts that lasted into that span of time, in order. The end is not part of the span.
    [[nodiscard]] Result<std::vector<Shift>> shifts_between(
        std::int64_t from_ms, std::int64_t to_ms);
    // Of ended receipts of one currency.
    [[nodiscard]] Result<ShiftSums> shift_sums(std::int64_t shift, Currency currency);

private:
    struct Body;
    explicit Till(std::unique_ptr<Body> body);

    [[nodiscard]] Result<std::vector<Shift>> shifts_of(const std::vector<std::int64_t>& numbers);

    std::unique_ptr<Body> body_;
};

}  // namespace linuxcash::till
