// SPDX-License-Identifier: Apache-2.0
// The core's clock, taken from the system. Any thread.
#pragma once

#include "core/ports.h"

namespace linuxcash::terminal {

class SystemClock final : public core::Clock {
public:
    [[nodiscard]] core::Millis monotonic() const override;
    [[nodiscard]] std::int64_t wall_ms() const override;
};

}  // namespace linuxcash::terminal
