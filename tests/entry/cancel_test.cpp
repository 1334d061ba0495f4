// SPDX-License-Identifier: Apache-2.0
// The cashier's Cancel, handles given back early, and the end of a register amid a payment.
#include <chrono>

#include "entry/shop.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::entry::test;

TEST_GROUP(ModuleCancel) {
    Shop shop;

    // The gateway takes the charge and says nothing, so that only Cancel ends the payment.
    void open_with_a_silent_charge() {
        shop.rule(R"({"on":"charge","times":-1,"fault":"silence"})");
        shop.open();
    }
};

TEST(ModuleCancel, ends_a_payment_at_once_although_the_gateway_is_silent) {
    shop.settings += "timeout = 10\n";
    open_with_a_silent_charge();
    Talk talk = shop.pay(Sale(1));
    shop.wait_until_charging();

    const auto before = std::chrono::steady_clock::now();
    talk.cancel();
    const Ending ending = talk.finish();
    const auto took = std::chrono::steady_clock::now() - before;

    shop.close_bank();  // else the end of the shop waits for the exchange
    // 100 ms are promised; the bound is for a machine that does other things, too, and still far
    // from the exchange's ten seconds.
    CHECK(took < std::chrono::seconds(2));
    LONGS_EQUAL(LC_OUTCOME_UNKNOWN, ending.outcome);
    CHECK(ending.owed);
    STRCMP_EQUAL("cancelled_by_cashier", ending.reason.c_str());
}

TEST(ModuleCancel, before_the_charge_owes_nothing) {
    shop.bank.buyer.joins = false;
    shop.open();
    Talk talk = shop.pay(Sale(1));

    talk.cancel();
    const Ending ending = talk.finish();

    LONGS_EQUAL(LC_OUTCOME_CANCELLED, ending.outcome);
    CHECK_FALSE(ending.owed);
    LONGS_EQUAL(0, shop.requests_of("charge"));
}

TEST(ModuleCancel, of_a_charge_takes_the_money_back) {
    shop.rule(R"({"on":"charge","delayMs":100})");
    shop.open();
    Talk talk = shop.pay(Sale(1));
    shop.wait_until_charging();

    talk.cancel();

    LONGS_EQUAL(LC_OUTCOME_UNKNOWN, talk.finish().outcome);
    shop.wait_until_nothing_is_owed();
    STRCMP_EQUAL("0.00", shop.kept().c_str());
    STRCMP_CONTAINS("выполнена", shop.notice("delivered").c_str());
}

TEST(ModuleCancel, is_what_an_early_release_means) {
    shop.bank.buyer.joins = false;
    shop.open();
    Talk talk = shop.pay(Sale(1));

    talk.release();

    const Ending ending = shop.pay(Sale(1)).finish();
    LONGS_EQUAL(LC_OUTCOME_CANCELLED, ending.outcome);
    STRCMP_EQUAL("cancelled_by_cashier", ending.reason.c_str());
}

TEST(ModuleCancel, after_the_end_is_harmless) {
    shop.open();
    Talk talk = shop.pay(Sale(1));
    static_cast<void>(talk.finish());

    talk.cancel();

    const lc_event* event = nullptr;
    LONGS_EQUAL(LC_END, module().conversation->next(talk.handle(), 0, &event));
    LONGS_EQUAL(LC_OUTCOME_APPROVED, shop.pay(Sale(1)).finish().outcome);
}

TEST(ModuleCancel, of_everything_waits_for_the_token_of_a_charge) {
    shop.rule(R"({"on":"charge","delayMs":300})");
    shop.open();
    Talk talk = shop.pay(Sale(1));
    shop.wait_until_charging();

    talk.release();
    shop.close();  // a register that ends tears no charge off

    shop.open();
    shop.wait_until_nothing_is_owed();
    const Ending ending = shop.pay(Sale(2)).finish();
    LONGS_EQUAL(LC_OUTCOME_APPROVED, ending.outcome);
    LONGS_EQUAL(1, shop.requests_of("tokens"));
    STRCMP_EQUAL("24.00", shop.kept().c_str());
}

TEST(ModuleCancel, by_the_end_of_the_register_leaves_the_payment_to_recovery) {
    shop.rule(R"({"on":"charge","delayMs":100})");
    shop.open();
    Talk talk = shop.pay(Sale(1));
    shop.wait_until_charging();

    talk.release();
    shop.close();
    shop.open();

    shop.wait_until_nothing_is_owed();
    STRCMP_EQUAL("0.00", shop.kept().c_str());
}
