// SPDX-License-Identifier: Apache-2.0
// conf/oplati.conf says of each key what the table says, in the table's order.
#include <fstream>
#include <iterator>
#include <string>

#include "gateways/oplati/settings.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::oplati {
namespace {

std::string unit_words(const Setting& setting) {
    return setting.unit.empty() ? std::string{} : " (" + setting.unit.russian() + ')';
}

std::string limits(const Setting& setting) {
    if (setting.type != SettingType::Integer) return {};
    return ", от " + std::to_string(setting.min) + " до " + std::to_string(setting.max);
}

std::string entry(const Setting& setting) {
    std::string text = "; " + setting.doc.russian() + unit_words(setting) + '\n';
    for (const Text& more : setting.more_doc)
        text += "; " + more.russian() + '\n';
    for (const SettingChoice& choice : setting.choices)
        text += "; " + choice.value + " - " + choice.doc.russian() + '\n';
    if (!setting.default_value.empty())
        text += "; По умолчанию " + setting.default_value + limits(setting) + '\n';
    const std::string value = setting.default_value.empty() ? "" : ' ' + setting.default_value;
    return text + ';' + setting.key + " =" + value + '\n';
}

std::string expected_file() {
    std::string text =
        "[Main]\n; Настройки модуля О!плати. Снимите точку с запятой перед ключом, чтобы задать "
        "своё "
        "значение\n; Пароль кассы, если она работает в режиме пароля, задаётся ключом password в "
        "файле "
        "secrets.conf рядом\n";
    for (const Setting& setting : setting_table()) {
        if (setting.file == SettingFile::Settings) text += '\n' + entry(setting);
    }
    return text;
}

}  // namespace

TEST_GROUP(ShippedFile){};

TEST(ShippedFile, documents_every_key_as_the_table_does) {
    std::ifstream file(std::string(CONF_FOLDER) + "/oplati.conf");
    const std::string text{std::istreambuf_iterator<char>(file), {}};

    STRCMP_EQUAL(expected_file().c_str(), text.c_str());
}

}  // namespace linuxcash::oplati
