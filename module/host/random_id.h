// SPDX-License-Identifier: Apache-2.0
// New names for operations and receipts, from the system's random numbers. Any thread.
#pragma once

#include "base/operation_id.h"
#include "base/result.h"

namespace linuxcash::host {

// 16 bytes of getrandom(); Io when the system gives none.
[[nodiscard]] Result<OperationId> random_operation_id();

}  // namespace linuxcash::host
