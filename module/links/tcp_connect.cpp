// SPDX-License-Identifier: Apache-2.0
#include "links/tcp_connect.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>

#include <cerrno>
#include <memory>
#include <string>
#include <utility>

#include "base/printable.h"
#include "links/descriptor_link.h"
#include "links/opening.h"

namespace linuxcash::links {

using printing::Ended;

namespace {

constexpr long kNanosecondsPerMs = 1'000'000;

struct FreeAddresses {
    void operator()(addrinfo* list) const { freeaddrinfo(list); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

std::string name_of(const TcpAddress& address) {
    return printable(address_text(address));
}

Error unknown_host(const TcpAddress& address) {
    return {
        ErrorCode::NotFound,
        tr("принтер %1 не найден: имя «%2» неизвестно сети, проверьте его или укажите адрес "
           "цифрами",
           name_of(address), printable(address.host))};
}

Error no_answer(const TcpAddress& address) {
    return {
        ErrorCode::Timeout,
        tr("принтер %1 не ответил вовремя: проверьте, что он включён и подключён к сети",
           name_of(address))};
}

// Everything that a look-up in the background touches.
struct Lookup {
    explicit Lookup(const TcpAddress& address)
        : host(address.host), port(std::to_string(address.port)) {
        hints.ai_socktype = SOCK_STREAM;
        hints.ai_flags = AI_NUMERICSERV;
        request.ar_name = host.c_str();
        request.ar_service = port.c_str();
        request.ar_request = &hints;
    }

    std::string host;
    std::string port;
    addrinfo hints{};
    gaicb request{};
};

// What is being looked up cannot always be called back: then the C library keeps it for good,
// a few hundred bytes, rather than write into memory that is somebody else's.
void call_back(std::unique_ptr<Lookup> lookup) {
    const int code = gai_cancel(&lookup->request);
    if (code == EAI_CANCELED || code == EAI_ALLDONE) return;
    (void)lookup.release();
}

Result<Addresses> look_up(
    const TcpAddress& address, const Waiting& waiting, core::Millis deadline) {
    auto lookup = std::make_unique<Lookup>(address);
    gaicb* list[] = {&lookup->request};
    if (getaddrinfo_a(GAI_NOWAIT, list, 1, nullptr) != 0) return unknown_host(address);
    while (gai_error(&lookup->request) == EAI_INPROGRESS) {
        if (waiting.stopped() || waiting.now() >= deadline) {
            call_back(std::move(lookup));
            if (waiting.stopped()) return stopped_error(name_of(address));
            return no_answer(address);
        }
        const timespec step{0, waiting.step_ms(deadline) * kNanosecondsPerMs};
        const gaicb* const waited[] = {&lookup->request};
        // However it ends, the loop looks at the request itself.
        (void)gai_suspend(waited, 1, &step);
    }
    if (gai_error(&lookup->request) != 0 || lookup->request.ar_result == nullptr)
        return unknown_host(address);
    return Addresses(lookup->request.ar_result);
}

// Digits are read at once.
Result<Addresses> resolve(
    const TcpAddress& address, const Waiting& waiting, core::Millis deadline) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const std::string port = std::to_string(address.port);
    if (getaddrinfo(address.host.c_str(), port.c_str(), &hints, &found) == 0)
        return Addresses(found);
    return look_up(address, waiting, deadline);
}

Error refused(const TcpAddress& address, int error_number) {
    switch (error_number) {
        case ECONNREFUSED:
            return {
                ErrorCode::Busy,
                tr("принтер %1 не принимает соединение: печатает для другой кассы, выключен или "
                   "слушает другой порт",
                   name_of(address))};
        case ETIMEDOUT:
            return no_answer(address);
        default:
            return {
                ErrorCode::NotFound,
                tr("нет связи с принтером %1: %2", name_of(address), link_reason(error_number))};
    }
}

// An errno, or 0 with the socket connected.
int finish(int socket, const Waiting& waiting, core::Millis deadline) {
    const Ended ended = waiting.ready(socket, POLLOUT, deadline);
    if (ended == Ended::Stopped) return ECANCELED;
    if (ended != Ended::Complete) return ETIMEDOUT;
    int error_number = 0;
    socklen_t size = sizeof error_number;
    if (getsockopt(socket, SOL_SOCKET, SO_ERROR, &error_number, &size) != 0) return errno;
    return error_number;
}

int connect_one(UniqueFd& socket, const addrinfo& to, const Waiting& waiting, core::Millis until) {
    socket = UniqueFd(
        ::socket(to.ai_family, to.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, to.ai_protocol));
    if (!socket.valid()) return errno;
    const int yes = 1;
    // Both only make it better: small questions go at once, a dead printer is noticed.
    (void)setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    (void)setsockopt(socket.get(), SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
    if (::connect(socket.get(), to.ai_addr, to.ai_addrlen) == 0) return 0;
    return errno == EINPROGRESS ? finish(socket.get(), waiting, until) : errno;
}

}  // namespace

Result<UniqueFd> tcp_connect(
    const TcpAddress& address, const Waiting& waiting, core::Millis deadline) {
    const Result<Addresses> addresses = resolve(address, waiting, deadline);
    if (!addresses) return addresses.error();
    int error_number = EHOSTUNREACH;
    for (const addrinfo* to = addresses->get(); to != nullptr; to = to->ai_next) {
        UniqueFd socket;
        error_number = connect_one(socket, *to, waiting, deadline);
        if (error_number == 0) return socket;
        if (error_number == ECANCELED) return stopped_error(name_of(address));
    }
    return refused(address, error_number);
}

}  // namespace linuxcash::links
