// SPDX-License-Identifier: Apache-2.0
// `paysysctl token status` and `token reset`. One thread; waits for the disk.
#pragma once

#include "cli/commands.h"

namespace linuxcash::cli {

[[nodiscard]] Exit show_token(const Invocation& invocation, Console& console);
[[nodiscard]] Exit reset_token(const Invocation& invocation, Console& console);

}  // namespace linuxcash::cli
