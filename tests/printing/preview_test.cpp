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

TEST(Preview, of_nothing_is_a_little_white_paper) {
    CHECK(preview(Slip{}, model_of_epson(384, CodePrinting::Native)).ok());
}
