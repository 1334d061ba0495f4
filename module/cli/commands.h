// SPDX-License-Identifier: Apache-2.0
// The commands of paysysctl, apart from its command line: what each takes, and what it does. One
// thread; a command may wait for the disk.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/places.h"
#include "base/text.h"
#include "cli/console.h"

namespace linuxcash::cli {

// What the command line said.
struct Invocation {
    Places places;
    std::vector<std::string> words;  // the command and its words
    std::map<std::string, std::string> options;  // long names without dashes; flags have no value

    int patience_ms = 3'000;  // how long a command waits for a word of the running register

    [[nodiscard]] bool has(const std::string& option) const { return options.contains(option); }
    [[nodiscard]] std::optional<std::string> option(const std::string& name) const;
};

// Checks words and options against the command's description, and does it.
[[nodiscard]] Exit run(const Invocation& invocation, Console& console);

// One line per command, for --help.
[[nodiscard]] std::vector<Text> usage();

}  // namespace linuxcash::cli
