// SPDX-License-Identifier: Apache-2.0
#include "base/operation_id.h"

#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::OperationId;

TEST_GROUP(OperationId){};

TEST(OperationId, round_trips_through_hexadecimal) {
    const std::string hex = "00ff10a5b9c8d7e6f504132231405968";

    STRCMP_EQUAL(hex.c_str(), OperationId::parse(hex)->hex().c_str());
}

TEST(OperationId, refuses_other_texts) {
    for (const char* text :
         {"", "00ff10a5b9c8d7e6f50413223140596", "00ff10a5b9c8d7e6f5041322314059688",
          "00FF10A5B9C8D7E6F504132231405968", "00ff10a5b9c8d7e6f50413223140596g",
          "0xff10a5b9c8d7e6f504132231405968"}) {
        CHECK_FALSE_TEXT(OperationId::parse(text).has_value(), text);
    }
}

TEST(OperationId, base32_shows_the_first_fifty_bits) {
    STRCMP_EQUAL("0000000000", OperationId().base32().c_str());
    // 00100 00110 01000 01010 01100 01110 10000 10010 10100 10110 of 5-bit groups 4 6 8 10 12 14 16
    // 18 20 22
    STRCMP_EQUAL(
        "468ACEGJMP", OperationId::parse("2190a63a12a580000000000000000000")->base32().c_str());
    STRCMP_EQUAL(
        "ZZZZZZZZZZ", OperationId::parse("ffffffffffffc0000000000000000000")->base32().c_str());
}

TEST(OperationId, base32_does_not_hang_on_later_bits) {
    const auto one = OperationId::parse("ffffffffffffc0000000000000000000");
    const auto other = OperationId::parse("ffffffffffffffffffffffffffffffff");

    STRCMP_EQUAL(one->base32().c_str(), other->base32().c_str());
}

TEST(OperationId, brief_is_the_beginning) {
    STRCMP_EQUAL(
        "00ff10a5", OperationId::parse("00ff10a5b9c8d7e6f504132231405968")->brief().c_str());
}
