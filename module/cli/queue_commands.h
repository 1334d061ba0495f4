// SPDX-License-Identifier: Apache-2.0
// `paysysctl queue`: what is owed, why, and delivering it. One thread; waits for the disk, and for
// the register that runs.
#pragma once

#include "cli/commands.h"

namespace linuxcash::cli {

[[nodiscard]] Exit list_queue(const Invocation& invocation, Console& console);
[[nodiscard]] Exit explain_queue(const Invocation& invocation, Console& console);
[[nodiscard]] Exit push_queue(const Invocation& invocation, Console& console);

}  // namespace linuxcash::cli
