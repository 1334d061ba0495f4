// SPDX-License-Identifier: Apache-2.0
// paysysctl payment-type, payment-types, card-group and action, upon a tree of their own.
#include <memory>

#include "shop.h"
#include "till/till.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::cli;

TEST_GROUP(TillTables) {
    std::unique_ptr<Shop> shop;

    void setup() override {
        shop = std::make_unique<Shop>();
    }
    void teardown() override {
        shop.reset();
    }

    till::PaymentType type(int valutcode) {
        auto till = till::Till::open(shop->places, till::Access::Guest);
        CHECK_TRUE(till.ok());
        const auto found = till->payment_type(valutcode);
        CHECK_TRUE(found.ok());
        return *found;
    }
};

TEST(TillTables, adds_a_payment_type_with_its_defaults) {
    CHECK_EQUAL(0, shop->run({"payment-type", "20", "shop:ONE", "Магазин"}));

    const till::PaymentType added = type(20);
    STRCMP_EQUAL("shop:ONE", added.system.c_str());
    STRCMP_EQUAL("Магазин", added.name.c_str());
    CHECK_EQUAL(2, added.kkm);
    CHECK_TRUE(added.kind == core::PaymentKind::Other);
    CHECK_TRUE(added.fiscal);
}

TEST(TillTables, adds_a_payment_type_as_asked) {
    CHECK_EQUAL(
        0, shop->run(
               {"payment-type", "21", "none", "Карта"},
               {{"kkm", "4"}, {"kind", "card"}, {"fiscal", "no"}}));

    const till::PaymentType added = type(21);
    STRCMP_EQUAL("", added.system.c_str());
    CHECK_EQUAL(4, added.kkm);
    CHECK_TRUE(added.kind == core::PaymentKind::Card);
    CHECK_FALSE(added.fiscal);
}

TEST(TillTables, keeps_the_register_number_of_a_type_that_changes) {
    shop->run({"payment-type", "20", "none", "Раз"}, {{"kkm", "7"}});

    CHECK_EQUAL(0, shop->run({"payment-type", "20", "none", "Два"}));

    CHECK_EQUAL(7, type(20).kkm);
    STRCMP_EQUAL("Два", type(20).name.c_str());
}

TEST(TillTables, refuses_a_system_that_is_not_there) {
    CHECK_EQUAL(1, shop->run({"payment-type", "20", "gone", "Нет"}));
    CHECK_EQUAL(1, shop->run({"payment-type", "20", "shop:THREE", "Нет"}));
    CHECK_TRUE(shop->said("shop:ONE, shop:TWO"));
    CHECK_EQUAL(1, shop->run({"payment-type", "20", "shop", "Нет"}));
}

TEST(TillTables, refuses_words_that_mean_nothing) {
    CHECK_EQUAL(2, shop->run({"payment-type", "twenty", "none", "Нет"}));
    CHECK_EQUAL(2, shop->run({"payment-type", "20", "none", "Нет"}, {{"kkm", "x"}}));
    CHECK_EQUAL(2, shop->run({"payment-type", "20", "none", "Нет"}, {{"kind", "gold"}}));
    CHECK_EQUAL(2, shop->run({"payment-type", "20", "none", "Нет"}, {{"fiscal", "maybe"}}));
    CHECK_EQUAL(2, shop->run({"payment-type", "20", "none"}));
    CHECK_EQUAL(1, shop->run({"payment-type", "20", "none", "Нет"}, {{"kkm", "14"}}));
    CHECK_EQUAL(1, shop->run({"payment-type", "0", "none", "Нет"}));
}

TEST(TillTables, lists_payment_types_for_people_and_programs) {
    shop->run({"payment-type", "20", "shop:TWO", "Магазин"});

    CHECK_EQUAL(0, shop->run({"payment-types"}));
    STRCMP_CONTAINS("20\tМагазин\tshop:TWO\t2\tother\tyes\n", shop->out.c_str());
    CHECK_EQUAL(0, shop->run({"payment-types"}, {{"json", ""}}));
    STRCMP_CONTAINS(
        "{\"valutcode\":20,\"name\":\"Магазин\",\"system\":\"shop:TWO\",\"kkm\":2,"
        "\"kind\":\"other\",\"fiscal\":true}",
        shop->out.c_str());
}

TEST(TillTables, adds_card_groups_and_actions) {
    CHECK_EQUAL(
        0, shop->run({"card-group", "5", "Карты"}, {{"inputmask", "32"}, {"pattern", "[0-9]*"}}));
    CHECK_EQUAL(0, shop->run({"action", "F7", "COMMAND_CARD", "valutcode=20", "cardNumberType=5"}));

    auto till = till::Till::open(shop->places, till::Access::Guest);
    const auto groups = till->card_groups();
    CHECK_EQUAL(1U, groups->size());
    CHECK_EQUAL(32, groups->front().inputmask);
    STRCMP_EQUAL("[0-9]*", groups->front().pattern.c_str());
    const auto action = till->action("F7");
    STRCMP_EQUAL("COMMAND_CARD", action->command.c_str());
    STRCMP_EQUAL("20", action->parameters.at("valutcode").c_str());
}

TEST(TillTables, refuses_wrong_card_groups_and_actions) {
    CHECK_EQUAL(2, shop->run({"card-group", "five", "Карты"}));
    CHECK_EQUAL(2, shop->run({"card-group", "5", "Карты"}, {{"inputmask", "x"}}));
    CHECK_EQUAL(2, shop->run({"action", "F7", "COMMAND_CARD", "valutcode"}));
    CHECK_EQUAL(2, shop->run({"action", "F7"}));
}
