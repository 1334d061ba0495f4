// SPDX-License-Identifier: Apache-2.0
// Addresses of servers in settings. Pure, any thread.
#pragma once

#include <optional>
#include <string_view>

#include "base/text.h"

namespace linuxcash::config {

// Why the text is no address of a server; nullopt when it is one: http:// or https://, a host
// (name, IPv4, or IPv6 in brackets), optionally :port and /path. A user, a query and a fragment
// have no place in settings.
[[nodiscard]] std::optional<Text> url_fault(std::string_view url);

}  // namespace linuxcash::config
