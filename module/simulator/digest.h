// SPDX-License-Identifier: Apache-2.0
// What stands for a secret in logs, and text for bytes. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace linuxcash::simulator {

// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

// Standard base64 with padding.
[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace linuxcash::simulator
