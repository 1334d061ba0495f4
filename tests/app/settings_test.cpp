// SPDX-License-Identifier: Apache-2.0
// Every setting wrong in each way: the module says what is wrong, where, and what to do, and asks
// nobody for anything.
#include <sys/stat.h>

#include <vector>

#include "app/register_root.h"
#include "fakes/raw_server.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using app::test::RegisterRoot;

TEST_GROUP(ModuleSettings) {
    RegisterRoot root;

    // The text of a refusal, which the log has, too.
    std::string refusal(ErrorCode code = ErrorCode::InvalidInput) {
        const auto module = root.create();
        CHECK(!module.ok());
        if (module.ok()) return {};
        const std::string text = module.error().text.russian();
        CHECK_TEXT(module.error().code == code, text.c_str());
        STRCMP_CONTAINS(text.c_str(), root.log().c_str());
        return text;
    }

    // A line that does not fit: named with file, line and key.
    void check_wrong(const std::string& line, const std::string& remedy) {
        RegisterRoot::write(
            root.settings(), "[Main]\nregNum = OPL000011111\n; a comment\n" + line + "\n");
        const std::string text = refusal();
        STRCMP_CONTAINS((root.settings().native() + ":4: ").c_str(), text.c_str());
        STRCMP_CONTAINS(line.substr(0, line.find(' ')).c_str(), text.c_str());
        STRCMP_CONTAINS(remedy.c_str(), text.c_str());
        STRCMP_CONTAINS("исправьте значение или удалите строку", text.c_str());
    }
};

TEST(ModuleSettings, that_are_not_there_mean_not_configured) {
    const std::string text = refusal(ErrorCode::NotFound);

    STRCMP_CONTAINS("regNum", text.c_str());
    STRCMP_CONTAINS("dpkg-reconfigure", text.c_str());
    STRCMP_CONTAINS("paysysctl set oplati", text.c_str());
}

TEST(ModuleSettings, without_a_register_number_mean_not_configured) {
    RegisterRoot::write(root.settings(), "[Main]\nurl = https://example.invalid/ms-pay\n");

    STRCMP_CONTAINS("regNum", refusal(ErrorCode::NotFound).c_str());
}

TEST(ModuleSettings, that_are_as_shipped_mean_not_configured) {
    std::filesystem::copy_file(SHIPPED_SETTINGS, root.settings());

    STRCMP_CONTAINS("не настроена", refusal(ErrorCode::NotFound).c_str());
}

TEST(ModuleSettings, that_are_not_complete_ask_the_gateway_for_nothing) {
    fakes::RawServer server(fakes::always(fakes::ok_reply("{}")));
    const std::string url = "url = " + server.url("/ms-pay") + "\n";

    RegisterRoot::write(root.settings(), "[Main]\n" + url);
    static_cast<void>(refusal(ErrorCode::NotFound));
    RegisterRoot::write(root.settings(), "[Main]\nregNum = OPL000011111\nmode = 7\n" + url);
    static_cast<void>(refusal());

    LONGS_EQUAL(0, server.connections());
    CHECK_FALSE(std::filesystem::exists(root.places().journal("oplati")));
}

TEST(ModuleSettings, of_a_number_that_does_not_fit_name_the_range) {
    for (const char* wrong : {"0", "-1", "121", "10.5", "10 с", "ten", "1e1", "0x10", ""})
        check_wrong(std::string("timeout = ") + wrong, "от 1 до 120");
    check_wrong("ready_pace_ms = 9", "от 10 до 60000");
    check_wrong("doubt_wait_s = 99999999999999999999", "от 1 до 600");
}

TEST(ModuleSettings, of_an_unknown_mode_name_the_known_ones) {
    for (const char* wrong : {"7", "-1", "2.0", "two", ""})
        check_wrong(std::string("mode = ") + wrong, "0, 1, 2");
    check_wrong("undo_by = number", "orderNumber, paymentId");
}

TEST(ModuleSettings, of_a_switch_take_0_or_1) {
    for (const char* wrong : {"yes", "2", "-1", "true"})
        check_wrong(std::string("allow_http = ") + wrong, "0 (нет) или 1 (да)");
}

TEST(ModuleSettings, of_an_address_without_its_parts_say_which) {
    check_wrong("url = cashboxapi.o-plati.by/ms-pay", "https://");
    check_wrong("url = ftp://cashboxapi.o-plati.by/ms-pay", "https://");
    check_wrong("url = https:///ms-pay", "");
    check_wrong("url = https://host:port/ms-pay", "");
    check_wrong("url = https://user:secret@host/ms-pay", "");
}

TEST(ModuleSettings, that_only_the_gateway_finds_wrong_name_the_folder_and_the_key) {
    root.configure();
    RegisterRoot::write(root.settings(), "[Main]\nregNum = OPL 000011111\n");

    const std::string text = refusal();

    STRCMP_CONTAINS(root.settings().parent_path().c_str(), text.c_str());
    STRCMP_CONTAINS("regNum", text.c_str());
    STRCMP_CONTAINS("OPL000011111", text.c_str());
}

TEST(ModuleSettings, given_twice_name_both_lines) {
    root.configure("mode = 1\nmode = 2\n");

    const std::string text = refusal();

    STRCMP_CONTAINS((root.settings().native() + ":5: ").c_str(), text.c_str());
    STRCMP_CONTAINS("строке 4", text.c_str());
}

TEST(ModuleSettings, that_are_no_ini_name_the_line) {
    root.configure("this is no setting\n");

    STRCMP_CONTAINS((root.settings().native() + ":4: ").c_str(), refusal().c_str());
}

TEST(ModuleSettings, with_an_unknown_key_work_and_warn_with_a_hint) {
    root.configure("timeuot = 20\nxyzzy = 1\n[Extra]\ntimeout = 5\n");

    const auto module = root.create();

    CHECK(module.ok());
    const std::string log = root.log();
    STRCMP_CONTAINS("WARN ", log.c_str());
    STRCMP_CONTAINS((root.settings().native() + ":4: ").c_str(), log.c_str());
    STRCMP_CONTAINS("«timeuot»", log.c_str());
    STRCMP_CONTAINS("возможно, имелся в виду «timeout» раздела [Main]", log.c_str());
    STRCMP_CONTAINS("«xyzzy»", log.c_str());
    STRCMP_CONTAINS("[Extra]", log.c_str());
}

TEST(ModuleSettings, that_allow_plain_http_warn_at_each_start) {
    root.configure("allow_http = 1\n");

    CHECK(root.create().ok());
    CHECK(root.create().ok());

    const std::string log = root.log();
    const std::size_t first = log.find("allow_http");
    CHECK(first != std::string::npos);
    CHECK(log.find("allow_http", first + 1) != std::string::npos);
}

TEST(ModuleSettings, with_a_pace_that_the_gateway_forbids_warn_and_name_the_permitted_one) {
    root.configure("ready_pace_ms = 2999\nstatus_pace_ms = 10\n");

    CHECK(root.create().ok());

    const std::string log = root.log();
    STRCMP_CONTAINS("WARN  oplati  - О!плати: ready_pace_ms = 2999, ", log.c_str());
    STRCMP_CONTAINS("чаще, чем раз в 3000 мс", log.c_str());
    STRCMP_CONTAINS("status_pace_ms = 10, ", log.c_str());
    STRCMP_CONTAINS("чаще, чем раз в 5000 мс", log.c_str());
}

TEST(ModuleSettings, with_the_permitted_paces_warn_of_nothing) {
    root.configure("ready_pace_ms = 3000\nstatus_pace_ms = 5000\n");

    CHECK(root.create().ok());

    STRCMP_EQUAL("", root.log().c_str());
}

TEST(ModuleSettings, in_whose_place_a_directory_stands_are_an_error) {
    std::filesystem::create_directory(root.settings());

    const std::string text = refusal();

    STRCMP_CONTAINS(root.settings().c_str(), text.c_str());
    STRCMP_CONTAINS("уберите", text.c_str());
}

TEST(ModuleSettings, that_are_larger_than_any_settings_are_an_error) {
    root.configure(std::string(16 * 1024 * 1024, ';'));

    STRCMP_CONTAINS(root.settings().c_str(), refusal().c_str());
}

TEST(ModuleSettings, that_may_not_be_read_are_an_error) {
    root.configure();
    chmod(root.settings().c_str(), 0000);

    CHECK(root.holds_for_a_user([&] {
        const auto module = root.create();
        return !module.ok() && module.error().code == ErrorCode::InvalidInput
               && module.error().text.russian().find(root.settings().native()) != std::string::npos
               && module.error().text.russian().find("нет прав доступа") != std::string::npos;
    }));
}

TEST(ModuleSettings, with_a_password_in_the_open_file_say_where_it_belongs) {
    root.configure("password = canary-Passw0rd\n");

    const std::string text = refusal();

    STRCMP_CONTAINS((root.settings().native() + ":4: ").c_str(), text.c_str());
    STRCMP_CONTAINS("«password»", text.c_str());
    STRCMP_CONTAINS("запишите в файл секретов", text.c_str());
    CHECK(root.log().find("canary") == std::string::npos);
}

TEST(ModuleSettings, with_secrets_that_others_can_read_are_an_error) {
    root.configure();
    for (const mode_t open : {0640U, 0604U, 0620U, 0644U}) {
        RegisterRoot::write(root.secrets(), "[Main]\npassword = canary-Passw0rd\n", open);

        const std::string text = refusal();

        STRCMP_CONTAINS(root.secrets().c_str(), text.c_str());
        STRCMP_CONTAINS("chmod 600", text.c_str());
        CHECK(root.log().find("canary") == std::string::npos);
    }
}

TEST(ModuleSettings, with_a_wrong_password_do_not_repeat_it) {
    root.configure();
    RegisterRoot::write(root.secrets(), "[Main]\npassword = canary Passw0rd\n", 0600);

    STRCMP_CONTAINS("password", refusal().c_str());

    CHECK(root.log().find("canary") == std::string::npos);
}

TEST(ModuleSettings, whose_certificates_are_not_there_are_an_error) {
    root.configure("ca_file = /nowhere/ca.pem\n");

    const std::string text = refusal();

    STRCMP_CONTAINS("ca_file", text.c_str());
    STRCMP_CONTAINS("/nowhere/ca.pem", text.c_str());
    STRCMP_CONTAINS("удалите ключ", text.c_str());
}

TEST(ModuleSettings, that_are_good_make_a_module) {
    root.configure("mode = 2\ntimeout = 20\n");
    RegisterRoot::write(root.secrets(), "[Main]\npassword = pw\n", 0600);

    const auto module = root.create();

    CHECK(module.ok());
    STRCMP_EQUAL("oplati", (*module)->name().c_str());
    CHECK((*module)->blocks_while_owing());
}
