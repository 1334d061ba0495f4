// SPDX-License-Identifier: Apache-2.0
// Money: 64-bit minor units and an ISO 4217 currency; floating point never meets it. Plain values,
// no threads.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"

namespace linuxcash {

// One of the currencies this product knows, with its number of minor places.
class Currency {
public:
    constexpr Currency() = default;  // BYN, the default of `[Main] currency`

    // "BYN", "RUB", "KZT", "UZS", "USD", "EUR", "CNY"; nullopt for anything else.
    [[nodiscard]] static std::optional<Currency> parse(std::string_view code);

    // Good for ever: it outlives the currency that was asked.
    [[nodiscard]] std::string_view code() const;
    [[nodiscard]] int places() const { return 2; }

    friend bool operator==(const Currency&, const Currency&) = default;

private:
    std::array<char, 3> code_{'B', 'Y', 'N'};
};

class Money {
public:
    constexpr Money() = default;
    constexpr Money(std::int64_t minor, Currency currency) : minor_(minor), currency_(currency) {}

    // "24.50" or "24.5" or "24"; more places than the currency has are refused unless they are
    // zeros.
    [[nodiscard]] static std::optional<Money> parse(std::string_view text, Currency currency);
    // price × quantity, rounded half away from zero to the minor unit.
    [[nodiscard]] static std::optional<Money> of(Money price, Decimal quantity);

    [[nodiscard]] constexpr std::int64_t minor() const { return minor_; }
    [[nodiscard]] constexpr Currency currency() const { return currency_; }
    [[nodiscard]] constexpr bool is_positive() const { return minor_ > 0; }
    [[nodiscard]] constexpr bool is_zero() const { return minor_ == 0; }
    // Whether a document from outside may name it: sums of a hundred thousand such fit 64 bits.
    [[nodiscard]] constexpr bool is_plausible() const {
        constexpr std::int64_t kMinorMax = 10'000'000'000'000;
        return -kMinorMax <= minor_ && minor_ <= kMinorMax;
    }
    // "24.50": always with the currency's places.
    [[nodiscard]] std::string str() const;

    // Both must be of one currency and the sum within 64 bits: a broken invariant otherwise
    // (std::logic_error).
    friend Money operator+(Money left, Money right);
    friend Money operator-(Money left, Money right);
    // By amount; comparing different currencies is a broken invariant (std::logic_error), equality
    // is not.
    friend bool operator<(Money left, Money right);
    friend bool operator==(const Money&, const Money&) = default;

private:
    std::int64_t minor_ = 0;
    Currency currency_;
};

}  // namespace linuxcash
