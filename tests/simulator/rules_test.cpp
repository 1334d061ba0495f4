// SPDX-License-Identifier: Apache-2.0
#include "simulator/rules.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::simulator;

namespace {

const std::vector<std::string_view> kEndpoints{"charge", "cancel"};

Result<Rule> parsed(const char* document) {
    return parse_rule(*json::parse(document), kEndpoints);
}

HttpRequest request(const char* target, const char* body = "") {
    HttpRequest made;
    made.target = target;
    made.body = body;
    return made;
}

}  // namespace

TEST_GROUP(SimulatorRules) {
    Rules rules;

    void add(const char* document) {
        rules.add(*parsed(document));
    }
};

TEST(SimulatorRules, a_rule_fires_once_unless_told_otherwise) {
    add(R"({"on":"charge","http":500})");

    CHECK(rules.take("charge", request("/x")).has_value());
    CHECK_FALSE(rules.take("charge", request("/x")).has_value());
}

TEST(SimulatorRules, a_rule_fires_as_often_as_it_says) {
    add(R"({"on":"charge","times":2})");

    CHECK(rules.take("charge", request("/x")).has_value());
    CHECK(rules.take("charge", request("/x")).has_value());
    CHECK_FALSE(rules.take("charge", request("/x")).has_value());
}

TEST(SimulatorRules, minus_one_is_for_ever) {
    add(R"({"times":-1})");

    for (int i = 0; i < 100; ++i) {
        CHECK(rules.take("cancel", request("/x")).has_value());
    }
}

TEST(SimulatorRules, a_rule_may_let_some_requests_pass_first) {
    add(R"({"on":"charge","skip":1})");

    CHECK_FALSE(rules.take("charge", request("/x")).has_value());
    CHECK(rules.take("charge", request("/x")).has_value());
}

TEST(SimulatorRules, a_rule_is_for_its_endpoint) {
    add(R"({"on":"charge"})");

    CHECK_FALSE(rules.take("cancel", request("/x")).has_value());
}

TEST(SimulatorRules, a_rule_may_look_into_target_and_body) {
    add(R"({"match":"A-1","times":-1})");

    CHECK(rules.take("cancel", request("/pos/payments/A-1")).has_value());
    CHECK(rules.take("charge", request("/pos/payments", R"({"orderNumber":"A-1"})")).has_value());
    CHECK_FALSE(rules.take("cancel", request("/pos/payments/A-2")).has_value());
}

TEST(SimulatorRules, the_first_fitting_rule_is_used_up_first) {
    add(R"({"http":500})");
    add(R"({"http":503})");

    LONGS_EQUAL(500, *rules.take("charge", request("/x"))->http);
    LONGS_EQUAL(503, *rules.take("charge", request("/x"))->http);
}

TEST(SimulatorRules, an_http_error_means_that_nothing_was_done_unless_said) {
    CHECK_FALSE(parsed(R"({"http":500})")->effect.commit);
    CHECK(parsed(R"({"http":500,"commit":true})")->effect.commit);
    CHECK(parsed(R"({"fault":"reset"})")->effect.commit);
}

TEST(SimulatorRules, a_wrong_key_or_value_is_named) {
    for (const char* document :
         {R"({"nonsense":1})", R"({"fault":"nonsense"})", R"({"times":"1"})", R"({"http":1000})",
          R"({"skip":-1})", R"({"on":"nonsense"})", R"({"reply":1})", R"({"delayMs":-5})"}) {
        const auto rule = parsed(document);
        CHECK_FALSE(rule.ok());
        CHECK(rule.error().code == ErrorCode::InvalidInput);
    }
    CHECK(parsed(R"({"fault":"x"})").error().text.russian().find("fault") != std::string::npos);
}

TEST(SimulatorRules, rules_can_be_read_back_with_their_counts) {
    add(R"({"on":"charge","match":"A","fault":"half","bytes":10,"delayMs":5})");
    static_cast<void>(rules.take("charge", request("A")));

    STRCMP_EQUAL(
        R"([{"on":"charge","match":"A","skip":0,"times":1,"commit":true,"fault":"half",)"
        R"("delayMs":5,"bytes":10,"seen":1,"fired":1}])",
        rules.to_json().str().c_str());
}

TEST(SimulatorRules, a_body_can_be_replaced_or_emptied) {
    HttpReply reply;
    reply.body = "{}";
    apply(parsed(R"({"body":"other"})")->effect, reply);
    STRCMP_EQUAL("other", reply.body.c_str());

    apply(parsed(R"({"emptyBody":true})")->effect, reply);
    STRCMP_EQUAL("", reply.body.c_str());
}

TEST(SimulatorRules, every_fault_has_a_name_that_is_read_back) {
    for (const Fault fault :
         {Fault::None, Fault::Reset, Fault::Close, Fault::Half, Fault::Silence, Fault::LateCommit,
          Fault::Slow, Fault::Garbage, Fault::Deep, Fault::Endless}) {
        CHECK(parse_fault(name_of(fault)) == fault);
    }
}
