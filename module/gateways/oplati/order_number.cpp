// SPDX-License-Identifier: Apache-2.0
#include "gateways/oplati/order_number.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/integer.h"

namespace linuxcash::oplati {
namespace {

constexpr std::size_t kDeskLimit = 8;
constexpr std::size_t kShiftLimit = 6;
constexpr std::size_t kReceiptLimit = 8;
constexpr int kYearDigits = 4;

std::string last_digits(std::int64_t number, std::size_t limit) {
    std::string digits = std::to_string(std::max<std::int64_t>(number, 0));
    if (digits.size() > limit) digits.erase(0, digits.size() - limit);
    return digits;
}

std::string ascii_desk(const std::string& desk) {
    std::string kept;
    for (const char each : desk) {
        const bool fits = (each >= '0' && each <= '9') || (each >= 'A' && each <= 'Z')
                          || (each >= 'a' && each <= 'z');
        if (fits && kept.size() < kDeskLimit) kept += each;
    }
    return kept.empty() ? "0" : kept;
}

std::optional<std::chrono::year_month_day> day_of(
    std::string_view year, std::string_view month, std::string_view day) {
    const auto digits = [](std::string_view text) -> std::int64_t {
        if (text.starts_with('-')) return -1;
        return parse_integer(text).value_or(-1);
    };
    const std::array numbers{digits(year), digits(month), digits(day)};
    if (std::any_of(numbers.begin(), numbers.end(), [](std::int64_t each) { return each < 0; })) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{
        std::chrono::year(static_cast<int>(numbers[0])),
        std::chrono::month(static_cast<unsigned>(numbers[1])),
        std::chrono::day(static_cast<unsigned>(numbers[2]))};
    if (!date.ok()) return std::nullopt;
    return date;
}

std::string padded(std::int64_t number, std::size_t width) {
    std::string digits = std::to_string(number);
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    return digits;
}

// YYYY-MM-DD
std::optional<std::chrono::year_month_day> parse_iso(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    return day_of(text.substr(0, 4), text.substr(5, 2), text.substr(8, 2));
}

}  // namespace

std::string order_number(const OperationId& id, const core::Receipt& receipt) {
    return ascii_desk(receipt.desk) + '-' + last_digits(receipt.shift, kShiftLimit) + '-'
           + last_digits(receipt.number, kReceiptLimit) + '-' + id.base32();
}

std::string refund_number(const std::string& order_number) {
    return order_number + 'R';
}

std::string shift_label(const core::Receipt& receipt) {
    const std::string number = last_digits(receipt.shift, kShiftLimit);
    const auto date = parse_iso(receipt.shift_date);
    if (!date) return number;
    return padded(static_cast<unsigned>(date->day()), 2)
           + padded(static_cast<unsigned>(date->month()), 2)
           + padded(static_cast<int>(date->year()), kYearDigits) + '-' + number;
}

}  // namespace linuxcash::oplati
