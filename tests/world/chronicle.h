// SPDX-License-Identifier: Apache-2.0
// What happened in a world, in order, for reading a failure; written only when somebody will read
// it. One thread.
#pragma once

#include <string>
#include <vector>

#include "base/text.h"
#include "core/ports.h"
#include "fakes/sim_ports.h"

namespace linuxcash::world {

class Chronicle : public core::Log {
public:
    Chronicle(const fakes::SimClock& clock, bool kept) : clock_(clock), kept_(kept) {}

    [[nodiscard]] bool kept() const { return kept_; }
    // `make` gives the line; it is not called when nobody will read it.
    template <typename Make>
    void say(Make make) {
        if (kept_) add(make());
    }
    void write(core::LogLevel, const Text& text) noexcept override {
        if (kept_) add("    " + text.russian());
    }
    [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

private:
    void add(std::string line) {
        constexpr core::Millis kSecond = 1'000;
        std::string stamp = std::to_string(clock_.now / kSecond) + '.';
        const std::string rest = std::to_string(clock_.now % kSecond);
        stamp.append(3 - rest.size(), '0').append(rest);
        lines_.push_back(stamp + "  " + std::move(line));
    }

    const fakes::SimClock& clock_;
    bool kept_;
    std::vector<std::string> lines_;
};

}  // namespace linuxcash::world
