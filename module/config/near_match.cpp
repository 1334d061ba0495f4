// SPDX-License-Identifier: Apache-2.0
#include "config/near_match.h"

#include <algorithm>
#include <numeric>

namespace linuxcash::config {

namespace {

constexpr std::size_t kLettersMax = 2;
constexpr std::size_t kWordMax = 64;  // longer words are no keys; keeps the table small

std::string lower_case(std::string_view word) {
    std::string lower(word);
    for (char& letter : lower) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return lower;
}

// Levenshtein's distance, one row of the table at a time.
std::size_t distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t above = 1; above <= left.size(); ++above) {
        std::size_t diagonal = row[0];
        row[0] = above;
        for (std::size_t at = 1; at <= right.size(); ++at) {
            const std::size_t changed = diagonal + (left[above - 1] == right[at - 1] ? 0U : 1U);
            diagonal = row[at];
            row[at] = std::min({changed, row[at] + 1, row[at - 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::string near_match(std::string_view word, const std::vector<std::string>& candidates) {
    if (word.size() > kWordMax) return {};
    std::string nearest;
    std::size_t best = kLettersMax + 1;
    for (const std::string& candidate : candidates) {
        // Two letters of a word of three are no likeness.
        if (candidate.size() > kWordMax || candidate.size() <= kLettersMax) continue;
        const std::size_t letters = distance(lower_case(word), lower_case(candidate));
        if (letters < best && letters < candidate.size() - 1) {
            best = letters;
            nearest = candidate;
        }
    }
    return nearest;
}

}  // namespace linuxcash::config
