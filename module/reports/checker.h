// SPDX-License-Identifier: Apache-2.0
// Whether a template goes with the data it will get. For this folder's sources; pure, any thread.
#pragma once

#include <vector>

#include "reports/data.h"
#include "reports/tree.h"

namespace linuxcash::reports {

// As Template::check.
[[nodiscard]] std::vector<Text> check_block(const Block& block, const Shape& record);

}  // namespace linuxcash::reports
