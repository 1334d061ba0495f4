// SPDX-License-Identifier: Apache-2.0
// SQLite's result codes in our own words; only for this folder's sources. Pure, any thread.
#pragma once

#include <string>

#include "base/result.h"

struct sqlite3;

namespace linuxcash::store {

// The error that an extended result code means; `database` may be null when there is none.
[[nodiscard]] Error sqlite_error(sqlite3* database, int extended_code, const std::string& path);

}  // namespace linuxcash::store
