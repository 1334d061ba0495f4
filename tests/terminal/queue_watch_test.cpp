// SPDX-License-Identifier: Apache-2.0
#include "terminal/queue_watch.h"

#include <vector>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::terminal;

namespace {

constexpr std::int64_t kDay = 24 * 60 * 60;
constexpr std::int64_t kNow = 1'800'000'000;

std::vector<host::Obligation> owed(std::size_t count, std::int64_t age_s) {
    std::vector<host::Obligation> all(count);
    for (host::Obligation& each : all)
        each.age_s = age_s;
    return all;
}

}  // namespace

TEST_GROUP(QueueWatch){};

TEST(QueueWatch, warns_of_a_long_queue_when_its_length_changes) {
    QueueWatch watch(3, 0);

    CHECK(watch.look(owed(2, 0), kNow).empty());
    STRCMP_EQUAL(
        "Большое количество сообщений в очереди (3)",
        watch.look(owed(3, 0), kNow).front().russian().c_str());
    CHECK(watch.look(owed(3, 0), kNow).empty());
    LONGS_EQUAL(1, watch.look(owed(4, 0), kNow).size());
    CHECK(watch.look(owed(0, 0), kNow).empty());
    LONGS_EQUAL(1, watch.look(owed(4, 0), kNow).size());
}

TEST(QueueWatch, warns_of_old_messages_once_for_their_date) {
    QueueWatch watch(0, 1);

    CHECK(watch.look(owed(1, kDay - 1), kNow).empty());
    LONGS_EQUAL(1, watch.look(owed(1, kDay), kNow + 1).size());
    CHECK(watch.look(owed(1, kDay + 60), kNow + 61).empty());
}

TEST(QueueWatch, never_warns_when_switched_off) {
    QueueWatch watch(0, 0);

    CHECK(watch.look(owed(100, 100 * kDay), kNow).empty());
}
