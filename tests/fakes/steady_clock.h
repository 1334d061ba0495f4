// SPDX-License-Identifier: Apache-2.0
// Real time, for tests of what waits in the system. Any thread.
#pragma once

#include <chrono>

#include "core/ports.h"

namespace linuxcash::fakes {

class SteadyClock : public core::Clock {
public:
    [[nodiscard]] core::Millis monotonic() const override {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
                   std::chrono::steady_clock::now().time_since_epoch())
            .count();
    }
    [[nodiscard]] std::int64_t wall_ms() const override { return monotonic(); }
};

}  // namespace linuxcash::fakes
