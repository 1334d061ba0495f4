// SPDX-License-Identifier: Apache-2.0
#include "printing/printed.h"

#include <utility>

#include "printing/escpos.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

namespace linuxcash::tests {

namespace {

constexpr int kUsualLetter = 12;
constexpr int kSmallLetter = 9;

std::string trimmed(const std::string& line) {
    const std::size_t start = line.find_first_not_of(' ');
    if (start == std::string::npos) return {};
    return line.substr(start, line.find_last_not_of(' ') + 1 - start);
}

}  // namespace

std::string without_blanks(std::string_view text) {
    std::string letters;
    for (const char byte : text) {
        if (byte != ' ' && byte != '\n') letters += byte;
    }
    return letters;
}

std::string Printed::letters() const {
    std::string text;
    for (const std::string& line : lines)
        text += without_blanks(line);
    return text;
}

Printed print(std::string_view bytes, const simulator::PrinterProfile& profile) {
    simulator::Decoder decoder(profile);
    decoder.feed(bytes);
    if (!decoder.roll().unfinished().empty()) decoder.roll().tear_off();
    Printed result;
    for (simulator::PrintedSlip& slip : decoder.roll().take_finished()) {
        for (const std::string& line : slip.lines)
            result.lines.push_back(trimmed(line));
        result.codes.insert(result.codes.end(), slip.codes.begin(), slip.codes.end());
        result.cuts += slip.severed == simulator::Severed::No ? 0 : 1;
        result.pictures.push_back(std::move(slip.picture));
    }
    for (const simulator::Remark& remark : decoder.remarks())
        result.remarks.push_back(std::to_string(remark.offset) + ": " + remark.text.russian());
    return result;
}

simulator::PrinterProfile epson(int dots) {
    simulator::PrinterProfile profile = *simulator::find_printer_profile("epson-80");
    profile.dots = dots;
    return profile;
}

printing::Model model_of_epson(int dots, printing::CodePrinting codes) {
    printing::Model model;
    model.name = "epson";
    model.dots = dots;
    model.columns = dots / kUsualLetter;
    model.small_columns = dots / kSmallLetter;
    for (const auto& [name, number] :
         {std::pair{"cp866", 17}, {"cp1251", 46}, {"cp437", 0}, {"cp858", 19}, {"cp1252", 16}})
        model.pages.push_back({printing::find_code_page(name), static_cast<unsigned char>(number)});
    model.qr = codes;
    model.barcode = codes;
    model.cutter = printing::Cutter::Partial;
    model.drawer = printing::Drawer::Pin2;
    return model;
}

Printed printed_slip(const core::slip::Slip& slip, const printing::Model& model) {
    const auto bytes = printing::encode(slip, model);
    CHECK_TEXT(bytes.ok(), bytes.ok() ? "" : bytes.error().text.russian().c_str());
    Printed result = print(*bytes, epson(model.dots));
    for (const std::string& remark : result.remarks)
        FAIL(remark.c_str());
    return result;
}

}  // namespace linuxcash::tests
