// SPDX-License-Identifier: Apache-2.0
#include "simulator/printer/barcodes.h"

#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::simulator;

TEST_GROUP(PrinterBarcodes){};

TEST(PrinterBarcodes, draw_an_ean_as_the_standard_has_it) {
    const auto code = draw_ean13("5901234123457");

    CHECK(code.has_value());
    STRCMP_EQUAL(
        "101000101101001110110011001001101111010011101010101100110110110010000101011100100111010001"
        "00101",
        code->modules.c_str());
}

TEST(PrinterBarcodes, complete_twelve_digits) {
    STRCMP_EQUAL("4601234567893", draw_ean13("460123456789")->data.c_str());
}

TEST(PrinterBarcodes, refuse_a_wrong_ean) {
    for (const char* digits : {"4601234567890", "46012345678", "46012345678931", "46012345678x"})
        CHECK_FALSE(draw_ean13(digits).has_value());
}

TEST(PrinterBarcodes, draw_code_128_with_its_check_symbol) {
    const auto code = draw_code128("{BA");

    // Start B, "A", check symbol 34, stop.
    CHECK(code.has_value());
    STRCMP_EQUAL(
        "11010010000"
        "10100011000"
        "10001011000"
        "1100011101011",
        code->modules.c_str());
}

TEST(PrinterBarcodes, change_sets_of_code_128) {
    STRCMP_EQUAL("a12{", draw_code128("{Ba{C\x0C{B{{")->data.c_str());
}

TEST(PrinterBarcodes, refuse_wrong_data_of_code_128) {
    for (const char* data : {"", "A", "{", "{B", "{D1", "{C\x64", "{Aa", "{B\x01"})
        CHECK_FALSE(draw_code128(data).has_value());
}
