// SPDX-License-Identifier: Apache-2.0
// What a printer says about itself, read from its bytes: answers to DLE EOT and GS r, automatic
// status, the USB port's byte. Pure, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace linuxcash::printing {

// What matters most about a printer; the first that holds, from the bottom of this list up.
enum class PrinterState {
    Unknown,  // it says nothing: never an error
    Ready,
    PaperNearEnd,  // prints, but a new roll is needed soon
    Offline,
    Error,
    Cutter,
    CoverOpen,
    PaperOut,
};

struct PrinterStatus {
    bool heard = false;  // something was answered
    bool offline = false;
    bool cover_open = false;
    bool paper_out = false;
    bool near_end = false;
    bool cutter = false;
    bool error = false;  // of any other kind
    bool drawer_high = false;  // the drawer's sensor; which way is open depends on the drawer

    [[nodiscard]] PrinterState state() const;
    friend bool operator==(const PrinterStatus&, const PrinterStatus&) = default;
};

// For a cashier: what is the matter, and what to do about it.
[[nodiscard]] Text state_text(PrinterState state);
// The word for programs: "ready", "paper-near-end", "paper-out" …
[[nodiscard]] std::string_view state_word(PrinterState state);

// The questions that are answered at once, ahead of what waits to be printed.
enum class Question : std::uint8_t { Printer = 1, OfflineCause = 2, ErrorCause = 3, Paper = 4 };

// DLE EOT n.
[[nodiscard]] std::string realtime_question(Question question);
// GS r 1: answered only when everything before it has been processed.
[[nodiscard]] std::string_view marker();

enum class AnswerKind {
    Realtime,  // one byte, to DLE EOT
    Automatic,  // four bytes, sent by the printer of its own accord
    Queued,  // one byte, to GS r
    Noise,  // XON, XOFF and what no printer says
};

struct StatusAnswer {
    AnswerKind kind = AnswerKind::Noise;
    std::string bytes;
    friend bool operator==(const StatusAnswer&, const StatusAnswer&) = default;
};

// Cuts the stream of a printer into answers, however it is torn.
class StatusReader {
public:
    [[nodiscard]] std::vector<StatusAnswer> feed(std::string_view bytes);
    // Forgets the beginning of an answer whose rest did not come.
    void forget();

private:
    std::string unfinished_;  // of an automatic status: less than four bytes
};

// Takes over what an answer to that question says; begin with a fresh status, ask in the order of
// Question. Nothing for a byte that is no such answer.
void apply_realtime(PrinterStatus& status, Question question, std::uint8_t answer);
// All four bytes, or nothing.
void apply_automatic(PrinterStatus& status, std::string_view four_bytes);
// To GS r 1: paper only.
void apply_queued(PrinterStatus& status, std::uint8_t answer);
// A hint: asked only of a printer that says nothing else, since many send a constant. Does not make
// the status heard unless it says that there is no paper.
void apply_port_status(PrinterStatus& status, std::uint8_t port_status);

}  // namespace linuxcash::printing
