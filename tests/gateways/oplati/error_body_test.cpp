// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "gateways/oplati/error_body.h"
#include "scene.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::oplati {

TEST_GROUP(ErrorBody){};

TEST(ErrorBody, gives_codes_and_words) {
    const auto error = read_error(error_document());

    CHECK(error->code == "400");
    CHECK(error->internal_code == "SOME_CODE");
    CHECK(error->dev_message == "developers' words");
    CHECK(error->user_message == "Русские слова");
}

TEST(ErrorBody, falls_back_to_english) {
    CHECK(read_error(R"({"userMessage":{"lang_en":"English"}})")->user_message == "English");
}

TEST(ErrorBody, takes_codes_that_are_numbers) {
    CHECK(read_error(R"({"code":17,"internalCode":-3})")->internal_code == "-3");
}

TEST(ErrorBody, is_not_what_a_proxy_says) {
    for (const char* body :
         {"", "null", "[]", "{}", "\"text\"", "<html>502</html>", R"({"error":"x"})",
          R"({"userMessage":"text"})", R"({"code":{}})", R"({"code":""})", "{"})
        CHECK_FALSE(read_error(body).has_value());
}

TEST(ErrorBody, is_not_a_document_too_deep_or_too_long) {
    CHECK_FALSE(
        read_error(R"({"code":"1","x":)" + std::string(100, '[') + std::string(100, ']') + "}")
            .has_value());
    CHECK_FALSE(read_error(R"({"code":"1","x":")" + std::string(2 << 20, 'x') + "\"}").has_value());
}

TEST(ErrorBody, cannot_spoil_a_screen_or_a_log) {
    const auto error =
        read_error("{\"code\":\"1\",\"devMessage\":\"a\\n\\u001b[2J\\u009bb\\u0000 \\t c \"}");

    CHECK(error->dev_message == "a [2J b c");
}

TEST(ErrorBody, is_cut_to_what_fits_a_screen_between_characters) {
    const std::string words = shown(std::string(1, 'x') + [] {
        std::string many;
        for (int count = 0; count < 1000; ++count)
            many += "я";
        return many;
    }());

    CHECK(words.size() <= 303);
    CHECK(words.ends_with("яя…"));
}

TEST(ErrorBody, is_described_with_its_status_for_the_log) {
    STRCMP_EQUAL(
        "HTTP 400, code 400, internalCode SOME_CODE: developers' words",
        describe_error(reply(400, error_document())).russian().c_str());
    STRCMP_EQUAL(
        "HTTP 502 без описания ошибки О!плати",
        describe_error(reply(502, "<html>")).russian().c_str());
}

TEST(ErrorBody, repeats_no_number_and_no_code_in_the_log) {
    STRCMP_EQUAL(
        "payment ******** of card (************1000): token \"***\" is bad",
        without_codes(
            "payment 50000123 of card (9070000000001000): token \"kQ+zab/YmBcd==\" is bad")
            .c_str());
    const std::string document = R"({"code":"1","devMessage":"authCode 12345678 unknown"})";
    STRCMP_CONTAINS(
        "authCode ******** unknown", describe_error(reply(400, document)).russian().c_str());
}

TEST(ErrorBody, leaves_words_and_small_numbers_in_the_log) {
    const char* const words = "INVALID_AMOUNT_24: сумма 24.50, java.lang.NullPointerException";

    STRCMP_EQUAL(words, without_codes(words).c_str());
    STRCMP_EQUAL("", without_codes("").c_str());
}

}  // namespace linuxcash::oplati
