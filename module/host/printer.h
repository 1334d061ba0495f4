// SPDX-License-Identifier: Apache-2.0
// A printer driver as its host uses it: loads it safely, hands it slips and hears what became of
// them. One thread.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "linuxcash/printer.h"

namespace linuxcash::host {

enum class PrintEnd {
    Printed,
    Sent,  // counts as printed
    NotPrinted,
    InDoubt,  // a part may be on paper
    Refused,  // this printer cannot print it, now or later
};

enum class PrinterState {
    Unknown,
    Ready,
    PaperNearEnd,
    PaperOut,
    CoverOpen,
    Offline,
    Cutter,
    Fault,
    Unreachable,
};

// Whether a printer in this state prints.
[[nodiscard]] constexpr bool prints(PrinterState state) {
    return state == PrinterState::Unknown || state == PrinterState::Ready
           || state == PrinterState::PaperNearEnd;
}

struct PrinterEvent {
    std::optional<std::uint64_t> job;  // none: only the printer's state
    std::string target;
    PrintEnd end = PrintEnd::Printed;  // of the job
    PrinterState state = PrinterState::Unknown;
    std::string text;  // for the cashier; may be empty
};

class Printer {
public:
    struct Place {
        std::filesystem::path drivers_dir;
        std::string driver;  // its file without .so
        std::filesystem::path root;
        std::string language;
    };

    // Loads as load_symbol() does, creates and starts. Unsupported: no driver, or one for another
    // major version of the contract. InvalidInput: its settings are wrong, as its text says. Io: it
    // could not start.
    [[nodiscard]] static Result<Printer> open(const Place& place, uid_t uid);
    // The same with a driver that is already in this process.
    [[nodiscard]] static Result<Printer> adopt(const lc_printer_driver* table, const Place& place);

    Printer(Printer&& other) noexcept;
    Printer& operator=(Printer&& other) noexcept;
    Printer(const Printer&) = delete;
    Printer& operator=(const Printer&) = delete;
    ~Printer();

    // Characters a line.
    [[nodiscard]] int columns(const std::string& target) const;
    // `slip`: the document. Its end comes as an event. Internal: the driver does not take it.
    [[nodiscard]] Result<> print(
        std::uint64_t job, const std::string& target, const std::string& slip);
    // Unsupported: there is none.
    [[nodiscard]] Result<> open_drawer(std::uint64_t job, const std::string& target);
    void check();
    // Does not wait.
    [[nodiscard]] std::optional<PrinterEvent> next();
    // For poll(); -1: the driver has none.
    [[nodiscard]] int wait_fd() const;

private:
    explicit Printer(const lc_printer_driver& table) : table_(table) {}

    lc_printer_driver table_{};
    lc_printer* printer_ = nullptr;
};

}  // namespace linuxcash::host
