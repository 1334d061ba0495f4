// SPDX-License-Identifier: Apache-2.0
#include "printing/wording.h"

#include <string>
#include <vector>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::printing::CodePage;
using linuxcash::printing::find_code_page;
using linuxcash::printing::Missing;
using linuxcash::printing::worded;
namespace slip = linuxcash::core::slip;

namespace {

using Pages = std::vector<const CodePage*>;

Pages only(const char* name) {
    return {find_code_page(name)};
}

}  // namespace

TEST_GROUP(Wording){};

TEST(Wording, keeps_what_any_page_has) {
    const Pages pages{find_code_page("cp866"), find_code_page("cp1251")};

    STRCMP_EQUAL("Даўно №1 «і» — ├ €", worded("Даўно №1 «і» — ├ €", pages).c_str());
}

TEST(Wording, spells_byelorussian_letters_with_look_alikes) {
    STRCMP_EQUAL("Iншы сiнi ўзор", worded("Іншы сіні ўзор", only("cp866")).c_str());
}

TEST(Wording, spells_signs_that_the_page_lacks) {
    STRCMP_EQUAL(
        "\"Чай\" - 10 руб. ... 5 EUR",
        worded("«Чай» — 10 ₽ … 5 €", only("cp866")).c_str());
    STRCMP_EQUAL("10 RUB No1", worded("10 ₽ №1", only("cp437")).c_str());
}

TEST(Wording, writes_cyrillic_in_latin_letters_when_there_is_nothing_else) {
    STRCMP_EQUAL("Shchuka, sdacha", worded("Щука, сдача", only("cp437")).c_str());
}

TEST(Wording, joins_a_letter_with_its_mark) {
    STRCMP_EQUAL("йёў", worded("и\u0306е\u0308у\u0306", only("cp866")).c_str());
    STRCMP_EQUAL("а e", worded("а\u0301 e\u0301", only("cp866")).c_str());
}

TEST(Wording, drops_the_accents_of_latin_letters) {
    STRCMP_EQUAL("Lodz cafe", worded("Łódź café", only("cp866")).c_str());
}

TEST(Wording, leaves_a_question_mark_for_signs_only) {
    STRCMP_EQUAL("? ?", worded("中 🙂", only("cp866")).c_str());
}

TEST(Wording, has_a_way_for_every_letter_of_our_alphabets) {
    const std::string letters =
        "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЎЇЄҐӘҒҚҢӨҰҮҺ"
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіўїєґәғқңөұүһ";
    for (const CodePage& page : linuxcash::printing::code_pages()) {
        const std::string text = worded(letters, Pages{&page});

        CHECK_TEXT(text.find('?') == std::string::npos, text.c_str());
    }
}

TEST(Wording, keeps_letters_that_are_to_be_drawn_and_spells_what_is_as_good) {
    const Pages pages = only("cp866");

    STRCMP_EQUAL("Қазақ Ґ é", worded("Қазақ Ґ é", pages, Missing::Drawn).c_str());
    STRCMP_EQUAL(
        "\"i\" - ... руб. EUR", worded("«і» — … ₽ €", pages, Missing::Drawn).c_str());
}

TEST(Wording, draws_no_sign_without_a_glyph) {
    STRCMP_EQUAL("?", worded("漢", only("cp866"), Missing::Drawn).c_str());
}

TEST(Wording, draws_a_sign_that_has_no_spelling) {
    STRCMP_EQUAL("♠", worded("♠", only("cp1251"), Missing::Drawn).c_str());
}

TEST(Wording, leaves_controls_and_torn_bytes_to_the_layout) {
    STRCMP_EQUAL("a\nb\x1B\xFF", worded("a\nb\x1B\xFF", only("cp866")).c_str());
}

TEST(Wording, words_every_text_of_a_slip_and_no_data) {
    const slip::Slip made{
        {slip::Text{.text = "₽"}, slip::Pair{.left = "«", .right = "»", .separator = "—"},
         slip::Line{.symbol = "─"}, slip::Columns{{{.text = "…"}}}, slip::Image{{"#"}, "і"},
         slip::QrCode{.data = "₽"}}};

    const slip::Slip text = worded(made, only("cp1252"));

    CHECK(std::get<slip::Text>(text.elements[0]).text == "RUB");
    CHECK(text.elements[1] == slip::Element(made.elements[1]));
    CHECK(std::get<slip::Line>(text.elements[2]).symbol == "-");
    CHECK(text.elements[3] == made.elements[3]);
    CHECK(std::get<slip::Image>(text.elements[4]).text == "i");
    CHECK(text.elements[5] == made.elements[5]);
}
