// SPDX-License-Identifier: Apache-2.0
#include "terminal/settings.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "fakes/temporary_folder.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::terminal;

TEST_GROUP(RegisterSettings) {
    fakes::TemporaryFolder folder;
    Places places{folder.path()};

    void write(const std::filesystem::path& file, const std::string& text) {
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file) << text;
    }

    std::string fault() {
        const auto read = read_register_settings(places);
        return read ? "fine" : read.error().text.russian();
    }
};

TEST(RegisterSettings, are_defaults_without_a_file) {
    const auto settings = read_register_settings(places);

    CHECK(settings.ok());
    CHECK(settings->currency.code() == "BYN");
    STRCMP_EQUAL("1", settings->desk.c_str());
    LONGS_EQUAL(48, settings->slip_columns);
    CHECK(settings->plugins.empty());
}

TEST(RegisterSettings, are_read_from_their_file) {
    write(
        places.ncash(),
        "[Main]\ncurrency = RUB\ndesk = 7A\nslip_columns = 40\nmax_discount = 15\n"
        "respect_minimum_price = 0\n[paysystems]\nmodules_dir = /opt/modules\n"
        "[ArtixQueue]\nmessagesCountWarning = 3\n");

    const auto settings = read_register_settings(places);

    CHECK(settings.ok());
    CHECK(settings->currency.code() == "RUB");
    STRCMP_EQUAL("7A", settings->desk.c_str());
    LONGS_EQUAL(40, settings->slip_columns);
    LONGS_EQUAL(15, settings->max_discount_percent);
    CHECK_FALSE(settings->respect_minimum_price);
    STRCMP_EQUAL("/opt/modules", settings->modules_dir.c_str());
    LONGS_EQUAL(3, settings->queue_count_warning);
}

TEST(RegisterSettings, name_file_and_key_of_what_does_not_fit) {
    for (const char* text :
         {"[Main]\ncurrency = XXX\n", "[Main]\ndesk = а1\n", "[Main]\nslip_columns = 5\n",
          "[paysystems]\nmodules_dir = here\n", "nonsense\n"}) {
        write(places.ncash(), text);

        CHECK_TEXT(fault().find("ncash.ini") != std::string::npos, text);
    }
}

TEST(RegisterSettings, warn_of_an_unknown_key_and_run) {
    write(places.ncash(), "[Main]\ncurency = BYN\n");

    const auto settings = read_register_settings(places);

    CHECK(settings.ok());
    LONGS_EQUAL(1, settings->warnings.size());
}

TEST(RegisterSettings, collect_what_is_switched_on) {
    const std::filesystem::path features = places.feature("x").parent_path();
    write(features / "oplati.ini", "[plugins]\noplati = on\n");
    write(features / "stats.ini", "[plugins]\nstats = off\n");
    write(features / "more.ini", "[plugins]\nwebmoney = on\n[Other]\nfake = on\n");
    write(features / "readme.txt", "[plugins]\nhidden = on\n");
    write(features / "broken.ini", "what is this\n");

    const auto settings = read_register_settings(places);

    CHECK(settings.ok());
    LONGS_EQUAL(2, settings->plugins.size());
    STRCMP_EQUAL("oplati", settings->plugins[0].c_str());
    STRCMP_EQUAL("webmoney", settings->plugins[1].c_str());
    LONGS_EQUAL(1, settings->warnings.size());
}
