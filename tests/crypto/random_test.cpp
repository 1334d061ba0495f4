// SPDX-License-Identifier: Apache-2.0
#include "crypto/random.h"

#include <algorithm>
#include <array>
#include <set>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::crypto::random_bytes;

TEST_GROUP(Random){};

TEST(Random, never_gives_the_same_16_bytes_twice) {
    std::set<std::array<std::uint8_t, 16>> seen;
    for (int round = 0; round < 1000; ++round) {
        std::array<std::uint8_t, 16> bytes{};
        CHECK(random_bytes(bytes).ok());
        CHECK(seen.insert(bytes).second);
    }
}

TEST(Random, fills_every_byte) {
    std::array<std::uint8_t, 64> ever{};
    for (int round = 0; round < 16; ++round) {
        std::array<std::uint8_t, 64> bytes{};
        CHECK(random_bytes(bytes).ok());
        for (std::size_t at = 0; at < bytes.size(); ++at)
            ever.at(at) |= bytes.at(at);
    }

    CHECK(std::ranges::none_of(ever, [](std::uint8_t byte) { return byte == 0; }));
}

TEST(Random, accepts_to_fill_nothing) {
    CHECK(random_bytes({}).ok());
}
