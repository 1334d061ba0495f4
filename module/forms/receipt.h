// SPDX-License-Identifier: Apache-2.0
// The data of the forms "receipt" and "annulment". Pure, any thread.
#pragma once

#include <cstdint>

#include "reports/data.h"
#include "till/receipt.h"

namespace linuxcash::forms {

// Lines that stand and payments that hold money. `now_ms`: Unix time of printing.
[[nodiscard]] reports::Record receipt_data(const till::Receipt& receipt, std::int64_t now_ms);

}  // namespace linuxcash::forms
