// SPDX-License-Identifier: Apache-2.0
#include "printing/stop.h"

#include <sys/eventfd.h>

namespace linuxcash::printing {

StopSignal::StopSignal() : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
}

void StopSignal::raise() noexcept {
    raised_.store(true);
    // It cannot fail: the counter is cleared long before it is full.
    if (event_.valid()) (void)eventfd_write(event_.get(), 1);
}

void StopSignal::clear() noexcept {
    eventfd_t count = 0;
    if (event_.valid()) (void)eventfd_read(event_.get(), &count);
    raised_.store(false);
}

}  // namespace linuxcash::printing
