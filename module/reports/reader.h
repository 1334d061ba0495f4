// SPDX-License-Identifier: Apache-2.0
// From XML to the tree of a template. For this folder's sources; pure, any thread.
#pragma once

#include "base/result.h"
#include "reports/template.h"
#include "reports/tree.h"

namespace linuxcash::reports {

// As Template::read.
[[nodiscard]] Result<Block> read_block(const Source& source, const Include& include);

}  // namespace linuxcash::reports
