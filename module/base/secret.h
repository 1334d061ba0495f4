// SPDX-License-Identifier: Apache-2.0
// A value that must not be seen: it has no printing, and its bytes are wiped when it goes. Plain
// values, no threads.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace linuxcash {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string bytes);
    Secret(const Secret&) = default;
    Secret(Secret&& other) noexcept;
    Secret& operator=(const Secret& other);
    Secret& operator=(Secret&& other) noexcept;
    ~Secret();

    [[nodiscard]] bool empty() const { return bytes_.empty(); }
    // Only for the wire and for its own file; never for a log, an error or a screen.
    [[nodiscard]] const std::string& reveal() const { return bytes_; }

    friend bool operator==(const Secret&, const Secret&) = default;

private:
    void wipe() noexcept;

    std::string bytes_;
};

// What logs and screens may show instead of a number: all but the last `shown` characters as *;
// wholly masked when it is not longer than twice `shown`.
[[nodiscard]] std::string masked(std::string_view number, std::size_t shown = 4);

}  // namespace linuxcash
