// SPDX-License-Identifier: Apache-2.0
// Documents that the register hands to modules or gets from them: the receipt, and slips. Pure, any
// thread.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "core/slip.h"
#include "json/json.h"
#include "till/receipt.h"
#include "till/till.h"

namespace linuxcash::terminal {

// The document `receipt` of the contract, as the receipt stands, without the payment `without` if
// given.
[[nodiscard]] json::Value receipt_document(
    const till::Receipt& receipt, const till::Shift& shift, std::optional<int> without);

// The array of elements of a slip; an empty array when there are none.
[[nodiscard]] json::Value slip_elements(const core::slip::Slip& slip);

// The slip that a document describes: members of another kind take their defaults, elements of an
// unknown type are left out. InvalidInput when it is no slip at all.
[[nodiscard]] Result<core::slip::Slip> read_slip(const json::Value& document);

}  // namespace linuxcash::terminal
