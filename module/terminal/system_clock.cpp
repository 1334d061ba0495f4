// SPDX-License-Identifier: Apache-2.0
#include "terminal/system_clock.h"

#include <chrono>

namespace linuxcash::terminal {

namespace {

template <typename Clock>
std::int64_t now_ms() {
    const auto since = Clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

}  // namespace

core::Millis SystemClock::monotonic() const {
    return now_ms<std::chrono::steady_clock>();
}

std::int64_t SystemClock::wall_ms() const {
    return now_ms<std::chrono::system_clock>();
}

}  // namespace linuxcash::terminal
