// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/printable.h"
#include "links/descriptor_link.h"
#include "links/opening.h"
#include "links/serial_settings.h"

namespace linuxcash::links {

using printing::Ended;
using printing::LinkTraits;
using printing::Written;

namespace {

constexpr core::Millis kLookMs = 2;
// What a printer can still take after it has lowered DTR.
constexpr std::size_t kDsrRoom = 16;

class SerialLink : public DescriptorLink {
public:
    SerialLink(UniqueFd fd, const SerialAddress& address, const Waiting& waiting)
        : DescriptorLink(std::move(fd), waiting),
          speed_(serial_bytes_per_second(address)),
          looks_at_dsr_(address.flow == FlowControl::DtrDsr) {}
    SerialLink(const SerialLink&) = delete;
    SerialLink& operator=(const SerialLink&) = delete;
    ~SerialLink() override {
        // Closing would wait half a minute for a printer that takes nothing. A port that is gone
        // cannot be cleared.
        (void)tcflush(fd(), TCIOFLUSH);
    }

    [[nodiscard]] LinkTraits traits() const override { return {true, false, speed_}; }

    [[nodiscard]] Written flush(core::Millis deadline) override {
        Written written;
        while (true) {
            const int left = queued();
            if (left == 0) return written;
            if (left < 0 && ended_by(errno) == Ended::Gone) {
                return {0, Ended::Gone, link_reason(errno)};
            }
            // A port that cannot count what is left has nothing to wait for.
            if (left < 0) return written;
            written.ended = waiting().pause(kLookMs, deadline);
            if (written.ended != Ended::Complete) return written;
        }
    }

    void close(core::Millis deadline) override {
        // What is not out by then is lost, and the job has said so.
        (void)flush(deadline);
    }

protected:
    // Linux knows RTS and CTS by itself; DSR must be looked at before each few bytes.
    [[nodiscard]] Ended writable(core::Millis deadline, std::size_t& room) override {
        while (looks_at_dsr_ && (!printer_ready() || queued() > 0)) {
            const Ended ended = waiting().pause(kLookMs, deadline);
            if (ended != Ended::Complete) return ended;
        }
        if (looks_at_dsr_) room = kDsrRoom;
        return waiting().ready(fd(), POLLOUT, deadline);
    }

private:
    // A port without such lines (ENOTTY, EINVAL) is always ready.
    [[nodiscard]] bool printer_ready() const {
        int lines = 0;
        if (ioctl(fd(), TIOCMGET, &lines) != 0) return true;
        return (lines & TIOCM_DSR) != 0;
    }

    // Negative when the port is gone or does not know.
    [[nodiscard]] int queued() const {
        int left = 0;
        return ioctl(fd(), TIOCOUTQ, &left) == 0 ? left : -1;
    }

    int speed_;
    bool looks_at_dsr_;
};

Result<> set_up(int fd, const SerialAddress& address) {
    const std::string name = printable(address.path);
    termios before{};
    if (tcgetattr(fd, &before) != 0) {
        return Error{ErrorCode::InvalidInput, tr("%1 — не последовательный порт", name)};
    }
    const termios wanted = serial_settings(address, before);
    termios got{};
    if (tcsetattr(fd, TCSANOW, &wanted) != 0 || tcgetattr(fd, &got) != 0
        || cfgetospeed(&got) != cfgetospeed(&wanted)) {
        return Error{
            ErrorCode::InvalidInput,
            tr("порт %1 не умеет скорость %2: выберите другую в настройках принтера и кассы", name,
               address.speed)};
    }
    int lines = TIOCM_DTR | TIOCM_RTS;
    // Pseudo-terminals and some adapters have no such lines.
    (void)ioctl(fd, TIOCMBIS, &lines);
    // What was received before us is nobody's answer.
    (void)tcflush(fd, TCIFLUSH);
    return Done{};
}

}  // namespace

OpenedLink open_serial(const SerialAddress& address, const Waiting& waiting) {
    auto fd = open_device(address.path, O_RDWR);
    if (!fd) return fd.error();
    // TIOCEXCL does not stop the administrator's programs; the lock stops ours.
    if (flock(fd->get(), LOCK_EX | LOCK_NB) != 0) return open_error(address.path, EBUSY);
    if (auto done = set_up(fd->get(), address); !done) return done.error();
    (void)ioctl(fd->get(), TIOCEXCL);
    return std::unique_ptr<printing::Link>(
        std::make_unique<SerialLink>(std::move(*fd), address, waiting));
}

}  // namespace linuxcash::links
