// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"

#include <time.h>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;

namespace {

std::int64_t system_ms(clockid_t which) {
    timespec now{};
    clock_gettime(which, &now);
    return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

}  // namespace

TEST_GROUP(SystemClock) {
    SystemClock clock;
};

TEST(SystemClock, wall_time_is_milliseconds_of_unix_time) {
    const std::int64_t before = system_ms(CLOCK_REALTIME);
    const std::int64_t now = clock.wall_ms();

    CHECK(before <= now);
    CHECK(now <= system_ms(CLOCK_REALTIME));
}

TEST(SystemClock, the_monotonic_time_is_one_that_nobody_sets) {
    const std::int64_t before = system_ms(CLOCK_MONOTONIC);
    const Millis now = clock.monotonic();

    CHECK(before <= now);
    CHECK(now <= system_ms(CLOCK_MONOTONIC));
}
