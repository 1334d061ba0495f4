// SPDX-License-Identifier: Apache-2.0
#include "terminal/line_reader.h"

#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::terminal;

TEST_GROUP(LineReader) {
    LineReader reader;
};

TEST(LineReader, joins_pieces_and_cuts_lines) {
    CHECK(reader.feed("ab").empty());
    const auto lines = reader.feed("c\r\n\nde");

    LONGS_EQUAL(2, lines.size());
    STRCMP_EQUAL("abc", lines[0].text.c_str());
    STRCMP_EQUAL("", lines[1].text.c_str());
    STRCMP_EQUAL("de", reader.end().front().text.c_str());
    CHECK(reader.end().empty());
}

TEST(LineReader, throws_away_what_is_too_long_and_says_so) {
    const std::string chunk(kInputLineMax, 'x');
    CHECK(reader.feed(chunk).empty());
    const auto lines = reader.feed("y\nz\n");

    CHECK(lines[0].too_long);
    LONGS_EQUAL(kInputLineMax, lines[0].text.size());
    CHECK_FALSE(lines[1].too_long);
    STRCMP_EQUAL("z", lines[1].text.c_str());
}
