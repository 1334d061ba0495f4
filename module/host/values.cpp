// SPDX-License-Identifier: Apache-2.0
#include "host/values.h"

#include <algorithm>
#include <array>
#include <utility>

#include "linuxcash/paysystem.h"

namespace linuxcash::host {

namespace {

constexpr std::array<std::pair<Outcome, std::string_view>, 6> kOutcomes{{
    {Outcome::Approved, "approved"},
    {Outcome::Declined, "declined"},
    {Outcome::Cancelled, "cancelled"},
    {Outcome::Refused, "refused"},
    {Outcome::Unknown, "unknown"},
    {Outcome::Done, "done"},
}};

constexpr std::array<std::pair<Level, std::string_view>, 3> kLevels{{
    {Level::Info, "info"},
    {Level::Warning, "warning"},
    {Level::Error, "error"},
}};

struct InputRow {
    Input input;
    std::int32_t bit;
    std::string_view word;
};

constexpr std::array<InputRow, 6> kInputs{{
    {Input::Text, LC_ACCEPT_TEXT, "text"},
    {Input::Number, LC_ACCEPT_NUMBER, "number"},
    {Input::Decimal, LC_ACCEPT_DECIMAL, "decimal"},
    {Input::Phone, LC_ACCEPT_PHONE, "phone"},
    {Input::Scan, LC_ACCEPT_SCAN, "scan"},
    {Input::Card, LC_ACCEPT_CARD, "card"},
}};

}  // namespace

std::string_view name(Outcome outcome) {
    for (const auto& [candidate, word] : kOutcomes) {
        if (candidate == outcome) return word;
    }
    return {};
}

std::optional<Outcome> parse_outcome(std::string_view word) {
    for (const auto& [outcome, candidate] : kOutcomes) {
        if (candidate == word) return outcome;
    }
    return std::nullopt;
}

std::string_view name(Level level) {
    for (const auto& [candidate, word] : kLevels) {
        if (candidate == level) return word;
    }
    return {};
}

std::string_view name(Input input) {
    for (const InputRow& row : kInputs) {
        if (row.input == input) return row.word;
    }
    return {};
}

std::optional<Input> parse_input(std::string_view word) {
    for (const InputRow& row : kInputs) {
        if (row.word == word) return row.input;
    }
    return std::nullopt;
}

bool Inputs::has(Input input) const {
    return std::any_of(kInputs.begin(), kInputs.end(), [&](const InputRow& row) {
        return row.input == input && (bits_ & row.bit) != 0;
    });
}

bool Inputs::empty() const {
    return list().empty();
}

std::vector<Input> Inputs::list() const {
    std::vector<Input> inputs;
    for (const InputRow& row : kInputs) {
        if (has(row.input)) inputs.push_back(row.input);
    }
    return inputs;
}

bool Description::has_operation(std::string_view operation) const {
    return std::find(operations.begin(), operations.end(), operation) != operations.end();
}

}  // namespace linuxcash::host
