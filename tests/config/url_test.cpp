// SPDX-License-Identifier: Apache-2.0
#include "config/url.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::config::url_fault;

TEST_GROUP(Url){};

TEST(Url, accepts_addresses_of_servers) {
    for (const char* url :
         {"http://localhost", "http://127.0.0.1:8080/ms-pay", "https://oplati.by/ms-pay/",
          "https://[::1]:8443/x", "http://a-b.c_d.example:1", "https://host:65535"}) {
        CHECK_FALSE_TEXT(url_fault(url).has_value(), url);
    }
}

TEST(Url, refuses_everything_else) {
    for (const char* url :
         {"",
          "localhost",
          "127.0.0.1:8080",
          "ftp://x",
          "HTTP://x",
          "http:/x",
          "http://",
          "http:///x",
          "https://:80",
          "http://x:0",
          "http://x:65536",
          "http://x:",
          "http://x:8o",
          "http://x:+1",
          "http://x:-1",
          "http://x y",
          "http://x/a b",
          "http://x/?a=1",
          "http://x/#a",
          "http://user:pass@x",
          "http://[::1",
          "http://[]:80",
          "http://[::g]x",
          "http://хост",
          "http://x\\y",
          "http://x?y"}) {
        CHECK_TRUE_TEXT(url_fault(url).has_value(), url);
    }
}

TEST(Url, says_what_is_missing) {
    STRCMP_CONTAINS("http://", url_fault("localhost:80")->russian().c_str());
    STRCMP_CONTAINS("порт", url_fault("http://x:99999")->russian().c_str());
    STRCMP_CONTAINS("пароль", url_fault("http://u:p@x")->russian().c_str());
}
