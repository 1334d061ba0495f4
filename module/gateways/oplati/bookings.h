// SPDX-License-Identifier: Apache-2.0
// O!плати's list of a shift, row by row, for the reconciliation. Pure, any thread.
#pragma once

#include "core/gateway.h"
#include "json/json.h"

namespace linuxcash::oplati {

// One booking a row, nothing left out: a row that cannot be read, or is of a kind that this
// register does not make, has the verdict Technical and what is readable of it.
[[nodiscard]] core::Bookings bookings(const json::Array& rows);

}  // namespace linuxcash::oplati
