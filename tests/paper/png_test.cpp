// SPDX-License-Identifier: Apache-2.0
#include "paper/png.h"

#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::paper;
using linuxcash::ErrorCode;

namespace {

Bitmap picture() {
    Bitmap bitmap(13, 5);
    bitmap.blacken(3, 1, 7, 2);
    return bitmap;
}

}  // namespace

TEST_GROUP(Png){};

TEST(Png, comes_back_as_it_was) {
    const auto png = write_png(picture());

    CHECK(png.ok());
    const auto back = read_png(*png);
    CHECK(back.ok());
    CHECK(*back == picture());
}

TEST(Png, has_one_bit_of_grey_a_dot) {
    const auto png = write_png(picture());

    // Of IHDR: the bits of a sample and the kind of colour.
    CHECK(png->substr(24, 2) == std::string("\1\0", 2));
}

TEST(Png, of_nothing_is_refused) {
    CHECK(write_png(Bitmap(0, 5)).error().code == ErrorCode::InvalidInput);
}

TEST(Png, of_a_picture_that_is_too_high_is_refused) {
    CHECK(write_png(Bitmap(1, kPngSideMax + 1)).error().code == ErrorCode::TooLarge);
}

TEST(Png, that_is_none_is_refused) {
    CHECK(read_png("no picture").error().code == ErrorCode::InvalidInput);
    CHECK(read_png("").error().code == ErrorCode::InvalidInput);
}

TEST(Png, that_is_torn_is_refused) {
    const auto png = write_png(picture());

    CHECK(read_png(png->substr(0, png->size() - 20)).error().code == ErrorCode::InvalidInput);
}
