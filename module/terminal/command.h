// SPDX-License-Identifier: Apache-2.0
// What the register can be told to do: commands, answers to dialogs, answers given beforehand; and
// the reader of their one-line JSON form. Plain values, no threads.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/decimal.h"
#include "base/money.h"
#include "base/result.h"
#include "core/receipt.h"
#include "host/values.h"
#include "json/json.h"

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

struct Annul {};  // of the open receipt
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

// A command of the contract that this version cannot carry out.
struct Unavailable {};

using Action = std::variant<
    Login, ShiftOpen, ShiftClose, Item, Storno, PaymentTypes, Pay, Close, PaymentCancel, Annul,
    Queue, QueuePush, State, Wait, Fiscal, Printer, Unavailable>;

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
