// SPDX-License-Identifier: Apache-2.0
// Where a request goes, and whether it may go there. Pure but for libcurl's parser; any thread.
#pragma once

#include <string>

#include "base/result.h"

namespace linuxcash::http {

struct Target {
    std::string url;  // as libcurl's own parser understood it
    std::string host;  // lower case, IPv6 in brackets
    std::string port;
    bool https = false;

    // "api.oplati.by:443": what texts and logs may show of an address.
    [[nodiscard]] std::string place() const { return host + ":" + port; }
};

// InvalidInput: not an address, a user name in it, neither http nor https, or plain http to another
// host than loopback without `allow_http`.
[[nodiscard]] Result<Target> check_target(const std::string& url, bool allow_http);

}  // namespace linuxcash::http
