// SPDX-License-Identifier: Apache-2.0
#include "terminal/dialog_rules.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/decimal.h"
#include "base/printable.h"

namespace linuxcash::terminal {

namespace {

constexpr std::size_t kPhoneDigitsMin = 7;
constexpr std::size_t kPhoneDigitsMax = 15;

Error wrong(Text text) {
    return Error{ErrorCode::InvalidInput, std::move(text)};
}

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

bool is_number(const std::string& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_phone(const std::string& text) {
    const std::string digits = text.starts_with('+') ? text.substr(1) : text;
    return is_number(digits) && digits.size() >= kPhoneDigitsMin
           && digits.size() <= kPhoneDigitsMax;
}

bool fits(host::Input input, const std::string& text) {
    switch (input) {
        case host::Input::Number:
            return is_number(text);
        case host::Input::Decimal:
            return Decimal::parse(text).has_value();
        case host::Input::Phone:
            return is_phone(text);
        case host::Input::Text:
        case host::Input::Scan:
        case host::Input::Card:
            return true;
    }
    return false;
}

// How a value came in: the first way that the dialog takes, of those that `by` can mean.
std::optional<host::Input> way_of(const host::Ask& ask, const GivenValue& given) {
    using host::Input;
    std::vector<Input> ways;
    if (given.by == "scanner") {
        ways = {Input::Scan};
    } else if (given.by == "reader") {
        ways = {Input::Card};
    } else if (given.by == "keyboard") {
        ways = {Input::Number, Input::Decimal, Input::Phone, Input::Text, Input::Card};
    } else {
        ways = {Input::Scan, Input::Number, Input::Decimal, Input::Phone, Input::Card, Input::Text};
    }
    const auto way = std::find_if(ways.begin(), ways.end(), [&](Input input) {
        return ask.accepts.has(input) && fits(input, given.text);
    });
    if (way == ways.end()) return std::nullopt;
    return *way;
}

Result<> check_limits(const host::Ask& ask, const std::string& text) {
    if (ask.max_length > 0 && character_count(text) > static_cast<std::size_t>(ask.max_length)) {
        return wrong(tr("ответ длиннее %1 знаков", ask.max_length));
    }
    const auto value = Decimal::parse(text);
    const auto min = Decimal::parse(ask.min.value_or(""));
    const auto max = Decimal::parse(ask.max.value_or(""));
    if (min && (!value || Decimal::compare(*value, *min) < 0)) {
        return wrong(tr("нужно число не меньше %1", *ask.min));
    }
    if (max && (!value || Decimal::compare(*value, *max) > 0)) {
        return wrong(tr("нужно число не больше %1", *ask.max));
    }
    return Done{};
}

}  // namespace

Result<host::Value> accept_value(const host::Ask& ask, const GivenValue& given) {
    const auto way = way_of(ask, given);
    if (!way) return wrong(tr("такой ответ здесь не подходит"));
    if (const Result<> checked = check_limits(ask, given.text); !checked) return checked.error();
    return host::Value{given.text, *way};
}

std::optional<Prepared> take_prepared(std::deque<Prepared>& prepared, const host::Ask& ask) {
    const auto found = std::find_if(prepared.begin(), prepared.end(), [&ask](const Prepared& each) {
        return each.input && ask.accepts.has(*each.input);
    });
    if (found == prepared.end()) return std::nullopt;
    Prepared taken = std::move(*found);
    prepared.erase(found);
    return taken;
}

std::optional<Prepared> take_prepared_choice(std::deque<Prepared>& prepared) {
    const auto found = std::find_if(
        prepared.begin(), prepared.end(), [](const Prepared& each) { return !each.input; });
    if (found == prepared.end()) return std::nullopt;
    Prepared taken = std::move(*found);
    prepared.erase(found);
    return taken;
}

bool is_sensitive(const host::Ask& ask) {
    return ask.masked || ask.accepts.has(host::Input::Card) || ask.accepts.has(host::Input::Phone)
           || ask.accepts.has(host::Input::Scan);
}

}  // namespace linuxcash::terminal
