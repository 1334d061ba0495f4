// SPDX-License-Identifier: Apache-2.0
// A slip as ESC/POS bytes of a printer model: everything that can go wrong is known before a byte
// is sent. Pure, any thread.
#pragma once

#include <string>

#include "base/result.h"
#include "core/slip.h"
#include "printing/models.h"

namespace linuxcash::printing {

// Targets are not looked at: core::slip::by_target() comes first. TooLarge: a QR code or a picture
// is wider than the paper, whatever is tried.
[[nodiscard]] Result<std::string> encode(const core::slip::Slip& slip, const Model& model);

// Opens the cash drawer. Unsupported when the model has none.
struct DrawerPulse {
    std::string in_turn;  // behind what is printed: every printer knows it
    std::string at_once;  // also of a printer that cannot print now
    friend bool operator==(const DrawerPulse&, const DrawerPulse&) = default;
};
[[nodiscard]] Result<DrawerPulse> drawer_pulse(const Model& model);

}  // namespace linuxcash::printing
