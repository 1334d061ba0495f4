// SPDX-License-Identifier: Apache-2.0
#include "simulator/wire_client.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <utility>

#include "base/integer.h"
#include "simulator/http_frame.h"
#include "simulator/sockets.h"

#include <CppUTest/TestHarness.h>

// Needs what the harness declares.
#include <CppUTest/MemoryLeakWarningPlugin.h>

namespace linuxcash::simulator::test {

namespace {

constexpr int kPatienceMs = 5000;

// The size of a whole reply, or npos while its head is not all there.
std::size_t whole_size(const std::string& bytes) {
    const std::size_t head = bytes.find("\r\n\r\n");
    if (head == std::string::npos) return std::string::npos;
    constexpr std::string_view kLength = "Content-Length: ";
    const std::size_t length = bytes.find(kLength);
    std::size_t body = 0;
    if (length < head) {
        const std::size_t start = length + kLength.size();
        const std::size_t end = bytes.find("\r\n", start);
        body = static_cast<std::size_t>(
            parse_integer(std::string_view(bytes).substr(start, end - start)).value_or(0));
    }
    return head + 4 + body;
}

class Nobody final : public HttpHandler {
public:
    HttpReply handle(const HttpRequest&) override { return {}; }
    void client_left(std::uint64_t) override {}
};

// cpp-httplib makes a table when it reads its first request, and keeps it; made before the first
// test it is no leak of that test.
bool read_one_request() {
    MemoryLeakWarningPlugin::turnOnThreadSafeNewDeleteOverloads();
    Nobody nobody;
    HttpFrame frame(nobody, nullptr);
    return frame.start({"127.0.0.1", 0}).ok() && !talk(frame.port(), http("GET /")).empty();
}

const bool kTableIsMade = read_one_request();

}  // namespace

std::string http(std::string_view request_line, std::string_view headers, std::string_view body) {
    std::string request = std::string(request_line) + " HTTP/1.1\r\nHost: x\r\n";
    request += headers;
    if (!body.empty()) {
        request += "Content-Type: application/json\r\nContent-Length: ";
        request += std::to_string(body.size()) + "\r\n";
    }
    return request + "\r\n" + std::string(body);
}

WireClient::WireClient(int port) {
    auto connected = connect_to({"127.0.0.1", port});
    if (connected) fd_ = std::move(*connected);
}

void WireClient::send(std::string_view bytes) {
    // The one error of a reset is given out once, and sending may be first to meet it.
    if (!send_all(fd_.get(), bytes)) was_reset_ = errno == ECONNRESET || errno == EPIPE;
}

bool WireClient::receive() {
    if (!fd_.valid()) return false;
    if (!wait_readable(fd_.get(), kPatienceMs)) return false;
    std::array<char, 65536> piece{};
    const ssize_t got = ::recv(fd_.get(), piece.data(), piece.size(), 0);
    if (got < 0) was_reset_ = was_reset_ || errno == ECONNRESET;
    if (got <= 0) return false;
    received_.append(piece.data(), static_cast<std::size_t>(got));
    return true;
}

std::string WireClient::reply() {
    std::size_t size = whole_size(received_);
    while (size == std::string::npos || received_.size() < size) {
        if (!receive()) return std::exchange(received_, {});
        size = whole_size(received_);
    }
    std::string whole = received_.substr(0, size);
    received_.erase(0, size);
    return whole;
}

std::string WireClient::rest() {
    while (receive()) {
    }
    return std::exchange(received_, {});
}

bool WireClient::hears_nothing(int time_ms) {
    return received_.empty() && !wait_readable(fd_.get(), time_ms);
}

std::string talk(int port, std::string_view request) {
    WireClient client(port);
    client.send(request);
    return client.reply();
}

}  // namespace linuxcash::simulator::test
