// SPDX-License-Identifier: Apache-2.0
#include "paper/glyphs.h"

#include <array>
#include <string>
#include <string_view>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::paper;

namespace {

Bitmap letter(char32_t code, const Lettering& lettering = {}) {
    Bitmap bitmap(letter_width(lettering), letter_height(lettering));
    draw_letter(bitmap, {0, 0}, code, lettering);
    return bitmap;
}

int black_dots(const Bitmap& bitmap) {
    int count = 0;
    for (int y = 0; y < bitmap.height(); ++y) {
        for (int x = 0; x < bitmap.width(); ++x)
            count += bitmap.is_black(x, y) ? 1 : 0;
    }
    return count;
}

}  // namespace

TEST_GROUP(Glyphs){};

TEST(Glyphs, are_there_for_every_letter_of_our_alphabets_and_every_sign_of_a_slip) {
    constexpr std::u32string_view kWanted =
        U"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        U"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
        U"АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
        U"абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
        U"ІіЎўЇїЄєҐґӘәҒғҚқҢңӨөҰұҮүҺһ"
        U"№₽₸€£«»“”„‘’–—…•°±×÷§©®™"
        U"─│┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬░▒▓█▄▀■";
    for (const char32_t code : kWanted)
        CHECK_TEXT(has_glyph(code), std::to_string(static_cast<unsigned>(code)).c_str());
}

TEST(Glyphs, of_different_letters_differ_in_both_faces) {
    for (const Face face : {Face::Usual, Face::Small}) {
        CHECK_FALSE(letter(U'Қ', {.face = face}) == letter(U'К', {.face = face}));
        CHECK_FALSE(letter(U'ё', {.face = face}) == letter(U'е', {.face = face}));
        CHECK(black_dots(letter(U'Ж', {.face = face})) > 20);
    }
}

TEST(Glyphs, have_the_sizes_of_a_printer) {
    LONGS_EQUAL(12, letter_width({}));
    LONGS_EQUAL(24, letter_height({}));
    LONGS_EQUAL(9, letter_width({.face = Face::Small}));
    LONGS_EQUAL(17, letter_height({.face = Face::Small}));
    LONGS_EQUAL(24, letter_width({.wide = 2}));
    LONGS_EQUAL(72, letter_height({.high = 3}));
}

TEST(Glyphs, of_lines_meet_the_next_character) {
    for (const Face face : {Face::Usual, Face::Small}) {
        const Bitmap across = letter(U'─', {.face = face});
        const Bitmap down = letter(U'│', {.face = face});
        int left = 0;
        int right = 0;
        int upper = 0;
        int lower = 0;
        for (int y = 0; y < across.height(); ++y) {
            left += across.is_black(0, y) ? 1 : 0;
            right += across.is_black(across.width() - 1, y) ? 1 : 0;
        }
        for (int x = 0; x < down.width(); ++x) {
            upper += down.is_black(x, 0) ? 1 : 0;
            lower += down.is_black(x, down.height() - 1) ? 1 : 0;
        }
        CHECK(left > 0 && left == right);
        CHECK(upper > 0 && upper == lower);
    }
}

TEST(Glyphs, grow_dot_by_dot) {
    const Bitmap small = letter(U'Я');
    const Bitmap large = letter(U'Я', {.wide = 2, .high = 3});

    LONGS_EQUAL(6 * black_dots(small), black_dots(large));
}

TEST(Glyphs, are_bold_underlined_and_reversed) {
    const Bitmap plain = letter(U'Я');

    CHECK(black_dots(letter(U'Я', {.bold = true})) > black_dots(plain));
    CHECK(black_dots(letter(U' ', {.underlined = true})) == 12);
    LONGS_EQUAL(12 * 24 - black_dots(plain), black_dots(letter(U'Я', {.reversed = true})));
}

TEST(Glyphs, that_are_missing_are_boxes) {
    CHECK_FALSE(has_glyph(U'漢'));
    CHECK(black_dots(letter(U'漢')) > 0);
}

TEST(Glyphs, make_a_text) {
    Bitmap text(24, 24);
    draw_text(text, {0, 0}, "Чё", {});
    Bitmap letters(24, 24);
    draw_letter(letters, {0, 0}, U'Ч', {});
    draw_letter(letters, {12, 0}, U'ё', {});

    CHECK(text == letters);
}

TEST(Glyphs, join_a_letter_with_its_mark) {
    Bitmap joined(24, 24);
    draw_text(joined, {0, 0}, "и\u0306\u0301e", {});
    Bitmap letters(24, 24);
    draw_text(letters, {0, 0}, "йe", {});

    CHECK(joined == letters);
}
