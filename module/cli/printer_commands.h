// SPDX-License-Identifier: Apache-2.0
// paysysctl printer list, status, test, drawer: receipt printers as an administrator meets them.
// Works beside a running register: a printer that it uses just now is told as busy. One thread;
// waits for printers.
#pragma once

#include "cli/commands.h"

namespace linuxcash::cli {

// What could be used, as values for the setting `device`.
[[nodiscard]] Exit list_printers(const Invocation& invocation, Console& console);
// Each printer of the settings: its state, and the slips that are owed.
[[nodiscard]] Exit show_printers(const Invocation& invocation, Console& console);
// A page with all that a printer should be able to do. Words: nothing, or the print group.
[[nodiscard]] Exit print_test_page(const Invocation& invocation, Console& console);
[[nodiscard]] Exit open_drawer(const Invocation& invocation, Console& console);

}  // namespace linuxcash::cli
