// SPDX-License-Identifier: Apache-2.0
// paysysctl token: what is said of token.conf, and how it goes.
#include <sys/stat.h>

#include <memory>

#include "bookkeeper.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::cli;
namespace fs = std::filesystem;

TEST_GROUP(TokenCommands) {
    std::unique_ptr<Bookkeeper> shop;

    void setup() override {
        shop = std::make_unique<Bookkeeper>();
        Shop::put(shop->places.feature("shop"), "[plugins]\nshop = on\n");
        Shop::put(shop->places.settings("shop"), "[Main]\nregNum = OPL1\n");
    }
    void teardown() override {
        shop.reset();
    }

    fs::path token() const {
        return shop->places.token("shop");
    }
    void put_token(const std::string& text, mode_t mode = 0600) const {
        Shop::put(token(), text);
        CHECK_EQUAL(0, ::chmod(token().c_str(), mode));
    }
    // Status said these words, and the secret never.
    void tells(const char* words, int exit = 0) const {
        CHECK_EQUAL(exit, shop->run({"token", "status", "shop"}));
        STRCMP_CONTAINS(words, shop->out.c_str());
        CHECK_TRUE((shop->out + shop->err).find("hush") == std::string::npos);
    }
};

TEST(TokenCommands, tells_whose_token_it_is_and_never_the_token) {
    put_token("[Main]\nregNum = OPL1\ntoken = hush\n");

    tells("shop: режим токена, касса OPL1\n");

    STRCMP_CONTAINS("права 0600, изменён 20", shop->out.c_str());
    STRCMP_CONTAINS("владелец ", shop->out.c_str());
    STRCMP_CONTAINS("  токен кассы OPL1\n  касса не запущена\n", shop->out.c_str());
    STRCMP_CONTAINS("  что делать: ничего. Если касса пишет", shop->out.c_str());
    STRCMP_CONTAINS("Если касса пишет, что токен уже существует: сбросьте", shop->out.c_str());
    STRCMP_CONTAINS("paysysctl token reset shop", shop->out.c_str());
}

TEST(TokenCommands, tells_that_there_is_no_token_yet) {
    tells("token.conf нет\n");
    STRCMP_CONTAINS("токен будет получен при первой операции", shop->out.c_str());
}

TEST(TokenCommands, tells_that_a_password_needs_no_token) {
    shop->run({"set", "shop"}, {{"stdin", ""}}, "password=hush\n");

    tells("shop: режим пароля, касса OPL1\n");
    STRCMP_CONTAINS("касса работает с паролем", shop->out.c_str());
}

TEST(TokenCommands, tells_that_the_register_is_not_named) {
    Shop::put(shop->places.settings("shop"), "[Main]\n");

    tells("shop: номер кассы не указан\n");
    STRCMP_CONTAINS("paysysctl set shop regNum=", shop->out.c_str());
}

TEST(TokenCommands, tells_that_the_token_is_of_another_register) {
    put_token("[Main]\nregNum = OPL2\ntoken = hush\n");

    tells("токен в файле принадлежит кассе OPL2 и не используется");
}

TEST(TokenCommands, tells_that_the_file_is_no_token) {
    for (const char* text :
         {"hush", "", "[Main]\nregNum = OPL1\n", "[Main]\nregNum = OPL1\ntoken =\n"}) {
        put_token(text);
        tells("файл не читается как токен");
    }
    fs::remove(token());
    fs::create_directory(token());
    tells("файл не читается как токен");
    fs::remove(token());
    Shop::put(shop->places.root() / "elsewhere", "[Main]\nregNum = OPL1\ntoken = hush\n");
    fs::create_symlink(shop->places.root() / "elsewhere", token());
    tells("файл не читается как токен");
}

TEST(TokenCommands, tells_that_others_may_read_the_token) {
    put_token("[Main]\nregNum = OPL1\ntoken = hush\n", 0640);

    tells("закройте файл от других: chmod 600 ");
}

TEST(TokenCommands, tells_that_the_token_is_somebody_elses) {
    if (::geteuid() != 0) return;
    put_token("[Main]\nregNum = OPL1\ntoken = hush\n");
    CHECK_EQUAL(0, ::chown(shop->places.data().c_str(), 12345, 12345));

    tells("верните файл пользователю кассы: chown 12345:12345 ");
}

TEST(TokenCommands, tells_whether_the_register_works) {
    const auto journal = shop->open();

    tells("  касса работает\n");
}

TEST(TokenCommands, tells_it_of_each_system_in_use_and_for_programs) {
    Shop::put(shop->places.feature("kiosk"), "[plugins]\nkiosk = on\n");
    Shop::put(shop->places.feature("reports"), "[reports]\n");
    put_token("[Main]\nregNum = OPL1\ntoken = hush\n");

    CHECK_EQUAL(0, shop->run({"token", "status"}));
    STRCMP_CONTAINS("kiosk: токена нет\nshop: режим токена", shop->out.c_str());
    CHECK_EQUAL(0, shop->run({"token", "status"}, {{"json", ""}}));
    STRCMP_CONTAINS("[{\"system\":\"kiosk\",\"condition\":\"tokenless\"", shop->out.c_str());
    STRCMP_CONTAINS(
        "\"condition\":\"ready\",\"mode\":\"token\",\"register\":\"OPL1\"", shop->out.c_str());
    STRCMP_CONTAINS("\"permissions\":\"0600\"", shop->out.c_str());
    CHECK_TRUE(shop->out.find("hush") == std::string::npos);
}

TEST(TokenCommands, says_that_there_is_no_such_system) {
    CHECK_EQUAL(1, shop->run({"token", "status", "nosuch"}));
    CHECK_EQUAL(1, shop->run({"token", "reset", "nosuch"}));
    CHECK_EQUAL(2, shop->run({"token", "reset"}));
}

TEST(TokenCommands, forgets_a_token_when_no_register_runs) {
    { static_cast<void>(shop->open()); }
    put_token("hush");

    CHECK_EQUAL(0, shop->run({"token", "reset", "shop"}));

    CHECK_FALSE(fs::exists(token()));
    CHECK_TRUE(shop->said("файл токена удалён"));
    CHECK_EQUAL(0, shop->run({"token", "reset", "shop"}));
    CHECK_TRUE(shop->said("файла токена не было"));
}

TEST(TokenCommands, forgets_a_token_of_a_module_that_never_worked) {
    fs::remove_all(shop->places.module_data());
    put_token("hush");

    CHECK_EQUAL(0, shop->run({"token", "reset", "shop"}));

    CHECK_FALSE(fs::exists(token()));
}

TEST(TokenCommands, removes_what_killed_writes_left_of_a_token) {
    { static_cast<void>(shop->open()); }
    const fs::path left = token().parent_path() / ".token.conf.999999.0.tmp";
    Shop::put(left, "hush");

    CHECK_EQUAL(0, shop->run({"token", "reset", "shop"}));

    CHECK_FALSE(fs::exists(left));
}

TEST(TokenCommands, removes_a_link_and_not_what_it_leads_to) {
    const fs::path elsewhere = shop->places.root() / "elsewhere";
    Shop::put(elsewhere, "mine");
    fs::create_symlink(elsewhere, token());

    CHECK_EQUAL(0, shop->run({"token", "reset", "shop"}));

    CHECK_FALSE(fs::is_symlink(token()));
    STRCMP_EQUAL("mine", Shop::text_of(elsewhere).c_str());
}

TEST(TokenCommands, says_why_a_token_stays) {
    fs::create_directory(token());

    CHECK_EQUAL(1, shop->run({"token", "reset", "shop"}));

    CHECK_TRUE(shop->said("не удалось удалить"));
}

TEST(TokenCommands, removes_the_token_and_tells_the_running_register) {
    const auto journal = shop->open();
    put_token("hush");

    CHECK_EQUAL(0, shop->run({"token", "reset", "shop"}));

    CHECK_FALSE(fs::exists(token()));
    const auto wishes = journal->wishes_after(0);
    CHECK_EQUAL(1U, wishes->size());
    STRCMP_EQUAL("token-reset", wishes->front().what.c_str());
    CHECK_TRUE(shop->said("передано работающей кассе"));
}
