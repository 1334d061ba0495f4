// SPDX-License-Identifier: Apache-2.0
#include "simulator/connection.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <cerrno>

#include "simulator/sockets.h"

namespace linuxcash::simulator {

namespace {

constexpr std::size_t kReadBytes = 16 * 1024;
constexpr long kBlockedSeconds = 30;

}  // namespace

Connection::Connection(int fd, ssl_ctx_st* tls) : fd_(fd) {
    if (tls == nullptr) return;
    // Polling cannot tell whether a whole TLS record has come, so the socket itself has to give up.
    const timeval limit{kBlockedSeconds, 0};
    static_cast<void>(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit));
    session_.reset(SSL_new(tls));
    if (session_) SSL_set_fd(session_.get(), fd);
}

Connection::~Connection() = default;

void Connection::TlsDeleter::operator()(ssl_st* session) const noexcept {
    SSL_free(session);
}

bool Connection::handshake() {
    if (!session_) return true;
    const bool greeted = SSL_accept(session_.get()) == 1;
    // The queue of errors belongs to this thread, which ends soon; a failed handshake is the
    // client's affair.
    ERR_clear_error();
    return greeted;
}

bool Connection::greet(const std::string& host) {
    if (!session_) return true;
    X509_VERIFY_PARAM* wanted = SSL_get0_param(session_.get());
    const bool named = X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str()) == 1
                       || SSL_set1_host(session_.get(), host.c_str()) == 1;
    const bool greeted = named && SSL_connect(session_.get()) == 1;
    ERR_clear_error();
    return greeted;
}

bool Connection::session_was_resumed() const {
    return session_ && SSL_session_reused(session_.get()) == 1;
}

bool Connection::wait_readable(int timeout_ms) const {
    if (buffer_start_ < buffer_.size()) return true;
    if (session_ && SSL_pending(session_.get()) > 0) return true;
    return simulator::wait_readable(fd_, timeout_ms);
}

bool Connection::fill() {
    buffer_.resize(kReadBytes);
    buffer_start_ = 0;
    ssize_t got = 0;
    if (session_) {
        got = SSL_read(session_.get(), buffer_.data(), static_cast<int>(buffer_.size()));
        ERR_clear_error();
    } else {
        do {
            got = ::recv(fd_, buffer_.data(), buffer_.size(), 0);
        } while (got < 0 && errno == EINTR);
    }
    buffer_.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return got > 0;
}

std::ptrdiff_t Connection::read(char* bytes, std::size_t size) {
    if (buffer_start_ == buffer_.size() && (!wait_readable(kReadTimeoutMs) || !fill())) return 0;
    const std::size_t taken = buffer_.copy(bytes, size, buffer_start_);
    buffer_start_ += taken;
    return static_cast<std::ptrdiff_t>(taken);
}

bool Connection::send(std::string_view bytes) {
    if (!session_) return send_all(fd_, bytes);
    constexpr std::size_t kWriteBytes = 1024 * 1024;
    while (!bytes.empty()) {
        const std::size_t size = std::min(bytes.size(), kWriteBytes);
        const int sent = SSL_write(session_.get(), bytes.data(), static_cast<int>(size));
        ERR_clear_error();
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Connection::wait_until_left(int timeout_ms) const {
    return simulator::wait_until_left(fd_, timeout_ms);
}

void Connection::reset_when_closed() {
    simulator::reset_when_closed(fd_);
}

}  // namespace linuxcash::simulator
