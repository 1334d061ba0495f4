// SPDX-License-Identifier: Apache-2.0
#include "config/ncash.h"

#include <set>
#include <string>

#include "base/files.h"
#include "config/ini.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::config;

namespace {

const std::string kShipped = TEST_DATA "/../../conf/";

bool fits(std::string_view key, std::string_view value) {
    for (const Setting& setting : ncash_schema())
        if (setting.key == key) return !ncash_fault(setting, value);
    return false;
}

// The shipped text with its commented defaults made real.
Result<Ini> with_defaults(const std::string& file) {
    const auto text = read_file(kShipped + file, kIniBytesMax);
    if (!text) return text.error();
    std::string opened = *text;
    std::size_t at = 0;
    while ((at = opened.find("\n;", at)) != std::string::npos) {
        ++at;
        if (opened[at + 1] != ' ') opened.erase(at, 1);
    }
    return Ini::parse(opened, file);
}

}  // namespace

TEST_GROUP(Ncash){};

TEST(Ncash, ships_every_setting_with_its_default) {
    const auto shipped = with_defaults("ncash.ini");
    CHECK_TRUE(shipped.ok());

    for (const Setting& setting : ncash_schema()) {
        const IniEntry* entry = shipped->find(setting.section, setting.key);
        CHECK_TRUE_TEXT(entry != nullptr, setting.key.c_str());
        STRCMP_EQUAL(setting.default_value.c_str(), entry->value.c_str());
    }
    CHECK_EQUAL(ncash_schema().size(), shipped->entries().size());
}

TEST(Ncash, ships_the_switch_of_oplati_off) {
    const auto shipped = with_defaults("ncash.ini.d/oplati.ini");
    CHECK_TRUE(shipped.ok());
    const Setting setting = plugin_schema("oplati").front();

    const IniEntry* entry = shipped->find(setting.section, setting.key);

    CHECK_TRUE(entry != nullptr);
    STRCMP_EQUAL("off", entry->value.c_str());
    STRCMP_EQUAL("off", setting.default_value.c_str());
}

TEST(Ncash, ships_every_setting_of_the_receipt_printer_with_its_default) {
    const auto shipped = with_defaults("ncash.ini.d/hw_printer.ini");
    CHECK_TRUE(shipped.ok());
    const Schema schema = printer_schema(kReceiptPrinter);

    for (const Setting& setting : schema) {
        const IniEntry* entry = shipped->find(setting.section, setting.key);
        CHECK_TRUE_TEXT(entry != nullptr, setting.key.c_str());
        STRCMP_EQUAL(setting.default_value.c_str(), entry->value.c_str());
    }
    CHECK_EQUAL(schema.size(), shipped->entries().size());
}

TEST(Ncash, has_defaults_that_fit) {
    for (const Setting& setting : ncash_schema())
        CHECK_TRUE_TEXT(!ncash_fault(setting, setting.default_value), setting.key.c_str());
}

TEST(Ncash, names_each_key_in_one_section_only) {
    std::set<std::string> keys;
    for (const Setting& setting : ncash_schema())
        CHECK_TRUE(keys.insert(setting.key).second);
}

TEST(Ncash, refuses_a_currency_that_it_does_not_know) {
    CHECK_TRUE(fits("currency", "RUB"));
    CHECK_FALSE(fits("currency", "byn"));
    CHECK_FALSE(fits("currency", ""));
}

TEST(Ncash, refuses_a_register_number_that_gateways_do_not_take) {
    CHECK_TRUE(fits("desk", "7"));
    CHECK_TRUE(fits("desk", "Kassa007"));
    CHECK_FALSE(fits("desk", ""));
    CHECK_FALSE(fits("desk", "123456789"));
    CHECK_FALSE(fits("desk", "1-2"));
    CHECK_FALSE(fits("desk", "касса"));
}

TEST(Ncash, refuses_percents_out_of_range) {
    CHECK_TRUE(fits("max_discount", "0"));
    CHECK_FALSE(fits("max_discount", "101"));
    CHECK_FALSE(fits("max_bonus", "-1"));
}

TEST(Ncash, refuses_a_relative_folder_of_modules) {
    CHECK_TRUE(fits("modules_dir", "/opt/modules"));
    CHECK_FALSE(fits("modules_dir", "build/paysystems"));
}
