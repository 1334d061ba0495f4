// SPDX-License-Identifier: Apache-2.0
// What libcurl's ways to fail mean to us and to people. Pure, any thread.
#pragma once

#include <cstddef>
#include <string>

#include "core/ports.h"

namespace linuxcash::http {

// What is known of a transfer when it ended without a reply.
struct Ending {
    int code = 0;  // CURLcode
    long verify = 0;  // OpenSSL's verdict on the certificate, 0 = none
    long system_error = 0;  // errno of the failed connection, 0 = unknown
    bool https = false;
    bool connected = false;  // TCP stands
    bool handshaken = false;  // TLS stands, or is not needed
    bool request_sent = false;  // a byte of the request has left
    bool reply_begun = false;
    bool too_large = false;  // ended by us: over a limit
    std::string place;  // host:port
    std::string detail;  // libcurl's own words
    std::string ca_file;
    std::size_t limit_bytes = 0;
    int timeout_ms = 0;
};

[[nodiscard]] core::Failure failure_of(const Ending& ending);
// An early end: by us, or because the whole exchange took too long.
[[nodiscard]] core::Failure aborted(const Ending& ending);
[[nodiscard]] core::Failure timed_out(const Ending& ending);

}  // namespace linuxcash::http
