// SPDX-License-Identifier: Apache-2.0
// What the system's errno means to our code and to people. Pure, any thread.
#pragma once

#include "base/result.h"

namespace linuxcash {

// ENOENT → NotFound, EACCES → Denied, ELOOP or EISDIR → InvalidInput, EWOULDBLOCK → Busy …, the
// rest → Io.
[[nodiscard]] ErrorCode system_error_code(int error_number);

// Why it failed, as the end of a sentence: "нет прав доступа"; numbers that have no words of ours
// are named by number.
[[nodiscard]] Text system_error_reason(int error_number);

}  // namespace linuxcash
