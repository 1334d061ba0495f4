// SPDX-License-Identifier: Apache-2.0
// The tables of the till's database, by version. Pure constants and one function; one thread.
#pragma once

#include "base/result.h"
#include "store/database.h"

namespace linuxcash::till {

inline constexpr int kSchemaVersion = 4;

// Creates what is missing, and brings an older version up to this one. Unsupported: written by a
// newer version. Damaged: another program's database.
[[nodiscard]] Result<> prepare_schema(store::Database& database);

}  // namespace linuxcash::till
