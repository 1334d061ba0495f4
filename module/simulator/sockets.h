// SPDX-License-Identifier: Apache-2.0
// TCP on IPv4 as the simulators need it: addresses, listening, a thread per connection, resets.
// Functions may be called from any thread; each class says its own rule.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "base/files.h"
#include "base/result.h"

namespace linuxcash::simulator {

struct Address {
    std::string host = "127.0.0.1";
    int port = 0;  // 0: any free one

    [[nodiscard]] std::string str() const;
};

// "127.0.0.1:8080", "localhost:0"; the host is an IPv4 address or localhost.
[[nodiscard]] Result<Address> parse_address(std::string_view text);

[[nodiscard]] Result<UniqueFd> listen_on(const Address& address);
[[nodiscard]] Result<UniqueFd> connect_to(const Address& address);
// The port that a socket is bound to; 0 when it is not.
[[nodiscard]] int local_port(int fd);
[[nodiscard]] Address peer_of(int fd);

// Closing the socket will send RST instead of FIN.
void reset_when_closed(int fd);
// Sends all of it; false when the peer has gone. Never raises SIGPIPE.
[[nodiscard]] bool send_all(int fd, std::string_view bytes);
// Waits until the peer has closed its side (true) or `timeout_ms` has passed (false); -1 waits for
// ever.
[[nodiscard]] bool wait_until_left(int fd, int timeout_ms);
// Waits until there is something to read, an end of stream included; -1 waits for ever.
[[nodiscard]] bool wait_readable(int fd, int timeout_ms);

// Accepts connections and serves each in a thread of its own. Calls come from one thread; `serve`
// runs in many.
class Acceptor {
public:
    // The descriptor is closed after the return. `number` counts from 1.
    using Serve = std::function<void(int fd, std::uint64_t number)>;

    explicit Acceptor(Serve serve) : serve_(std::move(serve)) {}
    Acceptor(const Acceptor&) = delete;
    Acceptor& operator=(const Acceptor&) = delete;
    ~Acceptor();

    [[nodiscard]] Result<> open(const Address& address);
    // The port stops listening, so that connecting is refused; live connections go on. `reopen`
    // takes it again.
    void close_port() noexcept;
    [[nodiscard]] Result<> reopen();
    // Shuts every connection down and waits for the threads.
    void stop() noexcept;

    // 0 before `open`.
    [[nodiscard]] int port() const { return address_.port; }
    [[nodiscard]] std::uint64_t accepted() const;

private:
    struct Served {
        UniqueFd fd;
        std::thread thread;
        bool done = false;
    };

    void accept_loop();
    void take(UniqueFd fd);
    void reap(std::list<Served>& finished);

    Serve serve_;
    Address address_;
    UniqueFd listening_;
    std::thread thread_;
    mutable std::mutex mutex_;  // guards what follows
    std::list<Served> served_;
    std::uint64_t accepted_ = 0;
    bool stopping_ = false;
};

}  // namespace linuxcash::simulator
