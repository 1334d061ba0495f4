// SPDX-License-Identifier: Apache-2.0
// Where slips are printed. Each is kept in the till before it goes to the printer, and told as an
// event when its end is known; what could not be printed is owed, and printed when the printer is
// well again. Money never waits here. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "core/ports.h"
#include "core/slip.h"
#include "terminal/announcer.h"
#include "terminal/receipt_printer.h"
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
    // How a slip ended; at once when the printer is the virtual one.
    using Then = std::function<void(till::Printed)>;

    // All must outlive the desk.
    SlipDesk(till::Till& till, Announcer& announcer, core::Clock& clock, ReceiptPrinter& printer);

    // Never fails: money does not hang on paper. Gives the slip as it was kept.
    till::Slip print(const PrintJob& job, const Then& then = {});
    // Prints a copy of a slip that is printed, or being printed; one that is owed, as it is. `then`
    // is called once. NotFound.
    [[nodiscard]] Result<> reprint(std::int64_t number, const Then& then);
    void print_owed();
    // For a receipt with cash.
    void open_drawer() { printer_.open_drawer(unkept_++); }

    // Takes in what the printer says.
    void pump();
    // Whether a slip's end is still to come.
    [[nodiscard]] bool under_way() const { return !under_way_.empty(); }
    [[nodiscard]] int wait_fd() const { return printer_.wait_fd(); }
    // What is wrong with the printer; empty: nothing.
    [[nodiscard]] Text trouble() const { return printer_.trouble(); }
    // For trying failures: says an error where the printer is a real one.
    void pretend(PrinterState state);

    // The slip as one text, for exports.
    [[nodiscard]] std::string text_of(const core::slip::Slip& slip) const;

private:
    struct UnderWay {
        till::Slip slip;
        bool required = false;
        Then then;
        std::optional<till::Printed> before;  // of a slip that is printed again
    };

    void send(UnderWay going, const core::slip::Slip& paper);
    void end(UnderWay& gone, host::PrintEnd end, const Text& why);
    void settle(const till::Slip& slip, const Text& why);
    [[nodiscard]] bool is_printed_by_itself(const till::Slip& slip);
    void on_state(const host::PrinterEvent& event);
    void print_again(const till::Slip& slip, const Then& then);

    till::Till& till_;
    Announcer& announcer_;
    core::Clock& clock_;
    ReceiptPrinter& printer_;
    std::map<std::uint64_t, UnderWay> under_way_;  // by job
    std::uint64_t unkept_;  // jobs that no slip of the till numbers
    std::map<std::string, host::PrinterState> states_;  // by target
    std::map<std::int64_t, int> doubts_;  // how often a slip in doubt was printed again by itself
    bool more_owed_ = false;  // than were handed over at once
};

}  // namespace linuxcash::terminal
