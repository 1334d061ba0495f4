// SPDX-License-Identifier: Apache-2.0
// The receipt as the register hands it to modules. Pure, any thread.
#pragma once

#include <optional>

#include "json/json.h"
#include "till/receipt.h"
#include "till/till.h"

namespace linuxcash::terminal {

// The document `receipt` of the contract, as the receipt stands, without the payment `without` if
// given.
[[nodiscard]] json::Value receipt_document(
    const till::Receipt& receipt, const till::Shift& shift, std::optional<int> without);

}  // namespace linuxcash::terminal
