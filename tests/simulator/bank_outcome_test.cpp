// SPDX-License-Identifier: Apache-2.0
// What kopecks and rules bring about.
#include <string>

#include "simulator/oplati/outcomes.h"
#include "simulator/till.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::simulator;
using namespace linuxcash::simulator::test;

TEST_GROUP(BankOutcome) {
    Till till;

    void setup() override {
        till.register_desk();
    }

    std::int64_t end_of(const char* sum) {
        const auto id = till.paid(sum, "A-1");
        return status_of(till.query(id));
    }
};

TEST(BankOutcome, kopecks_choose_how_a_payment_ends) {
    LONGS_EQUAL(2, end_of("10.01"));
}

TEST(BankOutcome, kopecks_02_lack_money) {
    LONGS_EQUAL(3, end_of("10.02"));
}

TEST(BankOutcome, kopecks_03_are_too_late) {
    LONGS_EQUAL(4, end_of("10.03"));
}

TEST(BankOutcome, kopecks_04_are_cancelled_by_the_system) {
    LONGS_EQUAL(5, end_of("10.04"));
}

TEST(BankOutcome, kopecks_05_never_end) {
    const auto id = till.paid("10.05", "A-1");
    till.wait(100000000);

    LONGS_EQUAL(0, status_of(till.query(id)));
}

TEST(BankOutcome, kopecks_06_end_in_a_status_that_nobody_knows) {
    LONGS_EQUAL(9, end_of("10.06"));
    STRCMP_EQUAL("0.00", till.kept().c_str());
    LONGS_EQUAL(5, status_of(till.cancel("A-1")));
}

TEST(BankOutcome, kopecks_07_show_another_sum_and_take_the_right_one) {
    const auto id = till.paid("10.07", "A-1");

    STRCMP_EQUAL("11.07", document_of(till.query(id)).find("sum")->scalar_text()->c_str());
    STRCMP_EQUAL("10.07", till.kept().c_str());
}

TEST(BankOutcome, kopecks_08_show_another_order) {
    const auto reply = till.charge("10.08", "A-1");

    CHECK(document_of(reply).string("orderNumber") != "A-1");
}

TEST(BankOutcome, kopecks_09_show_another_payment_when_polled) {
    const auto id = till.paid("10.09", "A-1");

    CHECK(till.bank->book().find(id) != nullptr);
    CHECK(document_of(till.query(id)).integer("paymentId") != id);
}

TEST(BankOutcome, a_refusal_before_the_commit_takes_no_money) {
    const auto reply = till.charge("10.12", "A-1");
    till.wait(10000);

    LONGS_EQUAL(500, reply.status);
    STRCMP_EQUAL("0.00", till.kept().c_str());
    LONGS_EQUAL(404, till.cancel("A-1").status);
}

TEST(BankOutcome, a_refusal_after_the_commit_takes_it) {
    const auto reply = till.charge("10.13", "A-1");
    till.wait(10000);

    LONGS_EQUAL(500, reply.status);
    STRCMP_EQUAL("10.13", till.kept().c_str());
    LONGS_EQUAL(200, till.cancel("A-1").status);
}

TEST(BankOutcome, a_lost_reply_is_a_reset_after_the_commit) {
    const auto reply = till.charge("10.14", "A-1");
    till.wait(10000);

    CHECK(reply.delivery.fault == Fault::Reset);
    STRCMP_EQUAL("10.14", till.kept().c_str());
}

TEST(BankOutcome, a_reset_before_the_commit_takes_no_money) {
    const auto reply = till.charge("10.15", "A-1");
    till.wait(10000);

    CHECK(reply.delivery.fault == Fault::Reset);
    STRCMP_EQUAL("0.00", till.kept().c_str());
}

TEST(BankOutcome, a_late_commit_comes_after_the_client_has_left) {
    const auto reply = till.charge("10.17", "A-1");
    CHECK(reply.swallowed.has_value());
    till.wait(60000);
    STRCMP_EQUAL("0.00", till.kept().c_str());

    till.bank->client_left(*reply.swallowed, till.now_ms);
    LONGS_EQUAL(404, till.cancel("A-1").status);
    till.wait(5000);
    LONGS_EQUAL(1, till.bank->book().payments().size());
    till.wait(1000);

    STRCMP_EQUAL("10.17", till.kept().c_str());
}

TEST(BankOutcome, a_late_commit_does_not_double_what_was_tried_again) {
    OplatiOptions options;
    options.sums_decide = false;
    Till other(options);
    other.register_desk();
    other.rule(R"({"on":"charge","fault":"late-commit"})");
    const auto swallowed = other.charge("10.00", "A-1");
    static_cast<void>(other.charge("10.00", "A-1"));

    other.bank->client_left(*swallowed.swallowed, other.now_ms);
    other.wait(100000);

    LONGS_EQUAL(1, other.bank->book().payments().size());
    STRCMP_EQUAL("10.00", other.kept().c_str());
}

TEST(BankOutcome, garbage_and_depth_replace_the_body_of_a_payment_that_was_made) {
    CHECK_FALSE(json::parse(till.charge("10.18", "A-1").body).ok());
    LONGS_EQUAL(kDeepBytes, till.charge("10.20", "A-2").body.size());
    till.wait(1000);

    STRCMP_EQUAL("20.38", till.kept().c_str());
}

TEST(BankOutcome, every_documented_kopeck_has_an_effect_and_a_meaning) {
    LONGS_EQUAL(28, oplati::outcomes().size());
    for (const oplati::Outcome& outcome : oplati::outcomes()) {
        CHECK(oplati::effect_of_sum(Money(500 + outcome.kopecks, Currency())).has_value());
        CHECK(std::string(outcome.meaning).size() > 10);
    }
}

TEST(BankOutcome, other_kopecks_mean_success) {
    CHECK_FALSE(oplati::effect_of_sum(Money(2450, Currency())).has_value());
    CHECK_FALSE(oplati::effect_of_sum(Money(1010, Currency())).has_value());
}

TEST(BankOutcome, kopecks_mean_nothing_when_switched_off) {
    OplatiOptions options;
    options.sums_decide = false;
    Till other(options);
    other.register_desk();
    const auto id = other.paid("10.01", "A-1");

    LONGS_EQUAL(1, status_of(other.query(id)));
}

TEST(BankOutcome, a_rule_wins_over_kopecks) {
    till.rule(R"({"on":"charge","status":3})");

    LONGS_EQUAL(3, end_of("10.01"));
}

TEST(BankOutcome, a_rule_may_end_a_payment_in_the_reply_itself) {
    till.rule(R"({"on":"charge","status":2,"atOnce":true})");

    LONGS_EQUAL(2, status_of(till.charge("10.00", "A-1")));
}

TEST(BankOutcome, a_rule_may_change_members_of_a_reply) {
    till.rule(R"({"on":"payment","reply":{"status":7,"sum":"x"}})");
    const auto id = till.paid("10.00", "A-1");

    const auto document = document_of(till.query(id));

    LONGS_EQUAL(7, document.integer("status").value_or(-1));
    STRCMP_EQUAL("x", document.string("sum")->c_str());
}

TEST(BankOutcome, a_rule_may_answer_any_status_with_any_code_or_with_no_body) {
    till.rule(R"({"on":"payment","http":504,"internalCode":"E42"})");
    till.rule(R"({"on":"payment","http":502,"emptyBody":true})");

    const auto first = till.query(1);
    const auto second = till.query(1);

    LONGS_EQUAL(504, first.status);
    STRCMP_EQUAL("E42", internal_code(first).c_str());
    LONGS_EQUAL(502, second.status);
    CHECK(second.body.empty());
}

TEST(BankOutcome, the_buyer_may_be_told_to_decline) {
    Buyer buyer;
    buyer.answers = 2;
    buyer.delay_ms = 200;
    till.bank->set_buyer(buyer);
    static_cast<void>(till.charge("10.00", "A-1"));
    till.wait(200);

    LONGS_EQUAL(2, till.bank->book().find(till.desk, "A-1")->status);
}

TEST(BankOutcome, a_buyer_who_ignores_the_payment_may_be_told_to_answer_it) {
    Buyer buyer;
    buyer.answers = Buyer::kIgnores;
    till.bank->set_buyer(buyer);
    static_cast<void>(till.charge("10.00", "A-1"));
    static_cast<void>(till.charge("20.00", "A-2"));
    till.wait(100000);

    LONGS_EQUAL(1, till.bank->answer_now("A-2", oplati::kOk, till.now_ms));

    STRCMP_EQUAL("20.00", till.kept().c_str());
}
