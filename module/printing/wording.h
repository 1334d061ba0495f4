// SPDX-License-Identifier: Apache-2.0
// Text in characters that a printer has: what it lacks is replaced by the nearest that it can
// print. Pure, any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/slip.h"
#include "printing/code_pages.h"

namespace linuxcash::printing {

// What becomes of a letter that no page has and that no other letter looks like.
enum class Missing {
    Spelled,  // the nearest letter, or its Latin transcription
    Drawn,  // it stays where paper/glyphs.h has it: its line is to be drawn
};

// Letters with combining marks become one letter where there is such a letter; other marks are
// dropped. A character that no page has becomes a look-alike, then the usual spelling, then its
// Latin transcription, whichever comes first that the pages can print; "?" is left for signs that
// have none. Control characters stay.
[[nodiscard]] std::string worded(
    std::string_view text, std::span<const CodePage* const> pages,
    Missing missing = Missing::Spelled);

// Every text of the slip; not the data of codes.
[[nodiscard]] core::slip::Slip worded(
    const core::slip::Slip& slip, std::span<const CodePage* const> pages,
    Missing missing = Missing::Spelled);

// Whether the pages have every character; none of them has control characters.
[[nodiscard]] bool is_printed(std::string_view text, std::span<const CodePage* const> pages);

}  // namespace linuxcash::printing
