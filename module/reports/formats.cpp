// SPDX-License-Identifier: Apache-2.0
#include "reports/formats.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace linuxcash::reports {

namespace {

// "-1234.50" with a comma and groups of three, as asked.
std::string dressed(std::string number, bool comma, bool grouped) {
    const std::size_t begin = number.find_first_not_of('-');
    std::size_t point = std::min(number.find('.'), number.size());
    if (comma && point < number.size()) number[point] = ',';
    constexpr std::size_t kGroup = 3;
    while (grouped && point > begin + kGroup) {
        point -= kGroup;
        number.insert(point, " ");
    }
    return number;
}

std::string digits(int number, std::size_t width) {
    std::string text = std::to_string(number);
    if (text.size() < width) text.insert(0, width - text.size(), '0');
    return text.size() > width ? text.substr(text.size() - width) : text;
}

std::string dated(const Time& at, std::string_view pattern) {
    const std::array<std::pair<std::string_view, int>, 7> parts{{
        {"yyyy", at.year},
        {"dd", at.day},
        {"MM", at.month},
        {"yy", at.year},
        {"HH", at.hour},
        {"mm", at.minute},
        {"ss", at.second},
    }};
    std::string text;
    while (!pattern.empty()) {
        const auto* part = std::find_if(parts.begin(), parts.end(), [&](const auto& each) {
            return pattern.substr(0, each.first.size()) == each.first;
        });
        if (part == parts.end()) {
            text += pattern.front();
            pattern.remove_prefix(1);
        } else {
            text += digits(part->second, part->first.size());
            pattern.remove_prefix(part->first.size());
        }
    }
    return text;
}

std::optional<std::string> plain(const Value& value) {
    return std::visit(
        [](const auto& held) -> std::optional<std::string> {
            using Held = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<Held, std::string>) {
                return held;
            } else if constexpr (std::is_same_v<Held, Decimal> || std::is_same_v<Held, Money>) {
                return held.str();
            } else if constexpr (std::is_same_v<Held, Time>) {
                return dated(held, "dd.MM.yyyy HH:mm:ss");
            } else {
                return std::nullopt;
            }
        },
        value.what);
}

std::optional<std::string> as_number(const Value& value, const NumberFormat& format) {
    const auto* number = std::get_if<Decimal>(&value.what);
    if (number == nullptr) return std::nullopt;
    const auto shown = format.places ? number->rounded(*format.places) : *number;
    if (!shown) return std::nullopt;
    return dressed(shown->str(), format.comma, format.grouped);
}

std::optional<std::string> as_money(const Value& value, const MoneyFormat& format) {
    constexpr int kPlaces = 2;
    if (const auto* sum = std::get_if<Money>(&value.what)) {
        std::string text = dressed(sum->str(), format.comma, format.grouped);
        if (format.code) text += " " + std::string(sum->currency().code());
        return text;
    }
    const auto* number = std::get_if<Decimal>(&value.what);
    const auto rounded = number == nullptr ? std::nullopt : number->rounded(kPlaces);
    if (!rounded) return std::nullopt;
    return dressed(rounded->str(), format.comma, format.grouped);
}

// The same scale for both; nullopt when one of them overflows.
std::optional<std::pair<Decimal, Decimal>> level(Decimal left, Decimal right) {
    const int scale = std::max(left.scale(), right.scale());
    const auto one = left.rounded(scale);
    const auto other = right.rounded(scale);
    if (!one || !other) return std::nullopt;
    return std::pair(*one, *other);
}

std::optional<std::int64_t> total(std::int64_t left, std::int64_t right) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(left, right, &sum)) return std::nullopt;
    return sum;
}

}  // namespace

std::optional<std::string> formatted(const Value& value, const Format& format) {
    return std::visit(
        [&](const auto& wish) -> std::optional<std::string> {
            using Wish = std::decay_t<decltype(wish)>;
            if constexpr (std::is_same_v<Wish, PlainFormat>) {
                return plain(value);
            } else if constexpr (std::is_same_v<Wish, NumberFormat>) {
                return as_number(value, wish);
            } else if constexpr (std::is_same_v<Wish, MoneyFormat>) {
                return as_money(value, wish);
            } else {
                const auto* moment = std::get_if<Time>(&value.what);
                if (moment == nullptr) return std::nullopt;
                return dated(*moment, wish.pattern);
            }
        },
        format);
}

bool fits(Kind kind, const Format& format) {
    return std::visit(
        [kind](const auto& wish) {
            using Wish = std::decay_t<decltype(wish)>;
            if constexpr (std::is_same_v<Wish, PlainFormat>) {
                return kind != Kind::List && kind != Kind::Record;
            } else if constexpr (std::is_same_v<Wish, NumberFormat>) {
                return kind == Kind::Number;
            } else if constexpr (std::is_same_v<Wish, MoneyFormat>) {
                return kind == Kind::Money || kind == Kind::Number;
            } else {
                return kind == Kind::Time;
            }
        },
        format);
}

std::string_view name(const Format& format) {
    constexpr std::array<std::string_view, 4> kNames{"", "number", "money", "date"};
    return kNames[format.index()];
}

bool same(const Value& value, const std::string& text) {
    if (const auto* words = std::get_if<std::string>(&value.what)) return *words == text;
    const auto wanted = Decimal::parse(text);
    if (const auto* number = std::get_if<Decimal>(&value.what)) return wanted && *wanted == *number;
    if (const auto* sum = std::get_if<Money>(&value.what)) {
        return wanted && *wanted == Decimal(sum->minor(), sum->currency().places());
    }
    return false;
}

std::optional<Value> added(const std::optional<Value>& so_far, const Value& more) {
    const auto* sum = std::get_if<Money>(&more.what);
    const auto* number = std::get_if<Decimal>(&more.what);
    if (sum == nullptr && number == nullptr) return std::nullopt;
    if (!so_far) return more;
    if (sum != nullptr) {
        const auto* before = std::get_if<Money>(&so_far->what);
        if (before == nullptr || before->currency() != sum->currency()) return std::nullopt;
        const auto minor = total(before->minor(), sum->minor());
        if (!minor) return std::nullopt;
        return Value(Money(*minor, sum->currency()));
    }
    const auto* before = std::get_if<Decimal>(&so_far->what);
    const auto both = before == nullptr ? std::nullopt : level(*before, *number);
    const auto units =
        both ? total(both->first.units(), both->second.units()) : std::optional<std::int64_t>();
    if (!units) return std::nullopt;
    return Value(Decimal(*units, both->first.scale()));
}

}  // namespace linuxcash::reports
