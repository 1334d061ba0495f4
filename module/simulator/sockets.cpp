// SPDX-License-Identifier: Apache-2.0
#include "simulator/sockets.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

#include "base/integer.h"
#include "base/system_error.h"

namespace linuxcash::simulator {

namespace {

constexpr int kBacklog = 128;
constexpr int kPortMax = 65535;

Error socket_error(const char* msgid, const Address& address) {
    const int number = errno;
    return {system_error_code(number), tr(msgid, address.str(), system_error_reason(number))};
}

sockaddr_in to_system(const Address& address) {
    sockaddr_in system{};
    system.sin_family = AF_INET;
    system.sin_port = htons(static_cast<std::uint16_t>(address.port));
    const std::string host = address.host == "localhost" ? "127.0.0.1" : address.host;
    inet_pton(AF_INET, host.c_str(), &system.sin_addr);
    return system;
}

const sockaddr* generic(const sockaddr_in& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

void switch_on(int fd, int level, int option) {
    const int on = 1;
    // Only speed and comfort depend on these options, so a failure is not worth a word.
    static_cast<void>(setsockopt(fd, level, option, &on, sizeof on));
}

// Polls once more after a signal, with what is left of the time.
bool poll_one(int fd, short events, int timeout_ms) {
    using SteadyClock = std::chrono::steady_clock;
    const auto deadline = SteadyClock::now() + std::chrono::milliseconds(timeout_ms);
    while (true) {
        pollfd waited{fd, events, 0};
        int left_ms = timeout_ms;
        if (timeout_ms > 0) {
            const auto left =
                std::chrono::ceil<std::chrono::milliseconds>(deadline - SteadyClock::now());
            left_ms = left.count() > 0 ? static_cast<int>(left.count()) : 0;
        }
        const int ready = ::poll(&waited, 1, left_ms);
        if (ready > 0) return true;
        if (ready == 0 || errno != EINTR) return false;
    }
}

// OpenSSL writes to sockets in a way that raises SIGPIPE when the peer has gone. Blocked, it stays
// pending and goes with the thread.
void block_broken_pipes() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

// Whether accepting may work again after this failure.
bool will_pass(int reason) {
    return reason == EINTR || reason == ECONNABORTED || reason == EMFILE || reason == ENFILE
           || reason == ENOBUFS || reason == ENOMEM;
}

}  // namespace

std::string Address::str() const {
    return host + ":" + std::to_string(port);
}

Result<Address> parse_address(std::string_view text) {
    const Error wrong{
        ErrorCode::InvalidInput,
        tr("адрес %1 непонятен: укажите АДРЕС:ПОРТ, например 127.0.0.1:8080", text)};
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return wrong;
    Address address;
    address.host = std::string(text.substr(0, colon));
    in_addr ignored{};
    const bool known =
        address.host == "localhost" || inet_pton(AF_INET, address.host.c_str(), &ignored) == 1;
    const auto port = parse_integer(text.substr(colon + 1));
    if (!known || !port || *port < 0 || *port > kPortMax) return wrong;
    address.port = static_cast<int>(*port);
    return address;
}

Result<UniqueFd> listen_on(const Address& address) {
    UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd.valid()) return socket_error("не удалось открыть сокет для %1: %2", address);
    switch_on(fd.get(), SOL_SOCKET, SO_REUSEADDR);
    const sockaddr_in system = to_system(address);
    if (::bind(fd.get(), generic(system), sizeof system) != 0
        || ::listen(fd.get(), kBacklog) != 0) {
        return socket_error("не удалось занять адрес %1: %2", address);
    }
    return fd;
}

Result<UniqueFd> connect_to(const Address& address) {
    UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd.valid()) return socket_error("не удалось открыть сокет для %1: %2", address);
    const sockaddr_in system = to_system(address);
    if (::connect(fd.get(), generic(system), sizeof system) != 0) {
        return socket_error("не удалось соединиться с %1: %2", address);
    }
    switch_on(fd.get(), IPPROTO_TCP, TCP_NODELAY);
    return fd;
}

int local_port(int fd) {
    sockaddr_in system{};
    socklen_t size = sizeof system;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&system), &size) != 0) return 0;
    return ntohs(system.sin_port);
}

Address peer_of(int fd) {
    sockaddr_in system{};
    socklen_t size = sizeof system;
    std::array<char, INET_ADDRSTRLEN> text{};
    if (::getpeername(fd, reinterpret_cast<sockaddr*>(&system), &size) != 0
        || inet_ntop(AF_INET, &system.sin_addr, text.data(), text.size()) == nullptr) {
        return {"", 0};
    }
    return {text.data(), ntohs(system.sin_port)};
}

void reset_when_closed(int fd) {
    const linger abort{1, 0};
    // If this fails the peer sees a plain close, which is a fault all the same.
    static_cast<void>(setsockopt(fd, SOL_SOCKET, SO_LINGER, &abort, sizeof abort));
}

bool send_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool wait_until_left(int fd, int timeout_ms) {
    return poll_one(fd, POLLRDHUP, timeout_ms);
}

bool wait_readable(int fd, int timeout_ms) {
    return poll_one(fd, POLLIN, timeout_ms);
}

Acceptor::~Acceptor() {
    stop();
}

Result<> Acceptor::open(const Address& address) {
    auto listening = listen_on(address);
    if (!listening) return listening.error();
    listening_ = std::move(*listening);
    // Not when reopened: others may be reading it.
    if (address_.port == 0) address_ = {address.host, local_port(listening_.get())};
    thread_ = std::thread([this] { accept_loop(); });
    return Done{};
}

void Acceptor::close_port() noexcept {
    if (!listening_.valid()) return;
    // Wakes the thread that waits in accept.
    ::shutdown(listening_.get(), SHUT_RDWR);
    if (thread_.joinable()) thread_.join();
    listening_.reset();
}

Result<> Acceptor::reopen() {
    if (listening_.valid()) return Done{};
    return open(address_);
}

void Acceptor::stop() noexcept {
    close_port();
    std::list<Served> last;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        for (const Served& served : served_) {
            if (!served.done) ::shutdown(served.fd.get(), SHUT_RDWR);
        }
        last.swap(served_);
    }
    for (Served& served : last) {
        if (served.thread.joinable()) served.thread.join();
    }
}

std::uint64_t Acceptor::accepted() const {
    const std::lock_guard lock(mutex_);
    return accepted_;
}

void Acceptor::accept_loop() {
    constexpr std::chrono::milliseconds kRest(10);
    while (true) {
        UniqueFd fd(::accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (fd.valid()) {
            switch_on(fd.get(), IPPROTO_TCP, TCP_NODELAY);
            take(std::move(fd));
            continue;
        }
        const int reason = errno;
        if (!will_pass(reason)) return;
        // A connection that ends meanwhile frees its descriptor.
        std::this_thread::sleep_for(kRest);
    }
}

void Acceptor::take(UniqueFd fd) {
    std::list<Served> finished;
    {
        const std::lock_guard lock(mutex_);
        reap(finished);
        const std::uint64_t number = ++accepted_;
        Served& served = served_.emplace_back();
        served.fd = std::move(fd);
        served.thread = std::thread([this, &served, number] {
            block_broken_pipes();
            serve_(served.fd.get(), number);
            const std::lock_guard end(mutex_);
            served.fd.reset();
            served.done = true;
        });
    }
    for (Served& served : finished) {
        served.thread.join();
    }
}

void Acceptor::reap(std::list<Served>& finished) {
    for (auto served = served_.begin(); served != served_.end();) {
        const auto next = std::next(served);
        if (served->done) finished.splice(finished.end(), served_, served);
        served = next;
    }
}

}  // namespace linuxcash::simulator
