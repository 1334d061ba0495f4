// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>
#include <string>

#include "json/json.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::Decimal;
using linuxcash::json::Array;
using linuxcash::json::Kind;
using linuxcash::json::Number;
using linuxcash::json::Object;
using linuxcash::json::object;
using linuxcash::json::parse;
using linuxcash::json::Value;

TEST_GROUP(JsonValue){};

TEST(JsonValue, knows_its_kind) {
    CHECK(Value().kind() == Kind::Null);
    CHECK(Value(nullptr).kind() == Kind::Null);
    CHECK(Value(true).kind() == Kind::Bool);
    CHECK(Value(1).kind() == Kind::Number);
    CHECK(Value("x").kind() == Kind::String);
    CHECK(Value(Array{}).kind() == Kind::Array);
    CHECK(Value(Object{}).kind() == Kind::Object);
}

TEST(JsonValue, gives_a_value_only_as_its_own_type) {
    CHECK(Value("7").integer() == std::nullopt);
    CHECK(Value(7).string() == std::nullopt);
    CHECK(Value(1).boolean() == std::nullopt);
    CHECK(Value(Number{"7.0"}).integer() == std::nullopt);
    CHECK(Value(Number{"9223372036854775808"}).integer() == std::nullopt);
    POINTERS_EQUAL(nullptr, Value(7).array());
    POINTERS_EQUAL(nullptr, Value(Array{}).object());
}

TEST(JsonValue, text_of_a_scalar_is_that_of_a_number_or_a_string) {
    CHECK(Value(17).scalar_text() == "17");
    CHECK(Value("17").scalar_text() == "17");
    CHECK(Value(true).scalar_text() == std::nullopt);
    CHECK(Value().scalar_text() == std::nullopt);
}

TEST(JsonValue, finds_members_of_objects_only) {
    const Value value = object({{"a", 1}, {"b", nullptr}});

    CHECK(value.find("a")->integer() == 1);
    CHECK(value.find("b")->kind() == Kind::Null);
    POINTERS_EQUAL(nullptr, value.find("c"));
    POINTERS_EQUAL(nullptr, Value("a").find("a"));
}

TEST(JsonValue, gives_members_in_one_call) {
    const auto value = parse(R"({"s":"ж","i":-5,"d":24.50,"b":true,"a":[1]})").value();

    CHECK(value.string("s") == "ж");
    CHECK(value.integer("i") == -5);
    CHECK(value.decimal("d") == Decimal(2450, 2));
    CHECK(value.boolean("b") == true);
    LONGS_EQUAL(1, value.array("a")->size());
    CHECK(value.string("i") == std::nullopt);
    CHECK(value.integer("missing") == std::nullopt);
    POINTERS_EQUAL(nullptr, value.array("missing"));
}

TEST(JsonValue, set_replaces_a_member_in_its_place) {
    Value value = object({{"a", 1}, {"b", 2}});

    value.set("a", "new").set("c", 3);

    STRCMP_EQUAL(R"({"a":"new","b":2,"c":3})", value.str().c_str());
}

TEST(JsonValue, null_becomes_what_is_put_into_it) {
    Value list;
    Value record;

    list.push(1).push("x");
    record.set("a", list);

    STRCMP_EQUAL(R"({"a":[1,"x"]})", record.str().c_str());
}

TEST(JsonValue, copy_does_not_change_with_the_original) {
    Value original = object({{"list", Array{1}}});
    const Value copy = original;

    original.set("list", 2);

    STRCMP_EQUAL(R"({"list":[1]})", copy.str().c_str());
    STRCMP_EQUAL(R"({"list":2})", original.str().c_str());
}

TEST(JsonValue, copied_array_does_not_grow_with_the_original) {
    Value original(Array{1});
    const Value copy = original;

    original.push(2);

    STRCMP_EQUAL("[1]", copy.str().c_str());
}

TEST(JsonValue, can_be_put_into_itself) {
    Value list(Array{1});

    list.push(list);

    STRCMP_EQUAL("[1,[1]]", list.str().c_str());
}

TEST(JsonValue, member_of_what_is_no_object_is_a_bug_that_shows) {
    CHECK_THROWS(std::logic_error, Value(1).set("a", 1));
    CHECK_THROWS(std::logic_error, Value("x").push(1));
}

TEST(JsonValue, equals_by_content) {
    CHECK(object({{"a", Array{1, "x"}}}) == parse(R"({"a":[1,"x"]})").value());
    CHECK_FALSE(Value(1) == Value("1"));
    CHECK_FALSE(Value() == Value(false));
    CHECK(Value() == Value(nullptr));
}
