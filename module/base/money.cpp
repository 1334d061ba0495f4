// SPDX-License-Identifier: Apache-2.0
#include "base/money.h"

#include <algorithm>
#include <stdexcept>

namespace linuxcash {

namespace {

constexpr std::array<std::string_view, 7> kCurrencies{"BYN", "RUB", "KZT", "UZS",
                                                      "USD", "EUR", "CNY"};

void require_one_currency(Money left, Money right) {
    if (left.currency() != right.currency()) {
        throw std::logic_error("money of two currencies cannot be added or compared");
    }
}

std::int64_t ten_to(int exponent) {
    std::int64_t power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

}  // namespace

std::optional<Currency> Currency::parse(std::string_view code) {
    if (std::ranges::find(kCurrencies, code) == kCurrencies.end()) return std::nullopt;
    Currency currency;
    std::ranges::copy(code, currency.code_.begin());
    return currency;
}

std::string_view Currency::code() const {
    const auto* known =
        std::ranges::find(kCurrencies, std::string_view(code_.data(), code_.size()));
    return known == kCurrencies.end() ? kCurrencies.front() : *known;
}

std::optional<Money> Money::parse(std::string_view text, Currency currency) {
    const auto amount = Decimal::parse(text);
    if (!amount) return std::nullopt;
    const auto minor = amount->rounded(currency.places());
    if (!minor || *minor != *amount) return std::nullopt;
    return Money(minor->units(), currency);
}

std::optional<Money> Money::of(Money price, Decimal quantity) {
    // minor × units / one, without a product that is wider than the result: both are split at
    // `one`, and all parts have the sign of the result.
    const std::int64_t one = ten_to(quantity.scale());
    const std::int64_t minor_whole = price.minor_ / one;
    const std::int64_t minor_rest = price.minor_ % one;
    const std::int64_t units_whole = quantity.units() / one;
    const std::int64_t units_rest = quantity.units() % one;
    const std::int64_t rests = minor_rest * units_rest;  // below 10^18
    std::int64_t rounded = rests / one;
    const std::int64_t left_over = rests % one;
    if (left_over * 2 >= one) ++rounded;
    if (left_over * 2 <= -one) --rounded;
    std::int64_t high = 0;
    std::int64_t low = 0;
    std::int64_t minor = 0;
    if (__builtin_mul_overflow(minor_whole, quantity.units(), &high)
        || __builtin_mul_overflow(minor_rest, units_whole, &low)
        || __builtin_add_overflow(high, low, &minor)
        || __builtin_add_overflow(minor, rounded, &minor)) {
        return std::nullopt;
    }
    return Money(minor, price.currency_);
}

std::string Money::str() const {
    return Decimal(minor_, currency_.places()).str();
}

Money operator+(Money left, Money right) {
    require_one_currency(left, right);
    std::int64_t sum = 0;
    if (__builtin_add_overflow(left.minor_, right.minor_, &sum)) {
        throw std::logic_error("a sum of money does not fit 64 bits");
    }
    return {sum, left.currency_};
}

Money operator-(Money left, Money right) {
    require_one_currency(left, right);
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(left.minor_, right.minor_, &difference)) {
        throw std::logic_error("a difference of money does not fit 64 bits");
    }
    return {difference, left.currency_};
}

bool operator<(Money left, Money right) {
    require_one_currency(left, right);
    return left.minor_ < right.minor_;
}

}  // namespace linuxcash
