// SPDX-License-Identifier: Apache-2.0
// Slips in the markup of iiko's cheques: `doc`, `pair`, `center`, `table`, `qrcode` … Pure, any
// thread.
#pragma once

#include <string_view>

#include "base/result.h"
#include "core/slip.h"

namespace linuxcash::slips {

// The slip that the markup describes, tolerant as its peers are: names in any case, attributes of a
// wrong kind take their defaults, and of what is not known the text is kept. InvalidInput, with a
// line: no XML at all; TooLarge: over the limits of xml::parse.
[[nodiscard]] Result<core::slip::Slip> read_markup(std::string_view text);

}  // namespace linuxcash::slips
