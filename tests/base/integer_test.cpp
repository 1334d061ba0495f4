// SPDX-License-Identifier: Apache-2.0
#include "base/integer.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::parse_integer;

TEST_GROUP(Integer){};

TEST(Integer, reads_whole_numbers) {
    CHECK(parse_integer("0") == 0);
    CHECK(parse_integer("-17") == -17);
    CHECK(parse_integer("007") == 7);
}

TEST(Integer, refuses_everything_around_a_number) {
    for (const char* text :
         {"", "-", "+1", " 1", "1 ", "12abc", "0x10", "1.0", "1e3", "--1", "\t1"}) {
        CHECK_FALSE_TEXT(parse_integer(text).has_value(), text);
    }
}

TEST(Integer, refuses_what_does_not_fit) {
    CHECK(parse_integer("9223372036854775807").has_value());
    CHECK_FALSE(parse_integer("9223372036854775808").has_value());
    CHECK(parse_integer("-9223372036854775808").has_value());
    CHECK_FALSE(parse_integer("-9223372036854775809").has_value());
}
