// SPDX-License-Identifier: Apache-2.0
// Settings described as data, and files of settings read by that description. Plain values, no
// threads; reading a file may block on the disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "base/setting.h"
#include "config/ini.h"

namespace linuxcash::config {

using Schema = std::vector<Setting>;

// Nullptr when the schema has none of that name.
[[nodiscard]] const Setting* find_setting(
    const Schema& schema, std::string_view section, std::string_view key);

// Why the value does not fit; nullopt when it does. Never quotes the value. An empty value of a
// string or address means "not set" and fits.
[[nodiscard]] std::optional<Text> value_fault(const Setting& setting, std::string_view value);

// "«key» раздела [Section]" of the nearest known setting, or empty.
[[nodiscard]] Text near_setting(
    const Schema& schema, std::string_view section, std::string_view key);

// Checked values of every setting of a schema. Asking for one that the schema does not have, or as
// a type that it is not, is a broken invariant (std::logic_error).
class Settings {
public:
    // The value as it would stand in the file, of any type; empty: not set.
    [[nodiscard]] const std::string& text(std::string_view section, std::string_view key) const;
    [[nodiscard]] std::int64_t integer(std::string_view section, std::string_view key) const;
    [[nodiscard]] bool boolean(std::string_view section, std::string_view key) const;
    [[nodiscard]] Secret secret(std::string_view section, std::string_view key) const;
    // True: the file gave it; false: it is the default.
    [[nodiscard]] bool is_given(std::string_view section, std::string_view key) const;

    // Adds those of another file of the same module.
    void merge(const Settings& other);

private:
    friend class SettingsReading;
    struct Value {
        std::string text;
        SettingType type = SettingType::String;
        bool given = false;
    };
    [[nodiscard]] const Value& value(std::string_view section, std::string_view key) const;

    std::map<std::pair<std::string, std::string>, Value> values_;  // by section and key
};

struct ReadSettings {
    Settings settings;
    std::vector<Text> warnings;  // unknown keys and the like: said once, and then we run
    bool file_found = false;
};

// Reads those settings of the schema that live in `file`. A missing file means defaults. A wrong
// value is InvalidInput with file, line, key, what is allowed and what to do; so is a secret in the
// open file. A file of secrets that group or others may touch is Denied.
[[nodiscard]] Result<ReadSettings> read_settings(
    const std::filesystem::path& path, const Schema& schema,
    SettingFile file = SettingFile::Settings);

// The same for a document that was read already.
[[nodiscard]] Result<ReadSettings> apply_schema(
    const Ini& ini, const Schema& schema, SettingFile file = SettingFile::Settings);

}  // namespace linuxcash::config
