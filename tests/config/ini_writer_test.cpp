// SPDX-License-Identifier: Apache-2.0
#include "config/ini_writer.h"

#include <random>
#include <string>
#include <vector>

#include "config/ini.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace std::string_literals;

using linuxcash::ErrorCode;
using linuxcash::config::edit_ini;
using linuxcash::config::Ini;
using linuxcash::config::IniChange;

namespace {

const char* const kShipped =
    "[Main]\n"
    "; Адрес сервера\n"
    "; По умолчанию http://localhost\n"
    ";url = http://localhost\n"
    "\n"
    "; Режим\n"
    ";mode = 0\n"
    "\n"
    "[Other]\n"
    "x = 1\n";

std::string edited(const std::string& text, const std::vector<IniChange>& changes) {
    const auto result = edit_ini(text, changes, "f.conf");
    return result ? *result : "error: " + result.error().text.russian();
}

std::string set(const std::string& text, const std::string& key, const std::string& value) {
    return edited(text, {{"Main", key, value}});
}

std::string unset(const std::string& text, const std::string& key) {
    return edited(text, {{"Main", key, std::nullopt}});
}

// What the reader makes of a value that the writer wrote.
std::string there_and_back(const std::string& value) {
    const auto text = edit_ini(kShipped, {{"Main", "url", value}}, "f");
    if (!text) return "refused";
    return Ini::parse(*text, "f")->find("Main", "url")->value;
}

}  // namespace

TEST_GROUP(IniWriter){};

TEST(IniWriter, places_a_key_behind_its_commented_default) {
    STRCMP_EQUAL(
        "[Main]\n; Адрес сервера\n; По умолчанию http://localhost\n;url = http://localhost\nurl = "
        "https://x\n\n; Режим\n"
        ";mode = 0\nmode = 2\n\n[Other]\nx = 1\n",
        edited(kShipped, {{"Main", "url", "https://x"}, {"Main", "mode", "2"}}).c_str());
}

TEST(IniWriter, replaces_the_value_on_its_line) {
    STRCMP_EQUAL(
        "[Main]\na=1\n;mode = 0\nmode  =\t2\nb=1\n",
        set("[Main]\na=1\n;mode = 0\nmode  =\t1\nb=1\n", "mode", "2").c_str());
    STRCMP_EQUAL("[Main]\nmode=2\n", set("[Main]\nmode=1\n", "mode", "2").c_str());
    STRCMP_EQUAL("[Main]\nmode = 2\n", set("[Main]\nmode =\n", "mode", "2").c_str());
    STRCMP_EQUAL("[Main]\nmode = \n", set("[Main]\nmode = 1\n", "mode", "").c_str());
}

TEST(IniWriter, appends_an_unknown_key_to_its_section) {
    STRCMP_EQUAL(
        "[Main]\na=1\nb = 2\n\n[Other]\n", set("[Main]\na=1\n\n[Other]\n", "b", "2").c_str());
    STRCMP_EQUAL("[Main]\nb = 2\n", set("[Main]\n", "b", "2").c_str());
    STRCMP_EQUAL("[Main]\nb =\n", set("[Main]\n", "b", "").c_str());
}

TEST(IniWriter, appends_a_section_that_is_missing) {
    STRCMP_EQUAL("[Other]\nx=1\n\n[Main]\nb = 2\n", set("[Other]\nx=1\n", "b", "2").c_str());
    STRCMP_EQUAL("[Main]\nb = 2\n", set("", "b", "2").c_str());
}

TEST(IniWriter, ends_the_last_line_before_it_adds_one) {
    STRCMP_EQUAL("[Main]\na=1\nb = 2\n", set("[Main]\na=1", "b", "2").c_str());
    STRCMP_EQUAL("[Main]\nb=2", set("[Main]\nb=1", "b", "2").c_str());
    STRCMP_EQUAL("[O]\n\n[Main]\nb = 2\n", set("[O]", "b", "2").c_str());
}

TEST(IniWriter, does_not_take_another_sections_key_or_default) {
    STRCMP_EQUAL(
        "[Other]\nb=1\n;b = 1\n\n[Main]\nb = 2\n", set("[Other]\nb=1\n;b = 1\n", "b", "2").c_str());
}

TEST(IniWriter, keeps_keys_without_a_section_before_the_first_one) {
    STRCMP_EQUAL(
        "a=1\nb = 2\n\n[Main]\nc=1\n", edited("a=1\n\n[Main]\nc=1\n", {{"", "b", "2"}}).c_str());
    STRCMP_EQUAL("b = 2\n[Main]\n", edited("[Main]\n", {{"", "b", "2"}}).c_str());
}

TEST(IniWriter, changes_no_byte_when_nothing_changes) {
    for (const std::string& document :
         {"[Main]\nb =\t\"2\"  \n\n\n; end"s, "[Main]\r\nb=2\r\n"s, "\xEF\xBB\xBF[Main]\nb=2"s}) {
        STRCMP_EQUAL(document.c_str(), set(document, "b", "2").c_str());
        STRCMP_EQUAL(document.c_str(), unset(document, "missing").c_str());
        STRCMP_EQUAL(document.c_str(), edited(document, {}).c_str());
    }
}

TEST(IniWriter, second_run_changes_nothing) {
    const std::string once = set(kShipped, "url", " x ;y ");

    STRCMP_EQUAL(once.c_str(), set(once, "url", " x ;y ").c_str());
}

TEST(IniWriter, takes_a_key_out_and_leaves_its_commented_default) {
    STRCMP_EQUAL(kShipped, unset(set(kShipped, "url", "https://x"), "url").c_str());
}

TEST(IniWriter, keeps_dos_line_ends_and_the_byte_order_mark) {
    STRCMP_EQUAL(
        "\xEF\xBB\xBF[Main]\r\na=3\r\nb = 2\r\n",
        edited("\xEF\xBB\xBF[Main]\r\na=1\r\n", {{"Main", "a", "3"}, {"Main", "b", "2"}}).c_str());
}

TEST(IniWriter, keeps_unknown_keys_order_and_comments_of_any_coding) {
    const std::string text = "# \xCF\xF0\xE8\n[Main]\nzz=1\n; a\nb=1\naa=1\n[Q]\n;;;\n";

    STRCMP_EQUAL(
        "# \xCF\xF0\xE8\n[Main]\nzz=1\n; a\nb=2\naa=1\n[Q]\n;;;\n", set(text, "b", "2").c_str());
}

TEST(IniWriter, refuses_what_could_not_be_read_back) {
    for (const std::string& value :
         {"a\nb"s, "a\rb"s, "a\0b"s, "\x01"s, "a\x1B[0m"s, "\xFF"s, std::string(300, 'x')}) {
        const auto result = edit_ini(kShipped, {{"Main", "url", value}}, "f.conf");

        CHECK(result.error().code == ErrorCode::InvalidInput);
        STRCMP_CONTAINS(
            "f.conf: ключ «url» раздела [Main] не записан", result.error().text.russian().c_str());
    }
}

TEST(IniWriter, refuses_impossible_keys_and_sections) {
    for (const std::string& key :
         {""s, "a=b"s, "a:b"s, ";a"s, "#a"s, "[a"s, " a"s, "a "s, "a\nb"s, "a ;b"s}) {
        CHECK_FALSE_TEXT(edit_ini("", {{"Main", key, "1"}}, "f").ok(), key.c_str());
    }
    for (const std::string& section : {"a]b"s, " a"s, "a ;b"s, "a\n"s, std::string(50, 's')}) {
        CHECK_FALSE_TEXT(edit_ini("", {{section, "k", "1"}}, "f").ok(), section.c_str());
    }
}

TEST(IniWriter, refuses_to_edit_what_the_reader_refuses) {
    const auto result = edit_ini("[Main]\na=1\na=2\n", {{"Main", "b", "1"}}, "f.conf");

    STRCMP_CONTAINS("f.conf:3", result.error().text.russian().c_str());
}

TEST(IniWriter, values_of_every_kind_come_back) {
    for (const std::string& value :
         {""s,
          " "s,
          "x"s,
          " x"s,
          "x "s,
          "\tx\t"s,
          "\""s,
          "\"\""s,
          "\"x\""s,
          "a\"b"s,
          "\"x"s,
          "x\""s,
          ";"s,
          ";x"s,
          "x;y"s,
          "x ;y"s,
          "x\t;y"s,
          "#x"s,
          "x #y"s,
          "%1 %n %%"s,
          "$HOME `x` $(y)"s,
          "&"s,
          "\\"s,
          "a\\b"s,
          "\\\\"s,
          "x\\"s,
          " \\"s,
          " \\\" "s,
          "=x"s,
          "a=b"s,
          "[x]"s,
          "]"s,
          "Касса №1 «Ёлка»"s,
          "🙂"s,
          "'"s,
          "' ;'"s,
          std::string(190, 'x')}) {
        STRCMP_EQUAL(value.c_str(), there_and_back(value).c_str());
    }
}

TEST(IniWriter, random_values_come_back_or_are_refused) {
    const std::vector<std::string> pieces = {" ", "\t", ";", "#", "\"", "\\", "%",  "=",   ":",
                                             "[", "]",  "a", "ж", "'",  "$",  "\n", "\x7F"};
    std::mt19937 random(1);  // NOLINT: the same values each time
    int written = 0;
    for (int round = 0; round < 3000; ++round) {
        std::string value;
        for (auto count = random() % 12; count > 0; --count)
            value += pieces[random() % pieces.size()];
        const bool impossible = value.find_first_of("\n\x7F") != std::string::npos;

        const std::string back = there_and_back(value);

        STRCMP_EQUAL(impossible ? "refused" : value.c_str(), back.c_str());
        if (!impossible) ++written;
    }
    CHECK(written > 1000);
}

TEST(IniWriter, random_edits_change_only_their_own_key) {
    std::mt19937 random(2);  // NOLINT: the same edits each time
    std::string text = kShipped;
    for (int round = 0; round < 300; ++round) {
        const std::string key = "k" + std::to_string(random() % 5);
        const std::string section = random() % 2 == 0 ? "Main" : "New";
        IniChange change{section, key, std::to_string(random() % 3)};
        if (random() % 3 == 0) change.value.reset();
        const auto before = Ini::parse(text, "f").value();

        text = edit_ini(text, {change}, "f").value();

        const auto after = Ini::parse(text, "f").value();
        for (const auto& entry : before.entries()) {
            if (entry.section == section && entry.key == key) continue;
            CHECK(after.find(entry.section, entry.key) != nullptr);
            STRCMP_EQUAL(entry.value.c_str(), after.find(entry.section, entry.key)->value.c_str());
        }
        for (const char* line : {"; Адрес сервера\n", ";url = http://localhost\n", "[Other]\n"}) {
            CHECK(text.find(line) != std::string::npos);
        }
    }
}
