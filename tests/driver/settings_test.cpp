// SPDX-License-Identifier: Apache-2.0
#include "driver/settings.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <variant>

#include "paper/png.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::driver;

namespace {

const std::string kShipped = TEST_DATA "/../../conf/";

bool has(const Text& text, const std::string& part) {
    return text.russian().find(part) != std::string::npos;
}

}  // namespace

TEST_GROUP(PrinterSettings) {
    std::filesystem::path root;

    void setup() override {
        char name[] = "/tmp/linuxcash-driver-XXXXXX";
        root = ::mkdtemp(name);
        std::filesystem::create_directories(root / "cash/conf/ncash.ini.d");
        std::filesystem::copy_file(kShipped + "printers.ini", root / "cash/conf/printers.ini");
    }
    void teardown() override {
        std::filesystem::remove_all(root);
    }

    Result<Settings> read(const std::string& ini) {
        std::ofstream(root / "cash/conf/ncash.ini.d/hw_printer.ini") << ini;
        return read_settings(Places(root));
    }
};

TEST(PrinterSettings, the_receipt_printer_needs_only_its_device) {
    const auto settings = read("[printer]\ndevice = tcp:127.0.0.1:9101\n");

    CHECK_TRUE(settings.ok());
    LONGS_EQUAL(1, settings->printers.size());
    STRCMP_EQUAL("receipt", settings->printers[0].target.c_str());
    STRCMP_EQUAL("generic80", settings->printers[0].model.name.c_str());
    CHECK(settings->printers[0].address == links::Address(links::TcpAddress{"127.0.0.1", 9101}));
}

TEST(PrinterSettings, without_a_device_there_is_no_printer) {
    const auto settings = read("[printer]\nmodel = generic58\n");

    CHECK(settings.error().code == ErrorCode::NotFound);
    CHECK(has(settings.error().text, "hw_printer.ini"));
}

TEST(PrinterSettings, a_print_group_has_a_printer_of_its_own) {
    const auto settings = read(
        "[printer kitchen]\ndevice = file:kitchen.bin\nmodel = generic58\n"
        "[printer]\ndevice = usb:\n");

    LONGS_EQUAL(2, settings->printers.size());
    STRCMP_EQUAL("generic58", settings->of("kitchen").model.name.c_str());
    STRCMP_EQUAL("receipt", settings->of("bar").target.c_str());
    STRCMP_EQUAL("receipt", settings->of("receipt").target.c_str());
}

TEST(PrinterSettings, a_shop_says_the_width_of_its_paper) {
    const auto settings = read("[printer]\ndevice = usb:\ncolumns = 42\ndots = 512\n");

    LONGS_EQUAL(42, settings->printers[0].model.columns);
    LONGS_EQUAL(512, settings->printers[0].model.dots);
}

TEST(PrinterSettings, a_wrong_device_is_told_with_file_and_line) {
    const auto settings = read("[printer]\n\ndevice = ubs:\n");

    CHECK(settings.error().code == ErrorCode::InvalidInput);
    CHECK(has(settings.error().text, "hw_printer.ini:3:"));
}

TEST(PrinterSettings, an_unknown_model_is_told_with_the_nearest_one) {
    const auto settings = read("[printer]\ndevice = usb:\nmodel = generic8O\n");

    CHECK(settings.error().code == ErrorCode::InvalidInput);
    CHECK(has(settings.error().text, "hw_printer.ini:3:"));
    CHECK(has(settings.error().text, "generic80"));
}

TEST(PrinterSettings, an_unknown_key_is_warned_of) {
    const auto settings = read("[printer]\ndevice = usb:\nmodell = generic80\n");

    CHECK_TRUE(settings.ok());
    LONGS_EQUAL(1, settings->warnings.size());
    CHECK(has(settings->warnings[0], "model"));
}

TEST(PrinterSettings, a_logo_stands_above_every_slip) {
    paper::Bitmap picture(3, 2);
    picture.blacken(1, 0, 1, 2);
    std::ofstream(root / "cash/conf/logo.png") << *paper::write_png(picture);

    const auto settings = read("[printer]\ndevice = usb:\nlogo = logo.png\n");

    CHECK_TRUE(settings.ok());
    core::slip::Slip slip;
    slip.elements = {core::slip::Br{}};
    const core::slip::Slip headed = with_logo(slip, settings->printers[0]);
    LONGS_EQUAL(2, headed.elements.size());
    const core::slip::Image logo{{".#.", ".#."}};
    CHECK(std::get<core::slip::Image>(headed.elements[0]) == logo);
}

TEST(PrinterSettings, without_a_logo_a_slip_stays_as_it_is) {
    const auto settings = read("[printer]\ndevice = usb:\n");
    LONGS_EQUAL(0, with_logo({}, settings->printers[0]).elements.size());
}

TEST(PrinterSettings, a_logo_that_is_not_there_or_too_large_is_told_with_its_line) {
    const auto missing = read("[printer]\ndevice = usb:\nlogo = none.png\n");
    CHECK(has(missing.error().text, "hw_printer.ini:3:"));
    std::ofstream(root / "cash/conf/wide.png") << *paper::write_png(paper::Bitmap(577, 10));
    const auto wide = read("[printer]\ndevice = usb:\nlogo = wide.png\n");
    CHECK(has(wide.error().text, "577×10"));
    std::ofstream(root / "cash/conf/text.png") << "no picture";
    CHECK_FALSE(read("[printer]\ndevice = usb:\nlogo = text.png\n").ok());
}

TEST(PrinterSettings, without_models_it_says_where_they_are_missing) {
    std::filesystem::remove(root / "cash/conf/printers.ini");

    const auto settings = read("[printer]\ndevice = usb:\n");

    CHECK(has(settings.error().text, "printers.ini"));
}
