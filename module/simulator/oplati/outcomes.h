// SPDX-License-Identifier: Apache-2.0
// What the kopecks of a sum ask the simulated O!plati to do. Pure, any thread.
#pragma once

#include <optional>
#include <span>

#include "base/money.h"
#include "simulator/rules.h"

namespace linuxcash::simulator::oplati {

struct Outcome {
    int kopecks;  // the last two digits of the sum
    const char* meaning;  // Russian, for --help
};

// In the order of --help; the README has the same list.
[[nodiscard]] std::span<const Outcome> outcomes();

// Nullopt: the sum asks for nothing.
[[nodiscard]] std::optional<Effect> effect_of_sum(Money sum);

}  // namespace linuxcash::simulator::oplati
