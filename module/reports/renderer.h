// SPDX-License-Identifier: Apache-2.0
// A template filled with data. For this folder's sources; pure, any thread.
#pragma once

#include "base/result.h"
#include "core/slip.h"
#include "reports/data.h"
#include "reports/tree.h"

namespace linuxcash::reports {

// As Template::fill.
[[nodiscard]] Result<core::slip::Slip> fill_block(const Block& block, const Record& data);

}  // namespace linuxcash::reports
