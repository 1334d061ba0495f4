// SPDX-License-Identifier: Apache-2.0
// paysysctl journal: what the modules' journals say, read while a terminal writes them.
// One thread.
#pragma once

#include "cli/commands.h"

namespace linuxcash::cli {

[[nodiscard]] Exit list_journal(const Invocation& invocation, Console& console);
[[nodiscard]] Exit show_journal(const Invocation& invocation, Console& console);
[[nodiscard]] Exit verify_journal(const Invocation& invocation, Console& console);
// Takes the loss of a damaged journal upon the administrator: the module starts again.
[[nodiscard]] Exit accept_journal(const Invocation& invocation, Console& console);

}  // namespace linuxcash::cli
