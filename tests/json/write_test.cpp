// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <limits>
#include <string>

#include "json/json.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::Decimal;
using linuxcash::json::parse;
using linuxcash::json::Value;

TEST_GROUP(JsonWrite){};

TEST(JsonWrite, writes_money_as_an_exact_number) {
    STRCMP_EQUAL("24.50", Value(Decimal(2450, 2)).str().c_str());
}

TEST(JsonWrite, writes_integers_of_every_width) {
    STRCMP_EQUAL(
        "-9223372036854775808", Value(std::numeric_limits<std::int64_t>::min()).str().c_str());
    STRCMP_EQUAL(
        "18446744073709551615", Value(std::numeric_limits<std::uint64_t>::max()).str().c_str());
    STRCMP_EQUAL("4294967295", Value(4294967295U).str().c_str());
}

TEST(JsonWrite, escapes_control_characters_and_keeps_utf8) {
    const std::string text = "\"\\/\b\f\n\r\t\x01\x1F ж€🙂\x7F";

    const std::string written = Value(text).str();

    STRCMP_EQUAL("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f ж€🙂\x7F\"", written.c_str());
}

TEST(JsonWrite, escapes_a_zero_byte) {
    STRCMP_EQUAL("\"a\\u0000b\"", Value(std::string("a\0b", 3)).str().c_str());
}

TEST(JsonWrite, escapes_keys_too) {
    Value value;
    value.set("a\"b", 1);

    STRCMP_EQUAL(R"({"a\"b":1})", value.str().c_str());
}

TEST(JsonWrite, stays_readable_when_a_text_is_not_utf8) {
    const std::string written = Value("a\xFF\xD0z").str();

    STRCMP_EQUAL("\"a\xEF\xBF\xBD\xEF\xBF\xBDz\"", written.c_str());
    CHECK(parse(written).ok());
}

TEST(JsonWrite, writes_empty_containers) {
    STRCMP_EQUAL("[]", Value(linuxcash::json::Array{}).str().c_str());
    STRCMP_EQUAL("{}", Value(linuxcash::json::Object{}).str().c_str());
    STRCMP_EQUAL("null", Value().str().c_str());
}
