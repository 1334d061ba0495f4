// SPDX-License-Identifier: Apache-2.0
// The wish to end a job early, which every wait of a link sees at once. Any thread; it outlives
// the links that watch it.
#pragma once

#include <atomic>

#include "base/files.h"

namespace linuxcash::printing {

class StopSignal {
public:
    StopSignal();

    void raise() noexcept;
    // For the next job; not while a job runs.
    void clear() noexcept;
    [[nodiscard]] bool raised() const noexcept { return raised_.load(); }
    // Readable while raised; -1 when the system gave none: then raised() is looked at each
    // kLookMs.
    [[nodiscard]] int fd() const noexcept { return event_.get(); }

    static constexpr int kLookMs = 50;

private:
    UniqueFd event_;
    std::atomic<bool> raised_ = false;
};

}  // namespace linuxcash::printing
