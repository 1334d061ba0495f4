// SPDX-License-Identifier: Apache-2.0
// Copies events and notices out of the C structs of a module. Pure, any thread.
#pragma once

#include "base/result.h"
#include "host/values.h"
#include "linuxcash/paysystem.h"

namespace linuxcash::host {

// Internal when the struct cannot be an event: null, or too short for its own head. A document that
// is no JSON is read as none; text that is no UTF-8 is made printable.
[[nodiscard]] Result<Event> read_event(const lc_event* event);
[[nodiscard]] Notice read_notice(const lc_notice& notice);

}  // namespace linuxcash::host
