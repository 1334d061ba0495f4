// SPDX-License-Identifier: Apache-2.0
// A printer that does what a test says: each print waits until it is told how to end. Any thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "driver/device.h"

namespace linuxcash::driver {

// Shared by the test and the device that a station owns.
class Paper {
public:
    // How the next print ends; without any it waits for one, or for the stop.
    void end_next(printing::JobResult result) {
        const std::lock_guard lock(mutex_);
        ends_.push_back(std::move(result));
        changed_.notify_all();
    }
    void condition(printing::Condition condition) {
        const std::lock_guard lock(mutex_);
        condition_ = std::move(condition);
    }
    // Until so many prints have begun.
    void wait_for(int prints) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this, prints] { return begun_ >= prints; });
    }
    [[nodiscard]] std::vector<std::string> printed() {
        const std::lock_guard lock(mutex_);
        return printed_;
    }

private:
    friend class FakeDevice;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<printing::JobResult> ends_;
    printing::Condition condition_;
    std::vector<std::string> printed_;
    int begun_ = 0;
    bool stopped_ = false;
};

class FakeDevice final : public Device {
public:
    explicit FakeDevice(Paper& paper) : paper_(paper) {}

    [[nodiscard]] printing::JobResult print(std::string_view bytes, const OnChange&) override {
        std::unique_lock lock(paper_.mutex_);
        ++paper_.begun_;
        paper_.changed_.notify_all();
        paper_.changed_.wait(lock, [this] { return paper_.stopped_ || !paper_.ends_.empty(); });
        printing::JobResult result;
        result.trouble = printing::Trouble::Stopped;
        if (paper_.stopped_) return result;
        result = std::move(paper_.ends_.front());
        paper_.ends_.pop_front();
        if (result.delivery == printing::Delivery::Printed) paper_.printed_.emplace_back(bytes);
        return result;
    }
    [[nodiscard]] printing::Condition ask() override {
        const std::lock_guard lock(paper_.mutex_);
        return paper_.condition_;
    }
    [[nodiscard]] printing::JobResult open_drawer(const printing::DrawerPulse& pulse) override {
        return print(pulse.in_turn, {});
    }
    void stop() noexcept override {
        const std::lock_guard lock(paper_.mutex_);
        paper_.stopped_ = true;
        paper_.changed_.notify_all();
    }

private:
    Paper& paper_;
};

}  // namespace linuxcash::driver
