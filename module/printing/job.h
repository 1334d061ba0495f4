// SPDX-License-Identifier: Apache-2.0
// One job over a link: asked before, printed, and known to be on paper, or known not to be, or
// known to be in doubt. Runs in the caller's thread; the link's StopSignal ends it from any other.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "base/result.h"
#include "core/ports.h"
#include "printing/link.h"
#include "printing/models.h"
#include "printing/status.h"

namespace linuxcash::printing {

enum class Delivery {
    Printed,  // the printer said so, behind the last byte; or the file is synced
    Sent,  // this printer never says: taken as printed
    NotPrinted,  // nothing went out: the same job may be sent again
    InDoubt,  // a part may be on paper: people look, then print again or not
};

enum class Trouble {
    None,
    PaperOut,
    CoverOpen,
    Cutter,
    Offline,
    PrinterError,  // the printer reports an error of another kind
    NotFound,
    Busy,  // another program holds it
    Denied,  // no rights
    Unplugged,  // or the connection was lost
    TimedOut,
    Stopped,  // by the StopSignal
    Broken,  // the system refused, or a setting is wrong
};

// "printed", "paper-out" …: for programs.
[[nodiscard]] std::string_view delivery_word(Delivery delivery);
[[nodiscard]] std::string_view trouble_word(Trouble trouble);

// How long a printer may take.
struct Patience {
    int answer_ms = 1'000;  // an answer that is given at once
    int stall_ms = 15'000;  // without any progress, and without a word why
    int repair_ms = 120'000;  // for people: new paper, a closed cover
    int bytes_per_second = 400;  // the slowest printer: text in lines at 50 mm/s
};

struct Job {
    std::string_view bytes;
    StatusAnswers answers = StatusAnswers::Auto;  // of the model
    Patience patience;
    // What the printer waits for while the job stands still, then Ready when it goes on. In the
    // job's thread; may be empty.
    std::function<void(PrinterState)> on_change;
};

struct JobResult {
    Delivery delivery = Delivery::NotPrinted;
    Trouble trouble = Trouble::None;
    PrinterStatus status;  // the last that is known; near_end is a warning even when printed
    std::size_t taken = 0;  // bytes of the job that left for certain
    Text text;  // what a cashier reads; empty when printed and nothing is to be said
};

// Does not close the link. Ends at last after job_limit_ms(), and repair_ms when people are needed.
[[nodiscard]] JobResult run_job(Link& link, const Job& job, const core::Clock& clock);

// What to tell when open_link() failed: nothing went out.
[[nodiscard]] JobResult not_opened(const Error& error);

// The longest that a job of so many bytes takes where no people are needed.
[[nodiscard]] core::Millis job_limit_ms(
    std::size_t bytes, const LinkTraits& traits, const Patience& patience);

struct Condition {
    PrinterStatus status;
    Trouble trouble = Trouble::None;  // of the link: the question could not be asked
    Text text;
};

// The printer's status now. Silence is PrinterState::Unknown and no trouble.
[[nodiscard]] Condition query(
    Link& link, StatusAnswers answers, const Patience& patience, const core::Clock& clock);

}  // namespace linuxcash::printing
