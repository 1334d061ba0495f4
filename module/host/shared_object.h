// SPDX-License-Identifier: Apache-2.0
// Loads shared objects, only from where nobody but root and we can have put them. Load from one
// thread; a loaded library is never unloaded.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

#include "base/result.h"

namespace linuxcash::host {

struct SharedObject {
    std::filesystem::path folder;
    std::string name;  // of <folder>/<name>.so
    std::string symbol;  // the function that it exports
};

// The address of the symbol. The name is 1 to 64 of [a-z0-9_-]; the folder an absolute path without
// links and "..". File, folder and every folder above must belong to root or to `uid`, and only
// they may write there; a folder above may be open to others if it is sticky (/tmp), because nobody
// can then replace what is ours in it. So a developer's own tree under --root works, and a planted
// file or folder does not.
//
// NotFound: no such file. Denied: somebody else could have changed it. Unsupported: it has no such
// function. InvalidInput: a wrong name or folder. Io: the loader says no.
[[nodiscard]] Result<void*> load_symbol(const SharedObject& object, uid_t uid);

// Whether nobody but root and `uid` can change what lies at `path`, an absolute one. The first
// folder or file at fault is named in the error: Denied, NotFound, InvalidInput (a link, "..", a
// relative path), Io.
[[nodiscard]] Result<> check_trusted_file(const std::filesystem::path& path, uid_t uid);

}  // namespace linuxcash::host
