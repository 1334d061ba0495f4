// SPDX-License-Identifier: Apache-2.0
// Reports of the register: X and Z, comparisons, the queue. They change nothing and may be repeated
// at will. One thread; may wait for the disk.
#pragma once

#include "base/result.h"
#include "core/slip.h"
#include "terminal/command.h"
#include "terminal/module_watch.h"
#include "terminal/papers.h"
#include "till/till.h"

namespace linuxcash::terminal {

class ReportDesk {
public:
    // All must outlive this.
    struct Parts {
        till::Till& till;
        Papers& papers;
        ModuleWatch& watch;
    };

    explicit ReportDesk(Parts parts) : parts_(parts) {}

    // The error says why there is none, and what to do instead.
    [[nodiscard]] Result<core::slip::Slip> make(const Report& wish);

private:
    [[nodiscard]] Result<reports::Record> data_of(const Report& wish);
    [[nodiscard]] reports::Record queue();

    Parts parts_;
};

}  // namespace linuxcash::terminal
