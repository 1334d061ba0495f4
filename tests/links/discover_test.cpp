// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <string>

#include "fakes/printer_ends.h"
#include "links/scene.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::links;

namespace fs = std::filesystem;

TEST_GROUP(Discovery) {
    Scene scene;
    fakes::PseudoTerminal terminal;
    DiscoverOptions options{scene.folder.path(), true};

    // Without the USB printers of the machine that runs the test.
    std::vector<Found> found() {
        std::vector<Found> files;
        for (const Found& one : discover(scene.surroundings, options)) {
            if (!one.address.starts_with("usb:")) files.push_back(one);
        }
        return files;
    }
};

TEST(Discovery, finds_device_files_and_serial_ports) {
    fs::create_directory(options.devices / "usb");
    fs::create_symlink("/dev/null", options.devices / "usb" / "lp1");
    fs::create_symlink(terminal.path(), options.devices / "ttyUSB0");

    const auto all = found();

    LONGS_EQUAL(2, all.size());
    STRCMP_EQUAL(
        ("lp:" + (options.devices / "usb" / "lp1").native()).c_str(), all[0].address.c_str());
    CHECK(all[0].usable);
    STRCMP_EQUAL(
        ("serial:" + (options.devices / "ttyUSB0").native() + ",9600").c_str(),
        all[1].address.c_str());
    CHECK(all[1].usable);
}

TEST(Discovery, names_a_serial_port_once_by_the_name_that_stays) {
    fs::create_directories(options.devices / "serial" / "by-id");
    const fs::path stable = options.devices / "serial" / "by-id" / "usb-FTDI_1-if00";
    fs::create_symlink(terminal.path(), stable);
    fs::create_symlink(terminal.path(), options.devices / "ttyUSB0");

    const auto all = found();

    LONGS_EQUAL(1, all.size());
    STRCMP_EQUAL(("serial:" + stable.native() + ",9600").c_str(), all[0].address.c_str());
}

TEST(Discovery, says_why_a_port_is_not_usable) {
    fs::create_symlink("/dev/null", options.devices / "ttyUSB0");

    const auto all = found();

    LONGS_EQUAL(1, all.size());
    CHECK_FALSE(all[0].usable);
    STRCMP_CONTAINS("не последовательный порт", all[0].reason.russian().c_str());
}

TEST(Discovery, of_a_folder_that_is_not_there_finds_nothing) {
    options.devices = scene.folder.path() / "none";

    CHECK(found().empty());
}
