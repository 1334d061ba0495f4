// SPDX-License-Identifier: Apache-2.0
#include "slips/markup.h"

#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::slips;
namespace slip = linuxcash::core::slip;

namespace {

slip::Slip read(const std::string& markup) {
    const auto made = read_markup(markup);
    CHECK_TEXT(made.ok(), made ? "" : made.error().text.russian().c_str());
    return *made;
}

slip::Text text(const slip::Slip& from, std::size_t at) {
    return std::get<slip::Text>(from.elements.at(at));
}

std::string paper(const std::string& markup, int columns = 20) {
    std::string all;
    for (const std::string& line : slip::plain_text(read(markup), columns))
        all += line + "\n";
    return all;
}

void check_paper(const std::string& wanted, const std::string& markup) {
    STRCMP_EQUAL(wanted.c_str(), paper(markup).c_str());
}

}  // namespace

TEST_GROUP(Markup){};

TEST(Markup, gathers_text_into_lines) {
    check_paper(
        "один два\nтри\n\nчетыре\n",
        "<doc>\n  один\n  два<br/>три<np/><NewParagraph/>четыре</doc>");
}

TEST(Markup, makes_pairs_of_attributes_and_of_children) {
    check_paper(
        "Итого          24.50\n",
        "<doc><pair Left=\"Итого\" Right=\"24.50\" Fit=\"right\"/></doc>");
    check_paper(
        "Итого          24.50\n", "<doc><pair><left>Итого</left><right>24.50</right></pair></doc>");
    check_paper("Итого      24.50 BYN\n", "<doc><pair left='Итого'><c>24.50</c>BYN</pair></doc>");
}

TEST(Markup, aligns_what_is_within) {
    check_paper(
        "       центр\nслева\n              справа\nдальше\n",
        "<doc><center>центр</center><left>слева</left><right>справа</right>дальше</doc>");
}

TEST(Markup, changes_the_font_within_or_from_here_on) {
    const slip::Slip made =
        read("<doc><f2>А</f2>Б<f1/>В<f0/><smallfont>Г</smallfont><b>Д</b></doc>");
    CHECK(text(made, 0).size == slip::Size::Large);
    CHECK(text(made, 1).size == slip::Size::Default);
    CHECK(text(made, 2).size == slip::Size::Medium);
    CHECK(text(made, 3).size == slip::Size::Small);
    CHECK(text(made, 4).bold);
}

TEST(Markup, draws_lines_with_their_symbol) {
    check_paper(
        "--------------------\n====================\n••••••••••••••••••••\n",
        "<doc><line/><line symbols='=-'/><Line symbol='•'/></doc>");
}

TEST(Markup, lays_out_tables) {
    check_paper(
        "Молоко       2 35.00\n",
        "<doc><table><columns><column/><column align='right' width='2'/>"
        "<column align='right' autowidth=''/></columns><cells><ct>Молоко</ct><ct>2</ct>"
        "<ct>35.00</ct></cells></table></doc>");
}

TEST(Markup, spans_columns_and_draws_lines_in_cells) {
    check_paper(
        "Заголовок\n--------------------\nА                 12\n",
        "<doc><table><columns><column/><column align='right' width='5'/></columns>"
        "<cells><c colspan='2'>Заголовок</c><linecell/><linecell/><ct>А</ct><ct>12</ct></cells>"
        "</table></doc>");
}

TEST(Markup, keeps_codes_of_a_table_below_it) {
    const slip::Slip made =
        read("<doc><table><cells><c><qrcode>https://x</qrcode></c></cells></table></doc>");
    CHECK(std::get<slip::QrCode>(made.elements.at(1)).data == "https://x");
}

TEST(Markup, makes_codes_and_cuts) {
    const slip::Slip made = read(
        "<doc><QRCode size='Large' correction='H'>https://x?a=1&amp;b=2</QRCode>"
        "<barcode data='4601234567893'/><papercut/><bell/><logo data='1'/></doc>");
    LONGS_EQUAL(3, made.elements.size());
    CHECK(
        std::get<slip::QrCode>(made.elements[0])
        == (slip::QrCode{"https://x?a=1&b=2", slip::CodeSize::Large, slip::QrCorrection::Ultra}));
    CHECK(std::get<slip::Barcode>(made.elements[1]).data == "4601234567893");
    CHECK(std::holds_alternative<slip::Cut>(made.elements[2]));
}

TEST(Markup, keeps_the_text_of_what_it_does_not_know) {
    check_paper(
        "до внутри после\n",
        "<doc>до <html><p>внутри</p></html> <unknown x='1'>после</unknown></doc>");
    check_paper("внутри отреза\n", "<doc><papercut>внутри отреза</papercut></doc>");
}

TEST(Markup, takes_pieces_without_a_root_and_plain_words) {
    check_paper("слова\n", "слова");
    check_paper("раз\nдва\n", "<left>раз</left><left>два</left>");
    check_paper("", "");
}

TEST(Markup, forgives_attributes_that_make_no_sense) {
    check_paper(
        "А\n",
        "<doc><table><columns><column align='up' width='-5'/></columns><cells>"
        "<c colspan='x'>А</c></cells></table></doc>");
}

TEST(Markup, refuses_what_is_no_xml_and_bombs) {
    CHECK(read_markup("<doc><b></doc>").error().code == ErrorCode::InvalidInput);
    CHECK_FALSE(read_markup("<!DOCTYPE a [<!ENTITY x 'y'>]><doc>&x;</doc>").ok());
    CHECK(read_markup(std::string(1'000'000, 'x')).error().code == ErrorCode::TooLarge);
}

TEST(Markup, never_loses_a_letter_of_text) {
    const char* const tags[] = {"doc",   "pair",     "center", "right", "f2",     "table",
                                "cells", "ct",       "c",      "line",  "br",     "html",
                                "np",    "linecell", "left",   "x",     "columns"};
    std::size_t dice = 7;
    for (int round = 0; round < 300; ++round) {
        std::string markup = "<doc>";
        std::string letters;
        std::vector<std::string> open;
        for (int step = 0; step < 25; ++step) {
            dice = dice * 6364136223846793005ULL + 1442695040888963407ULL;
            const std::size_t roll = dice >> 33U;
            if (roll % 3 == 0 && open.size() < 12) {
                open.emplace_back(tags[roll / 3 % std::size(tags)]);
                markup += "<" + open.back() + ">";
            } else if (roll % 3 == 1 && !open.empty()) {
                markup += "</" + open.back() + ">";
                open.pop_back();
            } else {
                const char letter = static_cast<char>('A' + step);
                markup += letter;
                letters += letter;
            }
        }
        while (!open.empty()) {
            markup += "</" + open.back() + ">";
            open.pop_back();
        }
        const std::string printed = paper(markup + "</doc>", 60);
        for (const char letter : letters)
            CHECK_TEXT(printed.find(letter) != std::string::npos, markup.c_str());
    }
}
