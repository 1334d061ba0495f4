// SPDX-License-Identifier: Apache-2.0
// INI files read strictly: nothing is cut, joined, guessed or overwritten in silence. Plain values,
// no threads.
//
//   [Section]                 a section may occur again and then goes on
//   ; comment   # comment     on lines of their own only
//   key = value               as it stands, blanks at both ends taken away; keys are case-sensitive
//   key = " value ;1 "        in double quotes: blanks at the ends, " ;" inside; \" and \\ stand
//   for " and \ .
//
// UTF-8 with or without a byte order mark; lines end in LF or CR LF. Refused with file, line and
// remedy: a repeated key, an indented line, a line of more than 197 bytes (comments may be longer),
// " ;" outside of quotes, a colon instead of the sign =, no sign =, no key, an empty or unclosed
// section name, text behind it, control characters.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace linuxcash::config {

inline constexpr std::size_t kIniBytesMax = 256 * 1024;

struct IniEntry {
    std::string section;  // empty: before the first section
    std::string key;
    std::string value;
    int line = 0;  // from 1
};

class Ini {
public:
    // `file` is only named in errors. InvalidInput with "file:line: …".
    [[nodiscard]] static Result<Ini> parse(std::string_view text, const std::string& file);
    // Reads the file, too; a link is followed. As parse(), and NotFound, Denied, TooLarge, Io.
    [[nodiscard]] static Result<Ini> read(const std::filesystem::path& path);

    // In the file's order.
    [[nodiscard]] const std::vector<IniEntry>& entries() const { return entries_; }
    // Nullptr when there is none.
    [[nodiscard]] const IniEntry* find(const std::string& section, const std::string& key) const;
    [[nodiscard]] const std::string& file() const { return file_; }

private:
    friend class IniReading;

    std::string file_;
    std::vector<IniEntry> entries_;
    std::map<std::pair<std::string, std::string>, std::size_t> places_;  // by section and key
};

}  // namespace linuxcash::config
