// SPDX-License-Identifier: Apache-2.0
// Our bytes on the paper of a printer whose firmware was written without looking at them, and its
// codes in the eyes of two strange readers.
#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "printing/code_readers.h"
#include "printing/escpos.h"
#include "printing/printed.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::core::slip;
using namespace linuxcash::printing;
using namespace linuxcash::tests;
using linuxcash::paper::Bitmap;

namespace {

constexpr std::array kCodeSizes{
    CodeSize::Tiny, CodeSize::Small, CodeSize::Normal, CodeSize::Large, CodeSize::Extralarge};
constexpr std::array kCorrections{
    QrCorrection::Low, QrCorrection::Medium, QrCorrection::High, QrCorrection::Ultra};
constexpr std::array kWidths{384, 512, 576};
constexpr std::array kColumns{30, 32, 42, 48};
constexpr std::array kSizes{Size::Default, Size::Small, Size::Medium, Size::Large};
constexpr std::array kAlignments{Alignment::Left, Alignment::Center, Alignment::Right};
constexpr std::array kWrappings{Wrapping::Anywhere, Wrapping::Wordwrap};
constexpr int kLetterDots = 12;
const std::string kUrl = "https://pay.example.by/r?t=20261122T1200&s=24.50&fn=9282&i=17&n=1";

Codes repeated(const std::string& text, std::size_t times) {
    return Codes(times, text);
}

void check_equal(const Codes& expected, const Codes& found) {
    LONGS_EQUAL(expected.size(), found.size());
    for (std::size_t index = 0; index < expected.size(); ++index)
        STRCMP_EQUAL(expected[index].c_str(), found[index].c_str());
}

void check_read(const Codes& expected, const std::vector<Bitmap>& pictures) {
    check_equal(expected, read_with_zbar(pictures));
    check_equal(expected, read_with_zxing(pictures));
}

Bitmap picture_of(const Element& element, const Model& model) {
    const Printed printed = printed_slip(Slip{{element}}, model);
    LONGS_EQUAL(1, printed.pictures.size());
    return printed.pictures.empty() ? Bitmap(1, 1) : printed.pictures[0];
}

void check_codes_at_each_width(const std::string& expected, const Slip& codes, CodePrinting way) {
    std::vector<Bitmap> pictures;
    for (const int dots : kWidths) {
        for (const Element& element : codes.elements)
            pictures.push_back(picture_of(element, model_of_epson(dots, way)));
    }
    check_read(repeated(expected, pictures.size()), pictures);
}

Slip qr_codes() {
    Slip slip;
    for (const CodeSize size : kCodeSizes) {
        for (const QrCorrection correction : kCorrections)
            slip.elements.push_back(QrCode{kUrl, size, correction});
    }
    return slip;
}

Slip bar_codes() {
    Slip slip;
    for (const CodeSize size : kCodeSizes)
        slip.elements.push_back(Barcode{.data = "460123456789", .size = size});
    return slip;
}

// How often each character is there, blanks left out.
std::map<char32_t, int> census(std::string_view text) {
    std::map<char32_t, int> found;
    while (!text.empty()) {
        const char32_t code = linuxcash::utf8_code_point(text);
        if (code != ' ') ++found[code];
        text.remove_prefix(std::max<std::size_t>(linuxcash::utf8_character_size(text), 1));
    }
    return found;
}

// What the element says is on the paper, all of it and nothing else.
void check_kept(const std::string& said, const Element& element) {
    for (const int columns : kColumns) {
        const Model model = model_of_epson(columns * kLetterDots, CodePrinting::Native);
        const Printed printed = printed_slip(Slip{{element}}, model);
        CHECK_TEXT(census(said) == census(printed.letters()), printed.letters().c_str());
    }
}

const std::string kLong =
    "Молоко пастеризованное 3,2% 930 мл, «Простоквашино» — №1 в каталоге; "
    "ОченьДлинноеСловоБезПробелов "
    "Вёска, Ўсход";

}  // namespace

TEST_GROUP(RoundTrip){};

TEST(RoundTrip, reads_each_qr_code_that_the_printer_draws) {
    check_codes_at_each_width(kUrl, qr_codes(), CodePrinting::Native);
}

TEST(RoundTrip, reads_each_qr_code_that_we_draw) {
    check_codes_at_each_width(kUrl, qr_codes(), CodePrinting::Raster);
}

TEST(RoundTrip, reads_each_bar_code_that_the_printer_draws) {
    check_codes_at_each_width("4601234567893", bar_codes(), CodePrinting::Native);
}

TEST(RoundTrip, reads_each_bar_code_that_we_draw) {
    check_codes_at_each_width("4601234567893", bar_codes(), CodePrinting::Raster);
}

TEST(RoundTrip, reads_a_large_qr_code_made_to_fit) {
    const std::string data(1000, 'a');
    const QrCode code{data, CodeSize::Extralarge, QrCorrection::Ultra};
    const Bitmap native = picture_of(code, model_of_epson(384, CodePrinting::Native));
    const Bitmap raster = picture_of(code, model_of_epson(384, CodePrinting::Raster));

    check_read({data, data}, {native, raster});
}

TEST(RoundTrip, keeps_all_of_a_text_in_each_size_and_place) {
    for (const Size size : kSizes) {
        for (const Alignment alignment : kAlignments) {
            for (const Wrapping wrapping : kWrappings)
                check_kept(
                    kLong, Text{kLong, size, alignment, wrapping, alignment == Alignment::Left});
        }
    }
}

TEST(RoundTrip, keeps_both_texts_of_a_pair) {
    for (const Size size : kSizes) {
        check_kept(kLong + "=1404,95", Pair{.left = kLong, .right = "=1404,95", .size = size});
        check_kept(kLong + kLong, Pair{.left = kLong, .right = kLong, .size = size});
    }
}

TEST(RoundTrip, keeps_each_column) {
    const Columns columns{
        {{"Хлеб бородинский нарезной"}, {"2 шт", 4, Alignment::Right}, {"1 404,95"}}};

    check_kept("Хлеб бородинский нарезной2 шт1 404,95", columns);
}

TEST(RoundTrip, fills_a_rule_from_edge_to_edge) {
    for (const int columns : kColumns) {
        const Model model = model_of_epson(columns * kLetterDots, CodePrinting::Native);
        const Printed printed = printed_slip(Slip{{Line{"─"}}}, model);
        std::string rule;
        for (int index = 0; index < columns; ++index)
            rule += "─";

        STRCMP_EQUAL(rule.c_str(), printed.letters().c_str());
    }
}

TEST(RoundTrip, keeps_the_digits_of_a_bar_code_and_the_data_of_a_code_that_cannot_be_drawn) {
    check_kept("4601234567893", Barcode{.data = "460123456789", .print_text = PrintText::Below});
    check_kept("<не штрихкод>", Barcode{.data = "не штрихкод"});
}

TEST(RoundTrip, prints_a_picture_dot_by_dot_in_the_middle) {
    const Model model = model_of_epson(384, CodePrinting::Native);

    const Bitmap picture = picture_of(Image{{"#.#", ".#."}}, model);

    constexpr int kLeft = (384 - 3) / 2;
    CHECK(picture.is_black(kLeft, 0) && picture.is_black(kLeft + 2, 0));
    CHECK(picture.is_black(kLeft + 1, 1));
    CHECK_FALSE(picture.is_black(kLeft + 1, 0));
}

TEST(RoundTrip, cuts_where_the_slip_says) {
    const Model model = model_of_epson(384, CodePrinting::Native);

    const Printed printed = printed_slip(Slip{{Text{"a"}, Cut{}, Text{"b"}, Cut{}}}, model);

    LONGS_EQUAL(2, printed.cuts);
    LONGS_EQUAL(2, printed.pictures.size());
}

TEST(RoundTrip, draws_letters_that_no_page_has_as_the_printer_would) {
    Model poor = model_of_epson(576, CodePrinting::Native);
    Model rich = poor;
    rich.pages = {{find_code_page("kz1048"), 53}};
    poor.pages = {{find_code_page("cp866"), 17}};
    for (const Size size : kSizes) {
        for (const bool bold : {false, true}) {
            const Text text{"Қазақстан әуежайы", size, Alignment::Center, Wrapping::Anywhere, bold};
            CHECK(picture_of(text, rich) == picture_of(text, poor));
            CHECK(printed_slip(Slip{{text}}, poor).letters().empty());
        }
    }
}

TEST(RoundTrip, draws_only_the_lines_that_need_it) {
    Model poor = model_of_epson(576, CodePrinting::Native);
    poor.pages = {{find_code_page("cp866"), 17}};

    const Printed printed =
        printed_slip(Slip{{Text{"Итого"}, Text{"Қазақстан"}, Text{"Спасибо"}}}, poor);

    STRCMP_EQUAL("ИтогоСпасибо", printed.letters().c_str());
}

TEST(RoundTrip, spells_such_letters_for_a_printer_without_pictures) {
    Model poor = model_of_epson(576, CodePrinting::Native);
    poor.pages = {{find_code_page("cp866"), 17}};
    poor.images = false;

    STRCMP_EQUAL("Казакстан", printed_slip(Slip{{Text{"Қазақстан"}}}, poor).letters().c_str());
}

TEST(RoundTrip, spells_such_letters_where_drawn_lines_would_be_too_wide) {
    Model poor = model_of_epson(576, CodePrinting::Native);
    poor.pages = {{find_code_page("cp866"), 17}};
    poor.dots = 570;

    STRCMP_EQUAL("Казакстан", printed_slip(Slip{{Text{"Қазақстан"}}}, poor).letters().c_str());
}

TEST(RoundTrip, spells_the_data_of_a_code_that_a_printer_without_pictures_cannot_draw) {
    Model poor = model_of_epson(576, CodePrinting::None);
    poor.pages = {{find_code_page("cp866"), 17}};
    poor.images = false;

    STRCMP_EQUAL(
        "<100руб.Казак>",
        printed_slip(Slip{{QrCode{"100 ₽ Қазақ"}}}, poor).letters().c_str());
}
