// SPDX-License-Identifier: Apache-2.0
// The server's end of one connection, plain or TLS, with the ways to break it. Used by the thread
// that serves it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct ssl_ctx_st;
struct ssl_st;

namespace linuxcash::simulator {

class Connection {
public:
    // `fd` stays the caller's. `tls` is null for plain TCP and must outlive this.
    Connection(int fd, ssl_ctx_st* tls);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    // The server's side of the TLS handshake; at once true on plain TCP.
    [[nodiscard]] bool handshake();
    // The client's side; the certificate must be one for `host`.
    [[nodiscard]] bool greet(const std::string& host);
    [[nodiscard]] bool session_was_resumed() const;

    // Waits until a byte or the end of the stream can be read.
    [[nodiscard]] bool wait_readable(int timeout_ms) const;
    // Up to `size` bytes; 0 or less at the end or after kReadTimeoutMs without a byte.
    [[nodiscard]] std::ptrdiff_t read(char* bytes, std::size_t size);
    [[nodiscard]] bool send(std::string_view bytes);
    // True when the peer has closed its side within the time; -1 waits for ever.
    [[nodiscard]] bool wait_until_left(int timeout_ms) const;
    // The end of this connection will be a reset, not an orderly close.
    void reset_when_closed();

    [[nodiscard]] int fd() const { return fd_; }

    static constexpr int kReadTimeoutMs = 30000;

private:
    struct TlsDeleter {
        void operator()(ssl_st* session) const noexcept;
    };

    [[nodiscard]] bool fill();

    int fd_;
    std::unique_ptr<ssl_st, TlsDeleter> session_;
    std::string buffer_;
    std::size_t buffer_start_ = 0;
};

}  // namespace linuxcash::simulator
