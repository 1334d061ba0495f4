// SPDX-License-Identifier: Apache-2.0
#include "core/ports.h"

#include <algorithm>

namespace linuxcash::core {

std::optional<std::string> Reply::header(std::string_view name) const {
    auto found = std::find_if(
        headers.begin(), headers.end(), [&](const Header& each) { return each.name == name; });
    if (found == headers.end()) return std::nullopt;
    return found->value;
}

}  // namespace linuxcash::core
