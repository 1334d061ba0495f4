// SPDX-License-Identifier: Apache-2.0
// Storing our words on operations inside a transaction of the caller. For this folder's sources;
// one thread.
#pragma once

#include "base/result.h"
#include "store/database.h"
#include "till/till.h"

namespace linuxcash::till {

// NotFound; InvalidInput for a second, different word.
[[nodiscard]] Result<> store_word(store::Database& database, const Word& word);

}  // namespace linuxcash::till
