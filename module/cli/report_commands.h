// SPDX-License-Identifier: Apache-2.0
// paysysctl report: the register's reports beside a running terminal, and checks of a site's
// templates. One thread; may wait for the disk.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "cli/commands.h"
#include "forms/forms.h"

namespace linuxcash::cli {

// The report "x", "z", "oplat" or "queue" as it would be printed now. NotFound, InvalidInput: there
// is none of that name or shift, and what to do instead.
[[nodiscard]] Result<forms::Filled> report_of(
    const Places& places, const std::string& name, std::optional<std::int64_t> shift);

[[nodiscard]] Exit show_report(const Invocation& invocation, Console& console);

}  // namespace linuxcash::cli
