// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <string>

#include "gateways/oplati/settings.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::oplati {

TEST_GROUP(OplatiSettings){
    void check_refused(const std::map<std::string, std::string>& values, const std::string& key){
        const auto settings = make_settings(values);
CHECK_FALSE(settings.ok());
CHECK(settings.error().code == ErrorCode::InvalidInput);
CHECK(settings.error().text.russian().find("ключ " + key + ":") == 0);
}  // namespace linuxcash::oplati
}
;

TEST(OplatiSettings, have_the_defaults_of_the_source_document) {
    const auto settings = make_settings({});

    CHECK(settings->url == "http://localhost");
    LONGS_EQUAL(10, settings->timeout_s);
    CHECK(settings->reg_num.empty());
    CHECK(settings->mode == Mode::BuyersCode);
    CHECK_FALSE(settings->configured());
}

TEST(OplatiSettings, have_the_same_defaults_in_the_table_and_in_the_struct) {
    const Settings built;
    const auto read = make_settings({});

    CHECK(read->url == built.url);
    CHECK(read->password == built.password);
    LONGS_EQUAL(built.timeout_s, read->timeout_s);
    LONGS_EQUAL(built.session_wait_s, read->session_wait_s);
    LONGS_EQUAL(built.confirm_wait_s, read->confirm_wait_s);
    LONGS_EQUAL(built.doubt_wait_s, read->doubt_wait_s);
    LONGS_EQUAL(built.gone_grace_s, read->gone_grace_s);
    LONGS_EQUAL(built.session_keep_s, read->session_keep_s);
    LONGS_EQUAL(built.ready_pace_ms, read->ready_pace_ms);
    LONGS_EQUAL(built.status_pace_ms, read->status_pace_ms);
    CHECK(read->undo_key == built.undo_key);
    CHECK(read->footer == built.footer);
    CHECK(read->allow_http == built.allow_http);
    CHECK(read->ca_file == built.ca_file);
}

TEST(OplatiSettings, take_every_key) {
    const auto settings = make_settings(
        {{"url", "https://example.by/ms-pay//"},
         {"timeout", "1"},
         {"regNum", "OPL000011111"},
         {"mode", "2"},
         {"session_wait_s", "5"},
         {"confirm_wait_s", "6"},
         {"doubt_wait_s", "7"},
         {"gone_grace_s", "0"},
         {"session_keep_s", "8"},
         {"ready_pace_ms", "10"},
         {"status_pace_ms", "11"},
         {"undo_by", "paymentId"},
         {"footer", "Спасибо"},
         {"allow_http", "1"},
         {"ca_file", "/ca.pem"},
         {"password", "secret"}});

    CHECK(settings->url == "https://example.by/ms-pay");
    LONGS_EQUAL(1, settings->timeout_s);
    CHECK(settings->configured());
    CHECK(settings->mode == Mode::DynamicCode);
    LONGS_EQUAL(5, settings->session_wait_s);
    LONGS_EQUAL(6, settings->confirm_wait_s);
    LONGS_EQUAL(7, settings->doubt_wait_s);
    LONGS_EQUAL(0, settings->gone_grace_s);
    LONGS_EQUAL(8, settings->session_keep_s);
    LONGS_EQUAL(10, settings->ready_pace_ms);
    LONGS_EQUAL(11, settings->status_pace_ms);
    CHECK(settings->undo_key == UndoKey::PaymentId);
    CHECK(settings->footer == "Спасибо");
    CHECK(settings->allow_http);
    CHECK(settings->ca_file == "/ca.pem");
    CHECK(settings->password == Secret("secret"));
}

TEST(OplatiSettings, take_an_empty_value_as_the_default) {
    CHECK(make_settings({{"timeout", ""}, {"url", ""}})->timeout_s == 10);
}

TEST(OplatiSettings, leave_unknown_keys_to_the_reader_of_files) {
    CHECK(make_settings({{"tiemout", "x"}}).ok());
}

TEST(OplatiSettings, refuse_wrong_numbers) {
    for (const char* value : {"0", "121", "-1", "ten", "10 ", "1.5", "99999999999999999999"})
        check_refused({{"timeout", value}}, "timeout");
    check_refused({{"status_pace_ms", "9"}}, "status_pace_ms");
}

TEST(OplatiSettings, refuse_a_mode_that_is_none) {
    for (const char* value : {"3", "7", "-1", "two"})
        check_refused({{"mode", value}}, "mode");
    check_refused({{"undo_by", "order"}}, "undo_by");
    check_refused({{"allow_http", "yes"}}, "allow_http");
}

TEST(OplatiSettings, refuse_wrong_addresses) {
    for (const char* value :
         {"localhost", "ftp://host", "http://", "https:///path", "http://:80", "http://host/a b",
          "http://host?x=1", "http://host#x", "http://user@host", "http://хост"})
        check_refused({{"url", value}}, "url");
    check_refused({{"url", "http://" + std::string(600, 'x')}}, "url");
}

TEST(OplatiSettings, refuse_what_cannot_stand_in_a_header) {
    check_refused({{"regNum", "OPL 1"}}, "regNum");
    check_refused({{"regNum", "ОПЛ1"}}, "regNum");
    check_refused({{"regNum", std::string(65, '1')}}, "regNum");
    check_refused({{"password", "with blank"}}, "password");
}

TEST(OplatiSettings, never_show_a_password_in_an_error) {
    const auto settings = make_settings({{"password", "canary canary"}});

    CHECK(settings.error().text.russian().find("canary") == std::string::npos);
}

TEST(OplatiSettings, keep_the_password_in_the_file_of_secrets_alone) {
    for (const Setting& setting : setting_table()) {
        const bool secret = setting.file == SettingFile::Secrets;
        CHECK(secret == (setting.key == "password"));
        CHECK(setting.section == "Main");
        CHECK_FALSE(setting.doc.empty());
    }
}

}  // namespace linuxcash::oplati
