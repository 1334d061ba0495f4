// SPDX-License-Identifier: Apache-2.0
// How the virtual printer feels, and the bytes that say so. Plain values, one thread at a time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace linuxcash::simulator {

struct PrinterState {
    bool paper_out = false;
    bool paper_near_end = false;
    bool cover_open = false;
    bool cutter_stuck = false;
    bool drawer_open = false;  // the sensor's pin 3 is high

    // It prints nothing until somebody helps.
    [[nodiscard]] bool blocked() const { return paper_out || cover_open || cutter_stuck; }
    friend bool operator==(const PrinterState&, const PrinterState&) = default;
};

// The answer to DLE EOT n; nullopt for a number that has none.
[[nodiscard]] std::optional<char> real_time_status(const PrinterState& state, int number);
// The answer to GS r n.
[[nodiscard]] std::optional<char> queued_status(const PrinterState& state, int number);
// Four bytes.
[[nodiscard]] std::string automatic_status(const PrinterState& state);

struct RealTime {
    std::string questions;  // the numbers n of DLE EOT n
    int pulses = 0;  // of the drawer: DLE DC4 1 m t
};

// Finds what is obeyed the moment that it comes, also inside the data of other commands, as simple
// firmware does.
class RealTimeCommands {
public:
    [[nodiscard]] RealTime take(std::string_view bytes);

private:
    std::string matched_;  // the beginning of a command
};

}  // namespace linuxcash::simulator
