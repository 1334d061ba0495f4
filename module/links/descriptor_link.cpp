// SPDX-License-Identifier: Apache-2.0
#include "links/descriptor_link.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>

#include "base/system_error.h"

namespace linuxcash::links {

using printing::Arrived;
using printing::Ended;
using printing::Written;

namespace {

constexpr std::size_t kReadSize = 512;

bool later(int error_number) {
    return error_number == EAGAIN || error_number == EINTR;
}

}  // namespace

Written DescriptorLink::write(std::string_view bytes, core::Millis deadline) {
    Written written;
    while (written.count < bytes.size()) {
        std::size_t room = std::numeric_limits<std::size_t>::max();
        written.ended = writable(deadline, room);
        if (written.ended != Ended::Complete) {
            if (written.ended == Ended::Failed) written.reason = link_reason(errno);
            return written;
        }
        const std::string_view rest = bytes.substr(written.count, room);
        const ssize_t count = put(rest.data(), rest.size());
        const int error_number = errno;
        if (count > 0) written.count += static_cast<std::size_t>(count);
        if (count >= 0 || later(error_number)) continue;
        written.ended = ended_by(error_number);
        written.reason = link_reason(error_number);
        return written;
    }
    return written;
}

Arrived DescriptorLink::read(core::Millis deadline) {
    std::array<char, kReadSize> buffer{};
    Arrived arrived;
    while (true) {
        arrived.ended = waiting_.ready(fd(), POLLIN, deadline);
        if (arrived.ended != Ended::Complete) return arrived;
        const ssize_t count = take(buffer.data(), buffer.size());
        const int error_number = errno;
        if (count > 0) {
            arrived.bytes.assign(buffer.data(), static_cast<std::size_t>(count));
            return arrived;
        }
        if (count < 0 && !later(error_number)) {
            arrived.ended = ended_by(error_number);
            arrived.reason = link_reason(error_number);
            return arrived;
        }
        if (count < 0) continue;
        arrived.ended = nothing_there(deadline);
        if (arrived.ended == Ended::Gone) arrived.reason = tr("связь закрыта с другой стороны");
        if (arrived.ended != Ended::Complete) return arrived;
    }
}

Ended DescriptorLink::writable(core::Millis deadline, std::size_t& /*room*/) {
    return waiting_.ready(fd(), POLLOUT, deadline);
}

ssize_t DescriptorLink::put(const char* bytes, std::size_t size) {
    return ::write(fd(), bytes, size);
}

ssize_t DescriptorLink::take(char* bytes, std::size_t size) {
    return ::read(fd(), bytes, size);
}

Ended DescriptorLink::nothing_there(core::Millis /*deadline*/) {
    return Ended::Gone;
}

Ended ended_by(int error_number) {
    switch (error_number) {
        case EIO:
        case ENODEV:
        case ENXIO:
        case EPIPE:
        case ECONNRESET:
        case ECONNABORTED:
        case ENOTCONN:
        case ETIMEDOUT:
        case EHOSTUNREACH:
        case ENETUNREACH:
        case ENETDOWN:
            return Ended::Gone;
        default:
            return Ended::Failed;
    }
}

Text link_reason(int error_number) {
    switch (error_number) {
        case ENODEV:
        case ENXIO:
            return tr("устройства больше нет");
        case EPIPE:
        case ECONNRESET:
        case ECONNABORTED:
        case ENOTCONN:
            return tr("связь закрыта с другой стороны");
        case ECONNREFUSED:
            return tr("соединение отклонено");
        case ETIMEDOUT:
            return tr("ответа нет");
        case EHOSTUNREACH:
        case ENETUNREACH:
        case ENETDOWN:
            return tr("сеть или узел недоступны");
        default:
            return system_error_reason(error_number);
    }
}

}  // namespace linuxcash::links
