// SPDX-License-Identifier: Apache-2.0
// What the virtual printer is: its paper, its alphabets, what it can draw. The numbers are those of
// the makers, kept apart from conf/printers.ini so that a wrong one there does not agree with
// itself. Plain values, any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linuxcash::simulator {

// Code points of the bytes 80 … FF; 0: no character.
using Alphabet = std::array<char32_t, 128>;

// As iconv of the C library knows it; nullopt when it has no page of that name.
[[nodiscard]] std::optional<Alphabet> read_alphabet(const char* iconv_name);

struct PrinterPage {
    int number = 0;  // of the command ESC t
    std::string name;  // for iconv
};

struct PrinterProfile {
    std::string name;
    int dots = 576;  // printable width
    std::vector<PrinterPage> pages;
    bool native_qr = true;
    bool native_barcodes = true;
    bool cutter = true;
    bool two_byte_at_start = false;  // ESC @ brings back a mode that reads letters in pairs
    std::string maker = "EPSON";  // answers to GS I; a clone that stays silent has none
    std::string title = {};
};

// The known printers, the first one being the usual one.
[[nodiscard]] std::vector<PrinterProfile> printer_profiles();
// Nullopt when there is none of that name.
[[nodiscard]] std::optional<PrinterProfile> find_printer_profile(std::string_view name);

}  // namespace linuxcash::simulator
