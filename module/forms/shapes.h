// SPDX-License-Identifier: Apache-2.0
// The fields of each group of forms, next to what fills them. For this folder's sources; pure, any
// thread.
#pragma once

#include <vector>

#include "reports/data.h"

namespace linuxcash::forms {

using Fields = std::vector<reports::Shape>;

[[nodiscard]] Fields receipt_fields();  // receipt, annulment
[[nodiscard]] Fields shift_fields();  // x, z
[[nodiscard]] Fields comparison_fields();  // oplat
[[nodiscard]] Fields queue_fields();
[[nodiscard]] Fields operation_fields();  // payment, refund, undo, unknown
[[nodiscard]] Fields loyalty_fields();

}  // namespace linuxcash::forms
