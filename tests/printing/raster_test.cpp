// SPDX-License-Identifier: Apache-2.0
#include "printing/raster.h"

#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::printing;
using namespace std::string_literals;

TEST_GROUP(Raster){};

TEST(Raster, packs_eight_dots_a_byte) {
    Bitmap bitmap(10, 2);

    bitmap.blacken(0, 0, 1, 1);
    bitmap.blacken(8, 0, 2, 2);

    CHECK(bitmap.bytes() == "\x80\xC0\x00\xC0"s);
}

TEST(Raster, leaves_out_what_lies_outside) {
    Bitmap bitmap(8, 1);

    bitmap.blacken(-2, -1, 20, 5);

    CHECK(bitmap.bytes() == "\xFF"s);
    LONGS_EQUAL(0, Bitmap(-1, 5).bytes().size());
}

TEST(Raster, centres_a_picture) {
    const Bitmap bitmap = image_bitmap({{"##", ".#"}, ""}, 8);

    LONGS_EQUAL(5, bitmap.width());
    CHECK(bitmap.bytes() == "\x18\x08"s);
}

TEST(Raster, is_sent_in_strips) {
    Bitmap bitmap(16, 130);
    std::string out;

    append_raster(out, bitmap);

    LONGS_EQUAL(2 * 8 + 2 * 130, out.size());
    CHECK(out.substr(0, 8) == "\x1Dv0\0\x02\0\x80\0"s);
    CHECK(out.substr(8 + 256, 8) == "\x1Dv0\0\x02\0\x02\0"s);
}

TEST(Raster, draws_the_bars_of_an_ean_13) {
    STRCMP_EQUAL(
        "101"
        "0101111"
        "0100111"
        "0011001"
        "0010011"
        "0100001"
        "0011101"
        "01010"
        "1001110"
        "1010000"
        "1000100"
        "1001000"
        "1110100"
        "1000010"
        "101",
        ean13_modules("4601234567893").c_str());
}

TEST(Raster, scales_the_bars) {
    const Bitmap bitmap = ean13_bitmap("4601234567893", 2, 3, 240);

    LONGS_EQUAL(25 + 190, bitmap.width());
    LONGS_EQUAL(3, bitmap.height());
}
