// SPDX-License-Identifier: Apache-2.0
#include "links/device_id.h"

#include <random>
#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::links;
using namespace std::string_literals;

TEST_GROUP(PrinterDeviceId){};

TEST(PrinterDeviceId, ends_where_its_length_says) {
    STRCMP_EQUAL("MFG:A;", device_id_text("\0\x08MFG:A;rest"s).c_str());
}

TEST(PrinterDeviceId, may_have_its_length_the_other_way_round_or_wrong) {
    STRCMP_EQUAL("MFG:A;", device_id_text("\x08\0MFG:A;"s).c_str());
    STRCMP_EQUAL("MFG:A;", device_id_text("\x7F\x7FMFG:A;\0\0"s).c_str());
    STRCMP_EQUAL("MFG:A;", device_id_text("\0\0MFG:A;"s).c_str());
    STRCMP_EQUAL("", device_id_text("\0"s).c_str());
}

TEST(PrinterDeviceId, has_fields_by_their_short_and_long_names) {
    const std::string id = "MANUFACTURER:EPSON; MDL : TM-T20 ;CLS:PRINTER;SN:";

    STRCMP_EQUAL("EPSON", device_id_field(id, "MFG", "MANUFACTURER").c_str());
    STRCMP_EQUAL("TM-T20", device_id_field(id, "MDL", "MODEL").c_str());
    STRCMP_EQUAL("", device_id_field(id, "SN", "SERN").c_str());
    STRCMP_EQUAL("", device_id_field(id, "CMD", "COMMAND SET").c_str());
}

TEST(PrinterDeviceId, shows_nothing_that_moves_a_cursor) {
    STRCMP_EQUAL("\\x1B[2J", device_id_field("MFG:\x1B[2J;", "MFG", "").c_str());
}

TEST(PrinterDeviceId, of_any_bytes_is_read) {
    std::mt19937 random(20261122);
    for (int round = 0; round < 5'000; ++round) {
        std::string bytes(random() % 20, '\0');
        for (char& byte : bytes)
            byte = "MFG:;\0\x01\xFF "[random() % 9];
        const std::string text = device_id_text(bytes);
        CHECK(text.size() <= bytes.size());
        (void)device_id_field(text, "MFG", "MANUFACTURER");
    }
}
