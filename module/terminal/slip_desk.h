// SPDX-License-Identifier: Apache-2.0
// Where slips are printed: the virtual printer of this product. Every slip is kept in the till and
// told as an event; what a printer in trouble could not print is owed and printed when it is well
// again. One thread.
#pragma once

#include <string>

#include "core/ports.h"
#include "core/slip.h"
#include "terminal/announcer.h"
#include "terminal/command.h"
#include "till/till.h"

namespace linuxcash::terminal {

struct PrintJob {
    core::slip::Slip slip;
    std::string receipt_uid;  // empty: of no receipt
    std::string target = "receipt";  // or the name of a print group
    bool required = false;  // it may not be owed
};

class SlipDesk {
public:
    // All must outlive the desk. `columns`: width of the paper in characters.
    SlipDesk(till::Till& till, Announcer& announcer, core::Clock& clock, int columns);

    // Never fails: money does not hang on paper. Gives the slip as it was kept.
    till::Slip print(const PrintJob& job);
    // Coming back to Ok prints what is owed.
    void set_state(PrinterState state);
    // What is wrong with the printer; empty: nothing.
    [[nodiscard]] Text trouble() const;
    void print_owed();

    // The slip as one text, for exports.
    [[nodiscard]] std::string text_of(const core::slip::Slip& slip) const;

private:
    till::Till& till_;
    Announcer& announcer_;
    core::Clock& clock_;
    int columns_;
    PrinterState state_ = PrinterState::Ok;
};

}  // namespace linuxcash::terminal
