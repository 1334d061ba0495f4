// SPDX-License-Identifier: Apache-2.0
// The wire of one module instance: HTTP exchanges side by side over libcurl, with its kept
// connections, TLS sessions and parsed certificates. Owned and used by one loop thread; only wake()
// may come from another.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "core/ports.h"

namespace linuxcash::http {

inline constexpr std::size_t kMaxReplyBytes = 1024 * 1024;
inline constexpr std::size_t kMaxHeaderBytes = 64 * 1024;
inline constexpr int kConnectTimeoutMs = 5'000;

struct CurlOptions {
    // PEM certificates that replace the system store; empty = the system store.
    std::string ca_file;
    // Plain http to other addresses than loopback (ruling H4).
    bool allow_http = false;
    // Of one reply's body; its headers are limited by kMaxHeaderBytes.
    std::size_t max_reply_bytes = kMaxReplyBytes;
    // Name, connection and TLS handshake together; request.timeout_ms limits it too.
    int connect_timeout_ms = kConnectTimeoutMs;
    // Gets one line per exchange; null = none. Outlives the exchange.
    core::Log* log = nullptr;
};

// Peer and host are always verified, TLS is at least 1.2, redirects are replies like others, no
// proxy, .netrc or cookie is ever used. Requests other than GET, and those that ask for it, get a
// connection of their own, so that libcurl never resends them (H1); a GET may be resent when a kept
// connection turns out dead.
class CurlExchange : public core::Exchange {
public:
    explicit CurlExchange(CurlOptions options);
    CurlExchange(const CurlExchange&) = delete;
    CurlExchange& operator=(const CurlExchange&) = delete;
    // Breaks off what still runs, without waiting for anything.
    ~CurlExchange() override;

    // An id that is still running is ignored. A request that cannot be made (a wrong address, plain
    // http where it is forbidden) completes as a Failure with Sent::None.
    void start(core::ExchangeId id, core::Request request) override;
    void abort(core::ExchangeId id) override;
    [[nodiscard]] std::vector<core::Completed> wait(int timeout_ms) override;
    void wake() noexcept override;

private:
    class Engine;
    std::unique_ptr<Engine> engine_;
};

}  // namespace linuxcash::http
