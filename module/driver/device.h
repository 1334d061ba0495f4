// SPDX-License-Identifier: Apache-2.0
// One printer as its station uses it: each call opens the way to it, does its work and closes it
// again, so that an unplugged printer is found again and other programs have their turn.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "base/clock.h"
#include "driver/settings.h"
#include "links/links.h"
#include "printing/job.h"

namespace linuxcash::driver {

// One thread at a time, except stop().
class Device {
public:
    using OnChange = std::function<void(printing::PrinterState)>;

    virtual ~Device() = default;
    // Blocks until the end is known; `on_change` is told what it waits for meanwhile.
    [[nodiscard]] virtual printing::JobResult print(
        std::string_view bytes, const OnChange& on_change) = 0;
    [[nodiscard]] virtual printing::Condition ask() = 0;
    // Ends what runs within about 100 ms, and everything after it at once. Any thread.
    virtual void stop() noexcept = 0;
};

class LinkedDevice final : public Device {
public:
    // `folder`: where file:NAME lies.
    LinkedDevice(const PrinterSettings& settings, std::filesystem::path folder);

    [[nodiscard]] printing::JobResult print(
        std::string_view bytes, const OnChange& on_change) override;
    [[nodiscard]] printing::Condition ask() override;
    void stop() noexcept override { stop_.raise(); }

private:
    links::Address address_;
    printing::StatusAnswers answers_;
    printing::StopSignal stop_;
    SystemClock clock_;
    links::Surroundings surroundings_;
};

}  // namespace linuxcash::driver
