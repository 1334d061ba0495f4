// SPDX-License-Identifier: Apache-2.0
// Which command is meant, and what does it take?
#include <memory>

#include "cli/assignments.h"
#include "shop.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::cli;

TEST_GROUP(Commands) {
    std::unique_ptr<Shop> shop;

    void setup() override {
        shop = std::make_unique<Shop>();
    }
    void teardown() override {
        shop.reset();
    }
};

TEST(Commands, wants_a_command_that_it_knows) {
    CHECK_EQUAL(2, shop->run({}));
    CHECK_EQUAL(2, shop->run({"sett"}));
    CHECK_TRUE(shop->said("sett"));
    CHECK_TRUE(shop->said("--help"));
}

TEST(Commands, wants_the_right_number_of_words) {
    CHECK_EQUAL(2, shop->run({"get"}));
    CHECK_EQUAL(2, shop->run({"get", "shop", "url", "more"}));
    CHECK_TRUE(shop->said("get СИСТЕМА"));
}

TEST(Commands, refuses_an_option_of_another_command) {
    CHECK_EQUAL(2, shop->run({"get", "shop"}, {{"kkm", "4"}}));
    CHECK_TRUE(shop->said("--kkm"));
}

TEST(Commands, describes_each_command) {
    bool describes_set = false;
    for (const Text& line : usage())
        describes_set |= line.russian().starts_with("set ");
    CHECK_TRUE(describes_set);
}

TEST(Commands, splits_an_assignment_at_the_first_sign) {
    const auto assignment = parse_assignment("url=a=b");
    CHECK_TRUE(assignment.has_value());
    STRCMP_EQUAL("url", assignment->key.c_str());
    STRCMP_EQUAL("a=b", assignment->value.c_str());
    STRCMP_EQUAL("", parse_assignment("url=")->value.c_str());
    CHECK_FALSE(parse_assignment("=a").has_value());
    CHECK_FALSE(parse_assignment("url").has_value());
}
