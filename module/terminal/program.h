// SPDX-License-Identifier: Apache-2.0
// The whole terminal but for its command line: settings, till, modules, and one of the two modes.
// Blocks its thread.
#pragma once

#include <optional>
#include <string>

#include "base/places.h"
#include "base/text.h"

namespace linuxcash::terminal {

struct ProgramOptions {
    std::optional<std::string> root;
    std::optional<std::string> script;  // a file, or "-" for standard input; nullopt: interactive
};

// The exit code: 0; 1: the register could not start, said on standard error; 2: a line of the
// script was malformed.
[[nodiscard]] int run_program(const ProgramOptions& options);

}  // namespace linuxcash::terminal
