// SPDX-License-Identifier: Apache-2.0
#include "core/slip.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "core/slip_layout.h"

namespace linuxcash::core::slip {

namespace {

constexpr std::size_t kEanDigits = 13;

bool is_digit(char symbol) {
    return symbol >= '0' && symbol <= '9';
}

// The digits weigh 1 and 3 in turn, and the check digit makes the sum a multiple of ten.
char check_digit(std::string_view twelve) {
    int sum = 0;
    for (std::size_t index = 0; index < twelve.size(); ++index)
        sum += (twelve[index] - '0') * (index % 2 == 0 ? 1 : 3);
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

Slip& part_of(std::vector<Part>& parts, const std::string& target) {
    for (Part& part : parts) {
        if (part.target == target) return part.slip;
    }
    parts.push_back({target, {}});
    return parts.back().slip;
}

}  // namespace

std::optional<std::string> ean13(std::string_view digits) {
    const bool whole = digits.size() == kEanDigits;
    if (!whole && digits.size() != kEanDigits - 1) return std::nullopt;
    if (!std::all_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;
    const std::string_view twelve = digits.substr(0, kEanDigits - 1);
    const char check = check_digit(twelve);
    if (whole && digits.back() != check) return std::nullopt;
    return std::string(twelve) + check;
}

std::vector<Part> by_target(const Slip& slip) {
    std::vector<Part> parts;
    std::string target;
    for (const Element& element : slip.elements) {
        if (const auto* next = std::get_if<Target>(&element)) {
            target = next->name;
            continue;
        }
        part_of(parts, target).elements.push_back(element);
    }
    return parts;
}

std::vector<std::string> plain_text(const Slip& slip, int columns) {
    std::vector<std::string> lines;
    for (Row& row : lay_out(slip, Page::of_text(columns))) {
        if (auto* text = std::get_if<TextRow>(&row)) lines.push_back(std::move(text->text));
    }
    return lines;
}

}  // namespace linuxcash::core::slip
