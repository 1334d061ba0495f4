// SPDX-License-Identifier: Apache-2.0
// A server on 127.0.0.1 that says byte by byte what a test tells it, over TCP or TLS, and remembers
// what it was asked. Each connection runs the test's script on a thread of its own; the counters
// may be read from any thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/files.h"

struct ssl_st;
struct ssl_ctx_st;

namespace linuxcash::fakes {

// What a TLS server shows: PEM texts; `chain` is the leaf and what follows it.
struct TlsIdentity {
    std::string chain;
    std::string key;
    bool only_old_tls = false;  // nothing newer than TLS 1.1
};

class RawServer;

// One accepted connection, in the hands of a script. All calls end when the server stops.
class Connection {
public:
    Connection(RawServer& server, UniqueFd socket, int number);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    // The first connection of a server is 1.
    [[nodiscard]] int number() const { return number_; }
    // One request, headers and Content-Length body; nullopt when the client went away before its
    // end.
    std::optional<std::string> read_request();
    void send(std::string_view bytes);
    // Waits until the client closes, saying nothing.
    void stay_silent();
    // One byte each `pause_ms`, until the client closes.
    void drip(int pause_ms);
    // Ends with RST instead of FIN.
    void reset();

private:
    friend class RawServer;
    struct EndTls {
        void operator()(ssl_st* tls) const;
    };

    [[nodiscard]] bool shake_hands();
    long receive(char* bytes, std::size_t size);
    long write(const char* bytes, std::size_t size);

    RawServer& server_;
    UniqueFd socket_;
    std::unique_ptr<ssl_st, EndTls> tls_;
    std::string unread_;
    int number_;
};

class RawServer {
public:
    using Script = std::function<void(Connection&)>;

    explicit RawServer(Script script, std::optional<TlsIdentity> tls = std::nullopt);
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;
    // Breaks off every connection and waits for the scripts.
    ~RawServer();

    [[nodiscard]] int port() const { return port_; }
    // "http://127.0.0.1:PORT" and the path; https with TLS.
    [[nodiscard]] std::string url(
        std::string_view path = "/", std::string_view host = "127.0.0.1") const;
    // Whole requests, in order of arrival.
    [[nodiscard]] std::vector<std::string> requests() const;
    [[nodiscard]] int connections() const { return connections_; }
    // TLS handshakes that took up an earlier session.
    [[nodiscard]] int resumed() const { return resumed_; }

    // A port of 127.0.0.1 at which nobody listens.
    [[nodiscard]] static int closed_port();

private:
    friend class Connection;
    struct EndContext {
        void operator()(ssl_ctx_st* context) const;
    };

    void set_up_tls(const TlsIdentity& identity);
    void accept_all();
    void serve(UniqueFd socket, int number);
    void remember(std::string request);
    void forget(int socket);

    Script script_;
    std::unique_ptr<ssl_ctx_st, EndContext> tls_;
    UniqueFd listener_;
    int port_ = 0;
    std::atomic<int> connections_ = 0;
    std::atomic<int> resumed_ = 0;
    mutable std::mutex mutex_;  // of what follows
    bool stopping_ = false;
    std::vector<int> sockets_;
    std::vector<std::string> requests_;
    std::vector<std::thread> scripts_;
    std::thread acceptor_;
};

// "HTTP/1.1 200 OK" with the body and its length; `headers` are whole lines.
[[nodiscard]] std::string ok_reply(std::string_view body, std::string_view headers = "");

// Answers every request of every connection with the same bytes.
[[nodiscard]] RawServer::Script always(std::string reply);

}  // namespace linuxcash::fakes
