// SPDX-License-Identifier: Apache-2.0
#include "config/schema.h"

#include <sys/stat.h>

#include <algorithm>
#include <stdexcept>

#include "base/integer.h"
#include "base/printable.h"
#include "config/near_match.h"
#include "config/url.h"

namespace linuxcash::config {

namespace {

constexpr mode_t kOpenToOthers = 077;

Text range_text(const Setting& setting) {
    if (setting.unit.empty()) return tr("целое число от %1 до %2", setting.min, setting.max);
    return tr("целое число от %1 до %2 (%3)", setting.min, setting.max, setting.unit);
}

std::optional<Text> integer_fault(const Setting& setting, std::string_view value) {
    const auto number = parse_integer(value);
    if (number && *number >= setting.min && *number <= setting.max) return std::nullopt;
    return tr("допустимо %1", range_text(setting));
}

std::optional<Text> length_fault(const Setting& setting, std::string_view value) {
    const auto size = static_cast<std::int64_t>(value.size());
    if (size == 0 || setting.max == 0 || (size >= setting.min && size <= setting.max)) {
        return std::nullopt;
    }
    return tr("допустимо от %1 до %2 байт, задано %3", setting.min, setting.max, size);
}

std::optional<Text> choice_fault(const Setting& setting, std::string_view value) {
    std::string allowed;
    for (const SettingChoice& choice : setting.choices) {
        if (choice.value == value) return std::nullopt;
        allowed += allowed.empty() ? choice.value : ", " + choice.value;
    }
    return tr("допустимо одно из: %1", allowed);
}

std::optional<Text> boolean_fault(std::string_view value) {
    if (value == "0" || value == "1") return std::nullopt;
    return tr("допустимо 0 (нет) или 1 (да)");
}

bool may_be_empty(SettingType type) {
    return type == SettingType::String || type == SettingType::Url;
}

}  // namespace

const Setting* find_setting(const Schema& schema, std::string_view section, std::string_view key) {
    const auto found = std::ranges::find_if(schema, [&](const Setting& setting) {
        return setting.section == section && setting.key == key;
    });
    return found != schema.end() ? &*found : nullptr;
}

std::optional<Text> value_fault(const Setting& setting, std::string_view value) {
    if (value.empty() && may_be_empty(setting.type)) {
        if (setting.required) return tr("значение обязательно");
        return std::nullopt;
    }
    switch (setting.type) {
        case SettingType::String:
            return length_fault(setting, value);
        case SettingType::Url:
            return url_fault(value);
        case SettingType::Integer:
            return integer_fault(setting, value);
        case SettingType::Boolean:
            return boolean_fault(value);
        case SettingType::Choice:
            return choice_fault(setting, value);
    }
    return std::nullopt;
}

Text near_setting(const Schema& schema, std::string_view section, std::string_view key) {
    std::vector<std::string> same_section;
    std::vector<std::string> all;
    for (const Setting& setting : schema) {
        all.push_back(setting.key);
        if (setting.section == section) same_section.push_back(setting.key);
    }
    std::string nearest = near_match(key, same_section);
    if (nearest.empty()) nearest = near_match(key, all);
    const auto found = std::ranges::find_if(schema, [&](const Setting& setting) {
        return setting.key == nearest
               && (setting.section == section || same_section.empty()
                   || std::ranges::count(same_section, nearest) == 0);
    });
    if (nearest.empty() || found == schema.end()) return {};
    return tr("«%1» раздела [%2]", found->key, found->section);
}

const Settings::Value& Settings::value(std::string_view section, std::string_view key) const {
    const auto found = values_.find({std::string(section), std::string(key)});
    if (found == values_.end()) {
        throw std::logic_error("no setting " + std::string(key) + " in this schema");
    }
    return found->second;
}

const std::string& Settings::text(std::string_view section, std::string_view key) const {
    return value(section, key).text;
}

std::int64_t Settings::integer(std::string_view section, std::string_view key) const {
    const Value& found = value(section, key);
    const auto number = parse_integer(found.text);
    if (found.type != SettingType::Integer || !number) {
        throw std::logic_error("the setting " + std::string(key) + " is no integer");
    }
    return *number;
}

bool Settings::boolean(std::string_view section, std::string_view key) const {
    const Value& found = value(section, key);
    if (found.type != SettingType::Boolean) {
        throw std::logic_error("the setting " + std::string(key) + " is no boolean");
    }
    return found.text == "1";
}

Secret Settings::secret(std::string_view section, std::string_view key) const {
    return Secret(value(section, key).text);
}

bool Settings::is_given(std::string_view section, std::string_view key) const {
    return value(section, key).given;
}

void Settings::merge(const Settings& other) {
    for (const auto& [name, value] : other.values_)
        values_.insert_or_assign(name, value);
}

// One pass over a file: defaults first, then what the file gives.
class SettingsReading {
public:
    SettingsReading(const Schema& schema, SettingFile file) : schema_(schema), file_(file) {
        for (const Setting& setting : schema) {
            if (setting.file != file) continue;
            result_.settings.values_[{setting.section, setting.key}] = {
                setting.default_value, setting.type, false};
        }
    }

    [[nodiscard]] Result<ReadSettings> run(const Ini& ini);
    // Nothing was given: only what is required can be wrong.
    [[nodiscard]] Result<ReadSettings> finish(const std::string& file_name);
    void found() { result_.file_found = true; }

private:
    [[nodiscard]] std::optional<Error> take(const Ini& ini, const IniEntry& entry);
    [[nodiscard]] std::optional<Error> misplaced(
        const Ini& ini, const IniEntry& entry, const Setting& setting);
    void warn_unknown(const Ini& ini, const IniEntry& entry);

    const Schema& schema_;
    SettingFile file_;
    ReadSettings result_;
};

Result<ReadSettings> SettingsReading::run(const Ini& ini) {
    for (const IniEntry& entry : ini.entries()) {
        if (auto error = take(ini, entry)) return *error;
    }
    return finish(ini.file());
}

Result<ReadSettings> SettingsReading::finish(const std::string& file_name) {
    for (const Setting& setting : schema_) {
        if (setting.file != file_ || !setting.required) continue;
        if (!result_.settings.text(setting.section, setting.key).empty()) continue;
        return Error{
            ErrorCode::InvalidInput, tr("%1: не задан обязательный ключ «%2» раздела [%3]: %4",
                                        file_name, setting.key, setting.section, setting.doc)};
    }
    return std::move(result_);
}

std::optional<Error> SettingsReading::take(const Ini& ini, const IniEntry& entry) {
    const Setting* setting = find_setting(schema_, entry.section, entry.key);
    if (setting == nullptr) {
        warn_unknown(ini, entry);
        return std::nullopt;
    }
    if (setting->file != file_) return misplaced(ini, entry, *setting);
    if (const auto fault = value_fault(*setting, entry.value)) {
        const bool shown = setting->file == SettingFile::Settings && !entry.value.empty();
        const Text value = shown ? tr(" «%1»", printable(entry.value)) : Text();
        return Error{
            ErrorCode::InvalidInput,
            tr("%1:%2: значение%3 ключа «%4» раздела [%5] не подходит: %6; исправьте значение или "
               "удалите строку",
               ini.file(), entry.line, value, entry.key, entry.section, *fault)};
    }
    result_.settings.values_[{entry.section, entry.key}] = {entry.value, setting->type, true};
    return std::nullopt;
}

std::optional<Error> SettingsReading::misplaced(
    const Ini& ini, const IniEntry& entry, const Setting& setting) {
    if (setting.file == SettingFile::Secrets) {
        return Error{
            ErrorCode::InvalidInput, tr("%1:%2: секретный ключ «%3» стоит в файле, открытом для "
                                        "чтения: удалите его отсюда и "
                                        "запишите в файл секретов",
                                        ini.file(), entry.line, entry.key)};
    }
    result_.warnings.push_back(
        tr("%1:%2: ключ «%3» здесь не действует: его место в файле настроек, а не секретов",
           ini.file(), entry.line, entry.key));
    return std::nullopt;
}

void SettingsReading::warn_unknown(const Ini& ini, const IniEntry& entry) {
    const Text nearest = near_setting(schema_, entry.section, entry.key);
    const Text place =
        entry.section.empty() ? tr("вне разделов") : tr("в разделе [%1]", printable(entry.section));
    const Text hint = nearest.empty() ? Text() : tr("; возможно, имелся в виду %1", nearest);
    result_.warnings.push_back(
        tr("%1:%2: неизвестный ключ «%3» %4 не действует%5", ini.file(), entry.line,
           printable(entry.key), place, hint));
}

Result<ReadSettings> apply_schema(const Ini& ini, const Schema& schema, SettingFile file) {
    SettingsReading reading(schema, file);
    reading.found();
    return reading.run(ini);
}

Result<ReadSettings> read_settings(
    const std::filesystem::path& path, const Schema& schema, SettingFile file) {
    const auto ini = Ini::read(path);
    if (!ini) {
        if (ini.error().code != ErrorCode::NotFound) return ini.error();
        return SettingsReading(schema, file).finish(path.native());
    }
    struct stat now {};
    const bool open = ::stat(path.c_str(), &now) != 0 || (now.st_mode & kOpenToOthers) != 0;
    if (file == SettingFile::Secrets && open) {
        return Error{
            ErrorCode::Denied,
            tr("файл секретов %1 открыт для других пользователей: закройте его командой chmod 600",
               path.native())};
    }
    return apply_schema(*ini, schema, file);
}

}  // namespace linuxcash::config
