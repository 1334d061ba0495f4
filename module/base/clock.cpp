// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"

#include <chrono>

namespace linuxcash {
namespace {

template <typename Clock>
std::int64_t milliseconds_of() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now().time_since_epoch())
        .count();
}

}  // namespace

Millis SystemClock::monotonic() const {
    return milliseconds_of<std::chrono::steady_clock>();
}

std::int64_t SystemClock::wall_ms() const {
    return milliseconds_of<std::chrono::system_clock>();
}

}  // namespace linuxcash
