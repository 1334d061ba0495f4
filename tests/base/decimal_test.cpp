// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"

#include <array>
#include <limits>
#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::Decimal;

namespace {

std::string rounded_text(Decimal number, int places) {
    const auto rounded = number.rounded(places);
    return rounded ? rounded->str() : "none";
}

}  // namespace

TEST_GROUP(Decimal){};

TEST(Decimal, keeps_the_places_that_were_written) {
    for (const char* text : {"0", "7", "24.50", "0.732", "-0.05", "123456789.123456789", "1.000"}) {
        const auto number = Decimal::parse(text);

        CHECK(number.has_value());
        STRCMP_EQUAL(text, number->str().c_str());
    }
}

TEST(Decimal, refuses_what_is_no_plain_number) {
    for (const char* text :
         {"",    "-",   ".",    "-.",  "1.", ".5",  "+1",  " 1", "1 ",    "1,5", "1.2.3",
          "1e5", "1E5", "0x10", "--1", "1-", "NaN", "inf", "١",  "1_000", "1.-5"}) {
        CHECK_FALSE_TEXT(Decimal::parse(text).has_value(), text);
    }
}

TEST(Decimal, refuses_more_places_than_nine) {
    CHECK(Decimal::parse("0.123456789").has_value());
    CHECK_FALSE(Decimal::parse("0.1234567890").has_value());
}

TEST(Decimal, reaches_both_ends_of_64_bits_and_no_further) {
    const auto greatest = Decimal::parse("9223372036854775807");
    const auto least = Decimal::parse("-9223372036854775808");

    CHECK(greatest.has_value() && least.has_value());
    CHECK(greatest->units() == std::numeric_limits<std::int64_t>::max());
    CHECK(least->units() == std::numeric_limits<std::int64_t>::min());
    CHECK_FALSE(Decimal::parse("9223372036854775808").has_value());
    CHECK_FALSE(Decimal::parse("-9223372036854775809").has_value());
    CHECK_FALSE(Decimal::parse("92233720368547758070").has_value());
    CHECK_FALSE(Decimal::parse("9223372036854775807.1").has_value());
}

TEST(Decimal, writes_the_least_number) {
    const Decimal least(std::numeric_limits<std::int64_t>::min(), 2);

    STRCMP_EQUAL("-92233720368547758.08", least.str().c_str());
}

TEST(Decimal, writes_zeros_before_short_fractions) {
    STRCMP_EQUAL("0.05", Decimal(5, 2).str().c_str());
    STRCMP_EQUAL("-0.05", Decimal(-5, 2).str().c_str());
    STRCMP_EQUAL("0.000000001", Decimal(1, 9).str().c_str());
    STRCMP_EQUAL("-1.05", Decimal(-105, 2).str().c_str());
}

TEST(Decimal, has_no_minus_zero) {
    STRCMP_EQUAL("0", Decimal::parse("-0")->str().c_str());
    STRCMP_EQUAL("0.00", Decimal::parse("-0.00")->str().c_str());
}

TEST(Decimal, rounds_half_away_from_zero) {
    STRCMP_EQUAL("0.13", rounded_text(Decimal(125, 3), 2).c_str());
    STRCMP_EQUAL("0.12", rounded_text(Decimal(1249, 4), 2).c_str());
    STRCMP_EQUAL("-0.13", rounded_text(Decimal(-125, 3), 2).c_str());
    STRCMP_EQUAL("-0.12", rounded_text(Decimal(-1249, 4), 2).c_str());
    STRCMP_EQUAL("1", rounded_text(Decimal(5, 1), 0).c_str());
    STRCMP_EQUAL("0", rounded_text(Decimal(4, 1), 0).c_str());
}

TEST(Decimal, adds_zeros_when_it_gets_more_places) {
    STRCMP_EQUAL("2.500", rounded_text(Decimal(25, 1), 3).c_str());
}

TEST(Decimal, has_no_rounding_that_overflows_or_leaves_the_places) {
    const Decimal greatest(std::numeric_limits<std::int64_t>::max(), 0);

    STRCMP_EQUAL("none", rounded_text(greatest, 1).c_str());
    STRCMP_EQUAL("none", rounded_text(Decimal(1, 0), 10).c_str());
    STRCMP_EQUAL("none", rounded_text(Decimal(1, 0), -1).c_str());
}

TEST(Decimal, drops_trailing_zeros_of_the_fraction_only) {
    STRCMP_EQUAL("2.5", Decimal(2500, 3).normalized().str().c_str());
    STRCMP_EQUAL("3", Decimal(300, 2).normalized().str().c_str());
    STRCMP_EQUAL("300", Decimal(300, 0).normalized().str().c_str());
    STRCMP_EQUAL("0", Decimal(0, 5).normalized().str().c_str());
}

TEST(Decimal, multiplies_exactly) {
    const auto product = Decimal::product(Decimal(1750, 2), Decimal(732, 3));

    CHECK(product.has_value());
    STRCMP_EQUAL("12.81000", product->str().c_str());
}

TEST(Decimal, drops_zeros_rather_than_refuse_a_product) {
    const auto product = Decimal::product(Decimal(2'000'000, 6), Decimal(1'500'000, 6));

    CHECK(product.has_value());
    CHECK(*product == Decimal(3, 0));
}

TEST(Decimal, has_no_product_that_overflows_or_has_too_many_places) {
    const Decimal greatest(std::numeric_limits<std::int64_t>::max(), 0);

    CHECK_FALSE(Decimal::product(greatest, Decimal(2, 0)).has_value());
    CHECK_FALSE(Decimal::product(Decimal(1, 5), Decimal(1, 5)).has_value());
}

TEST(Decimal, compares_by_value) {
    CHECK(Decimal(250, 2) == Decimal(25, 1));
    CHECK(Decimal::compare(Decimal(-5, 1), Decimal(-4, 1)) < 0);
    CHECK(Decimal::compare(Decimal(-5, 1), Decimal(5, 1)) < 0);
    CHECK(Decimal::compare(Decimal(11, 1), Decimal(1, 0)) > 0);
}

TEST(Decimal, compares_the_ends_of_64_bits_without_overflow) {
    const Decimal greatest(std::numeric_limits<std::int64_t>::max(), 0);
    const Decimal least(std::numeric_limits<std::int64_t>::min(), 0);
    const Decimal billionth(1, 9);

    CHECK(Decimal::compare(greatest, billionth) > 0);
    CHECK(Decimal::compare(least, billionth) < 0);
    CHECK(Decimal::compare(least, greatest) < 0);
}
