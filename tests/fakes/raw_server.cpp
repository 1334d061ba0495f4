// SPDX-License-Identifier: Apache-2.0
#include "fakes/raw_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace linuxcash::fakes {
namespace {

constexpr std::size_t kMaxRequest = 4 * 1024 * 1024;

void must(bool held, const char* what) {
    if (!held) throw std::runtime_error(what);
}

UniqueFd listen_on_loopback(int& port) {
    UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    must(bind(socket.get(), generic, size) == 0, "bind");
    must(listen(socket.get(), SOMAXCONN) == 0, "listen");
    must(getsockname(socket.get(), generic, &size) == 0, "getsockname");
    port = ntohs(address.sin_port);
    return socket;
}

std::size_t body_length(std::string headers) {
    std::transform(headers.begin(), headers.end(), headers.begin(), [](unsigned char c) {
        return static_cast<char>(tolower(c));
    });
    constexpr std::string_view kName = "\r\ncontent-length:";
    const std::size_t at = headers.find(kName);
    if (at == std::string::npos) return 0;
    const char* first = headers.c_str() + at + kName.size();
    while (*first == ' ')
        ++first;
    std::size_t length = 0;
    std::from_chars(first, headers.c_str() + headers.size(), length);
    return length;
}

struct EndBio {
    void operator()(BIO* bio) const { BIO_free(bio); }
};

std::unique_ptr<BIO, EndBio> reader(const std::string& pem) {
    return std::unique_ptr<BIO, EndBio>(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

// A server thread must not die of a client that went away.
void ignore_broken_pipes() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

}  // namespace

void Connection::EndTls::operator()(ssl_st* tls) const {
    SSL_free(tls);
}

void RawServer::EndContext::operator()(ssl_ctx_st* context) const {
    SSL_CTX_free(context);
}

Connection::Connection(RawServer& server, UniqueFd socket, int number)
    : server_(server), socket_(std::move(socket)), number_(number) {
}

Connection::~Connection() {
    if (!socket_.valid()) return;
    if (tls_) SSL_shutdown(tls_.get());
}

bool Connection::shake_hands() {
    if (!server_.tls_) return true;
    tls_.reset(SSL_new(server_.tls_.get()));
    SSL_set_fd(tls_.get(), socket_.get());
    const bool done = SSL_accept(tls_.get()) == 1;
    if (done && SSL_session_reused(tls_.get()) == 1) ++server_.resumed_;
    if (!done) {
        ERR_clear_error();
        shutdown(socket_.get(), SHUT_WR);  // lets the alert out before the close
        stay_silent();
        tls_.reset();
    }
    return done;
}

long Connection::receive(char* bytes, std::size_t size) {
    if (tls_) {
        const int got = SSL_read(tls_.get(), bytes, static_cast<int>(size));
        ERR_clear_error();
        return got;
    }
    return recv(socket_.get(), bytes, size, 0);
}

long Connection::write(const char* bytes, std::size_t size) {
    if (tls_) {
        const int put = SSL_write(tls_.get(), bytes, static_cast<int>(size));
        ERR_clear_error();
        return put;
    }
    return ::send(socket_.get(), bytes, size, MSG_NOSIGNAL);
}

std::optional<std::string> Connection::read_request() {
    std::size_t end = std::string::npos;
    for (;;) {
        const std::size_t blank = unread_.find("\r\n\r\n");
        if (blank != std::string::npos) end = blank + 4 + body_length(unread_.substr(0, blank));
        if (end <= unread_.size()) break;
        char bytes[4096];
        const long got = receive(bytes, sizeof bytes);
        if (got <= 0 || unread_.size() > kMaxRequest) return std::nullopt;
        unread_.append(bytes, static_cast<std::size_t>(got));
    }
    std::string request = unread_.substr(0, end);
    unread_.erase(0, end);
    server_.remember(request);
    return request;
}

void Connection::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const long put = write(bytes.data(), bytes.size());
        if (put <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
}

void Connection::stay_silent() {
    char bytes[4096];
    while (recv(socket_.get(), bytes, sizeof bytes, 0) > 0)
        continue;
}

void Connection::drip(int pause_ms) {
    pollfd closed{socket_.get(), POLLIN, 0};
    while (poll(&closed, 1, pause_ms) == 0)
        send("x");
}

void Connection::reset() {
    const linger at_once{1, 0};
    setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    tls_.reset();
    server_.forget(socket_.get());
    socket_.reset();
}

RawServer::RawServer(Script script, std::optional<TlsIdentity> tls) : script_(std::move(script)) {
    if (tls) set_up_tls(*tls);
    listener_ = listen_on_loopback(port_);
    acceptor_ = std::thread([this] { accept_all(); });
}

RawServer::~RawServer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        for (const int socket : sockets_)
            shutdown(socket, SHUT_RDWR);
    }
    shutdown(listener_.get(), SHUT_RDWR);
    acceptor_.join();
    for (std::thread& script : scripts_)
        script.join();
}

void RawServer::set_up_tls(const TlsIdentity& identity) {
    tls_.reset(SSL_CTX_new(TLS_server_method()));
    SSL_CTX* context = tls_.get();
    if (identity.only_old_tls) {
        SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0");
        SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION);
    }
    const auto chain = reader(identity.chain);
    bool leaf = true;
    while (X509* certificate = PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr)) {
        if (leaf)
            SSL_CTX_use_certificate(context, certificate);
        else
            SSL_CTX_add1_chain_cert(context, certificate);
        X509_free(certificate);
        leaf = false;
    }
    ERR_clear_error();  // the end of the PEM text
    EVP_PKEY* key = PEM_read_bio_PrivateKey(reader(identity.key).get(), nullptr, nullptr, nullptr);
    const bool fits = SSL_CTX_use_PrivateKey(context, key) == 1;
    EVP_PKEY_free(key);
    must(fits, "the key does not fit the certificate");
}

void RawServer::accept_all() {
    for (;;) {
        UniqueFd socket(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!socket.valid()) return;
        const int now = 1;
        setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &now, sizeof now);
        const int number = ++connections_;
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        sockets_.push_back(socket.get());
        scripts_.emplace_back([this, number, owned = std::move(socket)]() mutable {
            serve(std::move(owned), number);
        });
    }
}

void RawServer::serve(UniqueFd socket, int number) {
    ignore_broken_pipes();
    const int watched = socket.get();
    Connection connection(*this, std::move(socket), number);
    if (connection.shake_hands()) script_(connection);
    // Before the descriptor is closed: its number may belong to somebody else right after.
    if (connection.socket_.valid()) forget(watched);
}

void RawServer::remember(std::string request) {
    const std::lock_guard lock(mutex_);
    requests_.push_back(std::move(request));
}

void RawServer::forget(int socket) {
    const std::lock_guard lock(mutex_);
    std::erase(sockets_, socket);
}

std::string RawServer::url(std::string_view path, std::string_view host) const {
    return (tls_ ? "https://" : "http://") + std::string(host) + ":" + std::to_string(port_)
           + std::string(path);
}

std::vector<std::string> RawServer::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

int RawServer::closed_port() {
    int port = 0;
    const UniqueFd once = listen_on_loopback(port);
    return port;
}

std::string ok_reply(std::string_view body, std::string_view headers) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n"
           + std::string(headers) + "\r\n" + std::string(body);
}

RawServer::Script always(std::string reply) {
    return [reply = std::move(reply)](Connection& connection) {
        while (connection.read_request())
            connection.send(reply);
    };
}

}  // namespace linuxcash::fakes
