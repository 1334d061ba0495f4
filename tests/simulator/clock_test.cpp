// SPDX-License-Identifier: Apache-2.0
#include "simulator/clock.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash::simulator;

TEST_GROUP(SimulatorClock){};

TEST(SimulatorClock, a_manual_clock_moves_only_when_told_and_never_back) {
    ManualClock clock(1000);

    clock.advance(500);
    clock.advance(-100);

    LONGS_EQUAL(1500, clock.now_ms());
}

TEST(SimulatorClock, dates_are_written_in_the_time_of_minsk) {
    STRCMP_EQUAL("2025-06-12T14:45:00+03:00", rfc3339(ManualClock::kDefaultStartMs).c_str());
    STRCMP_EQUAL("1970-01-01T03:00:00+03:00", rfc3339(0).c_str());
}
