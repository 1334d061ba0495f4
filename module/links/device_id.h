// SPDX-License-Identifier: Apache-2.0
// What a printer says of its maker and model (IEEE 1284): "MFG:…;MDL:…;". Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace linuxcash::links {

// Without the two bytes of length in front, and cut where the printer's answer ends whatever it
// claims; empty when it says nothing.
[[nodiscard]] std::string device_id_text(std::string_view answer);

// The value of a key by its short or its long name; empty when there is none.
[[nodiscard]] std::string device_id_field(
    std::string_view text, std::string_view short_name, std::string_view long_name);

}  // namespace linuxcash::links
