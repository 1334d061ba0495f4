// SPDX-License-Identifier: Apache-2.0
// The code on the buyer's phone as the scanner gave it, made what O!плати expects. Pure, any
// thread.
#pragma once

#include <string>
#include <string_view>

namespace linuxcash::oplati {

// Blanks, tabs and line ends around it dropped; letters that a scanner typed in the Russian layout
// mapped back to the keys of the Latin one, case kept. Everything else stays: the code is opaque.
[[nodiscard]] std::string scanned_code(std::string_view text);

// The same bytes without blanks, tabs and line ends at both sides.
[[nodiscard]] std::string_view without_blanks_around(std::string_view text);

}  // namespace linuxcash::oplati
