// SPDX-License-Identifier: Apache-2.0
// Reading text with fields: "Чек {number} от {at:date dd.MM.yyyy}". For this folder's sources;
// pure, any thread.
#pragma once

#include <string_view>

#include "base/result.h"
#include "reports/tree.h"

namespace linuxcash::reports {

// The error names what is wrong, without a place.
[[nodiscard]] Result<Phrase> read_phrase(std::string_view text, const Place& place);
[[nodiscard]] Result<Path> read_path(std::string_view text);
// A small Latin letter, then small Latin letters, digits and underscores.
[[nodiscard]] bool is_name(std::string_view word);

}  // namespace linuxcash::reports
