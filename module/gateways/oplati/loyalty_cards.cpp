// SPDX-License-Identifier: Apache-2.0
#include "gateways/oplati/loyalty_cards.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "gateways/oplati/error_body.h"
#include "gateways/oplati/scanned_code.h"
#include "gateways/oplati/wire.h"

namespace linuxcash::oplati {
namespace {

bool is_printable(char each) {
    return each >= ' ' && each < '\x7f';
}

bool is_digit(char each) {
    return each >= '0' && each <= '9';
}

// A text, or a number that is digits alone: 1e5 is no card.
std::optional<std::string> card_number(const json::Value& card) {
    const json::Value* member = card.find("number");
    if (member == nullptr) return std::nullopt;
    const auto text = member->scalar_text();
    if (!text) return std::nullopt;
    const std::string_view number = without_blanks_around(*text);
    if (number.empty() || number.size() > wire::kCardNumberLimit) return std::nullopt;
    if (!std::all_of(number.begin(), number.end(), is_printable)) return std::nullopt;
    const bool counted = member->kind() == json::Kind::Number;
    if (counted && !std::all_of(number.begin(), number.end(), is_digit)) return std::nullopt;
    return std::string(number);
}

}  // namespace

std::vector<core::LoyaltyCard> loyalty_cards(const json::Value& reply) {
    std::vector<core::LoyaltyCard> cards;
    const json::Array* entries = reply.array(wire::kCardsMember);
    if (entries == nullptr) return cards;
    for (const json::Value& entry : *entries) {
        auto number = card_number(entry);
        if (!number) continue;
        const bool known = std::any_of(
            cards.begin(), cards.end(), [&](const auto& card) { return card.number == *number; });
        if (known) continue;
        if (cards.size() == wire::kCardsLimit) break;
        cards.push_back(
            {*std::move(number), shown(entry.string("name").value_or(""), wire::kCardNameLimit)});
    }
    return cards;
}

}  // namespace linuxcash::oplati
