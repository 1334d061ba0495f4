// SPDX-License-Identifier: Apache-2.0
// Reversals and their cancels.
#include <string>

#include "simulator/till.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::simulator;
using namespace linuxcash::simulator::test;

TEST_GROUP(BankRefund) {
    Till till;
    std::int64_t sale = 0;

    void setup() override {
        till.register_desk();
        sale = till.paid("24.50", "A-1");
    }
};

TEST(BankRefund, a_part_goes_back_at_once) {
    const auto document = document_of(till.refund(sale, "10.00", "R-1"));

    LONGS_EQUAL(1, document.integer("status").value_or(-1));
    LONGS_EQUAL(3, document.integer("paymentType").value_or(-1));
    CHECK(document.integer("paymentId") != sale);
    STRCMP_EQUAL("14.50", till.kept().c_str());
}

TEST(BankRefund, more_than_the_remainder_is_bad) {
    static_cast<void>(till.refund(sale, "10.00", "R-1"));

    const auto reply = till.refund(sale, "14.60", "R-2");

    LONGS_EQUAL(400, reply.status);
    STRCMP_EQUAL("REVERSAL_ABOVE_REMAINDER", internal_code(reply).c_str());
    STRCMP_EQUAL("14.50", till.kept().c_str());
}

TEST(BankRefund, parts_may_add_up_to_the_whole) {
    static_cast<void>(till.refund(sale, "10.00", "R-1"));

    LONGS_EQUAL(200, till.refund(sale, "14.50", "R-2").status);
    STRCMP_EQUAL("0.00", till.kept().c_str());
}

TEST(BankRefund, a_waiting_refund_takes_up_the_remainder) {
    till.rule(R"({"on":"reversal","status":0})");
    LONGS_EQUAL(0, status_of(till.refund(sale, "20.00", "R-1")));

    LONGS_EQUAL(400, till.refund(sale, "10.00", "R-2").status);
}

TEST(BankRefund, a_refused_refund_gives_the_remainder_back) {
    static_cast<void>(till.refund(sale, "20.01", "R-1"));
    till.wait(1000);

    LONGS_EQUAL(200, till.refund(sale, "24.50", "R-2").status);
}

TEST(BankRefund, a_sale_that_is_not_paid_cannot_be_refunded) {
    const auto id = document_of(till.charge("5.00", "A-2")).integer("paymentId").value_or(0);

    STRCMP_EQUAL("PAYMENT_NOT_REVERSIBLE", internal_code(till.refund(id, "5.00", "R-1")).c_str());
}

TEST(BankRefund, a_refund_may_repeat_the_number_of_its_sale_but_no_other) {
    static_cast<void>(till.paid("5.00", "A-2"));

    LONGS_EQUAL(409, till.refund(sale, "1.00", "A-2").status);
    LONGS_EQUAL(200, till.refund(sale, "1.00", "A-1").status);
}

TEST(BankRefund, a_refund_number_is_taken_once) {
    static_cast<void>(till.refund(sale, "1.00", "R-1"));

    LONGS_EQUAL(409, till.refund(sale, "1.00", "R-1").status);
}

TEST(BankRefund, cancelling_a_refund_gives_the_sale_its_remainder_back) {
    static_cast<void>(till.refund(sale, "24.50", "R-1"));

    LONGS_EQUAL(5, status_of(till.cancel("R-1")));

    STRCMP_EQUAL("24.50", till.kept().c_str());
    LONGS_EQUAL(200, till.refund(sale, "24.50", "R-2").status);
}

TEST(BankRefund, cancelling_a_partly_refunded_sale_gives_back_only_the_rest) {
    static_cast<void>(till.refund(sale, "10.00", "R-1"));

    static_cast<void>(till.cancel("A-1"));

    STRCMP_EQUAL("0.00", till.kept().c_str());
    STRCMP_EQUAL("14.50", till.bank->ledger().events().rbegin()[1].string("sum")->c_str());
}

TEST(BankRefund, a_cancelled_sale_cannot_be_refunded) {
    static_cast<void>(till.cancel("A-1"));

    LONGS_EQUAL(400, till.refund(sale, "1.00", "R-1").status);
}

TEST(BankRefund, an_unknown_sale_cannot_be_refunded) {
    LONGS_EQUAL(404, till.refund(sale + 50, "1.00", "R-1").status);
}
