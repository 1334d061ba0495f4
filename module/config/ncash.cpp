// SPDX-License-Identifier: Apache-2.0
#include "config/ncash.h"

#include <algorithm>
#include <utility>

namespace linuxcash::config {

namespace {

Setting choice(std::string key, std::string value, Text doc, std::vector<SettingChoice> choices) {
    Setting setting;
    setting.section = "Main";
    setting.key = std::move(key);
    setting.type = SettingType::Choice;
    setting.default_value = std::move(value);
    setting.doc = std::move(doc);
    setting.choices = std::move(choices);
    return setting;
}

Setting text(std::string section, std::string key, std::string value, Text doc) {
    Setting setting;
    setting.section = std::move(section);
    setting.key = std::move(key);
    setting.default_value = std::move(value);
    setting.doc = std::move(doc);
    return setting;
}

Setting percent(std::string key, Text doc) {
    Setting setting;
    setting.section = "Main";
    setting.key = std::move(key);
    setting.type = SettingType::Integer;
    setting.default_value = "100";
    setting.max = 100;
    setting.unit = Text::literal("%");
    setting.doc = std::move(doc);
    return setting;
}

Setting desk() {
    Setting setting = text("Main", "desk", "1", tr("Номер кассы: от 1 до 8 латинских букв и цифр"));
    setting.min = 1;
    setting.max = 8;
    setting.required = true;
    return setting;
}

Setting minimum_price() {
    Setting setting;
    setting.section = "Main";
    setting.key = "respect_minimum_price";
    setting.type = SettingType::Boolean;
    setting.default_value = "1";
    setting.doc = tr("Не продавать позицию ниже её минимальной цены");
    return setting;
}

bool is_register_number(std::string_view value) {
    return std::all_of(value.begin(), value.end(), [](char character) {
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z')
               || (character >= 'A' && character <= 'Z');
    });
}

}  // namespace

Schema ncash_schema() {
    return {
        choice(
            "currency", "BYN", tr("Валюта чеков"),
            {{"BYN", tr("белорусский рубль")},
             {"RUB", tr("российский рубль")},
             {"KZT", tr("казахстанский тенге")},
             {"UZS", tr("узбекский сум")},
             {"USD", tr("доллар США")},
             {"EUR", tr("евро")},
             {"CNY", tr("китайский юань")}}),
        desk(),
        choice(
            "rounding", "none", tr("Округление чека до целых"),
            {{"none", tr("не округлять")},
             {"discount", tr("округлять скидки")},
             {"total", tr("округлять итог скидкой")}}),
        percent("max_discount", tr("Наибольшая скидка на позицию")),
        percent("max_bonus", tr("Наибольшая часть чека, оплачиваемая бонусами")),
        minimum_price(),
        text(
            "paysystems", "modules_dir", "/usr/lib/linuxcash/paysystems",
            tr("Папка с модулями платёжных систем")),
    };
}

Schema plugin_schema(std::string_view module) {
    Setting setting = choice(
        std::string(module), "off", tr("Работа с платёжной системой %1", module),
        {{"on", tr("включена")}, {"off", tr("выключена")}});
    setting.section = "plugins";
    return {setting};
}

std::optional<Text> ncash_fault(const Setting& setting, std::string_view value) {
    if (const auto fault = value_fault(setting, value)) return fault;
    if (setting.key == "desk" && (value.empty() || !is_register_number(value)))
        return tr("номер кассы состоит из латинских букв и цифр, их от 1 до 8");
    if (setting.key == "modules_dir" && !value.empty() && value.front() != '/')
        return tr("путь к папке модулей начинается с /");
    return std::nullopt;
}

}  // namespace linuxcash::config
