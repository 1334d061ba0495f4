// SPDX-License-Identifier: Apache-2.0
#include "simulator/clock.h"

#include <array>
#include <chrono>
#include <ctime>

namespace linuxcash::simulator {

namespace {

// Belarus keeps UTC+3 all year.
constexpr std::int64_t kMinskOffsetSeconds = 3 * 60 * 60;

}  // namespace

std::int64_t SystemClock::now_ms() const {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count();
}

void ManualClock::advance(std::int64_t step_ms) {
    if (step_ms > 0) now_ms_ += step_ms;
}

std::string rfc3339(std::int64_t at_ms) {
    const std::time_t local = at_ms / 1000 + kMinskOffsetSeconds;
    std::tm parts{};
    std::array<char, 40> text{};
    if (gmtime_r(&local, &parts) == nullptr) return {};
    const std::size_t length =
        std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S+03:00", &parts);
    return {text.data(), length};
}

}  // namespace linuxcash::simulator
