// SPDX-License-Identifier: Apache-2.0
// Certificates for tests, and the server's side of TLS, with faults when asked. Setting up: one
// thread; then any.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

struct ssl_ctx_st;

namespace linuxcash::simulator {

enum class TlsFault { None, Expired, WrongHost, SelfSigned, OldVersion };

// "expired", "wrong-host", "self-signed", "tls1.1", and "none".
[[nodiscard]] std::optional<TlsFault> parse_tls_fault(std::string_view name);

struct TlsContextDeleter {
    void operator()(ssl_ctx_st* context) const noexcept;
};
using TlsContext = std::unique_ptr<ssl_ctx_st, TlsContextDeleter>;

// Serves TLS 1.2 and newer with DIR/server.pem and DIR/server.key. What is missing of ca.pem,
// ca.key, server.pem and server.key is made: a test authority, and a certificate for localhost and
// 127.0.0.1 signed by it. The certificates of faults are made anew each time and only in memory;
// `OldVersion` serves nothing newer than TLS 1.1.
[[nodiscard]] Result<TlsContext> open_tls(const std::filesystem::path& folder, TlsFault fault);

// The client's side: verifies servers by `ca_file`, or by the system's authorities when it is
// empty.
[[nodiscard]] Result<TlsContext> client_tls(const std::string& ca_file);

}  // namespace linuxcash::simulator
