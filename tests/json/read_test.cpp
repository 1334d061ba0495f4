// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <random>
#include <string>
#include <string_view>

#include "json/json.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::ErrorCode;
using linuxcash::json::Limits;
using linuxcash::json::parse;
using linuxcash::json::Value;

namespace {

// What the document reads as when written again, or the words of the error.
std::string read_again(std::string_view text) {
    const auto value = parse(text);
    return value ? value->str() : value.error().text.russian();
}

std::string nested(int depth) {
    const auto count = static_cast<std::size_t>(depth);
    return std::string(count, '[') + std::string(count, ']');
}

}  // namespace

TEST_GROUP(JsonRead){};

TEST(JsonRead, reads_every_kind_in_order) {
    STRCMP_EQUAL(
        R"({"z":null,"a":[true,false,-1,"ж"],"o":{}})",
        read_again(
            " { \"z\" : null , \"a\" : [ true , false , -1 , \"\\u0436\" ] , \"o\" : { } } \n")
            .c_str());
}

TEST(JsonRead, keeps_the_digits_of_numbers) {
    for (const char* number :
         {"24.50", "0.10", "-0.05", "1.10000000000000000000000001",
          "123456789012345678901234567890", "1e5", "1E+5", "18446744073709551615",
          "-9223372036854775808", "9007199254740993"}) {
        STRCMP_EQUAL(number, read_again(number).c_str());
    }
}

TEST(JsonRead, gives_exact_decimals_and_refuses_exponents) {
    CHECK(parse("24.50")->decimal() == linuxcash::Decimal(2450, 2));
    CHECK(parse("0.1")->decimal() == linuxcash::Decimal(1, 1));
    CHECK_FALSE(parse("1e5")->decimal().has_value());
    CHECK_FALSE(parse("92233720368547758.080")->decimal().has_value());
}

TEST(JsonRead, refuses_what_is_no_json) {
    constexpr std::array<std::string_view, 46> kBad{
        "",          " ",     "{",       "}",         "[",          "]",      "[1",      "[1,",
        "[1,]",      "[,1]",  "{\"a\"}", "{\"a\":}",  "{\"a\":1,}", "{a:1}",  "{'a':1}", "{1:1}",
        "{\"a\" 1}", "[1 2]", "nul",     "nulll",     "True",       "NaN",    "-NaN",    "Infinity",
        "-",         "+1",    "01",      "1.",        ".5",         "1e",     "1e+",     "0x10",
        "1,5",       "\"",    "\"a",     "\"\\x\"",   "\"\\u12\"",  "\"\n\"", "\"\t\"",  "1 1",
        "{} {}",     "{}x",   "[]]",     "/* a */ 1", "// a\n1",    "<html>"};
    for (const std::string_view text : kBad) {
        const auto result = parse(text);

        CHECK_FALSE_TEXT(result.ok(), std::string(text).c_str());
        CHECK(result.error().code == ErrorCode::InvalidInput);
    }
}

TEST(JsonRead, refuses_lone_surrogates) {
    for (const char* text : {R"("\ud800")", R"("\udc00")", R"("\ud800x")", R"("\ud800\ud800")"}) {
        CHECK_FALSE_TEXT(parse(text).ok(), text);
    }
    STRCMP_EQUAL("\"🙂\"", read_again(R"("\ud83d\ude42")").c_str());
}

TEST(JsonRead, refuses_bytes_that_are_not_utf8) {
    for (const char* text :
         {"\"\xC0\xAF\"", "\"\xED\xA0\x80\"", "\"\xFF\"", "\"\xD0\"", "\xEF\xF0\xE8"}) {
        STRCMP_CONTAINS("UTF-8", read_again(text).c_str());
    }
}

TEST(JsonRead, refuses_a_zero_byte_and_what_hides_behind_it) {
    CHECK_FALSE(parse(std::string_view("{}\0", 3)).ok());
    CHECK_FALSE(parse(std::string_view("{}\0garbage", 10)).ok());
    CHECK_FALSE(parse(std::string_view("\0{}", 3)).ok());
    CHECK_FALSE(parse(std::string_view("\"a\0b\"", 5)).ok());
}

TEST(JsonRead, refuses_a_repeated_key_and_says_where) {
    STRCMP_EQUAL(
        "ключ в объекте JSON повторяется: байт 10", read_again(R"({"a":1,"a":2})").c_str());
    CHECK_FALSE(parse(R"({"x":[{"a":1,"b":2,"\u0061":3}]})").ok());
}

TEST(JsonRead, accepts_one_key_in_two_objects) {
    CHECK(parse(R"([{"a":1},{"a":{"a":2}}])").ok());
}

TEST(JsonRead, refuses_a_number_that_is_too_great_for_any_use) {
    STRCMP_EQUAL("число в документе JSON слишком велико: байт 5", read_again("1e999").c_str());
}

TEST(JsonRead, reads_32_levels_and_no_more) {
    CHECK(parse(nested(32)).ok());

    const auto result = parse(nested(33));

    CHECK(result.error().code == ErrorCode::TooLarge);
    STRCMP_EQUAL(
        "вложенность документа JSON больше 32: байт 33", result.error().text.russian().c_str());
}

TEST(JsonRead, counts_objects_as_levels_too) {
    std::string text = "1";
    for (int level = 0; level < 33; ++level)
        text = "{\"a\":" + text + "}";

    CHECK(parse(text).error().code == ErrorCode::TooLarge);
}

TEST(JsonRead, survives_a_million_open_brackets) {
    CHECK(parse(std::string(1024 * 1024, '[')).error().code == ErrorCode::TooLarge);
}

TEST(JsonRead, reads_one_mebibyte_and_not_a_byte_more) {
    std::string text = "\"" + std::string(1024 * 1024 - 2, 'x') + "\"";
    CHECK(parse(text).ok());

    text += ' ';

    CHECK(parse(text).error().code == ErrorCode::TooLarge);
}

TEST(JsonRead, obeys_the_callers_limits) {
    CHECK_FALSE(parse("[[1]]", Limits{100, 1}).ok());
    CHECK_FALSE(parse("[[1]]", Limits{4, 32}).ok());
    CHECK(parse("[[1]]", Limits{5, 2}).ok());
}

TEST(JsonRead, reads_an_object_of_many_keys) {
    std::string text = "{";
    for (int key = 0; key < 5'000; ++key)
        text += "\"" + std::to_string(key) + "\":1,";

    CHECK(parse(text + "\"\":1}").ok());
}

TEST(JsonRead, never_quotes_the_document_in_an_error) {
    STRCMP_EQUAL("документ JSON испорчен: байт 17", read_again(R"({"token":"t0p"} x)").c_str());
}

TEST(JsonRead, survives_each_single_byte_change_of_a_document) {
    const std::string document =
        R"({"paymentId":1234567,"sum":24.50,"status":"ОК","list":[1,-2,{"a":null}],"on":true})";
    for (std::size_t at = 0; at < document.size(); ++at) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string changed = document;
            changed[at] = static_cast<char>(byte);
            const auto value = parse(changed);
            // Whatever is accepted must be written as what it was read as.
            if (value) CHECK(parse(value->str()).value() == value.value());
        }
    }
}

TEST(JsonRead, survives_truncation_at_each_byte) {
    const std::string document = R"({"a":[1,2.5,"ж",{"b":[true,null]}]})";
    for (std::size_t size = 0; size < document.size(); ++size) {
        CHECK_FALSE(parse(std::string_view(document).substr(0, size)).ok());
    }
}

TEST(JsonRead, survives_random_bytes_of_its_own_alphabet) {
    constexpr std::string_view kAlphabet =
        "{}[]:,\"\\u0123456789abcdef.eE+-truefalsn \t\n\xD0\xB6\xFF";
    std::mt19937 random(1);  // NOLINT: the same bytes each time
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (auto count = random() % 24; count > 0; --count)
            text += kAlphabet[random() % kAlphabet.size()];
        const auto value = parse(text);
        if (value) CHECK(parse(value->str()).value() == value.value());
    }
}
