// SPDX-License-Identifier: Apache-2.0
// Pictures of slips that a person has looked at, dot by dot. LINUXCASH_GOLDEN=write makes them anew
// (tests/data/printing/README.md).
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "paper/png.h"
#include "printing/bench_slip.h"
#include "printing/preview.h"
#include "printing/printed.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::core::slip;
using namespace linuxcash::printing;
using namespace linuxcash::tests;
using linuxcash::paper::read_png;

namespace {

std::string path_of(const std::string& name) {
    return std::string(TEST_DATA "/printing/") + name;
}

std::string contents(const std::string& name) {
    std::ostringstream text;
    text << std::ifstream(path_of(name), std::ios::binary).rdbuf();
    return text.str();
}

bool is_writing() {
    const char* const wish = std::getenv("LINUXCASH_GOLDEN");
    return wish != nullptr && std::string(wish) == "write";
}

void check_golden(const std::string& name, const std::string& png) {
    if (is_writing()) {
        std::ofstream(path_of(name), std::ios::binary) << png;
        return;
    }
    const auto expected = read_png(contents(name));
    CHECK_TEXT(expected.ok(), (name + " is not there").c_str());
    const auto made = read_png(png);
    CHECK(made.ok());
    CHECK_TEXT(*expected == *made, (name + " looks otherwise").c_str());
}

void check_preview(const std::string& name, const Slip& slip, const Model& model) {
    const auto png = preview(slip, model);
    CHECK(png.ok());
    check_golden(name, *png);
}

Slip every_element() {
    const Column wide{"Хлеб бородинский нарезной 400 г", 0, Alignment::Left, Wrapping::Wordwrap};
    return {
        {Text{"КАФЕ «ЁЛКА»", Size::Large, Alignment::Center, Wrapping::Wordwrap, true},
         Text{"средний шрифт", Size::Medium, Alignment::Center},
         Text{"мелкий шрифт, № 1 — 25 °C", Size::Small, Alignment::Right},
         Text{
             "Қазақстан, Беларусь: Вёска Ўсход", Size::Default, Alignment::Left,
             Wrapping::Wordwrap},
         Line{"─"}, Pair{.left = "Карта", .right = "**** 4242"},
         Pair{.left = "Итого к оплате по карте за всё", .right = "1 404,95 ₽", .separator = "."},
         Columns{{wide, {"2", 3, Alignment::Right}, {"54,00", 8, Alignment::Right}}}, Br{},
         Line{"="}, Barcode{.data = "460123456789", .print_text = PrintText::Below},
         Image{
             {"################", "#..............#", "#.####....####.#", "#..............#",
              "################"}},
         QrCode{.data = "https://pay.example.by/r?17", .size = CodeSize::Small}, Cut{},
         Text{"второй экземпляр"}, Cut{}}};
}

}  // namespace

TEST_GROUP(Golden){};

TEST(Golden, slip_of_the_benchmark_on_wide_paper) {
    const auto made = read_bench_slip(contents("slip.json"));
    CHECK(made.ok());
    check_preview("slip-80.png", made->slip, model_of_epson(576, CodePrinting::Native));
}

TEST(Golden, slip_of_the_benchmark_on_narrow_paper) {
    const auto made = read_bench_slip(contents("slip.json"));
    CHECK(made.ok());
    check_preview("slip-58.png", made->slip, model_of_epson(384, CodePrinting::Raster));
}

TEST(Golden, every_element_on_narrow_paper) {
    check_preview("elements-58.png", every_element(), model_of_epson(384, CodePrinting::Raster));
}

TEST(Golden, every_element_on_a_printer_of_another_width) {
    Model model = model_of_epson(512, CodePrinting::Native);
    model.pages = {{find_code_page("cp866"), 17}};
    check_preview("elements-512.png", every_element(), model);
}
