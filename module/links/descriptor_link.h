// SPDX-License-Identifier: Apache-2.0
// Reading and writing that sockets, serial ports and device files have in common. One thread at a
// time.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string_view>

#include "base/files.h"
#include "links/waiting.h"
#include "printing/link.h"

namespace linuxcash::links {

class DescriptorLink : public printing::Link {
public:
    [[nodiscard]] printing::Written write(std::string_view bytes, core::Millis deadline) override;
    [[nodiscard]] printing::Arrived read(core::Millis deadline) override;

protected:
    // The descriptor does not block.
    DescriptorLink(UniqueFd fd, const Waiting& waiting) : fd_(std::move(fd)), waiting_(waiting) {}

    [[nodiscard]] int fd() const { return fd_.get(); }
    [[nodiscard]] const Waiting& waiting() const { return waiting_; }
    void end() { fd_.reset(); }

    // Waits until at least a byte may be written. `room` says how many may be at most.
    [[nodiscard]] virtual printing::Ended writable(core::Millis deadline, std::size_t& room);
    // As write(2) and read(2).
    [[nodiscard]] virtual ssize_t put(const char* bytes, std::size_t size);
    [[nodiscard]] virtual ssize_t take(char* bytes, std::size_t size);
    // What it means that nothing can be read although reading was possible.
    [[nodiscard]] virtual printing::Ended nothing_there(core::Millis deadline);

private:
    UniqueFd fd_;
    Waiting waiting_;
};

// What an errno of a link means: Gone when it was unplugged or closed by the other side.
[[nodiscard]] printing::Ended ended_by(int error_number);

// As far as base/system_error.h, with the words of devices and networks.
[[nodiscard]] Text link_reason(int error_number);

}  // namespace linuxcash::links
