// SPDX-License-Identifier: Apache-2.0
#include "simulator/oplati/control.h"

#include <string>

#include "simulator/till.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::simulator;
using namespace linuxcash::simulator::test;

TEST_GROUP(OplatiControl) {
    Till till;
    ManualClock clock;
    oplati::Control control{*till.bank, clock, &clock};

    void setup() override {
        till.register_desk();
    }

    HttpReply ask(const char* method, const std::string& path, const char* body = "") {
        HttpRequest request;
        request.method = method;
        request.path = "/control/" + path;
        request.body = body;
        request.peer = "127.0.0.1";
        return control.handle(request, json::object({{"connections", 3}}));
    }
};

TEST(OplatiControl, the_ledger_has_events_orders_and_totals) {
    const auto id = till.paid("24.50", "A-1");
    static_cast<void>(till.refund(id, "10.00", "R-1"));

    const auto document = document_of(ask("GET", "ledger"));

    const auto& order = document.array("orders")->front();
    STRCMP_EQUAL("A-1", order.string("orderNumber")->c_str());
    STRCMP_EQUAL("24.50", order.string("captured")->c_str());
    LONGS_EQUAL(1, *order.integer("captures"));
    STRCMP_EQUAL("10.00", document.find("totals")->string("refunded")->c_str());
    STRCMP_EQUAL("14.50", document.find("totals")->string("kept")->c_str());
    CHECK(document.array("events")->size() > 4);
}

TEST(OplatiControl, rules_can_be_added_alone_or_in_a_row_and_read_back) {
    LONGS_EQUAL(200, ask("POST", "rules", R"({"on":"charge","status":2})").status);
    LONGS_EQUAL(200, ask("POST", "rules", R"([{"http":500},{"http":503}])").status);

    LONGS_EQUAL(3, document_of(ask("GET", "rules")).array()->size());
}

TEST(OplatiControl, of_a_row_with_a_wrong_rule_none_is_taken) {
    LONGS_EQUAL(400, ask("POST", "rules", R"([{"http":500},{"nonsense":1}])").status);

    LONGS_EQUAL(0, document_of(ask("GET", "rules")).array()->size());
}

TEST(OplatiControl, the_buyer_can_be_changed_and_shown) {
    const auto reply = ask("POST", "buyer", R"({"joins":false,"answer":"declines","delayMs":5})");

    LONGS_EQUAL(200, reply.status);
    CHECK_FALSE(till.bank->buyer().joins);
    LONGS_EQUAL(2, till.bank->buyer().answers);
    STRCMP_EQUAL("declines", document_of(ask("GET", "buyer")).string("answer")->c_str());
}

TEST(OplatiControl, a_wrong_buyer_is_refused_and_named) {
    for (const char* body :
         {R"({"answer":"nonsense"})", R"({"delayMs":-1})", R"({"x":1})", R"({"loyaltyCards":1})",
          "[]"}) {
        LONGS_EQUAL(400, ask("POST", "buyer", body).status);
    }
    CHECK(ask("POST", "buyer", R"({"x":1})").body.find("x") != std::string::npos);
}

TEST(OplatiControl, the_buyer_acts_when_told) {
    static_cast<void>(till.charge("24.50", "A-1"));

    const auto reply = document_of(ask("POST", "act", R"({"do":"pays"})"));

    LONGS_EQUAL(1, *reply.integer("payments"));
    STRCMP_EQUAL("24.50", till.kept().c_str());
    LONGS_EQUAL(200, ask("POST", "act", R"({"do":"joins"})").status);
    LONGS_EQUAL(400, ask("POST", "act", R"({"do":"ignores"})").status);
}

TEST(OplatiControl, a_token_can_be_reset) {
    const auto reply = document_of(ask("POST", "reset-token", R"({"regNum":"OPL000011111"})"));

    CHECK(*reply.boolean("had"));
    STRCMP_EQUAL("TOKEN_MISSING", internal_code(till.cancel("X")).c_str());
    CHECK_FALSE(
        *document_of(ask("POST", "reset-token", R"({"regNum":"OPL000011111"})")).boolean("had"));
    LONGS_EQUAL(400, ask("POST", "reset-token", "{}").status);
}

TEST(OplatiControl, the_clock_can_be_moved) {
    static_cast<void>(till.charge("24.50", "A-1"));

    LONGS_EQUAL(200, ask("POST", "clock", R"({"advanceMs":1000})").status);

    STRCMP_EQUAL("24.50", till.kept().c_str());
    LONGS_EQUAL(
        ManualClock::kDefaultStartMs + 1000, *document_of(ask("GET", "clock")).integer("nowMs"));
    LONGS_EQUAL(400, ask("POST", "clock", R"({"advanceMs":-1})").status);
}

TEST(OplatiControl, the_real_time_cannot_be_moved) {
    oplati::Control real(*till.bank, clock, nullptr);
    HttpRequest request;
    request.method = "POST";
    request.path = "/control/clock";
    request.body = R"({"advanceMs":1000})";
    request.peer = "127.0.0.1";

    LONGS_EQUAL(400, real.handle(request, json::Value()).status);
}

TEST(OplatiControl, the_log_can_be_read_by_endpoint_and_cleared) {
    static_cast<void>(till.charge("24.50", "A-1"));
    LONGS_EQUAL(3, document_of(ask("GET", "log")).array()->size());

    LONGS_EQUAL(200, ask("POST", "clear").status);

    LONGS_EQUAL(0, document_of(ask("GET", "log")).array()->size());
}

TEST(OplatiControl, statistics_count_requests_beside_what_the_server_knows) {
    const auto document = document_of(ask("GET", "stats"));

    LONGS_EQUAL(3, *document.integer("connections"));
    LONGS_EQUAL(1, *document.find("requests")->integer("tokens"));
}

TEST(OplatiControl, other_machines_may_not_use_it) {
    HttpRequest request;
    request.method = "GET";
    request.path = "/control/ledger";
    request.peer = "10.0.0.1";

    LONGS_EQUAL(403, control.handle(request, json::Value()).status);
}

TEST(OplatiControl, an_unknown_command_says_so) {
    LONGS_EQUAL(404, ask("GET", "nonsense").status);
    LONGS_EQUAL(404, ask("POST", "nonsense").status);
    LONGS_EQUAL(404, ask("PUT", "rules").status);
    LONGS_EQUAL(400, ask("POST", "rules", "nonsense").status);
}

TEST(OplatiControl, a_script_sets_rules_and_buyer) {
    const auto script = *json::parse(R"({"rules":[{"http":500}],"buyer":{"answer":"ignores"}})");

    CHECK(control.run_script(script).ok());

    LONGS_EQUAL(1, document_of(ask("GET", "rules")).array()->size());
    LONGS_EQUAL(Buyer::kIgnores, till.bank->buyer().answers);
    CHECK(control.run_script(*json::parse(R"([{"http":500}])")).ok());
    CHECK_FALSE(control.run_script(*json::parse(R"({"nonsense":1})")).ok());
    CHECK_FALSE(control.run_script(*json::parse(R"(17)")).ok());
}
