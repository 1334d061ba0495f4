// SPDX-License-Identifier: Apache-2.0
// Our keys at O!плати: of a payment, of its refund, of its shift. Pure, any thread.
#pragma once

#include <string>

#include "base/operation_id.h"
#include "core/receipt.h"

namespace linuxcash::oplati {

// <desk>-<shift>-<receipt>-<10 base32 of the operation id> (ruling O2): ASCII, one character
// shorter than the limit, so that the refund's key has its place. Of numbers too long for it the
// last digits stay: the id alone makes it unique.
[[nodiscard]] std::string order_number(const OperationId& id, const core::Receipt& receipt);
[[nodiscard]] std::string refund_number(const std::string& order_number);

// DDMMYYYY-<shift>: what the list of a shift is asked with; the shift's number tells several shifts
// of a day apart. Only the number when the receipt has no date.
[[nodiscard]] std::string shift_label(const core::Receipt& receipt);

}  // namespace linuxcash::oplati
