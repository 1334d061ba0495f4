// SPDX-License-Identifier: Apache-2.0
// Numbers for tokens, codes and ids: the same from the same seed, or different each time. One
// thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace linuxcash::simulator {

class Random {
public:
    // Without a seed the system chooses one.
    explicit Random(std::optional<std::uint64_t> seed);

    [[nodiscard]] std::uint64_t next();
    // `count` decimal digits; the first may be 0.
    [[nodiscard]] std::string digits(std::size_t count);
    // 36 characters of the form 8-4-4-4-12.
    [[nodiscard]] std::string uuid();
    [[nodiscard]] std::string bytes(std::size_t count);

private:
    std::uint64_t state_;
};

}  // namespace linuxcash::simulator
