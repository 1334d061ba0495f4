// SPDX-License-Identifier: Apache-2.0
#include "paper/bitmap.h"

#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::paper::Bitmap;

TEST_GROUP(Bitmap){};

TEST(Bitmap, is_white_at_first_and_outside) {
    const Bitmap bitmap(3, 2);

    CHECK(bitmap.bytes() == std::string(2, '\0'));
    CHECK_FALSE(bitmap.is_black(-1, 0));
    CHECK_FALSE(bitmap.is_black(3, 0));
    CHECK_FALSE(bitmap.is_black(0, 2));
}

TEST(Bitmap, blackens_what_lies_inside) {
    Bitmap bitmap(10, 2);

    bitmap.blacken(7, -1, 5, 2);

    CHECK(bitmap.bytes() == std::string("\x01\xC0\0\0", 4));
}

TEST(Bitmap, inverts_a_rectangle) {
    Bitmap bitmap(8, 1);
    bitmap.blacken(0, 0, 2, 1);

    bitmap.invert(1, 0, 2, 1);

    CHECK(bitmap.bytes() == "\xA0");
}

TEST(Bitmap, draws_black_dots_over_what_is_there) {
    Bitmap bitmap(8, 2);
    bitmap.blacken(0, 0, 1, 1);
    Bitmap dot(2, 2);
    dot.blacken(1, 1, 1, 1);

    bitmap.draw(dot, {0, 0});

    CHECK(bitmap.bytes() == "\x80\x40");
}

TEST(Bitmap, repeats_a_row_as_far_as_there_is_room) {
    Bitmap bitmap(8, 3);
    bitmap.blacken(1, 1, 1, 1);

    bitmap.repeat_row(1, 9);
    bitmap.repeat_row(3, 1);
    bitmap.repeat_row(0, -1);

    CHECK(bitmap.bytes() == std::string("\0\x40\x40", 3));
}

TEST(Bitmap, grows_white_and_shrinks) {
    Bitmap bitmap(8, 1);
    bitmap.blacken(0, 0, 8, 1);

    bitmap.set_height(3);

    CHECK(bitmap.bytes() == std::string("\xFF\0\0", 3));
    bitmap.set_height(-1);
    LONGS_EQUAL(0, bitmap.height());
}

TEST(Bitmap, of_bytes_takes_as_many_as_it_needs) {
    CHECK(Bitmap::of(8, 2, "\xFF").bytes() == std::string("\xFF\0", 2));
    CHECK(Bitmap::of(8, 1, "\xFF\xFF").bytes() == "\xFF");
}
