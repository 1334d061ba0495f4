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
    // Loads <modules_dir>/<name>.so. The name is 1 to 64 of [a-z0-9_-]; the folder an absolute path
    // without links and "..". File, folder and every folder above must belong to root or to `uid`,
    // and only they may write there; a folder above may be open to others if it is sticky (/tmp),
    // because nobody can then replace what is ours in it. So a developer's own tree under --root
    // works, and a planted file or folder does not.
    //
    // NotFound: no such file. Denied: somebody else could have changed it. Unsupported: no module,
    // or made for another major version of the contract. InvalidInput: a wrong name, folder or
    // description. Io: the loader says no.
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

// Whether nobody but root and `uid` can change what lies at `path`, an absolute one. The first
// folder or file at fault is named in the error: Denied, NotFound, InvalidInput (a link, "..", a
// relative path), Io.
[[nodiscard]] Result<> check_trusted_file(const std::filesystem::path& path, uid_t uid);

}  // namespace linuxcash::host
