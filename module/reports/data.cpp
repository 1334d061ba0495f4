// SPDX-License-Identifier: Apache-2.0
#include "reports/data.h"

#include <algorithm>
#include <type_traits>

namespace linuxcash::reports {

Record& Record::set(std::string name, Value value) {
    const auto found = std::find_if(
        fields_.begin(), fields_.end(), [&](const auto& each) { return each.first == name; });
    if (found != fields_.end()) {
        found->second = std::move(value);
    } else {
        fields_.emplace_back(std::move(name), std::move(value));
    }
    return *this;
}

const Value* Record::find(std::string_view name) const {
    const auto found = std::find_if(
        fields_.begin(), fields_.end(), [&](const auto& each) { return each.first == name; });
    return found == fields_.end() ? nullptr : &found->second;
}

bool Value::filled() const {
    return std::visit(
        [](const auto& held) {
            using Held = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<Held, std::string> || std::is_same_v<Held, Values>) {
                return !held.empty();
            } else if constexpr (std::is_same_v<Held, Decimal>) {
                return held.units() != 0;
            } else if constexpr (std::is_same_v<Held, Money>) {
                return !held.is_zero();
            } else {
                return true;
            }
        },
        what);
}

const Shape* Shape::find(std::string_view field) const {
    const auto found = std::find_if(
        fields.begin(), fields.end(), [&](const Shape& each) { return each.name == field; });
    return found == fields.end() ? nullptr : &*found;
}

}  // namespace linuxcash::reports
