// SPDX-License-Identifier: Apache-2.0
// The time as a port, and the system's. Any thread.
#pragma once

#include <cstdint>

namespace linuxcash {

using Millis = std::int64_t;

class Clock {
public:
    virtual ~Clock() = default;
    // Milliseconds since some moment: never goes back, and no sleep of the machine counts twice.
    [[nodiscard]] virtual Millis monotonic() const = 0;
    [[nodiscard]] virtual std::int64_t wall_ms() const = 0;  // Unix time, for people only
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Millis monotonic() const override;
    [[nodiscard]] std::int64_t wall_ms() const override;
};

}  // namespace linuxcash
