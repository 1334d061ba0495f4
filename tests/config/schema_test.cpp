// SPDX-License-Identifier: Apache-2.0
#include "config/schema.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::ErrorCode;
using linuxcash::Setting;
using linuxcash::SettingFile;
using linuxcash::SettingType;
using linuxcash::tr;
using linuxcash::config::apply_schema;
using linuxcash::config::Ini;
using linuxcash::config::read_settings;
using linuxcash::config::Schema;

namespace {

Schema schema() {
    Schema settings;
    settings.push_back(
        {"Main", "url", SettingType::Url, "http://localhost", 0, 0, {}, tr("Адрес сервера")});
    settings.push_back(
        {"Main", "timeout", SettingType::Integer, "10", 1, 300, tr("с"), tr("Время ожидания")});
    settings.push_back({"Main", "regNum", SettingType::String, "", 3, 20, {}, tr("Номер кассы")});
    settings.push_back({"Main", "mode", SettingType::Choice, "0", 0, 0, {}, tr("Режим")});
    settings.back().choices = {{"0", tr("нулевой")}, {"1", tr("первый")}, {"2", tr("второй")}};
    settings.push_back(
        {"Main", "allow_http", SettingType::Boolean, "0", 0, 0, {}, tr("Без шифрования")});
    settings.push_back({"Main", "password", SettingType::String, "", 0, 0, {}, tr("Пароль")});
    settings.back().file = SettingFile::Secrets;
    return settings;
}

linuxcash::Result<linuxcash::config::ReadSettings> read(
    const std::string& text, SettingFile file = SettingFile::Settings) {
    return apply_schema(Ini::parse(text, "f.conf").value(), schema(), file);
}

void check_refused(const std::string& line, const char* words) {
    const auto result = read("[Main]\n" + line + "\n");

    CHECK_FALSE_TEXT(result.ok(), line.c_str());
    CHECK(result.error().code == ErrorCode::InvalidInput);
    STRCMP_CONTAINS("f.conf:2: значение", result.error().text.russian().c_str());
    STRCMP_CONTAINS(words, result.error().text.russian().c_str());
}

std::string warning_of(const std::string& text) {
    const auto result = read(text);
    LONGS_EQUAL(1, result->warnings.size());
    return result->warnings.at(0).russian();
}

}  // namespace

TEST_GROUP(Schema){};

TEST(Schema, gives_defaults_for_what_the_file_does_not_say) {
    const auto settings = read("[Main]\n")->settings;

    STRCMP_EQUAL("http://localhost", settings.text("Main", "url").c_str());
    LONGS_EQUAL(10, settings.integer("Main", "timeout"));
    STRCMP_EQUAL("", settings.text("Main", "regNum").c_str());
    CHECK_FALSE(settings.boolean("Main", "allow_http"));
    CHECK_FALSE(settings.is_given("Main", "url"));
}

TEST(Schema, gives_what_the_file_says) {
    const auto settings = read(
                              "[Main]\nurl = https://x/y\ntimeout = 300\nregNum = "
                              "OPL000011111\nmode = 2\nallow_http = 1\n")
                              ->settings;

    STRCMP_EQUAL("https://x/y", settings.text("Main", "url").c_str());
    LONGS_EQUAL(300, settings.integer("Main", "timeout"));
    STRCMP_EQUAL("OPL000011111", settings.text("Main", "regNum").c_str());
    STRCMP_EQUAL("2", settings.text("Main", "mode").c_str());
    CHECK(settings.boolean("Main", "allow_http"));
    CHECK(settings.is_given("Main", "url"));
}

TEST(Schema, refuses_wrong_integers_and_names_the_range) {
    for (const char* value :
         {"0", "301", "-1", "12abc", "0x10", "1e2", "10.0", "", "99999999999999999999", "десять"}) {
        check_refused("timeout = " + std::string(value), "допустимо целое число от 1 до 300 (с)");
    }
}

TEST(Schema, refuses_wrong_choices_and_names_the_right_ones) {
    for (const char* value : {"7", "", "00", "dynamic"}) {
        check_refused("mode = " + std::string(value), "допустимо одно из: 0, 1, 2");
    }
}

TEST(Schema, refuses_wrong_booleans) {
    for (const char* value : {"", "yes", "да", "true", "on", "2"}) {
        check_refused("allow_http = " + std::string(value), "допустимо 0 (нет) или 1 (да)");
    }
}

TEST(Schema, refuses_an_address_without_a_scheme) {
    check_refused("url = localhost:8080", "http:// или https://");
}

TEST(Schema, refuses_strings_that_are_too_short_or_long) {
    check_refused("regNum = ab", "от 3 до 20 байт");
    check_refused("regNum = " + std::string(21, 'x'), "от 3 до 20 байт");
}

TEST(Schema, takes_an_empty_string_as_not_set) {
    const auto settings = read("[Main]\nregNum =\nurl =\n")->settings;

    STRCMP_EQUAL("", settings.text("Main", "regNum").c_str());
    STRCMP_EQUAL("", settings.text("Main", "url").c_str());
}

TEST(Schema, writes_terminal_escapes_of_a_wrong_value_out) {
    const auto result = read(
        "[Main]\nmode = \xC2\x9B"
        "31m\n");

    CHECK(result.error().text.russian().find("\xC2\x9B") == std::string::npos);
}

TEST(Schema, warns_of_an_unknown_key_with_a_hint_and_goes_on) {
    STRCMP_EQUAL(
        "f.conf:2: неизвестный ключ «timout» в разделе [Main] не действует; возможно, имелся в "
        "виду «timeout» раздела "
        "[Main]",
        warning_of("[Main]\ntimout = 5\n").c_str());
    STRCMP_CONTAINS("«regNum» раздела [Main]", warning_of("[Main]\nregnum = OPL\n").c_str());
}

TEST(Schema, warns_of_an_unknown_key_without_a_hint_when_none_is_near) {
    STRCMP_EQUAL(
        "f.conf:2: неизвестный ключ «colour» в разделе [Main] не действует",
        warning_of("[Main]\ncolour = 5\n").c_str());
}

TEST(Schema, points_to_the_right_section) {
    STRCMP_CONTAINS("«mode» раздела [Main]", warning_of("[main]\nmode = 2\n").c_str());
    STRCMP_CONTAINS(
        "вне разделов не действует; возможно, имелся в виду «mode» раздела [Main]",
        warning_of("mode = 2\n").c_str());
}

TEST(Schema, names_a_required_key_that_is_missing) {
    Schema settings = schema();
    settings.at(2).required = true;

    const auto absent = apply_schema(Ini::parse("[Main]\n", "f.conf").value(), settings);
    const auto empty = apply_schema(Ini::parse("[Main]\nregNum =\n", "f.conf").value(), settings);

    STRCMP_CONTAINS("обязательный ключ «regNum»", absent.error().text.russian().c_str());
    STRCMP_CONTAINS("значение обязательно", empty.error().text.russian().c_str());
}

TEST(Schema, refuses_a_secret_in_the_open_file_and_does_not_quote_it) {
    const auto result = read("[Main]\npassword = qwerty\n");

    CHECK(result.error().code == ErrorCode::InvalidInput);
    STRCMP_CONTAINS("f.conf:2: секретный ключ «password»", result.error().text.russian().c_str());
    CHECK(result.error().text.russian().find("qwerty") == std::string::npos);
}

TEST(Schema, reads_secrets_from_their_own_file) {
    const auto result =
        read("[Main]\npassword = \" q;w \"\nurl = http://x\n", SettingFile::Secrets);

    STRCMP_EQUAL(" q;w ", result->settings.secret("Main", "password").reveal().c_str());
    LONGS_EQUAL(1, result->warnings.size());
    STRCMP_CONTAINS(
        "f.conf:3: ключ «url» здесь не действует", result->warnings.at(0).russian().c_str());
}

TEST(Schema, never_quotes_a_wrong_secret) {
    Schema settings = schema();
    settings.back().min = 10;
    settings.back().max = 20;

    const auto result = apply_schema(
        Ini::parse("[Main]\npassword = qwerty\n", "f").value(), settings, SettingFile::Secrets);

    CHECK_FALSE(result.ok());
    CHECK(result.error().text.russian().find("qwerty") == std::string::npos);
}

TEST(Schema, merges_the_two_files_of_a_module) {
    auto settings = read("[Main]\nmode = 1\n")->settings;

    settings.merge(read("[Main]\npassword = p\n", SettingFile::Secrets)->settings);

    STRCMP_EQUAL("1", settings.text("Main", "mode").c_str());
    STRCMP_EQUAL("p", settings.secret("Main", "password").reveal().c_str());
}

TEST(Schema, question_that_it_cannot_answer_is_a_bug_that_shows) {
    const auto settings = read("")->settings;

    CHECK_THROWS(std::logic_error, (void)settings.text("Main", "missing"));
    CHECK_THROWS(std::logic_error, (void)settings.integer("Main", "url"));
    CHECK_THROWS(std::logic_error, (void)settings.boolean("Main", "timeout"));
}

TEST_GROUP(SettingsFile) {
    std::string folder =
        (std::filesystem::temp_directory_path() / "linuxcash-conf-XXXXXX").native();
    std::string file;

    void setup() override {
        CHECK(::mkdtemp(folder.data()) != nullptr);
        file = folder + "/x.conf";
    }
    void teardown() override {
        std::filesystem::remove_all(folder);
    }

    void put(const std::string& text, mode_t mode) {
        std::ofstream(file) << text;
        LONGS_EQUAL(0, ::chmod(file.c_str(), mode));
    }
};

TEST(SettingsFile, that_is_missing_means_defaults) {
    const auto result = read_settings(file, schema());

    CHECK_FALSE(result->file_found);
    LONGS_EQUAL(10, result->settings.integer("Main", "timeout"));
}

TEST(SettingsFile, that_is_missing_lacks_what_is_required) {
    Schema settings = schema();
    settings.at(2).required = true;

    STRCMP_CONTAINS(file.c_str(), read_settings(file, settings).error().text.russian().c_str());
}

TEST(SettingsFile, is_read) {
    put("[Main]\nmode = 2\n", 0644);

    const auto result = read_settings(file, schema());

    CHECK(result->file_found);
    STRCMP_EQUAL("2", result->settings.text("Main", "mode").c_str());
}

TEST(SettingsFile, that_is_a_folder_is_refused) {
    std::filesystem::create_directory(file);

    CHECK(read_settings(file, schema()).error().code == ErrorCode::InvalidInput);
}

TEST(SettingsFile, that_may_not_be_read_is_refused) {
    put("[Main]\n", 0000);
    LONGS_EQUAL(0, ::chmod(folder.c_str(), 0755));
    const bool root = ::geteuid() == 0;
    if (root) LONGS_EQUAL(0, ::seteuid(65534));

    const auto result = read_settings(file, schema());

    if (root) LONGS_EQUAL(0, ::seteuid(0));
    CHECK(result.error().code == ErrorCode::Denied);
}

TEST(SettingsFile, of_secrets_must_be_closed_to_others) {
    for (const mode_t mode : {0644U, 0660U, 0604U, 0640U, 0620U}) {
        put("[Main]\npassword = p\n", mode);

        const auto result = read_settings(file, schema(), SettingFile::Secrets);

        CHECK(result.error().code == ErrorCode::Denied);
        STRCMP_CONTAINS("chmod 600", result.error().text.russian().c_str());
    }
    put("[Main]\npassword = p\n", 0600);
    CHECK(read_settings(file, schema(), SettingFile::Secrets).ok());
}
