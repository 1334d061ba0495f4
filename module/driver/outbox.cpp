// SPDX-License-Identifier: Apache-2.0
#include "driver/outbox.h"

#include <sys/eventfd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

#include "base/system_error.h"

namespace linuxcash::driver {

Result<> Outbox::open() {
    // As a semaphore it is readable exactly while events wait.
    ready_ = UniqueFd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE));
    if (ready_.valid()) return Done{};
    return Error{ErrorCode::Io, tr("драйвер принтера не запущен: %1", system_error_reason(errno))};
}

void Outbox::put(Event event) {
    const std::lock_guard lock(mutex_);
    events_.push_back(std::move(event));
    // Cannot fail: the count is far below the limit of 2^64.
    static_cast<void>(::eventfd_write(ready_.get(), 1));
    arrived_.notify_one();
}

std::optional<Event> Outbox::take(int timeout_ms) {
    std::unique_lock lock(mutex_);
    const std::chrono::milliseconds patience(std::max(timeout_ms, 0));
    if (!arrived_.wait_for(lock, patience, [this] { return !events_.empty(); })) {
        return std::nullopt;
    }
    Event event = std::move(events_.front());
    events_.pop_front();
    eventfd_t taken = 0;
    static_cast<void>(::eventfd_read(ready_.get(), &taken));
    return event;
}

}  // namespace linuxcash::driver
