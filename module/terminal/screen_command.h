// SPDX-License-Identifier: Apache-2.0
// What a cashier types at the plain screen, as commands of the register. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/money.h"
#include "base/text.h"
#include "terminal/command.h"

namespace linuxcash::terminal {

struct HelpWish {};
struct ExitWish {};
struct NothingTyped {};
struct NotUnderstood {
    Text text;
};

using Typed = std::variant<Input, HelpWish, ExitWish, NothingTyped, NotUnderstood>;

// A line typed while no question waits. A comma in numbers is a point.
[[nodiscard]] Typed read_typed(std::string_view line, Currency currency);

// What the cashier wants back of sale `receipt`: "всё", or lines "1*2 3", and "тип 20" behind them
// if it matters how.
[[nodiscard]] Typed read_refund_wish(std::string_view line, std::int64_t receipt);

// The function key that a terminal sent: "F7" of "\x1B[18~"; nullopt: it is none.
[[nodiscard]] std::optional<std::string> function_key(std::string_view line);

// Whether the line means the Cancel key: "отмена", or Esc before Enter.
[[nodiscard]] bool is_cancel(std::string_view line);

struct HelpLine {
    std::string_view usage;  // what to type
    Text what;
};

[[nodiscard]] std::vector<HelpLine> help_lines();

}  // namespace linuxcash::terminal
