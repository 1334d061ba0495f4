// SPDX-License-Identifier: Apache-2.0
// The simulators' time: the real one, or one that only a test moves. Any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

namespace linuxcash::simulator {

class Clock {
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    // Milliseconds since 1970-01-01 UTC.
    [[nodiscard]] virtual std::int64_t now_ms() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] std::int64_t now_ms() const override;
};

class ManualClock final : public Clock {
public:
    // 2025-06-12 14:45:00 in Minsk.
    static constexpr std::int64_t kDefaultStartMs = 1749728700000;

    explicit ManualClock(std::int64_t start_ms = kDefaultStartMs) : now_ms_(start_ms) {}

    [[nodiscard]] std::int64_t now_ms() const override { return now_ms_; }
    // `step_ms` below zero does nothing: this time never goes back.
    void advance(std::int64_t step_ms);

private:
    std::atomic<std::int64_t> now_ms_;
};

// "2025-06-12T14:45:00+03:00": RFC 3339 in the time zone of Minsk.
[[nodiscard]] std::string rfc3339(std::int64_t at_ms);

}  // namespace linuxcash::simulator
