// SPDX-License-Identifier: Apache-2.0
// A client that sees every byte and every reset: for tests of the server's side. One thread; waits
// at most 5 s.
#pragma once

#include <string>
#include <string_view>

#include "base/files.h"

namespace linuxcash::simulator::test {

// A request with the given head lines and body; "Content-Length" is added when there is a body.
[[nodiscard]] std::string http(
    std::string_view request_line, std::string_view headers = {}, std::string_view body = {});

class WireClient {
public:
    explicit WireClient(int port);

    void send(std::string_view bytes);
    // One HTTP reply with its body (by Content-Length), or what came before the end.
    std::string reply();
    // Everything until the server ends the connection.
    std::string rest();
    // What `rest` or `reply` met last: the end came as a reset.
    [[nodiscard]] bool was_reset() const { return was_reset_; }
    // Nothing comes within a short time.
    [[nodiscard]] bool hears_nothing(int time_ms);
    // Closes the client's side.
    void leave() { fd_.reset(); }

private:
    bool receive();

    UniqueFd fd_;
    std::string received_;
    bool was_reset_ = false;
};

// One exchange on a connection of its own.
[[nodiscard]] std::string talk(int port, std::string_view request);

}  // namespace linuxcash::simulator::test
