// SPDX-License-Identifier: Apache-2.0
#include "printing/preview.h"

#include <array>
#include <string>

#include "paper/png.h"
#include "printing/printed.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::core::slip;
using namespace linuxcash::printing;
using namespace linuxcash::tests;
using linuxcash::ErrorCode;
using linuxcash::paper::Bitmap;
using linuxcash::paper::read_png;

namespace {

// What the preview shows is what the virtual printer prints, dot by dot.
void check_same(const Element& element) {
    for (const CodePrinting way : {CodePrinting::Native, CodePrinting::Raster}) {
        const Model model = model_of_epson(576, way);
        const Printed printed = printed_slip(Slip{{element}}, model);
        const auto picture = printed_picture(Slip{{element}}, model);
        LONGS_EQUAL(1, printed.pictures.size());
        CHECK(picture.ok());
        CHECK(*picture == printed.pictures[0]);
    }
}

int black_dots(const Bitmap& picture, int from, int to) {
    int black = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = from; x < to; ++x)
            black += picture.is_black(x, y) ? 1 : 0;
    }
    return black;
}

// A line of as many letters as there are columns has as many times the dots of one letter.
void check_full_line(const Model& model, int columns, Size size) {
    std::string line;
    for (int column = 0; column < columns; ++column)
        line += "Ш";
    const auto one = printed_picture(Slip{{Text{.text = "Ш", .size = size}}}, model);
    const auto full = printed_picture(Slip{{Text{.text = line, .size = size}}}, model);
    CHECK(one.ok() && full.ok());
    LONGS_EQUAL(one->height(), full->height());
    const int dots = black_dots(*one, 0, model.dots);
    CHECK(dots > 0);
    LONGS_EQUAL_TEXT(columns * dots, black_dots(*full, 0, model.dots), model.name.c_str());
}

void check_full_lines(const Model& model) {
    for (const Size size : {Size::Default, Size::Medium})
        check_full_line(model, model.columns, size);
    check_full_line(model, model.columns / 2, Size::Large);
    check_full_line(
        model, model.small_columns > 0 ? model.small_columns : model.columns, Size::Small);
}

}  // namespace

TEST_GROUP(Preview){};

TEST(Preview, shows_text_as_the_printer_prints_it) {
    for (const Size size : {Size::Default, Size::Small, Size::Medium, Size::Large}) {
        check_same(Text{.text = "Итого «Чай» Қ", .size = size, .alignment = Alignment::Center});
        check_same(Text{.text = "Итого", .size = size, .bold = true});
        check_same(Pair{.left = "Карта", .right = "4242", .size = size});
        check_same(Line{.size = size});
    }
}

TEST(Preview, shows_codes_as_they_come_out) {
    check_same(QrCode{.data = "https://pay.example.by/r?17"});
    for (const PrintText text :
         {PrintText::None, PrintText::Above, PrintText::Below, PrintText::Everywhere})
        check_same(Barcode{.data = "460123456789", .print_text = text});
    check_same(Image{{"###", "#.#"}});
}

TEST(Preview, has_margins_and_a_dashed_line_where_the_paper_is_cut) {
    const Model model = model_of_epson(384, CodePrinting::Native);

    const auto png = preview(Slip{{Text{"a"}, Cut{}}}, model);

    CHECK(png.ok());
    const auto sheet = read_png(*png);
    LONGS_EQUAL(384 + 2 * 40, sheet->width());
    const int cut = 24 + 30 + 24;
    CHECK(sheet->is_black(0, cut) && sheet->is_black(11, cut) && sheet->is_black(24, cut));
    CHECK_FALSE(sheet->is_black(12, cut));
    LONGS_EQUAL(cut + 24 + 24, sheet->height());
}

TEST(Preview, shows_the_paper_that_must_come_out_before_it_is_torn_off) {
    Model model = model_of_epson(384, CodePrinting::Native);
    const auto cut = printed_picture(Slip{{Cut{}}}, model);
    model.cutter = Cutter::None;

    const auto torn = printed_picture(Slip{{Cut{}}}, model);

    LONGS_EQUAL(4 * 30, torn->height() - cut->height());
}

TEST(Preview, refuses_what_the_printer_could_not_print) {
    const Model model = model_of_epson(384, CodePrinting::Native);

    CHECK(
        preview(Slip{{QrCode{.data = std::string(2900, 'a')}}}, model).error().code
        == ErrorCode::TooLarge);
    CHECK(
        preview(Slip{{Image{{std::string(385, '#')}}}}, model).error().code == ErrorCode::TooLarge);
}

TEST(Preview, shows_every_letter_of_a_full_line_on_every_shipped_model) {
    const auto shipped = read_models(PRINTERS_INI);
    CHECK(shipped.ok());
    for (const Model& model : shipped->models)
        check_full_lines(model);
}

TEST(Preview, squeezes_letters_into_the_columns_that_a_site_has_set) {
    Model model = model_of_epson(384, CodePrinting::Raster);
    model.columns = 48;
    model.small_columns = 64;
    check_full_lines(model);
    model.columns = 96;
    check_full_lines(model);
    const auto ruler = printed_picture(Slip{{Line{}}}, model);
    CHECK(black_dots(*ruler, 380, 384) > 0);
}

TEST(Preview, of_nothing_is_a_little_white_paper) {
    CHECK(preview(Slip{}, model_of_epson(384, CodePrinting::Native)).ok());
}
