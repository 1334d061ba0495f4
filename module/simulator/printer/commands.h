// SPDX-License-Identifier: Apache-2.0
// Where ESC/POS commands begin and end: read from the makers' references, not from the code that
// writes ours. Pure, any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace linuxcash::simulator {

inline constexpr std::size_t kCommandBytesMax = std::size_t{4} * 1024 * 1024;

struct Command {
    enum class Kind {
        Letter,  // one byte of text
        Known,  // the prefix names it, the rest are its parameters
        Unknown,  // skipped, and what follows is read as if nothing had been there
    };
    Kind kind = Kind::Unknown;
    std::size_t prefix = 0;  // bytes, at the start of it
    std::size_t size = 0;  // all bytes, at least 1

    friend bool operator==(const Command&, const Command&) = default;
};

// The command at the start of `bytes`, which are not empty; nullopt when its end has not come yet.
[[nodiscard]] std::optional<Command> next_command(std::string_view bytes);

}  // namespace linuxcash::simulator
