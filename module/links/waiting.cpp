// SPDX-License-Identifier: Apache-2.0
#include "links/waiting.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>

namespace linuxcash::links {

using printing::Ended;
using printing::StopSignal;

Ended Waiting::ready(int fd, short events, core::Millis deadline) const {
    std::array<pollfd, 2> watched{pollfd{fd, events, 0}, pollfd{stop_.fd(), POLLIN, 0}};
    while (true) {
        if (stopped()) return Ended::Stopped;
        core::Millis left = std::clamp<core::Millis>(deadline - now(), 0, INT_MAX);
        if (stop_.fd() < 0) left = std::min<core::Millis>(left, StopSignal::kLookMs);
        const int count = poll(watched.data(), watched.size(), static_cast<int>(left));
        if (stopped()) return Ended::Stopped;
        if (count < 0 && errno != EINTR) return Ended::Failed;
        if (count > 0 && watched[0].revents != 0) return Ended::Complete;
        if (now() >= deadline) return Ended::Deadline;
    }
}

Ended Waiting::pause(core::Millis ms, core::Millis deadline) const {
    const core::Millis until = now() + ms;
    const Ended ended = ready(-1, 0, std::min(until, deadline));
    return ended == Ended::Deadline && until <= deadline ? Ended::Complete : ended;
}

int Waiting::step_ms(core::Millis deadline) const {
    return static_cast<int>(std::clamp<core::Millis>(deadline - now(), 0, StopSignal::kLookMs));
}

}  // namespace linuxcash::links
