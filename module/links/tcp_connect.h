// SPDX-License-Identifier: Apache-2.0
// A connection to a host, within a deadline: names are looked up without blocking past it. One
// thread.
#pragma once

#include "base/files.h"
#include "links/address.h"
#include "links/waiting.h"

namespace linuxcash::links {

// NotFound: no such name, or no way to it. Busy: it refuses. Timeout: it does not answer.
[[nodiscard]] Result<UniqueFd> tcp_connect(
    const TcpAddress& address, const Waiting& waiting, core::Millis deadline);

}  // namespace linuxcash::links
