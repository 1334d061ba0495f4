// SPDX-License-Identifier: Apache-2.0
// Sessions: opening, the buyer's joining, pacing, the end.
#include <string>

#include "simulator/till.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::simulator;
using namespace linuxcash::simulator::test;

namespace {

bool is_ready(const HttpReply& reply) {
    return document_of(reply).boolean("isConsumerReady").value_or(false);
}

}  // namespace

TEST_GROUP(BankSession) {
    Till till;

    void setup() override {
        till.register_desk();
    }

    HttpReply open(const char* body) {
        return till.send("POST", "/pos/demandPayment", body);
    }
    HttpReply poll(const std::string& tail = "") {
        return till.send("GET", "/pos/consumerStatus" + tail);
    }
};

TEST(BankSession, a_dynamic_session_has_an_id_and_a_qr) {
    const auto document = document_of(open(R"({"paymentMode":3})"));

    CHECK(document.integer("sessionId").value_or(0) > 0);
    CHECK(document.string("dynamicQR").value_or("").starts_with("o-plati://"));
    CHECK(document.find("pin") == nullptr);
}

TEST(BankSession, a_static_session_has_a_code_of_two_digits) {
    const auto document = document_of(open(R"({"paymentMode":1})"));

    LONGS_EQUAL(2, document.string("pin").value_or("").size());
    CHECK(document.find("dynamicQR") == nullptr);
}

TEST(BankSession, a_session_from_the_buyers_code_is_ready_at_once) {
    const auto document = document_of(open(R"({"paymentMode":2,"authCode":"abc"})"));

    CHECK(document.boolean("isConsumerReady").value_or(false));
}

TEST(BankSession, a_mode_that_does_not_exist_is_bad) {
    LONGS_EQUAL(400, open(R"({"paymentMode":4})").status);
    LONGS_EQUAL(400, open(R"({})").status);
    LONGS_EQUAL(400, open(R"({"paymentMode":2})").status);
    LONGS_EQUAL(400, open(R"({"paymentMode":3,"authCode":"abc"})").status);
}

TEST(BankSession, the_buyer_joins_after_his_delay) {
    static_cast<void>(open(R"({"paymentMode":3})"));

    CHECK_FALSE(is_ready(poll()));
    till.wait(3000);
    CHECK(is_ready(poll()));
}

TEST(BankSession, a_buyer_who_does_not_join_leaves_the_session_waiting) {
    Buyer buyer;
    buyer.joins = false;
    till.bank->set_buyer(buyer);
    static_cast<void>(open(R"({"paymentMode":3})"));
    till.wait(100000);

    CHECK_FALSE(is_ready(poll()));
}

TEST(BankSession, the_buyer_joins_when_told) {
    static_cast<void>(open(R"({"paymentMode":3})"));
    till.bank->join_now(till.now_ms);

    CHECK(is_ready(poll()));
}

TEST(BankSession, polling_faster_than_3_s_is_too_often) {
    static_cast<void>(open(R"({"paymentMode":3})"));
    LONGS_EQUAL(200, poll().status);
    till.wait(2900);

    const auto reply = poll();

    LONGS_EQUAL(429, reply.status);
    STRCMP_EQUAL("TOO_MANY_REQUESTS", internal_code(reply).c_str());
}

TEST(BankSession, polling_every_3_s_is_not_too_often_even_when_the_wire_is_uneven) {
    static_cast<void>(open(R"({"paymentMode":3})"));
    LONGS_EQUAL(200, poll().status);
    till.wait(2950);

    LONGS_EQUAL(200, poll().status);
}

TEST(BankSession, a_poll_that_was_too_early_does_not_put_off_the_next) {
    static_cast<void>(open(R"({"paymentMode":3})"));
    LONGS_EQUAL(200, poll().status);
    till.wait(1500);
    LONGS_EQUAL(429, poll().status);
    till.wait(1500);

    LONGS_EQUAL(200, poll().status);
}

TEST(BankSession, a_poll_may_name_the_session_and_must_not_name_another) {
    const auto id = document_of(open(R"({"paymentMode":3})")).integer("sessionId").value_or(0);

    LONGS_EQUAL(200, poll("?sessionId=" + std::to_string(id)).status);
    const auto wrong = poll("?sessionId=" + std::to_string(id + 1));
    LONGS_EQUAL(400, wrong.status);
    STRCMP_EQUAL("SESSION_UNKNOWN", internal_code(wrong).c_str());
}

TEST(BankSession, a_session_lapses) {
    static_cast<void>(open(R"({"paymentMode":3})"));
    till.wait(300001);

    LONGS_EQUAL(400, poll().status);
}

TEST(BankSession, a_new_session_ends_the_one_before) {
    const auto former = till.joined_session();
    static_cast<void>(till.joined_session());

    LONGS_EQUAL(400, poll("?sessionId=" + std::to_string(former)).status);
}

TEST(BankSession, a_session_can_be_closed_early) {
    const auto id = till.joined_session();

    const auto closed = till.send("DELETE", "/pos/demandPayment?sessionId=" + std::to_string(id));

    LONGS_EQUAL(200, closed.status);
    LONGS_EQUAL(400, poll().status);
}

TEST(BankSession, a_ready_buyer_may_bring_loyalty_cards) {
    Buyer buyer;
    buyer.loyalty_cards = *json::parse(R"([{"number":"77","name":"Карта"}])");
    till.bank->set_buyer(buyer);
    static_cast<void>(till.joined_session());

    const auto document = document_of(poll());

    LONGS_EQUAL(1, document.array("loyaltyCards")->size());
}
