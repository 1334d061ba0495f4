// SPDX-License-Identifier: Apache-2.0
#include "terminal/settings.h"

#include <algorithm>
#include <cstdint>
#include <system_error>
#include <utility>

#include "base/printable.h"
#include "config/ini.h"

namespace linuxcash::terminal {

namespace {

constexpr int kSlipColumnsMin = 24;
constexpr int kSlipColumnsMax = 80;

Setting text(const char* section, const char* key, const char* value, Text doc) {
    Setting setting;
    setting.section = section;
    setting.key = key;
    setting.default_value = value;
    setting.doc = std::move(doc);
    return setting;
}

Setting number(Setting setting, std::int64_t min, std::int64_t max) {
    setting.type = SettingType::Integer;
    setting.min = min;
    setting.max = max;
    return setting;
}

Setting choice(Setting setting, std::vector<SettingChoice> choices) {
    setting.type = SettingType::Choice;
    setting.choices = std::move(choices);
    return setting;
}

Setting letters(Setting setting, std::int64_t min, std::int64_t max) {
    setting.min = min;
    setting.max = max;
    return setting;
}

Setting flag(Setting setting) {
    setting.type = SettingType::Boolean;
    return setting;
}

std::vector<SettingChoice> currencies() {
    return {
        {"BYN", tr("белорусский рубль")},
        {"RUB", tr("российский рубль")},
        {"KZT", tr("тенге")},
        {"UZS", tr("сум")},
        {"USD", tr("доллар США")},
        {"EUR", tr("евро")},
        {"CNY", tr("юань")}};
}

bool is_desk(const std::string& desk) {
    return std::all_of(desk.begin(), desk.end(), [](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z')
               || (letter >= 'a' && letter <= 'z');
    });
}

Result<> check(const Settings& settings, const Places& places) {
    const std::string file = printable(places.ncash().native());
    if (!is_desk(settings.desk)) {
        return Error{
            ErrorCode::InvalidInput,
            tr("%1: desk в разделе [Main] состоит не только из латинских букв и цифр: исправьте",
               file)};
    }
    if (!settings.modules_dir.is_absolute()) {
        return Error{
            ErrorCode::InvalidInput,
            tr("%1: modules_dir в разделе [paysystems] не полный путь: начните его с «/»", file)};
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

}  // namespace

config::Schema register_schema() {
    return {
        choice(text("Main", "currency", "BYN", tr("Валюта кассы")), currencies()),
        letters(text("Main", "desk", "1", tr("Номер кассы: латинские буквы и цифры")), 1, 8),
        choice(
            text("Main", "language", "ru", tr("Язык сообщений")),
            {{"ru", tr("русский")}, {"en", tr("английский")}}),
        number(
            text("Main", "slip_columns", "48", tr("Ширина слипа в знаках")), kSlipColumnsMin,
            kSlipColumnsMax),
        number(
            text("Main", "max_discount", "100", tr("Наибольшая скидка на строку, в процентах")), 0,
            100),
        flag(text(
            "Main", "respect_minimum_price", "1",
            tr("Не продавать со скидкой дешевле минимальной цены"))),
        text(
            "paysystems", "modules_dir", "/usr/lib/linuxcash/paysystems",
            tr("Папка с модулями платежных систем")),
        number(
            text(
                "ArtixQueue", "messagesCountWarning", "10",
                tr("Сколько сообщений в очереди вызывает предупреждение, 0 - никогда")),
            0, 1'000'000),
        number(
            text(
                "ArtixQueue", "firstMessageDaysWarning", "1",
                tr("Сколько дней ожидания в очереди вызывает предупреждение, 0 - никогда")),
            0, 3650),
    };
}

Result<Settings> read_register_settings(const Places& places) {
    Result<config::ReadSettings> read = config::read_settings(places.ncash(), register_schema());
    if (!read) return read.error();
    const config::Settings& values = read->settings;
    Settings settings;
    settings.currency =
        Currency::parse(values.text("Main", "currency")).value_or(settings.currency);
    settings.desk = values.text("Main", "desk");
    settings.language = values.text("Main", "language");
    settings.slip_columns = static_cast<int>(values.integer("Main", "slip_columns"));
    settings.max_discount_percent = static_cast<int>(values.integer("Main", "max_discount"));
    settings.respect_minimum_price = values.boolean("Main", "respect_minimum_price");
    settings.modules_dir = values.text("paysystems", "modules_dir");
    settings.queue_count_warning =
        static_cast<int>(values.integer("ArtixQueue", "messagesCountWarning"));
    settings.queue_days_warning =
        static_cast<int>(values.integer("ArtixQueue", "firstMessageDaysWarning"));
    settings.warnings = std::move(read->warnings);
    if (const Result<> checked = check(settings, places); !checked) return checked.error();
    std::filesystem::path folder = places.ncash();
    folder += ".d";
    read_features(folder, settings);
    return settings;
}

}  // namespace linuxcash::terminal
