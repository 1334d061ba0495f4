// SPDX-License-Identifier: Apache-2.0
#include "terminal/settings.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "base/printable.h"
#include "base/setting.h"
#include "config/ini.h"
#include "config/ncash.h"

namespace linuxcash::terminal {

namespace {

// What no type of a setting can say.
Result<> check(const config::Settings& values, const Places& places) {
    for (const Setting& setting : config::ncash_schema()) {
        const std::string& value = values.text(setting.section, setting.key);
        if (const auto fault = config::ncash_fault(setting, value)) {
            return Error{
                ErrorCode::InvalidInput, tr("%1: [%2] %3: %4", printable(places.ncash().native()),
                                            setting.section, setting.key, *fault)};
        }
    }
    return Done{};
}

// Adds the names that one file of ncash.ini.d switches on.
Result<> read_plugins(const std::filesystem::path& file, std::vector<std::string>& plugins) {
    const Result<config::Ini> ini = config::Ini::read(file);
    if (!ini) return ini.error();
    for (const config::IniEntry& entry : ini->entries()) {
        if (entry.section == "plugins" && entry.value == "on") plugins.push_back(entry.key);
    }
    return Done{};
}

// A file that cannot be read switches nothing on and is warned of: the register sells on.
void read_features(const std::filesystem::path& folder, Settings& settings) {
    std::error_code failure;
    std::vector<std::filesystem::path> files;
    for (auto entry = std::filesystem::directory_iterator(folder, failure);
         !failure && entry != std::filesystem::directory_iterator(); entry.increment(failure)) {
        if (entry->path().extension() == ".ini") files.push_back(entry->path());
    }
    std::sort(files.begin(), files.end());
    for (const std::filesystem::path& file : files) {
        if (const Result<> read = read_plugins(file, settings.plugins); !read) {
            settings.warnings.push_back(read.error().text);
        }
    }
    std::sort(settings.plugins.begin(), settings.plugins.end());
    const auto end = std::unique(settings.plugins.begin(), settings.plugins.end());
    settings.plugins.erase(end, settings.plugins.end());
}

// The driver itself says what is wrong with its settings: here only whether there is a printer.
void read_printer(const Places& places, Settings& settings) {
    const Result<config::Ini> ini = config::Ini::read(places.feature("hw_printer"));
    if (!ini) return;
    const std::string section(config::kReceiptPrinter);
    const config::IniEntry* device = ini->find(section, "device");
    const config::IniEntry* driver = ini->find(section, "driver");
    settings.has_printer = device != nullptr && !device->value.empty();
    if (driver != nullptr && !driver->value.empty()) settings.printer_driver = driver->value;
}

int small(const config::Settings& values, const char* section, const char* key) {
    return static_cast<int>(values.integer(section, key));
}

}  // namespace

Result<Settings> read_register_settings(const Places& places) {
    Result<config::ReadSettings> read =
        config::read_settings(places.ncash(), config::ncash_schema());
    if (!read) return read.error();
    const config::Settings& values = read->settings;
    if (const Result<> checked = check(values, places); !checked) return checked.error();
    Settings settings;
    settings.currency =
        Currency::parse(values.text("Main", "currency")).value_or(settings.currency);
    settings.reports = places.reports();
    settings.desk = values.text("Main", "desk");
    settings.language = values.text("Main", "language");
    settings.slip_columns = small(values, "Main", "slip_columns");
    settings.max_discount_percent = small(values, "Main", "max_discount");
    settings.respect_minimum_price = values.boolean("Main", "respect_minimum_price");
    settings.modules_dir = values.text("paysystems", "modules_dir");
    settings.drivers_dir = values.text("printers", "drivers_dir");
    settings.queue_count_warning = small(values, "ArtixQueue", "messagesCountWarning");
    settings.queue_days_warning = small(values, "ArtixQueue", "firstMessageDaysWarning");
    settings.warnings = std::move(read->warnings);
    std::filesystem::path folder = places.ncash();
    folder += ".d";
    read_features(folder, settings);
    read_printer(places, settings);
    return settings;
}

}  // namespace linuxcash::terminal
