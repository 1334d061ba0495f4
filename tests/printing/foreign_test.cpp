// SPDX-License-Identifier: Apache-2.0
// The virtual printer on streams that we did not write, and our encoder on the same document
// (tests/data/printing/README.md).
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "printing/bench_slip.h"
#include "printing/code_readers.h"
#include "printing/escpos.h"
#include "printing/printed.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::tests;
using linuxcash::printing::CodePrinting;

namespace {

std::string contents(const std::string& name) {
    std::ostringstream text;
    text << std::ifstream(std::string(TEST_DATA "/printing/") + name, std::ios::binary).rdbuf();
    return text.str();
}

BenchSlip document() {
    auto made = read_bench_slip(contents("slip.json"));
    CHECK(made.ok());
    return made.ok() ? *made : BenchSlip{};
}

void check_codes(const BenchSlip& expected, const Printed& printed) {
    for (const Codes& found :
         {read_with_zbar(printed.pictures), read_with_zxing(printed.pictures)}) {
        LONGS_EQUAL(2, found.size());
        for (const std::string& data : {expected.barcode, expected.qr})
            CHECK_TEXT(found[0] == data || found[1] == data, data.c_str());
    }
}

void check_printed(const Printed& printed, bool rules_differ = false) {
    const BenchSlip expected = document();
    LONGS_EQUAL(40, expected.lines.size());
    LONGS_EQUAL(expected.lines.size(), printed.lines.size());
    for (std::size_t index = 0; index < printed.lines.size(); ++index) {
        const std::string line = squeezed(printed.lines[index]);
        if (rules_differ && expected.lines[index] == "=" && line == "-") continue;
        STRCMP_EQUAL(expected.lines[index].c_str(), line.c_str());
    }
    for (const std::string& remark : printed.remarks)
        FAIL(remark.c_str());
    LONGS_EQUAL(1, printed.cuts);
    check_codes(expected, printed);
}

}  // namespace

TEST_GROUP(Foreign){};

TEST(Foreign, receiptline_is_read) {
    // Its markup has one kind of rule.
    check_printed(print(contents("receiptline.bin"), epson(576)), true);
}

TEST(Foreign, receipt_printer_encoder_is_read) {
    check_printed(print(contents("receipt-printer-encoder.bin"), epson(576)));
}

TEST(Foreign, receipt_printer_encoder_with_automatic_pages_is_read) {
    check_printed(print(contents("receipt-printer-encoder-auto.bin"), epson(576)));
}

TEST(Foreign, node_thermal_printer_is_read) {
    check_printed(print(contents("node-thermal-printer.bin"), epson(576)));
}

TEST(Foreign, our_own_bytes_say_the_same) {
    for (const CodePrinting way : {CodePrinting::Native, CodePrinting::Raster})
        check_printed(printed_slip(document().slip, model_of_epson(576, way)));
}
