// SPDX-License-Identifier: Apache-2.0
#include "printing/models.h"

#include <fstream>
#include <string>

#include "fakes/temporary_folder.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::printing;
using linuxcash::ErrorCode;
using linuxcash::Result;

namespace {

Result<Models> read(const std::string& text) {
    const linuxcash::fakes::TemporaryFolder folder;
    const auto path = folder.path() / "printers.ini";
    std::ofstream(path) << text;
    return read_models(path);
}

std::string fault(const std::string& text) {
    const auto models = read(text);
    CHECK_FALSE_TEXT(models.ok(), text.c_str());
    CHECK(models.error().code == ErrorCode::InvalidInput);
    return models.error().text.russian();
}

}  // namespace

TEST_GROUP(PrinterModels){};

TEST(PrinterModels, are_read_as_they_stand) {
    const auto models = read(
        "[a]\ntitle = А\ncolumns = 48\nsmall_columns = 64\ndots = 576\n"
        "code_pages = cp866:17  cp1251:46\nqr = native\nbarcode = none\nimages = 0\n"
        "cutter = full\ndrawer = pin5\nleave_two_byte_mode = 0\n");

    CHECK(models.ok());
    const Model& model = *models->find("a");
    STRCMP_EQUAL("А", model.title.c_str());
    LONGS_EQUAL(48, model.columns);
    LONGS_EQUAL(64, model.small_columns);
    LONGS_EQUAL(576, model.dots);
    LONGS_EQUAL(2, model.pages.size());
    CHECK(model.pages[1].page == find_code_page("cp1251"));
    LONGS_EQUAL(46, model.pages[1].number);
    CHECK(model.qr == CodePrinting::Native);
    CHECK(model.barcode == CodePrinting::None);
    CHECK_FALSE(model.images);
    CHECK(model.cutter == Cutter::Full);
    CHECK(model.drawer == Drawer::Pin5);
    CHECK_FALSE(model.leave_two_byte_mode);
}

TEST(PrinterModels, take_the_defaults_of_a_small_printer) {
    const auto models = read("[a]\ncode_pages = cp866:17\n");

    const Model& model = *models->find("a");
    LONGS_EQUAL(32, model.columns);
    LONGS_EQUAL(384, model.dots);
    CHECK(model.qr == CodePrinting::Raster);
    CHECK(model.cutter == Cutter::None);
    CHECK(model.leave_two_byte_mode);
}

TEST(PrinterModels, say_what_a_printer_answers) {
    const auto models = read(
        "[a]\ncode_pages = cp866:17\n[b]\ncode_pages = cp866:17\nstatus = full\ndevice_id = 0\n"
        "[c]\ncode_pages = cp866:17\nstatus = none\n[d]\ncode_pages = cp866:17\n"
        "status = realtime\n");

    CHECK(models->find("a")->status == StatusAnswers::Auto);
    CHECK(models->find("a")->device_id);
    CHECK(models->find("b")->status == StatusAnswers::Full);
    CHECK_FALSE(models->find("b")->device_id);
    CHECK(models->find("c")->status == StatusAnswers::None);
    CHECK(models->find("d")->status == StatusAnswers::Realtime);
}

TEST(PrinterModels, refuse_a_page_that_is_none) {
    for (const char* page : {"cp866", "cp1:17", "cp866:256", "cp866:-1", "cp866:x"}) {
        const std::string text = fault("[a]\ncode_pages = " + std::string(page) + "\n");
        STRCMP_CONTAINS("printers.ini:2: «", text.c_str());
        STRCMP_CONTAINS("напишите, например, cp866:17", text.c_str());
    }
}

TEST(PrinterModels, refuse_a_model_without_pages_and_wrong_values) {
    CHECK(!fault("[a]\ncolumns = 32\n").empty());
    STRCMP_CONTAINS(":3:", fault("[a]\ncode_pages = cp866:17\ncolumns = 5\n").c_str());
    STRCMP_CONTAINS(":3:", fault("[a]\ncode_pages = cp866:17\nqr = maybe\n").c_str());
}

TEST(PrinterModels, refuse_a_file_without_models) {
    STRCMP_CONTAINS("нет ни одной модели принтера", fault("").c_str());
}

TEST(PrinterModels, warn_of_an_unknown_key) {
    const auto models = read("[a]\ncode_pages = cp866:17\ncollumns = 32\n");

    LONGS_EQUAL(1, models->warnings.size());
}

TEST(PrinterModels, of_the_shipped_file_are_all_right) {
    const auto models = read_models(PRINTERS_INI);

    CHECK(models.ok());
    LONGS_EQUAL(0, models->warnings.size());
    CHECK(models->find("generic58") != nullptr);
    CHECK(models->find("epson-tm-t20") != nullptr);
    CHECK(models->find("none") == nullptr);
}
