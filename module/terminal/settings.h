// SPDX-License-Identifier: Apache-2.0
// The register's own settings: ncash.ini, and the features that ncash.ini.d switches on. Plain
// values, no threads; reading may block on the disk.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/money.h"
#include "base/places.h"
#include "base/result.h"

namespace linuxcash::terminal {

struct Settings {
    Currency currency;
    std::string desk = "1";
    std::string language = "ru";
    std::filesystem::path modules_dir = "/usr/lib/linuxcash/paysystems";
    std::filesystem::path reports = {};  // templates of the site; empty: none
    int slip_columns = 48;  // of the virtual printer
    bool has_printer = false;  // a device is set
    std::string printer_driver = "receipt_printer";
    std::filesystem::path drivers_dir = "/usr/lib/linuxcash/printers";
    int max_discount_percent = 100;  // of a line
    bool respect_minimum_price = true;  // a local discount never goes below it
    int queue_count_warning = 10;  // 0: never
    int queue_days_warning = 1;  // 0: never
    std::vector<std::string> plugins = {};  // names switched on, sorted
    std::vector<Text> warnings = {};  // unknown keys and the like
};

// A missing file means defaults. InvalidInput, with file and line: a value that does not fit, or a
// file that is no INI.
[[nodiscard]] Result<Settings> read_register_settings(const Places& places);

}  // namespace linuxcash::terminal
