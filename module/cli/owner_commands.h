// SPDX-License-Identifier: Apache-2.0
// paysysctl queue push and token reset: work that belongs to the owner of a module's data. A
// running register is asked to do it; when there is none, we own the data for that moment. One
// thread.
#pragma once

#include "cli/commands.h"

namespace linuxcash::cli {

[[nodiscard]] Exit push_queue(const Invocation& invocation, Console& console);
[[nodiscard]] Exit reset_token(const Invocation& invocation, Console& console);

}  // namespace linuxcash::cli
