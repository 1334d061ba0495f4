// SPDX-License-Identifier: Apache-2.0
// The one writer of INI files: changes keys and keeps everything else byte for byte. Pure, any
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace linuxcash::config {

struct IniChange {
    std::string section;  // empty: before the first section
    std::string key;
    std::optional<std::string> value;  // nullopt: the key is taken out
};

// The text with the changes made in their order. A key that is set is replaced on its line; else
// its line is placed behind the commented default (";key = …") of its section, else at the end of
// the section, else in a new section at the end. A value that is already there changes no byte.
// Comments, order, unknown keys, line endings and byte order mark are kept. `file` is only named in
// errors. InvalidInput: the text is no INI file that our reader takes (with file and line), or a
// change could not be read back (line break, over-long, not UTF-8, an impossible key).
[[nodiscard]] Result<std::string> edit_ini(
    std::string_view text, const std::vector<IniChange>& changes, const std::string& file);

}  // namespace linuxcash::config
