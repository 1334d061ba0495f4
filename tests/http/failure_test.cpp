// SPDX-License-Identifier: Apache-2.0
#include "http/failure.h"

#include <curl/curl.h>

#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::core::FailureKind;
using linuxcash::http::Ending;
using linuxcash::http::failure_of;

TEST_GROUP(Failure) {
    Ending ending;

    void setup() override {
        ending.place = "api.example:443";
    }

    std::string text() const {
        return failure_of(ending).text.russian();
    }
};

TEST(Failure, words_of_the_server_are_shown_without_control_characters) {
    ending.code = CURLE_WEIRD_SERVER_REPLY;
    ending.detail = "bad\r\n\x1b[2Jline";

    CHECK(text().find_first_of("\r\n\x1b") == std::string::npos);
    STRCMP_CONTAINS("bad", text().c_str());
}

TEST(Failure, long_words_of_the_server_are_cut) {
    ending.code = CURLE_WEIRD_SERVER_REPLY;
    ending.detail = std::string(10'000, 'x');

    CHECK(text().size() < 1'000);
}

TEST(Failure, a_certificate_problem_without_words_of_ours_is_named_by_number) {
    ending.code = CURLE_PEER_FAILED_VERIFICATION;
    ending.verify = 23;

    CHECK(failure_of(ending).kind == FailureKind::Tls);
    STRCMP_CONTAINS("код 23", text().c_str());
}

TEST(Failure, an_unknown_code_of_the_library_is_a_broken_exchange) {
    ending.code = 999;

    CHECK(failure_of(ending).kind == FailureKind::Broken);
}
