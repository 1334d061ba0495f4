// SPDX-License-Identifier: Apache-2.0
// What the register can be told to do: commands, answers to dialogs, answers given beforehand; and
// the reader of their one-line JSON form. Plain values, no threads.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/decimal.h"
#include "base/money.h"
#include "base/result.h"
#include "core/receipt.h"
#include "host/values.h"
#include "json/json.h"
#include "terminal/refund_plan.h"

namespace linuxcash::terminal {

struct Login {
    std::string cashier;
};
struct ShiftOpen {};
struct ShiftClose {};

struct Item {
    std::string code = {};
    std::string name = {};
    std::string barcode = {};
    std::string article = {};
    std::string unit = {};
    core::LineType type = core::LineType::Goods;
    Decimal quantity;
    Money price;
    Money discount;  // on the whole line
    std::optional<Money> minimum_price = {};
};

struct Storno {
    int index = 0;
};
struct PaymentTypes {};

struct Pay {
    int valutcode = 0;
    std::optional<Money> sum = {};  // nullopt: the rest
};

struct Close {};

struct PaymentCancel {
    std::optional<int> payment = {};  // nullopt: the last
    bool silent = false;
};

struct Annul {
    std::optional<std::int64_t> receipt = {};  // a closed sale; nullopt: the open receipt
};

// A refund by a sale receipt.
struct Refund {
    std::int64_t receipt = 0;  // of the sale
    std::optional<std::vector<RefundLine>> lines = {};  // nullopt: all that is left
    std::optional<int> valutcode = {};
    std::vector<RefundPayment> payments = {};  // empty, without a valutcode: the types of the sale
    bool hold = false;  // the refund receipt stays open
    bool silent = false;
};

struct RefundCancel {
    std::int64_t receipt = 0;  // of the refund
};

// What a sale still holds; only the screen asks.
struct RefundLook {
    std::int64_t receipt = 0;
};

struct ReturnOpen {};

struct Reconcile {
    int valutcode = 0;
    std::optional<std::int64_t> shift = {};  // nullopt: the last
};

// A report on paper; it changes nothing.
struct Report {
    std::string name;  // "x", "z", "oplat", "queue"
    std::optional<std::int64_t> shift = {};  // nullopt: the one that fits
};
// Whether there is a report of that name.
[[nodiscard]] bool is_report(std::string_view name);

// An action as keys have it.
struct RunAction {
    std::string command;  // "COMMAND_CARD"
    std::map<std::string, std::string> parameters = {};
};

struct Key {
    std::string key;  // "F7"
};

struct CardRemove {};
struct Queue {};
struct QueuePush {};
struct State {};

struct Wait {
    int ms = 0;
};

struct Fiscal {
    bool fail_next = false;
};

enum class PrinterState { Ok, PaperOut, CoverOpen, Unplugged };

struct Printer {
    PrinterState state = PrinterState::Ok;
};

struct Reprint {
    std::optional<std::int64_t> slip;  // nullopt: the last one
};

// A command of the contract that this version cannot carry out.
struct Unavailable {};

using Action = std::variant<
    Login, ShiftOpen, ShiftClose, Item, Storno, PaymentTypes, Pay, Close, PaymentCancel, Annul,
    Refund, RefundCancel, RefundLook, ReturnOpen, Reconcile, Report, RunAction, Key, CardRemove,
    Queue, QueuePush, State, Wait, Fiscal, Printer, Reprint, Unavailable>;

struct Command {
    std::string word;  // "pay"
    Action action;
};

// Whether exactly one `finished` follows the command, however it ends.
[[nodiscard]] bool has_finish(std::string_view word);

// Reacts to the open dialog.
struct GivenValue {
    std::string text;
    std::string by = {};  // "scanner", "keyboard", "reader"; empty: the way that the dialog prefers
};
struct GivenChoice {
    int index = 0;
};
struct GivenOk {};
struct GivenCancel {};  // the Cancel key

using Given = std::variant<GivenValue, GivenChoice, GivenOk, GivenCancel>;

// Answers the next dialog of that kind.
struct Prepared {
    std::optional<host::Input> input = {};  // nullopt: a choice
    std::string text = {};
    int index = 0;
    bool cancel = false;
};

struct Input {
    json::Value id;  // echoed in every event that it causes; null: none
    std::variant<Command, Given, Prepared> what;
};

// What a line was not, with the id that its events must bear if it had one.
struct Malformed {
    json::Value id;
    Text text;
};

// One line of the script. Money is read in `currency`.
[[nodiscard]] std::variant<Input, Malformed> read_input(std::string_view line, Currency currency);

}  // namespace linuxcash::terminal
