// SPDX-License-Identifier: Apache-2.0
#include "base/places.h"

#include <cstdlib>
#include <filesystem>
#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::Places;

TEST_GROUP(Places){void teardown() override{::unsetenv("LINUXCASH_ROOT");
}
}
;

TEST(Places, are_those_of_the_documents) {
    const Places places("/linuxcash");

    STRCMP_EQUAL("/linuxcash/cash/paysystems/oplati", places.module_folder("oplati").c_str());
    STRCMP_EQUAL(
        "/linuxcash/cash/paysystems/oplati/oplati.conf", places.settings("oplati").c_str());
    STRCMP_EQUAL(
        "/linuxcash/cash/paysystems/oplati/secrets.conf", places.secrets("oplati").c_str());
    STRCMP_EQUAL("/linuxcash/cash/paysystems/oplati/token.conf", places.token("oplati").c_str());
    STRCMP_EQUAL("/linuxcash/cash/data", places.data().c_str());
    STRCMP_EQUAL(
        "/linuxcash/cash/data/paysystems/oplati.journal", places.journal("oplati").c_str());
    STRCMP_EQUAL("/linuxcash/cash/data/paysystems/oplati.lock", places.lock("oplati").c_str());
    STRCMP_EQUAL(
        "/linuxcash/cash/data/paysystems/oplati.reserve", places.reserve("oplati").c_str());
    STRCMP_EQUAL("/linuxcash/cash/data/till.db", places.till().c_str());
    STRCMP_EQUAL("/linuxcash/cash/data/till.lock", places.till_lock().c_str());
    STRCMP_EQUAL("/linuxcash/cash/conf/ncash.ini", places.ncash().c_str());
    STRCMP_EQUAL("/linuxcash/cash/conf/printers.ini", places.printers().c_str());
    STRCMP_EQUAL("/linuxcash/cash/conf/ncash.ini.d/oplati.ini", places.feature("oplati").c_str());
    STRCMP_EQUAL("/linuxcash/cash/exchange/sale1", places.sales("1").c_str());
    STRCMP_EQUAL("/linuxcash/cash/reports", places.reports().c_str());
    STRCMP_EQUAL("/linuxcash/logs/current/terminal.log", places.terminal_log().c_str());
}

TEST(Places, root_option_wins_over_the_environment) {
    ::setenv("LINUXCASH_ROOT", "/from/environment", 1);

    STRCMP_EQUAL("/from/option", Places::choose("/from/option").root().c_str());
}

TEST(Places, environment_wins_over_the_installed_root) {
    ::setenv("LINUXCASH_ROOT", "/from/environment", 1);

    STRCMP_EQUAL("/from/environment", Places::choose(std::nullopt).root().c_str());
}

TEST(Places, empty_environment_counts_as_unset) {
    ::setenv("LINUXCASH_ROOT", "", 1);

    STRCMP_EQUAL("/linuxcash", Places::choose(std::nullopt).root().c_str());
}

TEST(Places, relative_root_becomes_absolute) {
    const std::filesystem::path expected = std::filesystem::current_path() / "demo";

    STRCMP_EQUAL(expected.c_str(), Places("x/../demo/").root().c_str());
}
