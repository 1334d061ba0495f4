// SPDX-License-Identifier: Apache-2.0
#include "config/near_match.h"

#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::config::near_match;

namespace {

std::string among_settings(const char* word) {
    return near_match(word, {"url", "timeout", "regNum", "mode"});
}

}  // namespace

TEST_GROUP(NearMatch){};

TEST(NearMatch, finds_a_word_with_one_or_two_wrong_letters) {
    STRCMP_EQUAL("timeout", among_settings("timout").c_str());
    STRCMP_EQUAL("timeout", among_settings("time_out").c_str());
    STRCMP_EQUAL("timeout", among_settings("tiemout").c_str());
    STRCMP_EQUAL("mode", among_settings("mod").c_str());
    STRCMP_EQUAL("url", among_settings("uri").c_str());
}

TEST(NearMatch, finds_a_word_of_another_case) {
    STRCMP_EQUAL("regNum", among_settings("REGNUM").c_str());
    STRCMP_EQUAL("regNum", among_settings("regnumm").c_str());
}

TEST(NearMatch, prefers_the_nearest) {
    STRCMP_EQUAL("bc_d", near_match("bcd", {"bcde_", "bc_d"}).c_str());
}

TEST(NearMatch, finds_nothing_far_away) {
    for (const char* word : {"", "x", "ab", "abc", "password", "timeout_ms_long"}) {
        STRCMP_EQUAL("", among_settings(word).c_str());
    }
}

TEST(NearMatch, does_not_work_hard_on_endless_words) {
    STRCMP_EQUAL("", among_settings(std::string(100'000, 'm').c_str()).c_str());
}
