// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "scene.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::till {
namespace {

PaymentType wallet(int valutcode = 20) {
    PaymentType type;
    type.valutcode = valutcode;
    type.system = "oplati";
    type.name = "О!плати";
    return type;
}

}  // namespace

TEST_GROUP(TillPaymentTypes) {
    Scene scene;
    Till till = scene.guest();
};

TEST(TillPaymentTypes, take_the_first_free_number_of_the_register) {
    LONGS_EQUAL(2, till.put_payment_type(wallet(20))->kkm);
    LONGS_EQUAL(3, till.put_payment_type(wallet(21))->kkm);
    PaymentType fourth = wallet(22);
    fourth.kkm = 4;
    CHECK(till.put_payment_type(fourth).ok());

    LONGS_EQUAL(5, till.put_payment_type(wallet(23))->kkm);
}

TEST(TillPaymentTypes, are_other_and_fiscal_unless_said) {
    CHECK(till.put_payment_type(wallet()).ok());

    const auto type = till.payment_type(20);

    CHECK(type->kind == core::PaymentKind::Other);
    CHECK(type->fiscal);
    CHECK(type->system == "oplati");
}

TEST(TillPaymentTypes, keep_their_number_when_replaced) {
    CHECK(till.put_payment_type(wallet(20)).ok());
    CHECK(till.put_payment_type(wallet(21)).ok());
    PaymentType renamed = wallet(21);
    renamed.name = "Кошелёк";
    renamed.fiscal = false;
    renamed.kind = core::PaymentKind::Card;

    LONGS_EQUAL(3, till.put_payment_type(renamed)->kkm);
    renamed.kkm = 3;
    CHECK(*till.payment_type(21) == renamed);
    LONGS_EQUAL(3, till.payment_types()->size());
}

TEST(TillPaymentTypes, keep_a_number_that_is_not_the_first_free_one) {
    PaymentType type = wallet();
    type.kkm = 9;
    CHECK(till.put_payment_type(type).ok());

    LONGS_EQUAL(9, till.put_payment_type(wallet())->kkm);
}

TEST(TillPaymentTypes, refuse_a_number_that_is_taken_or_out_of_range) {
    CHECK(till.put_payment_type(wallet(20)).ok());
    PaymentType other = wallet(21);
    for (const int kkm : {2, 1, 14, -1}) {
        other.kkm = kkm;
        CHECK(till.put_payment_type(other).error().code == ErrorCode::InvalidInput);
    }
}

TEST(TillPaymentTypes, refuse_the_thirteenth) {
    for (int index = 0; index < 12; ++index)
        CHECK(till.put_payment_type(wallet(20 + index)).ok());

    CHECK(till.put_payment_type(wallet(40)).error().code == ErrorCode::TooLarge);
}

TEST(TillPaymentTypes, leave_cash_what_it_is) {
    PaymentType cash = *till.payment_type(kCashValutcode);
    cash.system = "oplati";
    CHECK_FALSE(till.put_payment_type(cash).ok());
    cash = *till.payment_type(kCashValutcode);
    cash.kind = core::PaymentKind::Card;
    CHECK_FALSE(till.put_payment_type(cash).ok());
    cash = *till.payment_type(kCashValutcode);
    cash.name = "Деньги";

    CHECK(till.put_payment_type(cash).ok());
    CHECK(*till.payment_type(kCashValutcode) == cash);
}

TEST(TillPaymentTypes, refuse_wrong_numbers_names_and_systems) {
    CHECK_FALSE(till.put_payment_type(wallet(0)).ok());
    CHECK_FALSE(till.put_payment_type(wallet(10'000)).ok());
    PaymentType type = wallet();
    type.name = "";
    CHECK_FALSE(till.put_payment_type(type).ok());
    type.name = "две\nстроки";
    CHECK_FALSE(till.put_payment_type(type).ok());
    for (const char* system : {"../oplati", ":SBP", "webmoney:", "О!плати"}) {
        type = wallet();
        type.system = system;
        CHECK_FALSE(till.put_payment_type(type).ok());
    }
}

TEST(TillPaymentTypes, name_their_module_and_its_key) {
    PaymentType type = wallet();
    CHECK(type.module() == "oplati");
    CHECK(type.system_key().empty());
    type.system = "webmoney:SBP";
    CHECK(type.module() == "webmoney");
    CHECK(type.system_key() == "SBP");
    CHECK(till.put_payment_type(type).ok());
}

TEST(TillPaymentTypes, say_so_when_there_is_none) {
    CHECK(till.payment_type(20).error().code == ErrorCode::NotFound);
}

TEST(TillPaymentTypes, are_seen_by_a_running_owner) {
    Till owner = scene.owner();

    CHECK(till.put_payment_type(wallet()).ok());

    CHECK(owner.payment_type(20).ok());
}

TEST_GROUP(TillKeysAndCards) {
    Scene scene;
    Till till = scene.guest();
};

TEST(TillKeysAndCards, keep_card_groups) {
    CHECK(till.put_card_group({5, "Карты", 1, ""}).ok());
    CHECK(till.put_card_group({5, "Карты О!плати", 32, "[0-9]*"}).ok());

    const auto groups = till.card_groups();

    LONGS_EQUAL(1, groups->size());
    CHECK(groups->front() == CardGroup({5, "Карты О!плати", 32, "[0-9]*"}));
}

TEST(TillKeysAndCards, refuse_wrong_card_groups) {
    CHECK_FALSE(till.put_card_group({0, "Карты", 1, ""}).ok());
    CHECK_FALSE(till.put_card_group({1, "", 1, ""}).ok());
    CHECK_FALSE(till.put_card_group({1, "Карты", -1, ""}).ok());
    CHECK_FALSE(till.put_card_group({1, "Карты", 1, "a\nb"}).ok());
}

TEST(TillKeysAndCards, keep_what_keys_do) {
    const Action action{"F7", "COMMAND_CARD", {{"valutcode", "20"}, {"cardNumberType", "5"}}};
    CHECK(till.put_action({"F7", "COMMAND_OLD", {}}).ok());
    CHECK(till.put_action(action).ok());

    CHECK(*till.action("F7") == action);
    LONGS_EQUAL(1, till.actions()->size());
    CHECK(till.action("F8").error().code == ErrorCode::NotFound);
}

TEST(TillKeysAndCards, refuse_wrong_actions) {
    CHECK_FALSE(till.put_action({"", "COMMAND_CARD", {}}).ok());
    CHECK_FALSE(till.put_action({"F7", "два слова", {}}).ok());
    CHECK_FALSE(till.put_action({"F7", "COMMAND_CARD", {{"a b", "1"}}}).ok());
}

}  // namespace linuxcash::till
