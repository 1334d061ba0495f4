// SPDX-License-Identifier: Apache-2.0
// paysysctl set and get: settings of a payment system or of the register itself, checked before
// anything is written. One thread.
#pragma once

#include "cli/commands.h"

namespace linuxcash::cli {

[[nodiscard]] Exit set_settings(const Invocation& invocation, Console& console);
[[nodiscard]] Exit get_settings(const Invocation& invocation, Console& console);

}  // namespace linuxcash::cli
