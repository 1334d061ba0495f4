// SPDX-License-Identifier: Apache-2.0
// What a test of links has around it: real time, a stop signal, a folder. One thread, but for the
// stop.
#pragma once

#include <thread>

#include "fakes/steady_clock.h"
#include "fakes/temporary_folder.h"
#include "links/links.h"

namespace linuxcash::links {

struct Scene {
    fakes::SteadyClock clock;
    printing::StopSignal stop;
    fakes::TemporaryFolder folder;
    Surroundings surroundings{clock, stop, folder.path(), 2'000};

    [[nodiscard]] core::Millis in(core::Millis ms) const { return clock.monotonic() + ms; }

    [[nodiscard]] Result<std::unique_ptr<printing::Link>> open(const std::string& text) const {
        const auto address = parse_address(text);
        if (!address) return address.error();
        return open_link(*address, surroundings);
    }

    // How long `waits` goes on after another thread has raised the stop signal.
    template <typename Waits>
    [[nodiscard]] core::Millis stopped_after(const Waits& waits) {
        core::Millis raised = 0;
        std::thread stopper([&] {
            raised = clock.monotonic();
            stop.raise();
        });
        waits();
        const core::Millis ended = clock.monotonic();
        stopper.join();
        return ended - raised;
    }
};

// On a quiet machine it is below 50 ms; a wait that does not see the signal takes seconds.
inline constexpr core::Millis kAtOnceMs = 300;

}  // namespace linuxcash::links
