// SPDX-License-Identifier: Apache-2.0
// bench_printing SLIP.json fixed|auto|raster MILLISECONDS [OUTPUT]: how many times encode() makes
// bytes of the slip; prints "slips N ns N bytes N", and writes the bytes. One thread.
#include <chrono>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/files.h"
#include "base/integer.h"
#include "printing/bench_slip.h"
#include "printing/escpos.h"

namespace {

using namespace linuxcash;  // NOLINT: this file only joins the pieces
using Clock = std::chrono::steady_clock;

constexpr std::size_t kSlipBytesMax = 1024 * 1024;
constexpr int kWarmUp = 50;

printing::Model model_of(const std::string& kind) {
    printing::Model model;
    model.columns = 48;
    model.small_columns = 64;
    model.dots = 576;
    model.cutter = printing::Cutter::Partial;
    const bool raster = kind == "raster";
    model.qr = raster ? printing::CodePrinting::Raster : printing::CodePrinting::Native;
    model.barcode = printing::CodePrinting::Native;
    model.pages = {{printing::find_code_page("cp866"), 17}};
    if (kind != "auto") return model;
    // The page that most of the slip needs is not the first one, so it has to be found.
    for (const auto& [name, number] :
         {std::pair{"cp437", 0}, {"cp850", 2}, {"cp1252", 16}, {"cp852", 18}, {"cp858", 19}})
        model.pages.insert(
            model.pages.end() - 1,
            {printing::find_code_page(name), static_cast<unsigned char>(number)});
    return model;
}

int measure(const core::slip::Slip& slip, const printing::Model& model, std::int64_t milliseconds) {
    for (int count = 0; count < kWarmUp; ++count) {
        if (!printing::encode(slip, model)) return 1;
    }
    const auto start = Clock::now();
    const auto end = start + std::chrono::milliseconds(milliseconds);
    std::uint64_t slips = 0;
    std::size_t bytes = 0;
    auto now = start;
    for (; now < end; now = Clock::now(), ++slips)
        bytes = printing::encode(slip, model)->size();
    const auto spent = std::chrono::duration_cast<std::chrono::nanoseconds>(now - start);
    std::cout << "slips " << slips << " ns " << spent.count() << " bytes " << bytes << "\n";
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() < 3) return 2;
    const auto text = read_file(words[0], kSlipBytesMax);
    const auto milliseconds = parse_integer(words[2]);
    if (!text || !milliseconds) return 2;
    const auto slip = tests::read_bench_slip(*text);
    if (!slip) return 2;
    const printing::Model model = model_of(words[1]);
    if (words.size() > 3) {
        const auto bytes = printing::encode(slip->slip, model);
        if (!bytes) return 1;
        std::ofstream(words[3], std::ios::binary) << *bytes;
    }
    return measure(slip->slip, model, *milliseconds);
}
