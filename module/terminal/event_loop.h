// SPDX-License-Identifier: Apache-2.0
// Waits for lines, signals and modules at once, and wakes who they are for. Blocks its thread until
// the session is done.
#pragma once

#include <functional>

#include "base/files.h"
#include "base/result.h"
#include "terminal/line_reader.h"
#include "terminal/session.h"

namespace linuxcash::terminal {

struct LoopHandlers {
    std::function<void(const LineReader::Line&)> line;
    std::function<void(int signal_number)> signal;
    std::function<void()> tick;  // after everything, at least twice a second; may be empty
    std::function<bool()> broken;  // nobody reads our output any more: the input counts as ended
};

// Signals that ask a program to end become readable instead of deadly. Before any thread is
// started. Io.
[[nodiscard]] Result<UniqueFd> open_signals();

// `input`: a descriptor of lines; `signals`: from open_signals().
void run_loop(Session& session, int input, int signals, const LoopHandlers& handlers);

}  // namespace linuxcash::terminal
