// SPDX-License-Identifier: Apache-2.0
// The cash register's own settings: ncash.ini and the switches in ncash.ini.d, described as data
// for the terminal that reads them and the tool that writes them. Plain values, no threads.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "config/schema.h"

namespace linuxcash::config {

// Settings of ncash.ini. Keys are unique over its sections, so that people need not name those.
[[nodiscard]] Schema ncash_schema();

// Settings of ncash.ini.d/<module>.ini: `[plugins] <module>`, off or on.
[[nodiscard]] Schema plugin_schema(std::string_view module);

// Settings of ncash.ini.d/hw_printer.ini: `[printer]` is the receipt printer, `[printer NAME]` one
// that a print group has for itself.
[[nodiscard]] Schema printer_schema(std::string_view section);
inline constexpr std::string_view kReceiptPrinter = "printer";  // the section

// As value_fault(), and what no type can say: a register's number is letters and digits, a folder
// an absolute path.
[[nodiscard]] std::optional<Text> ncash_fault(const Setting& setting, std::string_view value);

}  // namespace linuxcash::config
