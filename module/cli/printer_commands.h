// SPDX-License-Identifier: Apache-2.0
// paysysctl printer list, status, test, drawer, preview: receipt printers as an administrator meets
// them. Works beside a running register: a printer that it uses just now is told as busy. One
// thread; waits for printers.
#pragma once

#include <filesystem>

#include "cli/commands.h"
#include "core/slip.h"

namespace linuxcash::cli {

// What could be used, as values for the setting `device`.
[[nodiscard]] Exit list_printers(const Invocation& invocation, Console& console);
// Each printer of the settings: its state, and the slips that are owed.
[[nodiscard]] Exit show_printers(const Invocation& invocation, Console& console);
// A page with all that a printer should be able to do. Words: nothing, or the print group.
[[nodiscard]] Exit print_test_page(const Invocation& invocation, Console& console);
[[nodiscard]] Exit open_drawer(const Invocation& invocation, Console& console);
// A slip from a file, the document or iiko's markup, as a picture of its paper.
[[nodiscard]] Exit preview_file(const Invocation& invocation, Console& console);

// Writes PNG files: of the receipt printer's part to `png`, of a print group's part beside it, with
// the group's name. The models are those of the settings; without printers that of --model, or a
// usual one.
[[nodiscard]] Exit preview(
    const core::slip::Slip& slip, const std::filesystem::path& png, const Invocation& invocation,
    Console& console);
// Prints each part on its printer now, and says what became of it.
[[nodiscard]] Exit print_now(
    const core::slip::Slip& slip, const Invocation& invocation, Console& console);

}  // namespace linuxcash::cli
