// SPDX-License-Identifier: Apache-2.0
#include "http/target.h"

#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::ErrorCode;
using linuxcash::http::check_target;

namespace {

std::string place(const std::string& url) {
    const auto target = check_target(url, false);
    return target ? target->place() : target.error().text.russian();
}

}  // namespace

TEST_GROUP(Target){};

TEST(Target, https_goes_anywhere_at_its_own_port) {
    STRCMP_EQUAL("api.example:443", place("https://API.example/a").c_str());
    STRCMP_EQUAL("api.example:8443", place("https://api.example:8443").c_str());
}

TEST(Target, plain_http_goes_to_every_spelling_of_loopback) {
    STRCMP_EQUAL("localhost:80", place("http://localhost/").c_str());
    STRCMP_EQUAL("localhost:1", place("HTTP://LOCALHOST:1/").c_str());
    STRCMP_EQUAL("127.0.0.1:80", place("http://127.0.0.1").c_str());
    STRCMP_EQUAL("127.9.9.9:80", place("http://127.9.9.9").c_str());
    STRCMP_EQUAL("[::1]:80", place("http://[::1]/").c_str());
}

TEST(Target, plain_http_goes_nowhere_else) {
    for (const char* url :
         {"http://api.example/", "http://128.0.0.1/", "http://[::2]/",
          "http://localhost.evil.example/", "http://127.0.0.1.evil.example/", "http://localhost./",
          "http://0.0.0.0/"}) {
        const auto target = check_target(url, false);

        CHECK_TEXT(!target.ok(), url);
        CHECK(target.error().code == ErrorCode::InvalidInput);
        STRCMP_CONTAINS("allow_http = 1", target.error().text.russian().c_str());
    }
}

TEST(Target, plain_http_goes_anywhere_when_the_settings_allow_it) {
    CHECK(check_target("http://api.example/", true).ok());
}

TEST(Target, other_protocols_are_refused_by_name) {
    STRCMP_CONTAINS("протокол ftp не поддерживается", place("ftp://api.example/").c_str());
    STRCMP_CONTAINS("протокол file не поддерживается", place("file:///etc/passwd").c_str());
}

TEST(Target, what_is_no_address_is_refused_without_repeating_it) {
    for (const char* url :
         {"", "api.example/1234567", "https://", "https://a b/1234567",
          "https://u:p@api.example/"}) {
        const auto target = check_target(url, true);

        CHECK_TEXT(!target.ok(), url);
        STRCMP_CONTAINS("адрес сервера неверен", target.error().text.russian().c_str());
        CHECK(target.error().text.russian().find("1234567") == std::string::npos);
    }
}
