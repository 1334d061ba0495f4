// SPDX-License-Identifier: Apache-2.0
// One world from one seed: the product's machines, channel, engine and O!плати gateway among a
// simulated clock, wire, bank, disk and register. The same seed gives the same world. One thread.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "world/checker.h"
#include "world/faults.h"
#include "world/host.h"
#include "world/planted.h"

namespace linuxcash::world {

struct Order {
    std::uint64_t seed = 0;
    Bug bug = Bug::None;
    int fault_limit = std::numeric_limits<int>::max();
    bool chronicle = false;
};

struct Story {
    std::optional<Violation> violation;
    FaultCounts faults{};
    int happened = 0;
    OutcomeCounts outcomes;
    int starts = 0;
    std::uint64_t turns = 0;
    std::vector<std::string> chronicle;
};

[[nodiscard]] Story run_world(const Order& order);

// The smallest number of faults, counted from the beginning, with which the world still fails.
[[nodiscard]] int fewest_faults(Order order, int happened);

}  // namespace linuxcash::world
