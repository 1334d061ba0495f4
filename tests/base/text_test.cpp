// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::Text;
using linuxcash::tr;

TEST_GROUP(Text){};

TEST(Text, fills_in_its_arguments) {
    STRCMP_EQUAL(
        "файл oplati.conf, строка 7", tr("файл %1, строка %2", "oplati.conf", 7).russian().c_str());
}

TEST(Text, fills_in_one_argument_in_two_places) {
    STRCMP_EQUAL("b a b", tr("%2 %1 %2", "a", "b").russian().c_str());
}

TEST(Text, does_not_read_marks_inside_arguments) {
    STRCMP_EQUAL("%2 и x", tr("%1 и %2", "%2", "x").russian().c_str());
}

TEST(Text, keeps_a_percent_sign_that_marks_nothing) {
    STRCMP_EQUAL("100% %0 %7 %", tr("100% %0 %7 %", "a").russian().c_str());
}

TEST(Text, translates_sentences_and_their_arguments_but_no_literals) {
    const auto shouting = [](const std::string& msgid) { return "!" + msgid; };

    const Text text = tr("внешний %1 %2", tr("внутренний"), "буквальный");

    STRCMP_EQUAL("!внешний !внутренний буквальный", text.translated(shouting).c_str());
}

TEST(Text, never_asks_for_the_translation_of_nothing) {
    const auto header = [](const std::string&) { return std::string("Project-Id-Version"); };

    STRCMP_EQUAL("", tr("").translated(header).c_str());
    CHECK(Text().empty());
}

TEST(Text, shows_numbers_of_every_width) {
    STRCMP_EQUAL("-5 7 9000000000", tr("%1 %2 %3", -5, 7U, 9'000'000'000L).russian().c_str());
}

TEST(Text, literal_is_shown_as_it_is) {
    const Text text = Text::literal("50%1");

    CHECK(text.is_literal());
    STRCMP_EQUAL("50%1", text.russian().c_str());
}
