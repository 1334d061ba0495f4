// SPDX-License-Identifier: Apache-2.0
// paysysctl set and get, upon a tree of their own.
#include <unistd.h>

#include <memory>

#include "shop.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::cli;

TEST_GROUP(Settings) {
    std::unique_ptr<Shop> shop;

    void setup() override {
        shop = std::make_unique<Shop>();
    }
    void teardown() override {
        shop.reset();
    }

    std::string conf() const {
        return Shop::text_of(shop->places.settings("shop"));
    }
    std::string secrets() const {
        return Shop::text_of(shop->places.secrets("shop"));
    }
};

TEST(Settings, writes_a_value_and_switches_the_module_on) {
    CHECK_EQUAL(0, shop->run({"set", "shop", "url=https://bank/api", "timeout=20"}));

    STRCMP_CONTAINS("url = https://bank/api", conf().c_str());
    STRCMP_CONTAINS("timeout = 20", conf().c_str());
    STRCMP_CONTAINS("[plugins]\nshop = on", Shop::text_of(shop->places.feature("shop")).c_str());
    STRCMP_EQUAL("", shop->out.c_str());
    STRCMP_EQUAL("", shop->err.c_str());
}

TEST(Settings, keeps_comments_and_order_of_the_file) {
    Shop::put(
        shop->places.settings("shop"), "; мой\n[Main]\n; адрес\n;url =\nmode = 2 \nodd = 1\n");

    CHECK_EQUAL(0, shop->run({"set", "shop", "url=https://bank/api"}));

    STRCMP_EQUAL(
        "; мой\n[Main]\n; адрес\n;url =\nurl = https://bank/api\nmode = 2 \nodd = 1\n",
        conf().c_str());
}

TEST(Settings, puts_secrets_into_the_closed_file_alone) {
    CHECK_EQUAL(
        0, shop->run({"set", "shop"}, {{"stdin", ""}}, "password=p%&\"$\\w;d\nurl=http://b/\n"));

    STRCMP_CONTAINS("password", secrets().c_str());
    CHECK_TRUE(conf().find("password") == std::string::npos);
    LONGS_EQUAL(0600, Shop::mode_of(shop->places.secrets("shop")));
    LONGS_EQUAL(0644, Shop::mode_of(shop->places.settings("shop")));
    STRCMP_EQUAL("", shop->err.c_str());
}

TEST(Settings, closes_a_file_of_secrets_that_was_open) {
    Shop::put(shop->places.secrets("shop"), "[Main]\npassword = old\n");
    ::chmod(shop->places.secrets("shop").c_str(), 0644);

    CHECK_EQUAL(0, shop->run({"set", "shop"}, {{"stdin", ""}}, "password=new\n"));

    LONGS_EQUAL(0600, Shop::mode_of(shop->places.secrets("shop")));
}

TEST(Settings, warns_of_a_secret_that_others_can_see) {
    CHECK_EQUAL(0, shop->run({"set", "shop", "password=hush"}));

    CHECK_TRUE(shop->said("--stdin"));
    CHECK_FALSE(shop->said("hush"));
}

TEST(Settings, shows_values_and_hides_secrets) {
    shop->run({"set", "shop"}, {{"stdin", ""}}, "password=hush\nurl=https://bank/\n");

    CHECK_EQUAL(0, shop->run({"get", "shop"}));

    STRCMP_EQUAL(
        "regNum=\nurl=https://bank/\ntimeout=10\nmode=0\npassword=***\nlevel=info\nlevel=warning\n",
        shop->out.c_str());
}

TEST(Settings, shows_one_value_alone) {
    shop->run({"set", "shop", "timeout=20"});

    CHECK_EQUAL(0, shop->run({"get", "shop", "timeout"}));
    STRCMP_EQUAL("20\n", shop->out.c_str());

    CHECK_EQUAL(0, shop->run({"get", "shop", "password"}));
    STRCMP_EQUAL("\n", shop->out.c_str());
}

TEST(Settings, writes_nothing_when_one_value_is_wrong) {
    for (const char* wrong :
         {"timeout=0", "timeout=121", "timeout=abc", "mode=7", "url=bank/api"}) {
        CHECK_EQUAL_TEXT(1, shop->run({"set", "shop", "level=debug", wrong}), wrong);
        CHECK_EQUAL_TEXT(1, shop->run({"set", "shop", "Log.level=debug", wrong}), wrong);
        CHECK_FALSE(std::filesystem::exists(shop->places.settings("shop")));
        CHECK_FALSE(std::filesystem::exists(shop->places.feature("shop")));
    }
}

TEST(Settings, names_the_nearest_key_of_a_mistyped_one) {
    CHECK_EQUAL(1, shop->run({"set", "shop", "timout=5"}));

    CHECK_TRUE(shop->said("timout"));
    CHECK_TRUE(shop->said("«timeout»"));
}

TEST(Settings, wants_the_section_of_a_key_that_two_have) {
    CHECK_EQUAL(1, shop->run({"set", "shop", "level=debug"}));
    CHECK_TRUE(shop->said("Log.level"));

    CHECK_EQUAL(0, shop->run({"set", "shop", "Wire.level=debug"}));
    CHECK_EQUAL(0, shop->run({"get", "shop", "Wire.level"}));
    STRCMP_EQUAL("debug\n", shop->out.c_str());
}

TEST(Settings, never_repeats_a_value_in_a_message) {
    CHECK_EQUAL(2, shop->run({"set", "shop"}, {{"stdin", ""}}, "hush-hush\n"));
    CHECK_FALSE(shop->said("hush"));
    CHECK_EQUAL(1, shop->run({"set", "shop"}, {{"stdin", ""}}, "password=hu\x01sh\n"));
    CHECK_FALSE(shop->said("sh\n"));
}

TEST(Settings, says_which_modules_there_are) {
    CHECK_EQUAL(1, shop->run({"set", "shoop", "url=https://bank/"}));
    CHECK_TRUE(shop->said("shop"));
}

TEST(Settings, refuses_a_name_that_leaves_its_folder) {
    CHECK_EQUAL(1, shop->run({"set", "../shop", "url=https://bank/"}));
    CHECK_EQUAL(1, shop->run({"set", "pos", "plugin.../conf/x=on"}));
    CHECK_EQUAL(1, shop->run({"set", "pos", "plugin.=on"}));
}

TEST(Settings, wants_values_from_one_place) {
    CHECK_EQUAL(2, shop->run({"set", "shop"}));
    CHECK_EQUAL(2, shop->run({"set", "shop", "url="}, {{"stdin", ""}}));
    CHECK_EQUAL(2, shop->run({"set", "shop", "url"}));
    CHECK_EQUAL(2, shop->run({"set", "shop", "=url"}));
}

TEST(Settings, takes_blank_lines_and_comments_on_standard_input) {
    CHECK_EQUAL(0, shop->run({"set", "shop"}, {{"stdin", ""}}, "# comment\r\n\r\ntimeout=7\r\n"));

    CHECK_EQUAL(0, shop->run({"get", "shop", "timeout"}));
    STRCMP_EQUAL("7\n", shop->out.c_str());
}

TEST(Settings, names_file_and_line_of_a_broken_file) {
    Shop::put(shop->places.settings("shop"), "[Main]\nurl https://bank/\n");

    CHECK_EQUAL(1, shop->run({"set", "shop", "timeout=7"}));
    CHECK_TRUE(shop->said("shop.conf:2"));
    CHECK_EQUAL(1, shop->run({"get", "shop"}));
    CHECK_TRUE(shop->said("shop.conf:2"));
}

TEST(Settings, sets_and_shows_the_register_itself) {
    CHECK_EQUAL(
        0, shop->run(
               {"set", "pos", "currency=RUB", "rounding=none", "max_discount=100", "max_bonus=100",
                "respect_minimum_price=1"}));
    CHECK_EQUAL(0, shop->run({"get", "pos", "currency"}));
    STRCMP_EQUAL("RUB\n", shop->out.c_str());
    CHECK_EQUAL(0, shop->run({"get", "pos"}));
    STRCMP_CONTAINS("currency=RUB\ndesk=1\n", shop->out.c_str());
}

TEST(Settings, refuses_wrong_settings_of_the_register) {
    for (const char* wrong : {"currency=XXX", "desk=", "desk=a-b", "modules_dir=build", "dek=1"})
        CHECK_EQUAL_TEXT(1, shop->run({"set", "pos", wrong}), wrong);
}

TEST(Settings, switches_modules_on_and_off) {
    shop->run({"set", "shop", "timeout=7"});

    CHECK_EQUAL(0, shop->run({"set", "pos", "plugin.shop=off", "desk=2"}));

    CHECK_EQUAL(0, shop->run({"get", "pos", "plugin.shop"}));
    STRCMP_EQUAL("off\n", shop->out.c_str());
    CHECK_EQUAL(0, shop->run({"get", "pos"}));
    STRCMP_CONTAINS("plugin.shop=off\n", shop->out.c_str());
    STRCMP_CONTAINS("desk=2\n", shop->out.c_str());
    CHECK_EQUAL(1, shop->run({"set", "pos", "plugin.shop=maybe"}));
}

TEST(Settings, makes_no_tree_where_there_is_none) {
    std::filesystem::remove_all(shop->places.root());

    CHECK_EQUAL(1, shop->run({"set", "shop", "timeout=7"}));

    CHECK_TRUE(shop->said("scripts/make-root"));
    CHECK_FALSE(std::filesystem::exists(shop->places.root()));
}

TEST(Settings, gives_files_to_the_owner_of_the_tree) {
    if (::geteuid() != 0) return;  // only root can give files away
    constexpr uid_t kSomebody = 12345;
    CHECK_EQUAL(0, ::chown(shop->places.data().c_str(), kSomebody, kSomebody));

    CHECK_EQUAL(0, shop->run({"set", "shop"}, {{"stdin", ""}}, "password=hush\ntimeout=7\n"));

    for (const auto& path :
         {shop->places.secrets("shop"), shop->places.settings("shop"),
          shop->places.module_folder("shop"), shop->places.feature("shop")}) {
        struct stat file {};
        CHECK_EQUAL(0, ::stat(path.c_str(), &file));
        CHECK_EQUAL(kSomebody, file.st_uid);
    }
}
