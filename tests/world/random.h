// SPDX-License-Identifier: Apache-2.0
// Numbers from a seed, the same on every machine. Plain values, one thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace linuxcash::world {

class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    // SplitMix64: every seed, 0 too, is as good as any other.
    [[nodiscard]] std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15ULL;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
        return mixed ^ (mixed >> 31);
    }
    // From `low` to `high`, both included.
    [[nodiscard]] std::int64_t between(std::int64_t low, std::int64_t high) {
        const auto width = static_cast<std::uint64_t>(high - low) + 1;
        return low + static_cast<std::int64_t>(next() % width);
    }
    [[nodiscard]] bool percent(int chance) { return between(0, 99) < chance; }
    template <typename T, std::size_t Size>
    [[nodiscard]] const T& one_of(const std::array<T, Size>& choices) {
        return choices[next() % Size];
    }
    // A stream of its own: what one part of the world draws moves no other part.
    [[nodiscard]] Random split() { return Random(next()); }

private:
    std::uint64_t state_;
};

}  // namespace linuxcash::world
