// SPDX-License-Identifier: Apache-2.0
#include "i18n/translate.h"

#include <libintl.h>

#include <clocale>
#include <cstdlib>
#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::Text;
using linuxcash::tr;
using linuxcash::i18n::kDomain;
using linuxcash::i18n::set_program_locale;
using linuxcash::i18n::translator;

namespace {

// A sentence that stands in the catalogue for good.
Text known() {
    return tr("допустимо %1", 7);
}

// C.UTF-8 is on every machine; LANGUAGE says the rest.
void speak(const char* locale, const char* language) {
    ::setenv("LANGUAGE", language, 1);
    std::setlocale(LC_ALL, locale);
    // gettext keeps what it found until a catalogue is bound anew.
    bindtextdomain(kDomain, LOCALES);
}

}  // namespace

TEST_GROUP(Translate){void teardown() override{
    for (const char* name
         : {"LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANG"})::unsetenv(name);
std::setlocale(LC_ALL, "C");
}
}
;

TEST(Translate, speaks_russian_in_the_locale_of_c) {
    speak("C", "en");

    STRCMP_EQUAL("допустимо 7", known().translated(translator()).c_str());
}

TEST(Translate, speaks_english_where_the_reader_does) {
    speak("C.UTF-8", "en");

    STRCMP_EQUAL("allowed is 7", known().translated(translator()).c_str());
}

TEST(Translate, speaks_russian_to_those_who_name_english_second) {
    speak("C.UTF-8", "ru:en");

    STRCMP_EQUAL("допустимо 7", known().translated(translator()).c_str());
}

TEST(Translate, leaves_a_sentence_that_the_catalogue_lacks_in_russian) {
    speak("C.UTF-8", "en");
    const Text unknown = tr("нет в словаре: %2, %1", "a", "b");  // xgettext reads module/ only

    STRCMP_EQUAL("нет в словаре: b, a", unknown.translated(translator()).c_str());
}

TEST(Translate, translates_arguments_that_are_sentences) {
    speak("C.UTF-8", "en");

    STRCMP_EQUAL(
        "allowed is allowed is x",
        tr("допустимо %1", tr("допустимо %1", "x")).translated(translator()).c_str());
}

TEST(Translate, says_nothing_for_nothing) {
    speak("C.UTF-8", "en");

    STRCMP_EQUAL("", Text().translated(translator()).c_str());
    STRCMP_EQUAL("", tr("").translated(translator()).c_str());
}

TEST(Translate, answers_in_utf8_whatever_the_hosts_character_set) {
    speak("C", "");
    std::setlocale(LC_MESSAGES, "C.UTF-8");
    ::setenv("LANGUAGE", "ru", 1);

    STRCMP_EQUAL("допустимо 7", known().translated(translator()).c_str());
}

TEST(Translate, knows_nothing_of_another_domain) {
    speak("C.UTF-8", "en");

    STRCMP_EQUAL("допустимо 7", known().translated(translator("another")).c_str());
}

TEST_GROUP(ProgramLocale){void teardown() override{::unsetenv("LC_ALL");
::unsetenv("LANGUAGE");
std::setlocale(LC_ALL, "C");
}
}
;

TEST(ProgramLocale, takes_characters_and_messages_from_the_environment_and_nothing_else) {
    ::setenv("LC_ALL", "C.UTF-8", 1);

    set_program_locale();

    STRCMP_EQUAL("C.UTF-8", std::setlocale(LC_CTYPE, nullptr));
    STRCMP_EQUAL("C.UTF-8", std::setlocale(LC_MESSAGES, nullptr));
    STRCMP_EQUAL("C", std::setlocale(LC_NUMERIC, nullptr));
    STRCMP_EQUAL("C", std::setlocale(LC_TIME, nullptr));
}

TEST(ProgramLocale, stays_russian_in_a_locale_that_the_machine_lacks) {
    ::setenv("LC_ALL", "xx_XX.UTF-8", 1);

    set_program_locale();

    STRCMP_EQUAL("допустимо 7", known().translated(translator()).c_str());
}

TEST(ProgramLocale, finds_the_catalogues_beside_the_program) {
    ::setenv("LC_ALL", "C.UTF-8", 1);
    ::setenv("LANGUAGE", "en", 1);

    set_program_locale();

    STRCMP_EQUAL("allowed is 7", known().translated(translator()).c_str());
}
