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

TEST_GROUP(SlipLayout){};

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
