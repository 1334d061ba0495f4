// SPDX-License-Identifier: Apache-2.0
#include "config/ini.h"

#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace std::string_literals;

using linuxcash::ErrorCode;
using linuxcash::config::Ini;

namespace {

// "Section/key=value" of each entry, or the words of the error.
std::string listed(const std::string& text) {
    const auto ini = Ini::parse(text, "f.conf");
    if (!ini) return ini.error().text.russian();
    std::string list;
    for (const auto& entry : ini->entries()) {
        list += entry.section + "/" + entry.key + "=" + entry.value + "|";
    }
    return list;
}

void check_refused(const std::string& text, const char* words) {
    const auto ini = Ini::parse(text, "f.conf");

    CHECK_FALSE_TEXT(ini.ok(), text.c_str());
    CHECK(ini.error().code == ErrorCode::InvalidInput);
    STRCMP_CONTAINS(words, ini.error().text.russian().c_str());
}

}  // namespace

TEST_GROUP(Ini){};

TEST(Ini, reads_sections_and_keys_in_order_with_their_lines) {
    const auto ini =
        Ini::parse("; note\n\n[Main]\nurl = http://x\n# note\n[Other]\nb=2\na =1\n", "f");

    STRCMP_EQUAL(
        "Main/url=http://x|Other/b=2|Other/a=1|",
        listed("; note\n\n[Main]\nurl = http://x\n# note\n[Other]\nb=2\na =1\n").c_str());
    LONGS_EQUAL(4, ini->entries().at(0).line);
    LONGS_EQUAL(7, ini->find("Other", "b")->line);
    POINTERS_EQUAL(nullptr, ini->find("Main", "b"));
}

TEST(Ini, takes_the_shipped_example_of_oplati_as_empty) {
    STRCMP_EQUAL("", listed("[Main]\n; Адрес сервера\n;url = http://localhost\n").c_str());
}

TEST(Ini, accepts_an_empty_file) {
    STRCMP_EQUAL("", listed("").c_str());
}

TEST(Ini, accepts_a_byte_order_mark_and_dos_line_ends) {
    STRCMP_EQUAL("M/a=1|M/b=2|", listed("\xEF\xBB\xBF[M]\r\na=1\r\n\r\nb=2").c_str());
}

TEST(Ini, refuses_a_byte_order_mark_in_the_middle) {
    CHECK(listed("[M]\n\xEF\xBB\xBF[N]\n").find("f.conf:2") != std::string::npos);
}

TEST(Ini, tells_keys_of_different_case_apart) {
    STRCMP_EQUAL("M/Key=1|M/key=2|m/key=3|", listed("[M]\nKey=1\nkey=2\n[m]\nkey=3\n").c_str());
}

TEST(Ini, goes_on_with_a_section_that_occurs_again) {
    STRCMP_EQUAL("M/a=1|N/b=2|M/c=3|", listed("[M]\na=1\n[N]\nb=2\n[M]\nc=3\n").c_str());
}

TEST(Ini, keeps_keys_that_stand_before_any_section) {
    STRCMP_EQUAL("/a=1|", listed("a=1\n").c_str());
}

TEST(Ini, takes_values_as_they_stand) {
    STRCMP_EQUAL(
        "M/a=x;y|M/b=x # y|M/c=50%%|M/d=a=b:c|M/e=C:\\dir|M/f=a \"b\"|M/g=|M/h=Касса №1|M/i=;|",
        listed("[M]\na = x;y\nb = x # y\nc = 50%%\nd = a=b:c\ne = C:\\dir\nf = a \"b\"\ng =\nh = "
               "Касса №1\ni=;\n")
            .c_str());
}

TEST(Ini, takes_blanks_away_only_outside_of_quotes) {
    STRCMP_EQUAL(
        "M/a=x|M/b= x |M/c=x ;y|M/d=\"\\|M/e=|",
        listed("[M]\na =  \tx \t\nb = \" x \"\nc = \"x ;y\"\nd=\"\\\"\\\\\"\ne=\"\"\n").c_str());
}

TEST(Ini, refuses_a_comment_behind_a_value_and_says_what_to_do) {
    for (const char* line :
         {"mode = 2 ; dynamic", "mode = 2\t;dynamic", "mode = ;dynamic", "mode =\t;"}) {
        check_refused("[M]\n"s + line, "двойные кавычки");
    }
}

TEST(Ini, refuses_wrong_quotes) {
    for (const char* line :
         {"a = \"x", "a = \"", "a = \"x\" y", "a = \"x\\n\"", "a = \"x\\", "a = \"x\\\"",
          "a = \"x\"\"y\""}) {
        check_refused("[M]\n"s + line, "f.conf:2: неверные кавычки");
    }
}

TEST(Ini, names_both_lines_of_a_repeated_key) {
    check_refused(
        "[M]\na=1\n[N]\na=1\n[M]\na=1\n", "f.conf:6: ключ a раздела [M] уже задан в строке 2");
}

TEST(Ini, refuses_an_indented_line_rather_than_join_it) {
    check_refused("[M]\na=1\n  b=2\n", "f.conf:3: строка начинается с пробела");
    check_refused("[M]\na=1\n\tmore\n", "f.conf:3: строка начинается с пробела");
    check_refused("[M]\na=1\n [N]\n", "f.conf:3: строка начинается с пробела");
}

TEST(Ini, accepts_indented_comments_and_lines_of_blanks) {
    STRCMP_EQUAL("M/a=1|M/b=2|", listed("[M]\na=1\n  ; note\n   \n\t# note\nb=2\n").c_str());
}

TEST(Ini, refuses_a_line_that_inih_would_cut) {
    const std::string longest = "k=" + std::string(195, 'x');
    STRCMP_EQUAL(
        ("M/k=" + std::string(195, 'x') + "|").c_str(),
        listed("[M]\n" + longest + "\nz=1").substr(0, 200).c_str());

    check_refused("[M]\n" + longest + "x\n", "f.conf:2: строка длиннее 197 байт");
    check_refused(
        "[M]\nk=" + std::string(100'000, 'x') + "\n", "f.conf:2: строка длиннее 197 байт");
}

TEST(Ini, accepts_comments_of_any_length_and_coding) {
    STRCMP_EQUAL(
        "M/a=1|", listed("; " + std::string(5000, 'x') + "\n[M]\n;\xCF\xF0\xE8\x01\na=1").c_str());
}

TEST(Ini, counts_lines_right_behind_long_comments) {
    check_refused("; " + std::string(5000, 'x') + "\n; x\nno sign\n", "f.conf:3: нет знака =");
}

TEST(Ini, refuses_a_section_name_that_inih_would_cut) {
    CHECK(Ini::parse("[" + std::string(49, 's') + "]\na=1", "f").ok());
    check_refused("[" + std::string(50, 's') + "]\na=1", "имя раздела длиннее 49 байт");
}

TEST(Ini, refuses_malformed_sections) {
    check_refused("[]\n", "f.conf:1: имя раздела пусто");
    check_refused("[M\na=1\n", "закрывающей скобки");
    check_refused("[ M ]\n", "лишние пробелы");
    check_refused("[M] a=1\n", "после имени раздела стоит лишнее");
    check_refused("[M ;x]\n", "точка с запятой");
}

TEST(Ini, accepts_a_comment_behind_a_section) {
    STRCMP_EQUAL("M/a=1|", listed("[M] ; note\na=1\n").c_str());
}

TEST(Ini, refuses_lines_that_are_no_entries) {
    check_refused("[M]\nmode\n", "f.conf:2: нет знака =");
    check_refused("[M]\nmode: 2\n", "двоеточие");
    check_refused("[M]\nurl:x = 2\n", "двоеточие");
    check_refused("[M]\n= 2\n", "нет ключа");
    check_refused("[M]\na ;b = 2\n", "f.conf:2");
}

TEST(Ini, refuses_control_characters_and_zero_bytes) {
    check_refused("[M]\na=x\0y\n"s, "f.conf:2: в строке недопустимый управляющий символ");
    check_refused("[M]\na=x\x01y\n", "управляющий символ");
    check_refused("[M]\na=x\ry\n", "управляющий символ");
    check_refused("[M]\na=x\x1B[31m\n", "управляющий символ");
    check_refused("\0[M]\n"s, "управляющий символ");
}

TEST(Ini, refuses_a_value_that_is_not_utf8) {
    check_refused("[M]\na=\xCF\xF0\xE8\n", "f.conf:2: текст не в кодировке UTF-8");
}

TEST(Ini, survives_each_single_byte_change) {
    const std::string document = "[Main]\nurl = http://x ; \n;a\n b=\"q\\\"\"\nk=1\n";
    for (std::size_t at = 0; at < document.size(); ++at) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string changed = document;
            changed[at] = static_cast<char>(byte);
            const auto ini = Ini::parse(changed, "f");
            if (!ini) CHECK_FALSE(ini.error().text.empty());
        }
    }
}

TEST_GROUP(IniFile) {
    std::string folder = (std::filesystem::temp_directory_path() / "linuxcash-ini-XXXXXX").native();

    void setup() override {
        CHECK(::mkdtemp(folder.data()) != nullptr);
    }
    void teardown() override {
        std::filesystem::remove_all(folder);
    }
};

TEST(IniFile, that_is_missing_is_not_found) {
    CHECK(Ini::read(folder + "/x.conf").error().code == ErrorCode::NotFound);
}

TEST(IniFile, that_is_a_folder_is_refused) {
    CHECK(Ini::read(folder).error().code == ErrorCode::InvalidInput);
}
