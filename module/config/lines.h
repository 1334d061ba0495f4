// SPDX-License-Identifier: Apache-2.0
// What a line of an INI file is, before inih sees it; only for this folder's sources. Pure, any
// thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace linuxcash::config {

// Debian's inih cuts lines of 200 bytes, line break and final zero included, and section names
// of 50.
inline constexpr std::size_t kLineBytesMax = 197;
inline constexpr std::size_t kSectionBytesMax = 49;
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Line {
    std::string_view text;
    std::string_view ending;  // "\n", "\r\n", or empty at the end of the file
};

[[nodiscard]] std::vector<Line> split_lines(std::string_view text);

enum class LineKind { Blank, Comment, Section, Entry };

[[nodiscard]] LineKind kind_of(std::string_view line);

// Blanks and tabs at both ends taken away.
[[nodiscard]] std::string_view trimmed(std::string_view text);

// What stands between the brackets of a section's line that has no fault.
[[nodiscard]] std::string_view section_name(std::string_view line);

// Why a line that is neither blank nor a comment is refused; nullopt when it is in order.
[[nodiscard]] std::optional<Text> line_fault(std::string_view line);

// The value that the text behind the sign = stands for: as it is, or what is between double quotes,
// where a backslash stands before a quote or another backslash. Nullopt when the quotes are wrong.
[[nodiscard]] std::optional<std::string> unquoted(std::string_view text);

// The text behind the sign = that reads back as `value`: in double quotes only where it must be.
[[nodiscard]] std::string quoted_if_needed(std::string_view value);

}  // namespace linuxcash::config
