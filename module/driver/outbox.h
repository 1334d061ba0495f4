// SPDX-License-Identifier: Apache-2.0
// Events on their way from the printers' threads to the host's. Any thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

#include "base/files.h"
#include "base/result.h"
#include "driver/event.h"

namespace linuxcash::driver {

class Outbox {
public:
    // Io: the system gives no descriptor.
    [[nodiscard]] Result<> open();

    void put(Event event);
    // The oldest, waiting for it at most that long; nullopt: none came.
    [[nodiscard]] std::optional<Event> take(int timeout_ms);
    // Readable while an event waits; -1 before open().
    [[nodiscard]] int fd() const { return ready_.get(); }

private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Event> events_;
    UniqueFd ready_;
};

}  // namespace linuxcash::driver
