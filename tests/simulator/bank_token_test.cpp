// SPDX-License-Identifier: Apache-2.0
// Desks, tokens, passwords.
#include <string>

#include "simulator/till.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::simulator;
using namespace linuxcash::simulator::test;

TEST_GROUP(BankToken){};

TEST(BankToken, the_first_registration_gives_a_token_of_36_characters) {
    Till till;

    const auto reply = till.send("GET", "/tokens");

    LONGS_EQUAL(200, reply.status);
    LONGS_EQUAL(36, till.token.size());
}

TEST(BankToken, the_second_registration_says_that_the_token_exists) {
    Till till;
    till.register_desk();

    const auto reply = till.send("GET", "/tokens");

    LONGS_EQUAL(400, reply.status);
    STRCMP_EQUAL("TOKEN_ALREADY_EXISTS", internal_code(reply).c_str());
}

TEST(BankToken, a_desk_with_a_password_gets_no_token) {
    OplatiOptions options;
    options.passwords["OPL000011111"] = "pw";
    Till till(options);

    const auto reply = till.send("GET", "/tokens");

    LONGS_EQUAL(400, reply.status);
    STRCMP_EQUAL("TOKEN_ALREADY_EXISTS", internal_code(reply).c_str());
}

TEST(BankToken, each_success_of_a_secret_bearing_call_gives_the_next_token) {
    Till till;
    till.register_desk();
    const std::string first = till.token;

    const auto reply = till.send("POST", "/pos/demandPayment", R"({"paymentMode":3})");

    LONGS_EQUAL(200, reply.status);
    CHECK(till.token != first);
}

TEST(BankToken, the_former_token_is_refused) {
    Till till;
    till.register_desk();
    const std::string former = till.token;
    static_cast<void>(till.joined_session());
    till.token = former;

    const auto reply = till.cancel("X");

    LONGS_EQUAL(401, reply.status);
    STRCMP_EQUAL("TOKEN_INVALID", internal_code(reply).c_str());
}

TEST(BankToken, an_error_leaves_the_token_in_force) {
    Till till;
    till.register_desk();
    static_cast<void>(till.cancel("no-such-payment"));

    const auto reply = till.cancel("no-such-payment");

    LONGS_EQUAL(404, reply.status);
}

TEST(BankToken, polling_needs_and_changes_no_token) {
    Till till;
    till.register_desk();
    static_cast<void>(till.joined_session());
    const std::string before = till.token;
    till.token.clear();

    const auto reply = till.send("GET", "/pos/consumerStatus");

    LONGS_EQUAL(200, reply.status);
    CHECK(reply.headers.empty());
    till.token = before;
    LONGS_EQUAL(404, till.cancel("X").status);
}

TEST(BankToken, a_token_that_was_reset_in_the_cabinet_is_called_missing) {
    Till till;
    till.register_desk();
    CHECK(till.bank->reset_token(till.desk, till.now_ms));

    const auto reply = till.cancel("X");

    LONGS_EQUAL(401, reply.status);
    STRCMP_EQUAL("TOKEN_MISSING", internal_code(reply).c_str());
    CHECK(reply.body.find("Необходимо получить новый токен") != std::string::npos);
}

TEST(BankToken, after_a_reset_a_new_token_can_be_had) {
    Till till;
    till.register_desk();
    till.bank->reset_token(till.desk, till.now_ms);

    const auto reply = till.send("GET", "/tokens");

    LONGS_EQUAL(200, reply.status);
    LONGS_EQUAL(404, till.cancel("X").status);
}

TEST(BankToken, an_unregistered_desk_is_told_the_same_as_one_without_a_token) {
    OplatiOptions options;
    options.desks = {"OPL999999999"};
    Till till(options);
    till.token = "anything";

    const auto reply = till.cancel("X");

    LONGS_EQUAL(401, reply.status);
    STRCMP_EQUAL("TOKEN_MISSING", internal_code(reply).c_str());
}

TEST(BankToken, an_unregistered_desk_gets_no_token) {
    OplatiOptions options;
    options.desks = {"OPL999999999"};
    Till till(options);

    LONGS_EQUAL(403, till.send("GET", "/tokens").status);
}

TEST(BankToken, a_number_of_another_form_is_no_desk) {
    Till till;
    till.desk = "XYZ000011111";

    LONGS_EQUAL(403, till.send("GET", "/tokens").status);
}

TEST(BankToken, a_request_without_regnum_is_bad) {
    Till till;
    HttpRequest request;
    request.method = "GET";
    request.path = "/ms-pay/tokens";

    LONGS_EQUAL(400, till.bank->handle(request, till.now_ms).status);
}

TEST(BankToken, a_wrong_password_is_refused) {
    OplatiOptions options;
    options.passwords["OPL000011111"] = "right";
    Till till(options);
    till.password = "wrong";

    const auto reply = till.cancel("X");

    LONGS_EQUAL(401, reply.status);
    STRCMP_EQUAL("PASSWORD_WRONG", internal_code(reply).c_str());
}

TEST(BankToken, the_right_password_works_and_brings_no_token) {
    OplatiOptions options;
    options.passwords["OPL000011111"] = "right";
    Till till(options);
    till.password = "right";

    const auto reply = till.send("POST", "/pos/demandPayment", R"({"paymentMode":3})");

    LONGS_EQUAL(200, reply.status);
    CHECK(reply.headers.empty());
}

TEST(BankToken, a_password_may_be_left_out_of_polling_but_not_be_wrong) {
    OplatiOptions options;
    options.passwords["OPL000011111"] = "right";
    Till till(options);

    LONGS_EQUAL(404, till.query(1).status);
    till.password = "wrong";
    LONGS_EQUAL(401, till.query(1).status);
}

TEST(BankToken, a_lost_reply_changes_the_token_all_the_same) {
    Till till;
    till.register_desk();
    till.rule(R"({"on":"demand","fault":"reset"})");
    const std::string before = till.token;
    static_cast<void>(till.send("POST", "/pos/demandPayment", R"({"paymentMode":3})"));
    till.token = before;  // the reply never came

    STRCMP_EQUAL("TOKEN_INVALID", internal_code(till.cancel("X")).c_str());
}

TEST(BankToken, a_lost_reply_keeps_the_token_when_the_options_say_so) {
    OplatiOptions options;
    options.rotate_on_lost_reply = false;
    Till till(options);
    till.register_desk();
    till.rule(R"({"on":"demand","fault":"reset"})");

    static_cast<void>(till.send("POST", "/pos/demandPayment", R"({"paymentMode":3})"));

    LONGS_EQUAL(404, till.cancel("X").status);
}

TEST(BankToken, a_rule_may_keep_the_token) {
    Till till;
    till.register_desk();
    till.rule(R"({"on":"demand","rotate":false})");
    const std::string before = till.token;

    static_cast<void>(till.send("POST", "/pos/demandPayment", R"({"paymentMode":3})"));

    STRCMP_EQUAL(before.c_str(), till.token.c_str());
}

TEST(BankToken, the_same_seed_gives_the_same_tokens_and_another_seed_others) {
    OplatiOptions options;
    options.seed = 7;
    Till first(options);
    Till second(options);
    options.seed = 8;
    Till third(options);

    first.register_desk();
    second.register_desk();
    third.register_desk();

    STRCMP_EQUAL(first.token.c_str(), second.token.c_str());
    CHECK(first.token != third.token);
}
