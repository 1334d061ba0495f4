// SPDX-License-Identifier: Apache-2.0
#include "terminal/big_digits.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace linuxcash::terminal {

namespace {

constexpr std::size_t kRows = 5;

// Three columns and five rows each; a # is drawn.
constexpr std::array<std::array<std::string_view, kRows>, 10> kDigits{{
    {"###", "# #", "# #", "# #", "###"},
    {" # ", "## ", " # ", " # ", "###"},
    {"###", "  #", "###", "#  ", "###"},
    {"###", "  #", "###", "  #", "###"},
    {"# #", "# #", "###", "  #", "  #"},
    {"###", "#  ", "###", "  #", "###"},
    {"###", "#  ", "###", "# #", "###"},
    {"###", "  #", "  #", "  #", "  #"},
    {"###", "# #", "###", "# #", "###"},
    {"###", "# #", "###", "  #", "###"},
}};

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

}  // namespace

std::string code_in(std::string_view text) {
    std::string_view longest;
    std::size_t place = 0;
    while (place < text.size()) {
        const auto begin =
            std::find_if(text.begin() + static_cast<std::ptrdiff_t>(place), text.end(), is_digit);
        const auto end = std::find_if_not(begin, text.end(), is_digit);
        const auto from = static_cast<std::size_t>(begin - text.begin());
        const auto count = static_cast<std::size_t>(end - begin);
        if (count > longest.size()) longest = text.substr(from, count);
        place = from + count;
    }
    return std::string(longest);
}

std::vector<std::string> big_digits(std::string_view digits) {
    const bool fits = !digits.empty() && digits.size() <= kBigDigitsMax
                      && std::all_of(digits.begin(), digits.end(), is_digit);
    if (!fits) return {};
    std::vector<std::string> lines(kRows);
    for (std::size_t row = 0; row < kRows; ++row) {
        for (const char digit : digits) {
            const std::size_t index = static_cast<std::size_t>(digit - '0');
            for (const char point : kDigits.at(index).at(row))
                lines[row] += point == '#' ? "██" : "  ";
            lines[row] += "  ";
        }
        lines[row].erase(lines[row].find_last_not_of(' ') + 1);
    }
    return lines;
}

}  // namespace linuxcash::terminal
