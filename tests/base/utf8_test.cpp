// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"

#include <array>
#include <string_view>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::is_utf8;
using linuxcash::utf8_character_size;
using linuxcash::utf8_code_point;

TEST_GROUP(Utf8){};

TEST(Utf8, knows_characters_of_every_size) {
    LONGS_EQUAL(1, utf8_character_size("a"));
    LONGS_EQUAL(2, utf8_character_size("ж"));
    LONGS_EQUAL(3, utf8_character_size("€"));
    LONGS_EQUAL(4, utf8_character_size("🙂"));
    LONGS_EQUAL(0, utf8_character_size(""));
}

TEST(Utf8, reads_the_first_code_point) {
    CHECK(utf8_code_point("ab") == U'a');
    CHECK(utf8_code_point("жа") == U'ж');
    CHECK(utf8_code_point("€") == U'€');
    CHECK(utf8_code_point("🙂") == U'🙂');
    CHECK(utf8_code_point("\xFF") == 0xFF);
    CHECK(utf8_code_point("") == 0);
}

TEST(Utf8, accepts_the_ends_of_each_range) {
    CHECK(
        is_utf8("\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF\xF0\x90\x80"
                "\x80\xF4\x8F\xBF\xBF"));
}

TEST(Utf8, refuses_malformed_bytes) {
    constexpr std::array<std::string_view, 13> kMalformed{
        "\x80",  // continuation alone
        "\xC0\xAF",  // overlong
        "\xC1\xBF",  // overlong
        "\xE0\x9F\xBF",  // overlong
        "\xF0\x8F\xBF\xBF",  // overlong
        "\xED\xA0\x80",  // surrogate
        "\xF4\x90\x80\x80",  // above Unicode
        "\xF5\x80\x80\x80",  // above Unicode
        "\xFF",  // never
        "\xD0",  // torn
        "\xE2\x82",  // torn
        "\xE2\x82\x41",  // torn by a letter
        "\xF0\x9F\x99",  // torn
    };
    for (const std::string_view bytes : kMalformed) {
        CHECK_FALSE(is_utf8(bytes));
        LONGS_EQUAL(0, utf8_character_size(bytes));
    }
}
