// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "scene.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::oplati {
namespace {

using core::Access;

core::Reply with_token(int status, const std::string& token, const std::string& body = {}) {
    return {status, {{"content-type", "application/json"}, {"token", token}}, body};
}

constexpr const char* kMissingText =
    "Необходимо получить новый токен в кассовом ПО либо касса не зарегистрирована в личном "
    "кабинете юр. "
    "лица";

}  // namespace

TEST_GROUP(OplatiAccess) {
    const Oplati gateway{token_settings()};
    const core::Call charge = gateway.charge(payment());
};

TEST(OplatiAccess, takes_the_next_token_from_any_reply) {
    for (const int status : {200, 400, 401, 404, 409, 429, 500, 503}) {
        const auto reading =
            gateway.read_access(charge, with_token(status, "next", error_document()));
        CHECK(reading.token == Secret("next"));
    }
}

TEST(OplatiAccess, takes_no_token_that_is_empty_or_could_not_be_sent_back) {
    for (const std::string& token :
         {std::string(), std::string("a b"), std::string("a\r\nb"), std::string("токен"),
          std::string(1025, 'x')})
        CHECK_FALSE(gateway.read_access(charge, with_token(200, token)).token.has_value());
    CHECK_FALSE(gateway.read_access(charge, reply(200)).token.has_value());
}

TEST(OplatiAccess, asks_for_another_token_when_this_one_is_refused) {
    for (const auto& refusal :
         {reply(401, error_document("TOKEN_INVALID")), reply(401), reply(401, "\r\n")})
        CHECK(gateway.read_access(charge, refusal).access == Access::Renew);
}

TEST(OplatiAccess, stops_when_the_server_has_no_token_for_this_register) {
    const auto by_code = gateway.read_access(charge, reply(401, error_document("TOKEN_MISSING")));
    const auto by_words = gateway.read_access(
        charge, reply(401, std::string(R"({"userMessage":{"lang_ru":")") + kMissingText + "\"}}"));

    CHECK(by_code.access == Access::Missing);
    STRCMP_EQUAL(kMissingText, by_code.text.russian().c_str());
    CHECK(by_words.access == Access::Missing);
}

TEST(OplatiAccess, believes_no_strangers_401) {
    CHECK(gateway.read_access(charge, reply(401, "<html>login</html>")).access == Access::Fine);
}

TEST(OplatiAccess, reads_nothing_into_other_errors_or_into_calls_without_a_secret) {
    CHECK(gateway.read_access(charge, reply(403, error_document())).access == Access::Fine);
    CHECK(gateway.read_access(charge, reply(500)).access == Access::Fine);
    const core::Call query = gateway.query(payment());
    CHECK(gateway.read_access(query, reply(401, error_document())).access == Access::Fine);
}

TEST(OplatiAccess, obtains_the_first_token_with_the_registers_number_alone) {
    const auto call = gateway.obtain_token();

    CHECK(call->request.method == "GET");
    CHECK(call->request.url == "http://127.0.0.1:8080/ms-pay/tokens");
    CHECK(call->request.secret_headers.empty());
    CHECK(call->request.fresh_connection);
    CHECK(call->bears_secret);
    const auto reading = gateway.read_access(*call, with_token(200, "first", "ignored"));
    CHECK(reading.access == Access::Fine);
    CHECK(reading.token == Secret("first"));
}

TEST(OplatiAccess, says_so_when_a_token_exists_already) {
    for (const auto& refusal : {reply(400), reply(400, error_document()), reply(400, "<html>")}) {
        const auto reading = gateway.read_access(*gateway.obtain_token(), refusal);
        CHECK(reading.access == Access::Exists);
        STRCMP_EQUAL(
            "Токен уже существует или касса работает в режиме пароля",
            reading.text.russian().c_str());
    }
}

TEST(OplatiAccess, says_so_when_the_register_is_not_registered_and_may_ask_again) {
    const auto reading = gateway.read_access(*gateway.obtain_token(), reply(403, error_document()));

    CHECK(reading.access == Access::Fine);
    CHECK_FALSE(reading.token.has_value());
    STRCMP_EQUAL(kMissingText, reading.text.russian().c_str());
}

TEST(OplatiAccess, gets_no_token_from_a_fault) {
    for (const auto& fault :
         {reply(200), reply(500, error_document()), reply(502, "<html>"),
          reply(429, error_document()), reply(403, "<html>"), with_token(500, "next")}) {
        const auto reading = gateway.read_access(*gateway.obtain_token(), fault);
        CHECK(reading.access == Access::Fine);
        CHECK_FALSE(reading.token.has_value());
    }
}

TEST(OplatiAccess, needs_no_token_in_password_mode) {
    const Oplati with_password{password_settings()};

    CHECK_FALSE(with_password.obtain_token().has_value());
    const auto reading = with_password.read_access(
        with_password.charge(payment()), with_token(401, "next", error_document("TOKEN_INVALID")));
    CHECK(reading.access == Access::Fine);
    CHECK_FALSE(reading.token.has_value());
}

}  // namespace linuxcash::oplati
