// SPDX-License-Identifier: Apache-2.0
// The data of the forms "x" and "z": what a shift has brought so far, or in the end. One thread at
// a time per Till; may block on the disk.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "reports/data.h"
#include "till/till.h"

namespace linuxcash::forms {

// Where and when a report is made.
struct Occasion {
    std::string desk;
    Currency currency;
    std::int64_t now_ms = 0;  // Unix time
};

// The shift of that number, or the last one. NotFound says that there is none.
[[nodiscard]] Result<till::Shift> shift_of(till::Till& till, std::optional<std::int64_t> number);

// The shift that "x" (an open one) or "z" (a closed one) is made of: of that number, or the last
// that fits. NotFound, InvalidInput say what to do instead.
[[nodiscard]] Result<till::Shift> shift_for(
    till::Till& till, std::string_view form, std::optional<std::int64_t> number);

[[nodiscard]] Result<reports::Record> shift_data(
    till::Till& till, const till::Shift& shift, const Occasion& occasion);

}  // namespace linuxcash::forms
