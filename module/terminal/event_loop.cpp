// SPDX-License-Identifier: Apache-2.0
#include "terminal/event_loop.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <vector>

#include "base/system_error.h"

namespace linuxcash::terminal {

namespace {

constexpr std::size_t kReadBytes = 64 * 1024;

// What is read at once; nullopt: the input has ended, or cannot be read.
std::optional<std::string> read_some(int input) {
    std::string bytes(kReadBytes, '\0');
    const ssize_t got = ::read(input, bytes.data(), bytes.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) return std::string();
    if (got <= 0) return std::nullopt;
    bytes.resize(static_cast<std::size_t>(got));
    return bytes;
}

class Loop {
public:
    Loop(Session& session, int input, int signals, const LoopHandlers& handlers)
        : session_(session), input_(input), signals_(signals), handlers_(handlers) {}

    void run() {
        while (!session_.done()) {
            wait();
            if (input_ready_) read_lines();
            if (signal_ready_) read_signal();
            if (handlers_.broken && handlers_.broken()) end_input();
            session_.pump();
            if (handlers_.tick) handlers_.tick();
        }
    }

private:
    void wait() {
        std::vector<pollfd> watched{{signals_, POLLIN, 0}, {input_, POLLIN, 0}};
        for (const int descriptor : session_.wait_fds())
            watched.push_back({descriptor, POLLIN, 0});
        const int ready = ::poll(watched.data(), watched.size(), session_.wait_ms());
        signal_ready_ = ready > 0 && watched[0].revents != 0;
        input_ready_ = ready > 0 && watched[1].revents != 0;
    }

    void read_lines() {
        const std::optional<std::string> bytes = read_some(input_);
        const std::vector<LineReader::Line> lines = bytes ? reader_.feed(*bytes) : reader_.end();
        for (const LineReader::Line& line : lines)
            handlers_.line(line);
        if (!bytes) end_input();
    }

    void read_signal() {
        signalfd_siginfo info{};
        const ssize_t got = ::read(signals_, &info, sizeof info);
        if (got == static_cast<ssize_t>(sizeof info)) {
            handlers_.signal(static_cast<int>(info.ssi_signo));
        }
    }

    void end_input() {
        if (input_ < 0) return;
        input_ = -1;  // poll() passes over it
        session_.end_of_input();
    }

    Session& session_;
    int input_;
    int signals_;
    const LoopHandlers& handlers_;
    LineReader reader_;
    bool input_ready_ = false;
    bool signal_ready_ = false;
};

}  // namespace

Result<UniqueFd> open_signals() {
    sigset_t set;
    ::sigemptyset(&set);
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
        ::sigaddset(&set, number);
    // A reader that went away is seen as a failed write, and must not kill a running payment.
    if (::signal(SIGPIPE, SIG_IGN) == SIG_ERR || ::sigprocmask(SIG_BLOCK, &set, nullptr) != 0) {
        return Error{ErrorCode::Io, tr("сигналы не настроены: %1", system_error_reason(errno))};
    }
    UniqueFd signals(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!signals.valid()) {
        return Error{ErrorCode::Io, tr("сигналы не настроены: %1", system_error_reason(errno))};
    }
    return signals;
}

void run_loop(Session& session, int input, int signals, const LoopHandlers& handlers) {
    Loop(session, input, signals, handlers).run();
}

}  // namespace linuxcash::terminal
