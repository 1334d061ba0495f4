// SPDX-License-Identifier: Apache-2.0
// The HTTP(S) server that every simulator shares: it parses requests, asks a handler, and delivers
// the reply well or badly. start and stop: one thread; the handler is called from many threads at
// once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "simulator/sockets.h"
#include "simulator/tls.h"

namespace linuxcash::simulator {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
    std::string method;
    std::string target;  // as it came: path and query
    std::string path;  // decoded, without the query
    std::map<std::string, std::string> query;  // decoded; the first of each name
    Headers headers;  // in no particular order
    std::string body;
    std::string peer;  // the client's address
    std::uint64_t connection = 0;  // counts from 1

    // Names are compared without case; nullopt when there is none of that name.
    [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
};

enum class Fault {
    None,
    Reset,  // nothing is sent, the connection is reset
    Close,  // nothing is sent, the connection is closed in an orderly way
    Half,  // the first `bytes` of the reply (0: half of it), then a reset
    Silence,  // nothing is sent until the client leaves
    LateCommit,  // as Silence; what was asked for is done later
    Slow,  // one byte each `every_ms`
    Garbage,  // a body that is not JSON
    Deep,  // a body of `bytes` opening brackets (0: kDeepBytes)
    Endless,  // a body that goes on for `bytes` (0: kEndlessBytes)
};

inline constexpr std::size_t kDeepBytes = 200 * 1000;
inline constexpr std::size_t kEndlessBytes = std::size_t{1024} * 1024 * 1024;

// The names that rules use: "reset", "late-commit" …
[[nodiscard]] std::optional<Fault> parse_fault(std::string_view name);
[[nodiscard]] std::string_view name_of(Fault fault);

struct Delivery {
    Fault fault = Fault::None;
    int delay_ms = 0;  // before the first byte
    std::size_t bytes = 0;
    int every_ms = 0;
};

struct HttpReply {
    int status = 200;
    Headers headers;
    std::string body;
    Delivery delivery;
    // Set when the handler wants to hear of the moment in which the client left without a reply.
    std::optional<std::uint64_t> swallowed;
};

class HttpHandler {
public:
    HttpHandler() = default;
    HttpHandler(const HttpHandler&) = delete;
    HttpHandler& operator=(const HttpHandler&) = delete;
    virtual ~HttpHandler() = default;

    [[nodiscard]] virtual HttpReply handle(const HttpRequest& request) = 0;
    // `swallowed` of a reply whose client has gone; not called when the server stops first.
    virtual void client_left(std::uint64_t swallowed) = 0;
};

struct FrameCounts {
    std::uint64_t connections = 0;  // accepted
    std::uint64_t tls_failed = 0;  // handshakes that came to nothing
    std::uint64_t tls_resumed = 0;  // TLS sessions that were resumed
};

class HttpFrame {
public:
    // A body above this is refused with 413.
    static constexpr std::size_t kBodyLimitBytes = 4 * 1024 * 1024;
    static constexpr int kKeepAliveMs = 60000;

    // `handler` must outlive this; `tls` null serves plain HTTP.
    HttpFrame(HttpHandler& handler, TlsContext tls);
    HttpFrame(const HttpFrame&) = delete;
    HttpFrame& operator=(const HttpFrame&) = delete;
    ~HttpFrame();

    [[nodiscard]] Result<> start(const Address& address);
    // Ends live connections and waits for their threads; may be called twice.
    void stop() noexcept;
    [[nodiscard]] int port() const;
    [[nodiscard]] FrameCounts counts() const;

private:
    class State;
    std::unique_ptr<State> state_;
};

// The whole reply as bytes of HTTP/1.1.
[[nodiscard]] std::string rendered(const HttpReply& reply, bool keep_alive);

}  // namespace linuxcash::simulator
