// SPDX-License-Identifier: Apache-2.0
// Exact decimal numbers: the only way in which fractions enter this tree. Plain values, no threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace linuxcash {

// units × 10^-scale, e.g. 0.732 = 732 × 10^-3. Scale is 0 … kScaleMax.
class Decimal {
public:
    static constexpr int kScaleMax = 9;

    constexpr Decimal() = default;
    constexpr Decimal(std::int64_t units, int scale) : units_(units), scale_(scale) {}

    // Strict: an optional minus, digits, at most one point with digits on both sides. No exponent,
    // plus sign, blanks, or more than kScaleMax places; nothing that overflows 64 bits.
    [[nodiscard]] static std::optional<Decimal> parse(std::string_view text);

    [[nodiscard]] constexpr std::int64_t units() const { return units_; }
    [[nodiscard]] constexpr int scale() const { return scale_; }

    // The same number with `places` places, half away from zero; nullopt on overflow.
    [[nodiscard]] std::optional<Decimal> rounded(int places) const;
    // Trailing zeros of the fraction dropped: 2.500 → 2.5, 3.00 → 3.
    [[nodiscard]] Decimal normalized() const;
    // "0.732"; keeps the scale: Decimal(2450, 2) is "24.50".
    [[nodiscard]] std::string str() const;

    // The exact product; nullopt on overflow or a scale above kScaleMax.
    [[nodiscard]] static std::optional<Decimal> product(Decimal left, Decimal right);
    // By value, not by representation: 2.50 == 2.5.
    [[nodiscard]] static int compare(Decimal left, Decimal right);
    friend bool operator==(Decimal left, Decimal right) { return compare(left, right) == 0; }

private:
    std::int64_t units_ = 0;
    int scale_ = 0;
};

}  // namespace linuxcash
