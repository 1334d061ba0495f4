// SPDX-License-Identifier: Apache-2.0
// When the register's process dies: at any call that it makes of the world. One thread.
#pragma once

#include <optional>

#include "world/chronicle.h"
#include "world/faults.h"

namespace linuxcash::world {

// Thrown out of a call of the world, through the engine, to the world's loop: the process is no
// more.
struct Killed {
    bool power = false;  // and with it whatever was not on the disk yet
};

class Mortality {
public:
    Mortality(Faults& faults, Chronicle& chronicle, int deaths)
        : faults_(faults), chronicle_(chronicle), deaths_(deaths) {}

    // A new process begins; it may die after some calls.
    void born() {
        constexpr int kSoon = 6;
        constexpr int kLater = 60;
        left_.reset();
        if (deaths_ <= 0) return;
        left_ = faults_.random().between(1, faults_.random().percent(30) ? kSoon : kLater);
    }
    void set_recovering(bool recovering) { recovering_ = recovering; }

    // Throws Killed when the time has come.
    void may_die(Fault where) {
        if (!left_ || --*left_ > 0) return;
        left_.reset();
        if (!faults_.allow(where)) return;
        --deaths_;
        if (recovering_) static_cast<void>(faults_.allow(Fault::KilledInRecovery));
        const bool power = faults_.random().percent(40) && faults_.allow(Fault::PowerCut);
        chronicle_.say([&] {
            return std::string(power ? "### POWER CUT: " : "### KILLED: ")
                   + std::string(name(where));
        });
        throw Killed{power};
    }

private:
    Faults& faults_;
    Chronicle& chronicle_;
    int deaths_;
    std::optional<std::int64_t> left_;
    bool recovering_ = false;
};

}  // namespace linuxcash::world
