// SPDX-License-Identifier: Apache-2.0
// What the register's settings say of modules, and what a module says of itself. Loading a module
// runs none of its threads. One thread; may wait for the disk.
#pragma once

#include <string>
#include <vector>

#include "base/places.h"
#include "base/result.h"
#include "config/schema.h"
#include "host/values.h"

namespace linuxcash::cli {

// ncash.ini, checked.
[[nodiscard]] Result<config::ReadSettings> read_pos_settings(const Places& places);

// Loads the module from the folder that ncash.ini names. NotFound: there is no such module, the
// text names those that are there.
[[nodiscard]] Result<host::Description> describe_module(
    const Places& places, const std::string& name);

// Its settings as our reader and writer take them.
[[nodiscard]] config::Schema schema_of(const host::Description& description);

// Names of the modules that lie in the folder that ncash.ini names, sorted; empty when it cannot be
// read.
[[nodiscard]] std::vector<std::string> installed_modules(const Places& places);

// Names of the modules whose journals are in the tree, sorted.
[[nodiscard]] std::vector<std::string> modules_with_journals(const Places& places);

// Names of the modules that have a file of their own in ncash.ini.d, sorted.
[[nodiscard]] std::vector<std::string> switched_modules(const Places& places);

}  // namespace linuxcash::cli
