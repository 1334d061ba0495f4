// SPDX-License-Identifier: Apache-2.0
#include <linux/sockios.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "links/descriptor_link.h"
#include "links/opening.h"
#include "links/tcp_connect.h"

namespace linuxcash::links {

using printing::Ended;
using printing::LinkTraits;
using printing::Written;

namespace {

constexpr core::Millis kLookMs = 2;

class TcpLink : public DescriptorLink {
public:
    TcpLink(UniqueFd socket, const Waiting& waiting) : DescriptorLink(std::move(socket), waiting) {}
    TcpLink(const TcpLink&) = delete;
    TcpLink& operator=(const TcpLink&) = delete;
    ~TcpLink() override { throw_away(); }

    [[nodiscard]] LinkTraits traits() const override { return {true, false, 0}; }

    // The printer's side has acknowledged everything.
    [[nodiscard]] Written flush(core::Millis deadline) override {
        while (true) {
            int left = 0;
            if (ioctl(fd(), SIOCOUTQ, &left) != 0) return {0, ended_by(errno), link_reason(errno)};
            if (left == 0) return {};
            // No event is asked for: only a broken connection has one.
            const core::Millis until = std::min(deadline, waiting().now() + kLookMs);
            const Ended ended = waiting().ready(fd(), 0, until);
            if (ended == Ended::Complete) return {0, Ended::Gone, link_reason(ECONNRESET)};
            if (ended == Ended::Deadline && until < deadline) continue;
            return {0, ended, {}};
        }
    }

    // Says that nothing follows, and waits for the printer to say the same: an abrupt end would
    // drop the tail.
    void close(core::Millis deadline) override {
        if (fd() < 0) return;
        (void)flush(deadline);
        if (shutdown(fd(), SHUT_WR) == 0) {
            while (read(deadline).ended == Ended::Complete) {
            }
        }
        throw_away();
        end();
    }

protected:
    [[nodiscard]] ssize_t put(const char* bytes, std::size_t size) override {
        return send(fd(), bytes, size, MSG_NOSIGNAL);
    }

private:
    // A socket that is closed with bytes unread resets the connection.
    void throw_away() {
        constexpr int kReadsMax = 64;
        std::array<char, 512> buffer{};
        for (int reads = 0; fd() >= 0 && reads < kReadsMax; ++reads) {
            if (take(buffer.data(), buffer.size()) <= 0) return;
        }
    }
};

}  // namespace

OpenedLink open_tcp(const TcpAddress& address, const Waiting& waiting, core::Millis deadline) {
    auto socket = tcp_connect(address, waiting, deadline);
    if (!socket) return socket.error();
    return std::unique_ptr<printing::Link>(std::make_unique<TcpLink>(std::move(*socket), waiting));
}

}  // namespace linuxcash::links
