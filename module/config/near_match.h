// SPDX-License-Identifier: Apache-2.0
// Which known word a mistyped one was meant to be. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace linuxcash::config {

// The candidate that differs by case alone or by at most two letters (added, dropped or changed),
// the nearest first; empty when none is near.
[[nodiscard]] std::string near_match(
    std::string_view word, const std::vector<std::string>& candidates);

}  // namespace linuxcash::config
