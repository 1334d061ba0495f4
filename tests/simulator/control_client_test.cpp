// SPDX-License-Identifier: Apache-2.0
#include "simulator/control_client.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::simulator;

TEST_GROUP(ControlClient){};

TEST(ControlClient, words_become_requests) {
    STRCMP_EQUAL("/control/ledger", control_request("ledger", "")->path.c_str());
    STRCMP_EQUAL("/control/log?endpoint=charge", control_request("log", "charge")->path.c_str());
    STRCMP_EQUAL(R"({"advanceMs":500})", control_request("advance", "500")->body.c_str());
    STRCMP_EQUAL(
        R"({"regNum":"OPL000011111"})",
        control_request("reset-token", "OPL000011111")->body.c_str());
    STRCMP_EQUAL(R"({"do":"pays"})", control_request("act", "pays")->body.c_str());
    STRCMP_EQUAL(R"({"open":false})", control_request("port", "closed")->body.c_str());
}

TEST(ControlClient, wrong_words_are_refused) {
    CHECK_FALSE(control_request("nonsense", "").ok());
    CHECK_FALSE(control_request("ledger", "x").ok());
    CHECK_FALSE(control_request("advance", "x").ok());
    CHECK_FALSE(control_request("rule", "x").ok());
    CHECK_FALSE(control_request("reset-token", "").ok());
    CHECK_FALSE(control_request("port", "x").ok());
    CHECK_FALSE(control_request("act", "").ok());
}

TEST(ControlClient, an_address_that_is_none_is_refused) {
    CHECK(
        ask({"nonsense", std::nullopt}, *control_request("stats", "")).error().code
        == ErrorCode::InvalidInput);
}

TEST(ControlClient, a_simulator_that_is_away_is_an_error_with_a_remedy) {
    const auto reply = ask({"http://127.0.0.1:1", std::nullopt}, *control_request("stats", ""));

    CHECK(reply.error().code == ErrorCode::Io);
}
