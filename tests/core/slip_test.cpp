// SPDX-License-Identifier: Apache-2.0
#include "core/slip.h"

#include <string>
#include <vector>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::core::slip;

namespace {

// Lines joined by '|', so that one comparison tells the whole story.
std::string laid_out(const Slip& slip, int columns = 12) {
    std::string all;
    for (const std::string& line : plain_text(slip, columns))
        all += line + "|";
    return all;
}

std::string laid_out(const Element& element, int columns = 12) {
    return laid_out(Slip{{element}}, columns);
}

}  // namespace

TEST_GROUP(SlipText){};

TEST(SlipText, aligns_to_both_edges_and_to_the_middle) {
    STRCMP_EQUAL("Чек|", laid_out(Text{.text = "Чек"}).c_str());
    STRCMP_EQUAL("    Чек|", laid_out(Text{.text = "Чек", .alignment = Alignment::Center}).c_str());
    STRCMP_EQUAL(
        "         Чек|", laid_out(Text{.text = "Чек", .alignment = Alignment::Right}).c_str());
}

TEST(SlipText, wraps_anywhere_without_losing_a_character) {
    STRCMP_EQUAL("Молоко 1 лит|р пакет|", laid_out(Text{.text = "Молоко 1 литр пакет"}).c_str());
}

TEST(SlipText, wraps_at_words) {
    const Text text{.text = "Молоко 1 литр пакет", .wrapping = Wrapping::Wordwrap};

    STRCMP_EQUAL("Молоко 1|литр пакет|", laid_out(text).c_str());
}

TEST(SlipText, cuts_a_word_that_is_longer_than_the_line) {
    const Text text{.text = "Достопримечательность да", .wrapping = Wrapping::Wordwrap};

    STRCMP_EQUAL("Достопримеча|тельность да|", laid_out(text).c_str());
}

TEST(SlipText, keeps_line_breaks_and_writes_other_controls_out) {
    STRCMP_EQUAL("a|b c|", laid_out(Text{.text = "a\r\nb\tc"}).c_str());
    STRCMP_EQUAL("\\x1B@x|", laid_out(Text{.text = "\x1B@x"}).c_str());
}

TEST(SlipText, is_an_empty_line_when_empty) {
    STRCMP_EQUAL("|", laid_out(Text{}).c_str());
}

TEST_GROUP(SlipPair){};

TEST(SlipPair, pushes_the_texts_to_the_edges) {
    STRCMP_EQUAL("Сумма  24.50|", laid_out(Pair{.left = "Сумма", .right = "24.50"}).c_str());
    const Pair dotted{.left = "Сумма", .right = "24.50", .separator = "."};
    STRCMP_EQUAL("Сумма..24.50|", laid_out(dotted).c_str());
}

TEST(SlipPair, moves_the_right_text_to_its_own_line_when_they_do_not_fit) {
    Pair pair{.left = "К оплате", .right = "1000.00"};

    STRCMP_EQUAL("К оплате|1000.00|", laid_out(pair).c_str());
    pair.alignment = Alignment::Right;
    STRCMP_EQUAL("К оплате|     1000.00|", laid_out(pair).c_str());
}

TEST(SlipPair, stands_beside_the_last_line_of_a_long_left_text) {
    const Pair pair{.left = "Молоко ультрапаст.", .right = "35.00"};

    STRCMP_EQUAL("Молоко ультр|апаст. 35.00|", laid_out(pair).c_str());
}

TEST(SlipPair, takes_a_blank_for_a_separator_that_is_no_character) {
    const Pair pair{.left = "a", .right = "b", .separator = "\n"};

    STRCMP_EQUAL("a      b|", laid_out(pair, 8).c_str());
}

TEST_GROUP(SlipColumns){};

TEST(SlipColumns, share_the_width_with_one_blank_between_them) {
    const Columns columns{{{.text = "Молоко"}, {.text = "2", .alignment = Alignment::Right}}};

    STRCMP_EQUAL("Молоко     2|", laid_out(columns).c_str());
}

TEST(SlipColumns, keep_the_widths_that_they_ask_for) {
    const Columns columns{
        {{.text = "Чай"},
         {.text = "2", .width = 2},
         {.text = "9.50", .width = 4, .alignment = Alignment::Right}}};

    STRCMP_EQUAL("Чай  2  9.50|", laid_out(columns).c_str());
}

TEST(SlipColumns, wrap_within_their_own_width) {
    const Columns columns{
        {{.text = "Чай черный", .wrapping = Wrapping::Wordwrap}, {.text = "9.50", .width = 4}}};

    STRCMP_EQUAL("Чай     9.50|черный|", laid_out(columns).c_str());
}

TEST(SlipColumns, stand_one_below_the_other_when_there_is_no_room) {
    const Columns columns{{{.text = "Чай", .width = 8}, {.text = "9.50", .width = 8}}};

    STRCMP_EQUAL("Чай|9.50|", laid_out(columns).c_str());
}

TEST(SlipColumns, are_nothing_when_there_are_none) {
    STRCMP_EQUAL("", laid_out(Columns{}).c_str());
}

TEST_GROUP(SlipBarcode){};

TEST(SlipBarcode, gets_its_check_digit) {
    STRCMP_EQUAL("4601234567893", ean13("460123456789").value_or("").c_str());
    STRCMP_EQUAL("4006381333931", ean13("400638133393").value_or("").c_str());
    STRCMP_EQUAL("0000000000000", ean13("000000000000").value_or("").c_str());
}

TEST(SlipBarcode, keeps_a_right_check_digit_and_refuses_a_wrong_one) {
    STRCMP_EQUAL("4601234567893", ean13("4601234567893").value_or("").c_str());
    CHECK_FALSE(ean13("4601234567890").has_value());
}

TEST(SlipBarcode, refuses_what_is_no_ean_13) {
    CHECK_FALSE(ean13("").has_value());
    CHECK_FALSE(ean13("46012345678").has_value());
    CHECK_FALSE(ean13("46012345678A").has_value());
    CHECK_FALSE(ean13("46012345678931").has_value());
}

TEST(SlipBarcode, is_its_digits_on_plain_paper) {
    STRCMP_EQUAL("<4601234567893>|", laid_out(Barcode{.data = "460123456789"}, 20).c_str());
    STRCMP_EQUAL("<12AB>|", laid_out(Barcode{.data = "12AB"}).c_str());
}

TEST_GROUP(SlipTargets){};

TEST(SlipTargets, part_a_slip_by_printer) {
    const Slip slip{
        {Text{.text = "a"}, Target{"кухня"}, Text{.text = "b"}, Target{}, Text{.text = "c"}}};

    const std::vector<Part> parts = by_target(slip);

    LONGS_EQUAL(2, parts.size());
    CHECK(parts[0] == (Part{"", Slip{{Text{.text = "a"}, Text{.text = "c"}}}}));
    CHECK(parts[1] == (Part{"кухня", Slip{{Text{.text = "b"}}}}));
}

TEST(SlipTargets, leave_out_a_printer_without_anything_to_print) {
    const std::vector<Part> parts = by_target(Slip{{Target{"a"}, Target{"b"}, Br{}}});

    LONGS_EQUAL(1, parts.size());
    STRCMP_EQUAL("b", parts[0].target.c_str());
}

TEST_GROUP(SlipLayout){};

TEST(SlipLayout, shows_a_picture_as_its_text) {
    STRCMP_EQUAL("    Лого|", laid_out(Image{.rows = {"##"}, .text = "Лого"}).c_str());
    STRCMP_EQUAL("", laid_out(Image{.rows = {"##"}}).c_str());
}

TEST(SlipLayout, makes_nothing_of_a_target) {
    STRCMP_EQUAL("", laid_out(Target{"кухня"}).c_str());
}

TEST(SlipLayout, keeps_a_combining_mark_with_its_letter) {
    STRCMP_EQUAL("aaaaaaae\u0301|bc|", laid_out(Text{.text = "aaaaaaae\u0301bc"}, 8).c_str());
}

TEST(SlipLayout, gives_a_wide_character_two_cells) {
    STRCMP_EQUAL("中中中中|中|", laid_out(Text{.text = "中中中中中"}, 9).c_str());
    STRCMP_EQUAL("中     1|", laid_out(Pair{.left = "中", .right = "1"}, 8).c_str());
}

TEST(SlipLayout, draws_a_rule_over_the_whole_width) {
    STRCMP_EQUAL("============|", laid_out(Line{.symbol = "="}).c_str());
    STRCMP_EQUAL("------------|", laid_out(Line{.symbol = "\x1B"}).c_str());
}

TEST(SlipLayout, shows_a_qr_code_as_its_data) {
    STRCMP_EQUAL("<https://a.b|/c>|", laid_out(QrCode{.data = "https://a.b/c"}).c_str());
}

TEST(SlipLayout, makes_nothing_of_a_cut_and_an_empty_line_of_a_break) {
    STRCMP_EQUAL(
        "a||b|", laid_out(Slip{{Text{.text = "a"}, Br{}, Cut{}, Text{.text = "b"}}}).c_str());
}

TEST(SlipLayout, never_becomes_narrower_than_eight_columns) {
    STRCMP_EQUAL("--------|", laid_out(Line{}, 1).c_str());
}

TEST(SlipLayout, loses_no_character_at_any_width) {
    const std::string words = "ПокупательПодтвердилОплатуВПриложении";
    for (int columns = 8; columns < 50; ++columns) {
        std::string joined;

        for (const std::string& line : plain_text(Slip{{Text{.text = words}}}, columns)) {
            joined += line;
        }

        STRCMP_EQUAL(words.c_str(), joined.c_str());
    }
}
