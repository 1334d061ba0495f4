// SPDX-License-Identifier: Apache-2.0
// Loads a module's shared object, only from where nobody but root and we can have put it. Load from
// one thread; afterwards plain values. A loaded library is never unloaded: modules are linked that
// way.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

#include "base/result.h"
#include "host/values.h"
#include "linuxcash/paysystem.h"

namespace linuxcash::host {

// A copy of the module's table: members that its maker did not know are null.
class ModuleLibrary {
public:
    // Loads <modules_dir>/<name>.so, as load_symbol() does. Unsupported, too: made for another
    // major version of the contract. InvalidInput, too: a wrong description.
    [[nodiscard]] static Result<ModuleLibrary> load(
        const std::filesystem::path& modules_dir, const std::string& name, uid_t uid);

    // Checks and copies the table of a module that is already in this process.
    [[nodiscard]] static Result<ModuleLibrary> adopt(const lc_module* table);

    [[nodiscard]] const lc_module& table() const { return table_; }
    // Its `conversation` is complete: table().conversation points to the module's own, which may be
    // shorter.
    [[nodiscard]] const lc_conversation& conversation() const { return conversation_; }
    [[nodiscard]] const Description& description() const { return description_; }

private:
    lc_module table_{};
    lc_conversation conversation_{};
    Description description_;
};

}  // namespace linuxcash::host
