// SPDX-License-Identifier: Apache-2.0
#include "fakes/printer_ends.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pty.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <string_view>
#include <utility>

namespace linuxcash::fakes {

namespace {

constexpr int kWaitMs = 3'000;

bool readable(int fd, int timeout_ms) {
    pollfd watched{fd, POLLIN, 0};
    return poll(&watched, 1, timeout_ms) > 0;
}

// What a printer answers when its last three bytes are a question.
std::string answer_to(std::string_view received) {
    if (received.size() < 3) return {};
    const std::string_view last = received.substr(received.size() - 3);
    if (last.starts_with("\x10\x04") && last[2] >= 1 && last[2] <= 4) return "\x12";
    return last == "\x1D\x72\x01" ? std::string(1, '\0') : std::string();
}

}  // namespace

ListeningPort::ListeningPort(int receive_buffer)
    : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_buffer > 0) {
        (void)setsockopt(
            socket_.get(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);  // NOLINT: the system's own idiom
    (void)bind(socket_.get(), plain, size);
    (void)listen(socket_.get(), 4);
    (void)getsockname(socket_.get(), plain, &size);
    port_ = ntohs(address.sin_port);
}

std::string ListeningPort::address() const {
    return "tcp:127.0.0.1:" + std::to_string(port_);
}

UniqueFd ListeningPort::accept() const {
    if (!readable(socket_.get(), kWaitMs)) return {};
    return UniqueFd(accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
}

PseudoTerminal::PseudoTerminal() {
    int master = -1;
    int slave = -1;
    std::array<char, 128> name{};
    termios raw{};
    cfmakeraw(&raw);
    (void)openpty(&master, &slave, name.data(), &raw, nullptr);
    master_ = UniqueFd(master);
    slave_ = UniqueFd(slave);
    path_ = name.data();
}

void PseudoTerminal::hang_up() {
    master_.reset();
}

std::string read_some(int fd, std::size_t size, int timeout_ms) {
    std::string bytes;
    std::array<char, 4'096> buffer{};
    while (bytes.size() < size && readable(fd, timeout_ms)) {
        const std::size_t wanted = std::min(buffer.size(), size - bytes.size());
        const ssize_t count = read(fd, buffer.data(), wanted);
        if (count <= 0) break;
        bytes.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return bytes;
}

void write_all(int fd, const std::string& bytes) {
    std::string_view rest = bytes;
    while (!rest.empty()) {
        const ssize_t count = write(fd, rest.data(), rest.size());
        if (count <= 0) return;
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
}

AnsweringPrinter::AnsweringPrinter(UniqueFd fd, std::size_t bytes_max) : fd_(std::move(fd)) {
    thread_ = std::thread([this, bytes_max] { run(bytes_max); });
}

AnsweringPrinter::~AnsweringPrinter() {
    if (thread_.joinable()) thread_.join();
}

std::string AnsweringPrinter::received() {
    if (thread_.joinable()) thread_.join();
    return received_;
}

void AnsweringPrinter::run(std::size_t bytes_max) {
    while (received_.size() < bytes_max) {
        const std::string byte = read_some(fd_.get(), 1);
        if (byte.empty()) break;
        received_ += byte;
        write_all(fd_.get(), answer_to(received_));
    }
    fd_.reset();
}

}  // namespace linuxcash::fakes
