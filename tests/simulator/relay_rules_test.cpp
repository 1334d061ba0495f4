// SPDX-License-Identifier: Apache-2.0
#include "simulator/relay_rules.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::simulator;

namespace {

Result<RelayRule> parsed(const char* document) {
    return parse_relay_rule(*json::parse(document));
}

}  // namespace

TEST_GROUP(RelayRules) {
    RelayRules rules;
};

TEST(RelayRules, a_rule_without_bytes_to_look_for_is_for_connections) {
    rules.add(*parsed(R"({"do":"reset"})"));

    CHECK_FALSE(rules.take_for_request("POST /").has_value());
    CHECK(rules.take_for_connection().has_value());
    CHECK_FALSE(rules.take_for_connection().has_value());
}

TEST(RelayRules, a_rule_with_bytes_to_look_for_is_for_requests_that_hold_them) {
    rules.add(*parsed(R"({"do":"silence","match":"POST /x","times":2,"skip":1})"));

    CHECK_FALSE(rules.take_for_connection().has_value());
    CHECK_FALSE(rules.take_for_request("GET /x").has_value());
    CHECK_FALSE(rules.take_for_request("POST /x").has_value());
    CHECK(rules.take_for_request("POST /x").has_value());
    CHECK(rules.take_for_request("POST /x").has_value());
    CHECK_FALSE(rules.take_for_request("POST /x").has_value());
}

TEST(RelayRules, the_beginning_of_what_is_looked_for_is_undecided) {
    rules.add(*parsed(R"({"do":"reset","match":"POST /x"})"));

    LONGS_EQUAL(0, rules.undecided_tail("GET / HTTP/1.1"));
    LONGS_EQUAL(1, rules.undecided_tail("P"));
    LONGS_EQUAL(6, rules.undecided_tail("abc POST /"));
    LONGS_EQUAL(0, rules.undecided_tail("abc POST /y"));
}

TEST(RelayRules, a_wrong_rule_is_refused) {
    for (const char* document :
         {R"({})", R"([])", R"({"do":"nonsense"})", R"({"do":"half","bytes":-1})",
          R"({"do":"half","end":"nonsense"})", R"({"do":"pass","match":""})",
          R"({"do":"pass","nonsense":1})", R"({"do":"pass","forward":1})"}) {
        CHECK_FALSE_TEXT(parsed(document).ok(), document);
    }
}

TEST(RelayRules, rules_can_be_read_back_with_their_counts) {
    rules.add(*parsed(R"({"do":"half","bytes":9,"end":"close","times":-1})"));
    static_cast<void>(rules.take_for_connection());

    STRCMP_EQUAL(
        R"([{"do":"half","skip":0,"times":-1,"bytes":9,"end":"close","seen":1,"fired":1}])",
        rules.to_json().str().c_str());
}
