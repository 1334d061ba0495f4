// SPDX-License-Identifier: Apache-2.0
// The printer's end of a real connection: a listening TCP port and a pseudo-terminal, with a thread
// that answers as a printer does. The answering thread is the printer's; the rest is the test's.
#pragma once

#include <string>
#include <thread>
#include <vector>

#include "base/files.h"

namespace linuxcash::fakes {

// A listening port of 127.0.0.1.
class ListeningPort {
public:
    // With a small receive buffer a writer is stopped early.
    explicit ListeningPort(int receive_buffer = 0);

    [[nodiscard]] int port() const { return port_; }
    [[nodiscard]] std::string address() const;
    // Waits for a connection, at most a few seconds; not valid when none comes.
    [[nodiscard]] UniqueFd accept() const;
    void stop_listening() { socket_.reset(); }

private:
    UniqueFd socket_;
    int port_ = 0;
};

// A pseudo-terminal: the test has its master side, the link opens its path.
class PseudoTerminal {
public:
    PseudoTerminal();

    [[nodiscard]] int master() const { return master_.get(); }
    [[nodiscard]] const std::string& path() const { return path_; }
    void hang_up();

private:
    UniqueFd master_;
    UniqueFd slave_;  // held open, so that the master never sees a hang-up between two opens
    std::string path_;
};

// Everything that comes within the time, or until that many bytes.
[[nodiscard]] std::string read_some(int fd, std::size_t size, int timeout_ms = 3'000);
void write_all(int fd, const std::string& bytes);

// A printer that answers DLE EOT with "well" and GS r with "paper is there", until the other side
// closes or `bytes_max` have come, when it closes itself. Reads nothing before start().
class AnsweringPrinter {
public:
    explicit AnsweringPrinter(UniqueFd fd, std::size_t bytes_max = SIZE_MAX);
    AnsweringPrinter(const AnsweringPrinter&) = delete;
    AnsweringPrinter& operator=(const AnsweringPrinter&) = delete;
    ~AnsweringPrinter();

    // After the other side has closed.
    [[nodiscard]] std::string received();

private:
    void run(std::size_t bytes_max);

    UniqueFd fd_;
    std::string received_;
    std::thread thread_;
};

}  // namespace linuxcash::fakes
