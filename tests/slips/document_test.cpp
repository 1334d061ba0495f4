// SPDX-License-Identifier: Apache-2.0
#include "slips/document.h"

#include <string>
#include <vector>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::slips;

namespace {

namespace slip = core::slip;

// Each slip as its plain lines, one after the other, with a rule between slips.
std::string lines_of(const std::vector<slip::Slip>& all) {
    std::string text;
    for (const slip::Slip& each : all) {
        for (const std::string& line : slip::plain_text(each, 32))
            text += line + "|";
        text += "/";
    }
    return text;
}

std::string information(const char* text) {
    return lines_of(read_printing_information(*json::parse(text)));
}

}  // namespace

TEST_GROUP(SlipDocument){};

TEST(SlipDocument, reads_back_the_slip_that_it_wrote) {
    slip::Slip made;
    slip::Text text{.text = "Текст"};
    text.size = slip::Size::Large;
    text.alignment = slip::Alignment::Center;
    text.wrapping = slip::Wrapping::Wordwrap;
    text.bold = true;
    slip::Pair pair{.left = "Сумма", .right = "24.50", .separator = "."};
    pair.alignment = slip::Alignment::Right;
    slip::QrCode qr{.data = "https://a.b"};
    qr.size = slip::CodeSize::Extralarge;
    qr.correction = slip::QrCorrection::Ultra;
    made.elements = {text, pair, slip::Line{.symbol = "="}, slip::Br{}, qr, slip::Cut{}};

    const auto read = read_document(document_of(made));

    CHECK(read.ok());
    CHECK(*read == made);
}

TEST(SlipDocument, reads_back_bar_codes_columns_pictures_and_targets) {
    slip::Slip made;
    slip::Column name{.text = "Молоко"};
    slip::Column sum{.text = "9.50", .width = 8};
    sum.alignment = slip::Alignment::Right;
    sum.wrapping = slip::Wrapping::Wordwrap;
    const slip::Columns columns{{name, sum}, slip::Size::Small, true};
    slip::Barcode code{.data = "4601234567893"};
    code.size = slip::CodeSize::Tiny;
    code.print_text = slip::PrintText::Everywhere;
    const slip::Image image{{"#.", ".#"}, "Лого"};
    made.elements = {slip::Target{"kitchen"}, columns, code, slip::Barcode{.data = "1"}, image};

    const auto read = read_document(document_of(made));

    CHECK(read.ok());
    CHECK(*read == made);
}

TEST(SlipDocument, takes_columns_and_pictures_without_members_for_empty_ones) {
    const auto document = json::parse(
        R"({"elements":[{"type":"columns"},{"type":"image"},{"type":"barcode"},{"type":"target"},)"
        R"({"type":"columns","columns":[{"width":-5},{"width":999999999999}]}]})");

    const auto read = read_document(*document);

    LONGS_EQUAL(5, read->elements.size());
    CHECK(std::get<slip::Columns>(read->elements[0]) == slip::Columns{});
    CHECK(std::get<slip::Image>(read->elements[1]) == slip::Image{});
    CHECK(std::get<slip::Barcode>(read->elements[2]) == slip::Barcode{});
    CHECK(std::get<slip::Target>(read->elements[3]) == slip::Target{});
    LONGS_EQUAL(0, std::get<slip::Columns>(read->elements[4]).columns[0].width);
    LONGS_EQUAL(1000, std::get<slip::Columns>(read->elements[4]).columns[1].width);
}

TEST(SlipDocument, gives_absent_attributes_their_defaults_and_keeps_the_text_of_strange_elements) {
    const auto document =
        json::parse(R"({"elements":[{"text":"А"},{"type":"hologram"},{"type":"line"},)"
                    R"({"type":"pair","left":1.50,"right":[],"size":"huge"},7,"x",)"
                    R"({"type":"hologram","text":"Подарок"}]})");

    const auto read = read_document(*document);

    LONGS_EQUAL(4, read->elements.size());
    CHECK(std::get<slip::Text>(read->elements[0]) == slip::Text{.text = "А"});
    CHECK(std::get<slip::Line>(read->elements[1]) == slip::Line{});
    const slip::Pair number{.left = "1.50", .right = ""};
    CHECK(std::get<slip::Pair>(read->elements[2]) == number);
    CHECK(std::get<slip::Text>(read->elements[3]) == slip::Text{.text = "Подарок"});
}

TEST(SlipDocument, refuses_what_is_no_slip) {
    CHECK_FALSE(read_document(json::Value()).ok());
    CHECK_FALSE(read_document(json::Value("x")).ok());
    CHECK_FALSE(read_document(*json::parse(R"({"elements":5})")).ok());
}

TEST(SlipDocument, leaves_out_attributes_that_have_their_defaults) {
    slip::Slip made;
    made.elements = {slip::Text{.text = "А"}, slip::Line{}, slip::Pair{.left = "Б", .right = ""}};

    STRCMP_EQUAL(
        R"({"elements":[{"type":"text","text":"А"},{"type":"line","symbol":"-"},)"
        R"({"type":"pair","left":"Б","right":""}]})",
        document_of(made).str().c_str());
}

TEST_GROUP(PrintingInformation){};

TEST(PrintingInformation, each_array_is_a_slip) {
    STRCMP_EQUAL(
        "А|Б|/В|/", information(R"([[{"text":"А"},{"text":"Б"}],[{"text":"В"}]])").c_str());
}

TEST(PrintingInformation, elements_without_an_array_are_one_slip) {
    STRCMP_EQUAL("А|Б|/", information(R"([{"text":"А"},{"type":"text","text":"Б"}])").c_str());
}

TEST(PrintingInformation, keeps_the_order_of_arrays_and_loose_elements) {
    STRCMP_EQUAL(
        "А|/Б|/В|Г|/",
        information(R"([{"text":"А"},[{"text":"Б"}],{"text":"В"},{"text":"Г"}])").c_str());
}

TEST(PrintingInformation, empty_arrays_and_nulls_are_no_slips) {
    STRCMP_EQUAL("А|/", information(R"([[],null,[{"text":"А"},null],[null]])").c_str());
    STRCMP_EQUAL("", information("null").c_str());
    STRCMP_EQUAL("", information(R"({"text":"А"})").c_str());
}

TEST(PrintingInformation, an_element_takes_a_line_of_its_own) {
    STRCMP_EQUAL(
        "А||Имя                          Мир|--------------------------------|<4601234567893>|/",
        information(R"([[{"text":"А"},{"type":"br"},{"type":"pair","left":"Имя","right":"Мир"},)"
                    R"({"type":"line"},{"type":"barcode","data":"460123456789"}]])")
            .c_str());
}
