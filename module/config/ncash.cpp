// SPDX-License-Identifier: Apache-2.0
#include "config/ncash.h"

#include <algorithm>
#include <utility>

namespace linuxcash::config {

namespace {

Setting text(std::string section, std::string key, std::string value, Text doc) {
    Setting setting;
    setting.section = std::move(section);
    setting.key = std::move(key);
    setting.default_value = std::move(value);
    setting.doc = std::move(doc);
    return setting;
}

Setting choice(Setting setting, std::vector<SettingChoice> choices) {
    setting.type = SettingType::Choice;
    setting.choices = std::move(choices);
    return setting;
}

Setting number(Setting setting, std::int64_t min, std::int64_t max) {
    setting.type = SettingType::Integer;
    setting.min = min;
    setting.max = max;
    return setting;
}

Setting percent(Setting setting) {
    setting.unit = Text::literal("%");
    return number(std::move(setting), 0, 100);
}

Setting flag(Setting setting) {
    setting.type = SettingType::Boolean;
    return setting;
}

Setting desk() {
    Setting setting = text("Main", "desk", "1", tr("Номер кассы: от 1 до 8 латинских букв и цифр"));
    setting.min = 1;
    setting.max = 8;
    setting.required = true;
    return setting;
}

Setting currency() {
    return choice(
        text("Main", "currency", "BYN", tr("Валюта чеков")), {{"BYN", tr("белорусский рубль")},
                                                              {"RUB", tr("российский рубль")},
                                                              {"KZT", tr("казахстанский тенге")},
                                                              {"UZS", tr("узбекский сум")},
                                                              {"USD", tr("доллар США")},
                                                              {"EUR", tr("евро")},
                                                              {"CNY", tr("китайский юань")}});
}

Setting language() {
    return choice(
        text("Main", "language", "ru", tr("Язык сообщений")),
        {{"ru", tr("русский")}, {"en", tr("английский")}});
}

Setting rounding() {
    return choice(
        text("Main", "rounding", "none", tr("Округление чека до целых")),
        {{"none", tr("не округлять")},
         {"discount", tr("округлять скидки")},
         {"total", tr("округлять итог скидкой")}});
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
        currency(),
        desk(),
        language(),
        number(text("Main", "slip_columns", "48", tr("Ширина слипа в знаках")), 24, 80),
        rounding(),
        percent(text("Main", "max_discount", "100", tr("Наибольшая скидка на позицию"))),
        percent(
            text("Main", "max_bonus", "100", tr("Наибольшая часть чека, оплачиваемая бонусами"))),
        flag(text(
            "Main", "respect_minimum_price", "1",
            tr("Не продавать позицию ниже её минимальной цены"))),
        text(
            "paysystems", "modules_dir", "/usr/lib/linuxcash/paysystems",
            tr("Папка с модулями платёжных систем")),
        text(
            "printers", "drivers_dir", "/usr/lib/linuxcash/printers",
            tr("Папка с драйверами принтеров")),
        number(
            text(
                "ArtixQueue", "messagesCountWarning", "10",
                tr("Длина очереди, о которой предупреждает касса; 0 — никогда")),
            0, 1'000'000),
        number(
            text(
                "ArtixQueue", "firstMessageDaysWarning", "1",
                tr("Сколько дней сообщение ждёт в очереди до предупреждения; 0 — никогда")),
            0, 3650),
    };
}

Schema plugin_schema(std::string_view module) {
    return {choice(
        text("plugins", std::string(module), "off", tr("Работа с платёжной системой %1", module)),
        {{"on", tr("включена")}, {"off", tr("выключена")}})};
}

Schema printer_schema(std::string_view section) {
    const std::string name(section);
    return {
        text(
            name, "device", "",
            tr("Где принтер: usb:, usb:04b8:0202, serial:/dev/ttyUSB0,115200, tcp:АДРЕС:9100, "
               "lp:/dev/usb/lp0 или file:ФАЙЛ; пусто — принтера нет, касса показывает слипы сама")),
        text(name, "model", "generic80", tr("Модель: раздел файла printers.ini")),
        number(text(name, "columns", "0", tr("Символов в строке; 0 — сколько у модели")), 0, 96),
        number(
            text(name, "dots", "0", tr("Ширина печати в точках; 0 — сколько у модели")), 0, 1280),
        text(
            name, "logo", "",
            tr("Картинка над каждым слипом: файл PNG в cash/conf; пусто — без картинки")),
        flag(text(
            name, "open_drawer", "1",
            tr("Открывать денежный ящик, когда берут или дают наличные"))),
        text(name, "driver", "receipt_printer", tr("Драйвер: файл из папки драйверов")),
    };
}

std::optional<Text> ncash_fault(const Setting& setting, std::string_view value) {
    if (const auto fault = value_fault(setting, value)) return fault;
    if (setting.key == "desk" && (value.empty() || !is_register_number(value)))
        return tr("номер кассы состоит из латинских букв и цифр, их от 1 до 8");
    if (setting.key == "modules_dir" && !value.empty() && value.front() != '/')
        return tr("путь к папке модулей начинается с /");
    if (setting.key == "drivers_dir" && !value.empty() && value.front() != '/')
        return tr("путь к папке драйверов начинается с /");
    return std::nullopt;
}

}  // namespace linuxcash::config
