// SPDX-License-Identifier: Apache-2.0
#include "printing/escpos.h"

#include <string>
#include <utility>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::core::slip;
using namespace linuxcash::printing;
using namespace std::string_literals;
using linuxcash::ErrorCode;

namespace {

Model model() {
    Model made;
    made.name = "test";
    made.columns = 16;
    made.small_columns = 20;
    made.pages = {{find_code_page("cp866"), 17}, {find_code_page("cp1251"), 46}};
    made.qr = CodePrinting::Native;
    made.barcode = CodePrinting::Native;
    made.cutter = Cutter::Partial;
    made.drawer = Drawer::Pin2;
    return made;
}

const std::string kBegin = "\x1B@\x1C.\x1Bt\x11"s;

// The bytes behind the beginning, which is always the same.
std::string body(const Element& element, const Model& printer = model()) {
    const auto made = encode(Slip{{element}}, printer);
    CHECK(made.ok());
    CHECK(made->starts_with(kBegin));
    return made->substr(kBegin.size());
}

}  // namespace

TEST_GROUP(EscPos){};

TEST(EscPos, begins_in_a_known_state) {
    CHECK(*encode(Slip{}, model()) == kBegin);
}

TEST(EscPos, leaves_two_byte_mode_only_where_there_is_one) {
    Model printer = model();
    printer.leave_two_byte_mode = false;

    CHECK(*encode(Slip{}, printer) == "\x1B@\x1Bt\x11"s);
}

TEST(EscPos, prints_cyrillic_in_the_first_page) {
    CHECK(body(Text{.text = "Чек №1"}) == "\x97\xA5\xAA \xFC" "1\n"s);
}

TEST(EscPos, changes_the_page_for_a_run_that_the_first_one_lacks) {
    CHECK(
        body(Text{.text = "Чек «Чай» ├"})
        == "\x97\xA5\xAA \x1Bt\x2E\xAB\xD7\xE0\xE9\xBB \x1Bt\x11\xC3\n"s);
}

TEST(EscPos, spells_what_no_page_has_before_it_wraps) {
    CHECK(body(Text{.text = "123456789012 5₽"}) == "123456789012 5\xE0\xE3\n\xA1.\n"s);
}

TEST(EscPos, changes_size_and_weight_and_back) {
    const Slip slip{
        {Text{.text = "a", .size = Size::Large, .bold = true}, Text{.text = "b"},
         Text{.text = "c", .size = Size::Small}, Text{.text = "d", .size = Size::Medium}}};

    CHECK(
        *encode(slip, model())
        == kBegin + "\x1D!\x11\x1B" "E\x01" "a\n\x1D!\0\x1B" "E\0b\n\x1BM\x01" "c\n"
                    "\x1BM\0\x1D!\x01" "d\n"s);
}

TEST(EscPos, gives_a_printer_without_a_small_font_the_usual_one) {
    Model printer = model();
    printer.small_columns = 0;

    CHECK(body(Line{.size = Size::Small}, printer) == std::string(16, '-') + "\n");
}

TEST(EscPos, cuts_as_the_printer_can) {
    Model printer = model();
    CHECK(body(Cut{}, printer) == "\x1DVB\0"s);
    printer.cutter = Cutter::Full;
    CHECK(body(Cut{}, printer) == "\x1DVA\0"s);
    printer.cutter = Cutter::None;
    CHECK(body(Cut{}, printer) == "\x1B" "d\x04"s);
}

TEST(EscPos, lets_the_printer_draw_a_qr_code) {
    CHECK(
        body(QrCode{.data = "http://a"})
        == "\x1BJ\x18\x1B" "a\x01\x1D(k\x04\0" "1A2\0\x1D(k\x03\0" "1C\x06\x1D(k\x03\0" "1E1"
           "\x1D(k\x0B\0" "1P0http://a\x1D(k\x03\0" "1Q0\x1B" "a\0\x1BJ\x18"s);
}

TEST(EscPos, draws_a_qr_code_for_a_printer_that_cannot) {
    Model printer = model();
    printer.qr = CodePrinting::Raster;

    const std::string bytes = body(QrCode{.data = "http://a"}, printer);

    // 21 modules of 6 dots behind the left margin; eight more rows of modules are the quiet zone.
    CHECK(bytes.starts_with("\x1Dv0\0\x20\0\x80\0"s));
    LONGS_EQUAL(2 * 8 + 32 * 29 * 6, bytes.size());
}

TEST(EscPos, refuses_a_qr_code_that_cannot_fit_before_anything_is_sent) {
    const auto made = encode(Slip{{QrCode{.data = std::string(2900, 'a')}}}, model());

    CHECK_FALSE(made.ok());
    CHECK(made.error().code == ErrorCode::TooLarge);
}

TEST(EscPos, lets_the_printer_draw_a_bar_code) {
    CHECK(
        body(Barcode{.data = "460123456789", .print_text = PrintText::Below})
        == "\x1B" "a\x01\x1Dh\x50\x1Dw\x03\x1DH\x02\x1D" "f\0\x1DkC\x0D" "4601234567893"
           "\x1B" "a\0"s);
}

TEST(EscPos, draws_a_bar_code_between_its_digits) {
    Model printer = model();
    printer.barcode = CodePrinting::Raster;

    const std::string bytes =
        body(Barcode{.data = "460123456789", .print_text = PrintText::Everywhere}, printer);

    CHECK(bytes.starts_with(" 4601234567893\n\x1Dv0\0"s));
    CHECK(bytes.ends_with(" 4601234567893\n"s));
}

TEST(EscPos, prints_the_data_of_codes_that_the_printer_does_not_know) {
    Model printer = model();
    printer.qr = CodePrinting::None;
    printer.barcode = CodePrinting::None;

    CHECK(body(QrCode{.data = "http://a"}, printer) == "<http://a>\n");
    CHECK(body(Barcode{.data = "460123456789"}, printer) == "<4601234567893>\n");
}

TEST(EscPos, prints_a_picture_or_its_text) {
    Model printer = model();
    const Image image{{"########"}, "Лого"};

    CHECK(body(image, printer).starts_with("\x1Dv0\0\x19\0\x01\0"s));
    printer.images = false;
    CHECK(body(image, printer) == "      \x8B\xAE\xA3\xAE\n"s);
}

TEST(EscPos, refuses_a_picture_wider_than_the_paper) {
    const auto made = encode(Slip{{Image{{std::string(385, '#')}}}}, model());

    CHECK(made.error().code == ErrorCode::TooLarge);
}

TEST(EscPos, never_sends_a_command_that_a_text_holds) {
    CHECK(body(Text{.text = "\x1Bp"}) == "\\x1Bp\n");
    CHECK(
        body(Pair{.left = "\x1D", .right = "\x10", .separator = "\x04"}) == "\\x1D        \\x10\n");
}

TEST(EscPos, opens_the_drawer_where_there_is_one) {
    Model printer = model();
    CHECK(drawer_pulse(printer)->in_turn == "\x1Bp\0\x32\x64"s);
    CHECK(drawer_pulse(printer)->at_once == "\x10\x14\x01\0\x01"s);
    printer.drawer = Drawer::Pin5;
    CHECK(drawer_pulse(printer)->in_turn == "\x1Bp\x01\x32\x64"s);
    CHECK(drawer_pulse(printer)->at_once == "\x10\x14\x01\x01\x01"s);
    printer.drawer = Drawer::None;
    CHECK(drawer_pulse(printer).error().code == ErrorCode::Unsupported);
}
