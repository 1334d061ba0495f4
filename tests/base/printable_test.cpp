// SPDX-License-Identifier: Apache-2.0
#include "base/printable.h"

#include <string>
#include <string_view>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::character_count;
using linuxcash::printable;

TEST_GROUP(Printable){};

TEST(Printable, leaves_harmless_text_as_it_is) {
    STRCMP_EQUAL("О!плати \\ «24.50» €", printable("О!плати \\ «24.50» €").c_str());
}

TEST(Printable, writes_terminal_escapes_and_line_breaks_out) {
    STRCMP_EQUAL("a\\x1B[2J\\x0Ab\\x0D\\x7F", printable("a\x1B[2J\nb\r\x7F").c_str());
}

TEST(Printable, writes_a_zero_byte_out) {
    STRCMP_EQUAL("\\x00!", printable(std::string_view("\0!", 2)).c_str());
}

TEST(Printable, writes_c1_controls_and_direction_overrides_out) {
    STRCMP_EQUAL("\\x9B\\u202E\\u2028\\uFEFF", printable("\u009B\u202E\u2028\uFEFF").c_str());
}

TEST(Printable, writes_bytes_that_are_no_text_out) {
    STRCMP_EQUAL("\\xFF\\xC3я", printable("\xFF\xC3я").c_str());
}

TEST(Printable, counts_characters_and_not_bytes) {
    CHECK_EQUAL(7U, character_count("О!плати"));
    CHECK_EQUAL(2U, character_count("\xFF\xFE"));
    CHECK_EQUAL(0U, character_count(""));
}
