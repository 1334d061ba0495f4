// SPDX-License-Identifier: Apache-2.0
// Values as text. For this folder's sources; pure, any thread.
#pragma once

#include <optional>
#include <string>

#include "reports/data.h"
#include "reports/tree.h"

namespace linuxcash::reports {

// nullopt: a value of that kind is not written so.
[[nodiscard]] std::optional<std::string> formatted(const Value& value, const Format& format);
// Whether values of that kind are.
[[nodiscard]] bool fits(Kind kind, const Format& format);
// "money", "number", "date"; empty: no format.
[[nodiscard]] std::string_view name(const Format& format);

// Whether the text names the same: numbers by value.
[[nodiscard]] bool same(const Value& value, const std::string& text);

// Adds `more` to what was added up so far; nothing yet is 0. nullopt: both do not add up, or the
// sum is too large.
[[nodiscard]] std::optional<Value> added(const std::optional<Value>& so_far, const Value& more);

}  // namespace linuxcash::reports
