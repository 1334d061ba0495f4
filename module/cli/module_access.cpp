// SPDX-License-Identifier: Apache-2.0
#include "cli/module_access.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>

#include "config/ncash.h"
#include "host/module_library.h"

namespace linuxcash::cli {

namespace {

// Names of the files with that ending in a folder, without the ending; empty when it cannot be
// read.
std::vector<std::string> stems(const std::filesystem::path& folder, std::string_view ending) {
    std::vector<std::string> names;
    std::error_code error;
    std::filesystem::directory_iterator entries(folder, error);
    while (!error && entries != std::filesystem::directory_iterator()) {
        const std::filesystem::path& path = entries->path();
        if (path.extension() == ending) names.push_back(path.stem().string());
        entries.increment(error);
    }
    std::ranges::sort(names);
    return names;
}

std::string joined(const std::vector<std::string>& words) {
    std::string line;
    for (const std::string& word : words)
        line += line.empty() ? word : ", " + word;
    return line;
}

SettingType type_of(host::SettingType type) {
    switch (type) {
        case host::SettingType::String:
            return SettingType::String;
        case host::SettingType::Url:
            return SettingType::Url;
        case host::SettingType::Integer:
            return SettingType::Integer;
        case host::SettingType::Boolean:
            return SettingType::Boolean;
        case host::SettingType::Choice:
            return SettingType::Choice;
    }
    return SettingType::String;
}

Setting setting_of(const host::Setting& from) {
    const bool integer = from.type == host::SettingType::Integer;
    Setting setting;
    setting.section = from.section;
    setting.key = from.key;
    setting.type = type_of(from.type);
    setting.default_value = from.default_value;
    setting.min = from.min.value_or(integer ? std::numeric_limits<std::int64_t>::min() : 0);
    setting.max = from.max.value_or(integer ? std::numeric_limits<std::int64_t>::max() : 0);
    setting.unit = from.unit.empty() ? Text() : Text::literal(from.unit);
    setting.doc = Text::literal(from.doc);
    for (const host::SettingChoice& choice : from.choices)
        setting.choices.push_back({choice.value, Text::literal(choice.doc)});
    const bool secret = from.secret || from.file == "secrets";
    setting.file = secret ? SettingFile::Secrets : SettingFile::Settings;
    return setting;
}

}  // namespace

Result<config::ReadSettings> read_pos_settings(const Places& places) {
    auto settings = config::read_settings(places.ncash(), config::ncash_schema());
    if (!settings) return settings;
    for (const Setting& setting : config::ncash_schema()) {
        const std::string& value = settings->settings.text(setting.section, setting.key);
        if (const auto fault = config::ncash_fault(setting, value))
            return Error{
                ErrorCode::InvalidInput, tr("%1: [%2] %3: %4", places.ncash().string(),
                                            setting.section, setting.key, *fault)};
    }
    return settings;
}

Result<host::Description> describe_module(const Places& places, const std::string& name) {
    const auto pos = read_pos_settings(places);
    if (!pos) return pos.error();
    const std::string folder = pos->settings.text("paysystems", "modules_dir");
    const auto library = host::ModuleLibrary::load(folder, name, ::geteuid());
    if (library) return library->description();
    const std::vector<std::string> there = stems(folder, ".so");
    if (library.error().code != ErrorCode::NotFound || there.empty()) return library.error();
    return Error{
        ErrorCode::NotFound, tr("%1; в папке есть: %2", library.error().text, joined(there))};
}

config::Schema schema_of(const host::Description& description) {
    config::Schema schema;
    for (const host::Setting& setting : description.settings)
        schema.push_back(setting_of(setting));
    return schema;
}

std::vector<std::string> installed_modules(const Places& places) {
    const auto pos = read_pos_settings(places);
    if (!pos) return {};
    return stems(pos->settings.text("paysystems", "modules_dir"), ".so");
}

std::vector<std::string> modules_with_journals(const Places& places) {
    return stems(places.module_data(), ".journal");
}

std::vector<std::string> switched_modules(const Places& places) {
    std::vector<std::string> names = stems(places.feature("any").parent_path(), ".ini");
    // Devices have files there, too, and no switch.
    std::erase_if(names, [](const std::string& name) { return name.starts_with("hw_"); });
    return names;
}

}  // namespace linuxcash::cli
