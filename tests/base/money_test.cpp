// SPDX-License-Identifier: Apache-2.0
#include "base/money.h"

#include <limits>
#include <stdexcept>
#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::Currency;
using linuxcash::Decimal;
using linuxcash::Money;

namespace {

constexpr std::int64_t kGreatest = std::numeric_limits<std::int64_t>::max();

Money byn(std::int64_t minor) {
    return {minor, Currency()};
}

std::string times(std::int64_t minor, Decimal quantity) {
    const auto sum = Money::of(byn(minor), quantity);
    return sum ? sum->str() : "none";
}

// The text of the next sum, found without arithmetic: an odometer of digits around the point.
void count_up(std::string& text) {
    for (std::size_t at = text.size(); at-- > 0;) {
        if (text[at] == '.') continue;
        if (text[at] != '9') {
            ++text[at];
            return;
        }
        text[at] = '0';
    }
    text.insert(0, 1, '1');
}

}  // namespace

TEST_GROUP(Money){};

TEST(Money, every_sum_from_one_kopeck_to_99999_99_round_trips) {
    std::int64_t wrong = 0;
    std::string expected = "0.00";
    for (std::int64_t minor = 1; minor <= 9'999'999; ++minor) {
        const std::string text = byn(minor).str();
        const auto back = Money::parse(text, Currency());
        count_up(expected);
        if (text != expected || !back || back->minor() != minor) ++wrong;
    }

    LONGS_EQUAL(0, wrong);
}

TEST(Money, is_read_with_fewer_places_or_with_zeros_behind) {
    for (const char* text : {"24.5", "24.50", "24.500", "24.500000000"}) {
        CHECK_TEXT(Money::parse(text, Currency()) == byn(2450), text);
    }
    CHECK(Money::parse("24", Currency()) == byn(2400));
}

TEST(Money, refuses_a_fraction_of_the_minor_unit) {
    for (const char* text : {"0.001", "24.505", "1.000000001", "1e2", "", "24,50", "+1"}) {
        CHECK_FALSE_TEXT(Money::parse(text, Currency()).has_value(), text);
    }
}

TEST(Money, refuses_a_sum_that_does_not_fit) {
    CHECK(Money::parse("92233720368547758.07", Currency()).has_value());
    CHECK_FALSE(Money::parse("92233720368547758.08", Currency()).has_value());
}

TEST(Money, price_times_quantity_rounds_half_away_from_zero) {
    STRCMP_EQUAL("35.00", times(1750, Decimal(2, 0)).c_str());
    STRCMP_EQUAL("12.81", times(1750, Decimal(732, 3)).c_str());
    STRCMP_EQUAL("0.03", times(5, Decimal(5, 1)).c_str());
    STRCMP_EQUAL("-0.03", times(-5, Decimal(5, 1)).c_str());
    STRCMP_EQUAL("0.02", times(5, Decimal(499, 3)).c_str());
}

TEST(Money, price_times_quantity_is_exact_where_the_product_is_wider_than_64_bits) {
    STRCMP_EQUAL("99999989900.00", times(9'999'999, Decimal(999'999'999'000'000, 9)).c_str());
    STRCMP_EQUAL("92233720368547758.07", times(kGreatest, Decimal(1'000'000'000, 9)).c_str());
    STRCMP_EQUAL("46116860184273879.04", times(kGreatest, Decimal(5, 1)).c_str());
}

TEST(Money, price_times_quantity_that_overflows_is_none) {
    STRCMP_EQUAL("none", times(kGreatest, Decimal(2, 0)).c_str());
    STRCMP_EQUAL("none", times(kGreatest, Decimal(11, 1)).c_str());
    STRCMP_EQUAL("none", times(-kGreatest, Decimal(11, 1)).c_str());
}

TEST(Money, adds_and_subtracts) {
    CHECK(byn(1) + byn(2) == byn(3));
    CHECK(byn(1) - byn(2) == byn(-1));
    CHECK(byn(1) < byn(2));
}

TEST(Money, of_two_currencies_is_never_mixed) {
    const Money roubles(1, *Currency::parse("RUB"));

    CHECK_THROWS(std::logic_error, byn(1) + roubles);
    CHECK_THROWS(std::logic_error, byn(1) - roubles);
    CHECK_THROWS(std::logic_error, (void)(byn(1) < roubles));
    CHECK_FALSE(byn(1) == roubles);
}

TEST(Money, sum_that_overflows_is_a_broken_invariant) {
    CHECK_THROWS(std::logic_error, byn(kGreatest) + byn(1));
    CHECK_THROWS(std::logic_error, byn(-kGreatest) - byn(2));
}

TEST_GROUP(Currency){};

TEST(Currency, knows_its_codes) {
    for (const char* code : {"BYN", "RUB", "KZT", "UZS", "USD", "EUR", "CNY"}) {
        const auto currency = Currency::parse(code);

        CHECK_TEXT(currency.has_value(), code);
        STRCMP_EQUAL(code, std::string(currency->code()).c_str());
    }
}

TEST(Currency, refuses_other_codes) {
    for (const char* code : {"", "byn", "BYR", "BYNX", "BY", "933"}) {
        CHECK_FALSE_TEXT(Currency::parse(code).has_value(), code);
    }
}

TEST(Money, names_its_currency_longer_than_it_lives) {
    const std::string_view code = Money(100, *Currency::parse("RUB")).currency().code();

    CHECK(code == "RUB");
}
