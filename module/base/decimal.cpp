// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"

#include <array>
#include <stdexcept>

namespace linuxcash {

namespace {

constexpr std::array<std::int64_t, Decimal::kScaleMax + 1> kPowersOfTen{
    1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000};

std::int64_t power_of_ten(int exponent) {
    if (exponent < 0 || exponent > Decimal::kScaleMax) {
        throw std::logic_error("a decimal's scale is outside 0…9");
    }
    return kPowersOfTen[static_cast<std::size_t>(exponent)];
}

constexpr bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

// Counts down for negative numbers, so that the least 64-bit number is reached without overflow.
bool append_digit(std::int64_t& units, char character, bool negative) {
    const std::int64_t digit = character - '0';
    return !__builtin_mul_overflow(units, std::int64_t{10}, &units)
           && !__builtin_add_overflow(units, negative ? -digit : digit, &units);
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    std::int64_t units = 0;
    std::size_t places = 0;
    bool after_point = false;
    bool digit_before = false;
    for (const char character : text) {
        if (character == '.') {
            if (after_point || !digit_before) return std::nullopt;
            after_point = true;
            digit_before = false;
            continue;
        }
        if (!is_digit(character) || !append_digit(units, character, negative)) return std::nullopt;
        digit_before = true;
        if (after_point && ++places > std::size_t{kScaleMax}) return std::nullopt;
    }
    if (!digit_before) return std::nullopt;
    return Decimal(units, static_cast<int>(places));
}

std::optional<Decimal> Decimal::rounded(int places) const {
    if (places < 0 || places > kScaleMax) return std::nullopt;
    if (places >= scale_) {
        std::int64_t units = 0;
        if (__builtin_mul_overflow(units_, power_of_ten(places - scale_), &units)) {
            return std::nullopt;
        }
        return Decimal(units, places);
    }
    const std::int64_t divisor = power_of_ten(scale_ - places);
    const std::int64_t rest = units_ % divisor;
    std::int64_t units = units_ / divisor;
    if (rest * 2 >= divisor) ++units;
    if (rest * 2 <= -divisor) --units;
    return Decimal(units, places);
}

Decimal Decimal::normalized() const {
    Decimal shorter = *this;
    while (shorter.scale_ > 0 && shorter.units_ % 10 == 0) {
        shorter.units_ /= 10;
        --shorter.scale_;
    }
    return shorter;
}

std::string Decimal::str() const {
    if (scale_ == 0) return std::to_string(units_);
    const std::int64_t whole = units_ / power_of_ten(scale_);
    const std::int64_t rest = units_ % power_of_ten(scale_);
    const std::string places = std::to_string(rest < 0 ? -rest : rest);
    std::string text = units_ < 0 ? "-" : "";
    // The whole part of the least number is far from the limit, so its sign can be dropped.
    text += std::to_string(whole < 0 ? -whole : whole);
    text += '.';
    text.append(static_cast<std::size_t>(scale_) - places.size(), '0');
    return text + places;
}

std::optional<Decimal> Decimal::product(Decimal left, Decimal right) {
    // Zeros at the end are dropped only where they would push the product over a limit.
    for (const bool shortened : {false, true}) {
        const Decimal first = shortened ? left.normalized() : left;
        const Decimal second = shortened ? right.normalized() : right;
        std::int64_t units = 0;
        const bool fits = !__builtin_mul_overflow(first.units_, second.units_, &units);
        if (fits && first.scale_ + second.scale_ <= kScaleMax) {
            return Decimal(units, first.scale_ + second.scale_);
        }
    }
    return std::nullopt;
}

int Decimal::compare(Decimal left, Decimal right) {
    const std::int64_t left_whole = left.units_ / power_of_ten(left.scale_);
    const std::int64_t right_whole = right.units_ / power_of_ten(right.scale_);
    if (left_whole != right_whole) return left_whole < right_whole ? -1 : 1;
    // Both fractions as billionths: at most nine digits, so nothing overflows.
    const std::int64_t left_rest =
        left.units_ % power_of_ten(left.scale_) * power_of_ten(kScaleMax - left.scale_);
    const std::int64_t right_rest =
        right.units_ % power_of_ten(right.scale_) * power_of_ten(kScaleMax - right.scale_);
    if (left_rest == right_rest) return 0;
    return left_rest < right_rest ? -1 : 1;
}

}  // namespace linuxcash
