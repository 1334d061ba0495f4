// SPDX-License-Identifier: Apache-2.0
#include "simulator/http_frame.h"

#include <httplib.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>

#include "simulator/connection.h"

namespace linuxcash::simulator {

namespace {

constexpr std::array<std::pair<std::string_view, Fault>, 10> kFaultNames{{
    {"none", Fault::None},
    {"reset", Fault::Reset},
    {"close", Fault::Close},
    {"half", Fault::Half},
    {"silence", Fault::Silence},
    {"late-commit", Fault::LateCommit},
    {"slow", Fault::Slow},
    {"garbage", Fault::Garbage},
    {"deep", Fault::Deep},
    {"endless", Fault::Endless},
}};

constexpr std::array<std::pair<int, std::string_view>, 14> kReasons{{
    {200, "OK"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {409, "Conflict"},
    {413, "Payload Too Large"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
}};

std::string_view reason_of(int status) {
    const auto* found = std::find_if(
        kReasons.begin(), kReasons.end(), [&](const auto& known) { return known.first == status; });
    return found == kReasons.end() ? "Unknown" : found->second;
}

bool same_name(std::string_view left, std::string_view right) {
    return std::equal(
        left.begin(), left.end(), right.begin(), right.end(), [](char one, char other) {
            return std::tolower(static_cast<unsigned char>(one))
                   == std::tolower(static_cast<unsigned char>(other));
        });
}

std::string head_of(const HttpReply& reply, bool keep_alive) {
    std::string head =
        "HTTP/1.1 " + std::to_string(reply.status) + " " + std::string(reason_of(reply.status));
    head += "\r\nContent-Type: application/json;charset=UTF-8\r\n";
    for (const auto& [name, value] : reply.headers) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
    if (!keep_alive) head += "Connection: close\r\n";
    return head;
}

// Spelt as no client spells it, so that the log of requests can tell it from the client's own.
constexpr const char* kAddedLength = "content-LENGTH";

// cpp-httplib sees the connection through this; what it would write itself is held back.
class ParserStream final : public httplib::Stream {
public:
    explicit ParserStream(Connection& connection) : connection_(connection) {}

    [[nodiscard]] bool is_readable() const override { return connection_.wait_readable(0); }
    [[nodiscard]] bool is_writable() const override { return true; }
    [[nodiscard]] ssize_t read(char* bytes, size_t size) override {
        // A client that waits for "100 Continue" sends nothing before it has that.
        if (!own_words_.empty() && !send_own_words()) return -1;
        return connection_.read(bytes, size);
    }
    [[nodiscard]] ssize_t write(const char* bytes, size_t size) override {
        if (!muted_) own_words_.append(bytes, size);
        return static_cast<ssize_t>(size);
    }
    void get_remote_ip_and_port(std::string& ip, int& port) const override {
        const Address peer = peer_of(connection_.fd());
        ip = peer.host;
        port = peer.port;
    }
    void get_local_ip_and_port(std::string& ip, int& port) const override {
        ip.clear();
        port = local_port(connection_.fd());
    }
    [[nodiscard]] socket_t socket() const override { return connection_.fd(); }

    // From here on cpp-httplib's own reply goes nowhere.
    void mute() { muted_ = true; }
    bool send_own_words() {
        const bool sent = connection_.send(own_words_);
        own_words_.clear();
        return sent;
    }

private:
    Connection& connection_;
    std::string own_words_;
    bool muted_ = false;
};

HttpRequest translated(const httplib::Request& parsed, std::uint64_t connection) {
    // cpp-httplib adds these to what the client sent.
    constexpr std::array<std::string_view, 4> kAdded{
        "REMOTE_ADDR", "REMOTE_PORT", "LOCAL_ADDR", "LOCAL_PORT"};
    HttpRequest request;
    request.method = parsed.method;
    request.target = parsed.target;
    request.path = parsed.path;
    request.body = parsed.body;
    request.peer = parsed.remote_addr;
    request.connection = connection;
    for (const auto& [name, value] : parsed.params) {
        request.query.emplace(name, value);
    }
    for (const auto& [name, value] : parsed.headers) {
        // The parser below gives a length to bodies that have none.
        const bool added = std::find(kAdded.begin(), kAdded.end(), name) != kAdded.end()
                           || (name == kAddedLength && value == "0");
        if (!added) request.headers.emplace_back(name, value);
    }
    return request;
}

bool wants_to_stay(const httplib::Request& parsed) {
    const std::string wish = parsed.get_header_value("Connection");
    if (parsed.version == "HTTP/1.0") return same_name(wish, "keep-alive");
    return !same_name(wish, "close");
}

// cpp-httplib's parser of requests without its server. It finds no handler for any request, so its
// reply would be 404; the hook that sees each reply before it is written puts ours in its place.
// Its other replies (400, 413, 414) mean a request that could not be read, and stay.
class Parser final : private httplib::Server {
public:
    using Take = std::function<bool(const httplib::Request&)>;

    Parser() {
        set_payload_max_length(HttpFrame::kBodyLimitBytes);
        set_keep_alive_max_count(1000 * 1000);
    }

    // One request; `take` delivers the reply and says whether the connection may stay. False: it
    // has to end.
    bool serve_one(Connection& connection, const Take& take) {
        ParserStream stream(connection);
        bool head_was_read = false;
        bool may_stay = false;
        set_post_routing_handler([&](const httplib::Request& request, httplib::Response& reply) {
            constexpr int kNoHandler = 404;
            if (!head_was_read || reply.status != kNoHandler) return;
            stream.mute();
            may_stay = take(request);
        });
        bool closed = false;
        process_request(stream, false, closed, [&](httplib::Request& request) {
            head_was_read = true;
            // Without a length cpp-httplib would read such a body until the connection ends.
            const bool has_length =
                request.has_header("Content-Length") || request.has_header("Transfer-Encoding");
            if (!has_length) request.set_header(kAddedLength, "0");
        });
        return stream.send_own_words() && may_stay && !closed;
    }
};

// Delivers one reply over one connection.
class Delivering {
public:
    Delivering(Connection& connection, const HttpReply& reply, bool keep_alive)
        : connection_(connection), reply_(reply), keep_alive_(keep_alive) {}

    // True when the connection may serve another request. `left` becomes true when the client went
    // away unanswered.
    bool run(bool& left) {
        if (reply_.delivery.delay_ms > 0 && connection_.wait_until_left(reply_.delivery.delay_ms)) {
            left = true;
            return false;
        }
        switch (reply_.delivery.fault) {
            case Fault::None:
            case Fault::Garbage:
            case Fault::Deep:
                return connection_.send(rendered(reply_, keep_alive_)) && keep_alive_;
            case Fault::Reset:
                connection_.reset_when_closed();
                return false;
            case Fault::Close:
                return false;
            case Fault::Half:
                return half();
            case Fault::Silence:
            case Fault::LateCommit:
                left = connection_.wait_until_left(-1);
                return false;
            case Fault::Slow:
                return slow();
            case Fault::Endless:
                return endless();
        }
        return false;
    }

private:
    bool half() {
        const std::string whole = rendered(reply_, keep_alive_);
        const std::size_t size =
            reply_.delivery.bytes > 0 ? reply_.delivery.bytes : whole.size() / 2;
        if (connection_.send(std::string_view(whole).substr(0, size))) {
            // A reset drops what the client has not read yet: give it time to see the half.
            constexpr int kReadTimeMs = 50;
            static_cast<void>(connection_.wait_until_left(kReadTimeMs));
        }
        connection_.reset_when_closed();
        return false;
    }

    bool slow() {
        const std::string whole = rendered(reply_, keep_alive_);
        for (const char& byte : whole) {
            if (!connection_.send({&byte, 1})) return false;
            if (connection_.wait_until_left(reply_.delivery.every_ms)) return false;
        }
        return keep_alive_;
    }

    bool endless() {
        constexpr std::size_t kPieceBytes = 64 * 1024;
        const std::size_t limit = reply_.delivery.bytes > 0 ? reply_.delivery.bytes : kEndlessBytes;
        const std::string piece(kPieceBytes, ' ');
        if (!connection_.send(head_of(reply_, false) + "\r\n")) return false;
        for (std::size_t sent = 0; sent < limit; sent += kPieceBytes) {
            const std::size_t size = std::min(kPieceBytes, limit - sent);
            if (!connection_.send(std::string_view(piece).substr(0, size))) return false;
        }
        return false;
    }

    Connection& connection_;
    const HttpReply& reply_;
    bool keep_alive_;
};

}  // namespace

std::optional<std::string> HttpRequest::header(std::string_view name) const {
    for (const auto& [known, value] : headers) {
        if (same_name(known, name)) return value;
    }
    return std::nullopt;
}

std::optional<Fault> parse_fault(std::string_view name) {
    for (const auto& [known, fault] : kFaultNames) {
        if (known == name) return fault;
    }
    return std::nullopt;
}

std::string_view name_of(Fault fault) {
    for (const auto& [name, known] : kFaultNames) {
        if (known == fault) return name;
    }
    return {};
}

std::string rendered(const HttpReply& reply, bool keep_alive) {
    return head_of(reply, keep_alive) + "Content-Length: " + std::to_string(reply.body.size())
           + "\r\n\r\n" + reply.body;
}

class HttpFrame::State {
public:
    State(HttpHandler& handler, TlsContext tls)
        : handler_(handler),
          tls_(std::move(tls)),
          acceptor_([this](int fd, std::uint64_t number) { serve(fd, number); }) {}

    Result<> start(const Address& address) { return acceptor_.open(address); }

    void stop() noexcept {
        stopping_ = true;
        acceptor_.stop();
    }

    [[nodiscard]] int port() const { return acceptor_.port(); }

    [[nodiscard]] FrameCounts counts() const {
        return {acceptor_.accepted(), tls_failed_, tls_resumed_};
    }

private:
    void serve(int fd, std::uint64_t number) {
        Connection connection(fd, tls_.get());
        if (!connection.handshake()) {
            ++tls_failed_;
            return;
        }
        if (connection.session_was_resumed()) ++tls_resumed_;
        Parser parser;
        const auto take = [&](const httplib::Request& parsed) {
            return answer(connection, translated(parsed, number), wants_to_stay(parsed));
        };
        while (!stopping_ && connection.wait_readable(kKeepAliveMs)) {
            if (!parser.serve_one(connection, take)) return;
        }
    }

    bool answer(Connection& connection, const HttpRequest& request, bool keep_alive) {
        const HttpReply reply = handler_.handle(request);
        bool left = false;
        const bool stays = Delivering(connection, reply, keep_alive).run(left);
        if (left && reply.swallowed && !stopping_) handler_.client_left(*reply.swallowed);
        return stays;
    }

    HttpHandler& handler_;
    TlsContext tls_;
    std::atomic<bool> stopping_ = false;
    std::atomic<std::uint64_t> tls_failed_ = 0;
    std::atomic<std::uint64_t> tls_resumed_ = 0;
    Acceptor acceptor_;  // last: its threads end before the rest goes
};

HttpFrame::HttpFrame(HttpHandler& handler, TlsContext tls)
    : state_(std::make_unique<State>(handler, std::move(tls))) {
}

HttpFrame::~HttpFrame() {
    stop();
}

Result<> HttpFrame::start(const Address& address) {
    return state_->start(address);
}

void HttpFrame::stop() noexcept {
    state_->stop();
}

int HttpFrame::port() const {
    return state_->port();
}

FrameCounts HttpFrame::counts() const {
    return state_->counts();
}

}  // namespace linuxcash::simulator
