// SPDX-License-Identifier: Apache-2.0
// Charges, their progress, cancels and the shift list.
#include <string>

#include "simulator/till.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::simulator;
using namespace linuxcash::simulator::test;

TEST_GROUP(BankCharge) {
    Till till;

    void setup() override {
        till.register_desk();
    }
};

TEST(BankCharge, a_charge_waits_for_the_buyer_first) {
    const auto document = document_of(till.charge("24.50", "A-1"));

    LONGS_EQUAL(0, document.integer("status").value_or(-1));
    LONGS_EQUAL(1, document.integer("paymentType").value_or(-1));
    STRCMP_EQUAL("24.50", document.find("sum")->scalar_text()->c_str());
    STRCMP_EQUAL("A-1", document.string("orderNumber")->c_str());
    STRCMP_EQUAL("2025-06-12T14:45:00+03:00", document.string("createdDate")->c_str());
    STRCMP_EQUAL("0.00", till.kept().c_str());
}

TEST(BankCharge, the_buyer_pays_after_his_delay) {
    const auto id = till.paid("24.50", "A-1");

    const auto document = document_of(till.query(id));

    LONGS_EQUAL(1, document.integer("status").value_or(-1));
    STRCMP_EQUAL("2025-06-12T14:45:01+03:00", document.string("paidDate")->c_str());
    CHECK(document.find("pursePublicId") != nullptr);
    STRCMP_EQUAL("24.50", till.kept().c_str());
}

TEST(BankCharge, money_is_taken_although_nobody_polls) {
    static_cast<void>(till.charge("24.50", "A-1"));
    till.wait(1000);

    STRCMP_EQUAL("captured", till.bank->ledger().events().back().string("event")->c_str());
}

TEST(BankCharge, a_small_sum_is_paid_at_once_when_the_limit_allows) {
    OplatiOptions options;
    options.instant_limit = *Money::parse("250.01", Currency());
    Till quick(options);
    quick.register_desk();

    LONGS_EQUAL(1, status_of(quick.charge("250.00", "A-1")));
    LONGS_EQUAL(0, status_of(quick.charge("300.00", "A-2")));
}

TEST(BankCharge, the_buyers_code_needs_no_session) {
    const auto reply =
        till.send("POST", "/pos/payments", charge_body("24.50", "A-1", R"("authCode":"abc")"));

    LONGS_EQUAL(200, reply.status);
}

TEST(BankCharge, a_charge_before_the_buyer_has_joined_is_bad) {
    const auto session =
        document_of(till.send("POST", "/pos/demandPayment", R"({"paymentMode":3})"));
    const auto id = std::to_string(session.integer("sessionId").value_or(0));

    const auto reply =
        till.send("POST", "/pos/payments", charge_body("24.50", "A-1", "\"sessionId\":" + id));

    STRCMP_EQUAL("CONSUMER_NOT_READY", internal_code(reply).c_str());
}

TEST(BankCharge, a_session_pays_once) {
    const auto who = "\"sessionId\":" + std::to_string(till.joined_session());
    LONGS_EQUAL(200, till.send("POST", "/pos/payments", charge_body("1.00", "A-1", who)).status);

    const auto again = till.send("POST", "/pos/payments", charge_body("1.00", "A-2", who));

    STRCMP_EQUAL("SESSION_UNKNOWN", internal_code(again).c_str());
}

TEST(BankCharge, an_order_number_is_taken_once) {
    static_cast<void>(till.charge("24.50", "A-1"));

    const auto again = till.charge("24.50", "A-1");

    LONGS_EQUAL(409, again.status);
    STRCMP_EQUAL("ORDER_NUMBER_DUPLICATE", internal_code(again).c_str());
    LONGS_EQUAL(1, till.bank->book().payments().size());
}

TEST(BankCharge, polling_a_payment_faster_than_5_s_is_too_often) {
    const auto id = till.paid("24.50", "A-1");
    LONGS_EQUAL(200, till.query(id).status);
    till.wait(4800);
    LONGS_EQUAL(429, till.query(id).status);
    till.wait(200);

    LONGS_EQUAL(200, till.query(id).status);
}

TEST(BankCharge, each_payment_has_its_own_pace) {
    const auto first = till.paid("24.50", "A-1");
    const auto second = till.paid("24.50", "A-2");
    LONGS_EQUAL(200, till.query(first).status);

    LONGS_EQUAL(200, till.query(second).status);
}

TEST(BankCharge, a_payment_of_another_desk_is_unknown) {
    const auto id = till.paid("24.50", "A-1");
    till.desk = "OPL000022222";

    LONGS_EQUAL(404, till.query(id).status);
}

TEST(BankCharge, a_cancel_takes_back_a_paid_payment) {
    static_cast<void>(till.paid("24.50", "A-1"));

    const auto reply = till.cancel("A-1");

    LONGS_EQUAL(200, reply.status);
    LONGS_EQUAL(5, status_of(reply));
    STRCMP_EQUAL("0.00", till.kept().c_str());
}

TEST(BankCharge, a_cancel_stops_a_payment_that_waits) {
    static_cast<void>(till.charge("24.50", "A-1"));
    LONGS_EQUAL(5, status_of(till.cancel("A-1")));
    till.wait(10000);

    STRCMP_EQUAL("0.00", till.kept().c_str());
    STRCMP_EQUAL("cancelled", till.bank->ledger().events().rbegin()[1].string("event")->c_str());
}

TEST(BankCharge, a_second_cancel_changes_nothing) {
    static_cast<void>(till.paid("24.50", "A-1"));
    static_cast<void>(till.cancel("A-1"));

    LONGS_EQUAL(5, status_of(till.cancel("A-1")));
    STRCMP_EQUAL("0.00", till.kept().c_str());
}

TEST(BankCharge, cancelling_what_does_not_exist_says_so) {
    const auto reply = till.cancel("A-1");

    LONGS_EQUAL(404, reply.status);
    STRCMP_EQUAL("PAYMENT_NOT_FOUND", internal_code(reply).c_str());
}

TEST(BankCharge, cancelling_a_declined_payment_leaves_it_declined) {
    static_cast<void>(till.paid("24.01", "A-1"));

    LONGS_EQUAL(2, status_of(till.cancel("A-1")));
}

TEST(BankCharge, a_cancel_may_be_set_to_name_the_payment_id) {
    OplatiOptions options;
    options.cancel_by_payment_id = true;
    Till other(options);
    other.register_desk();
    const auto id = other.paid("24.50", "A-1");

    LONGS_EQUAL(404, other.cancel("A-1").status);
    LONGS_EQUAL(5, status_of(other.cancel(std::to_string(id))));
}

TEST(BankCharge, the_shift_list_holds_the_payments_of_its_label) {
    static_cast<void>(till.paid("24.50", "A-1"));
    static_cast<void>(till.charge("1.00", "A-2"));

    const auto list = document_of(till.send("GET", "/pos/paymentReports?shift=12062025"));
    const auto other = document_of(till.send("GET", "/pos/paymentReports?shift=13062025"));

    LONGS_EQUAL(2, list.array()->size());
    LONGS_EQUAL(0, other.array()->size());
}

TEST(BankCharge, dates_narrow_the_shift_list) {
    static_cast<void>(till.paid("24.50", "A-1"));

    const auto list = document_of(till.send(
        "GET", "/pos/paymentReports?shift=12062025&shiftStart=2025-06-13&shiftEnd=2025-06-14"));

    LONGS_EQUAL(0, list.array()->size());
}

TEST(BankCharge, the_shift_list_can_be_refused_in_token_mode) {
    OplatiOptions options;
    options.reports_in_token_mode = false;
    Till other(options);
    other.register_desk();

    LONGS_EQUAL(403, other.send("GET", "/pos/paymentReports?shift=1").status);
}

TEST(BankCharge, the_shift_list_of_a_desk_with_a_password_needs_it) {
    OplatiOptions options;
    options.passwords["OPL000011111"] = "pw";
    Till other(options);

    LONGS_EQUAL(401, other.send("GET", "/pos/paymentReports?shift=1").status);
    other.password = "pw";
    LONGS_EQUAL(200, other.send("GET", "/pos/paymentReports?shift=1").status);
}

TEST(BankCharge, a_path_that_does_not_exist_is_not_taken_for_an_unknown_payment) {
    const auto reply = till.send("GET", "/pos/nothing");

    LONGS_EQUAL(404, reply.status);
    STRCMP_EQUAL("NO_SUCH_RESOURCE", internal_code(reply).c_str());
}

TEST(BankCharge, a_wrong_method_is_named) {
    LONGS_EQUAL(405, till.send("PUT", "/pos/payments", "{}").status);
}
