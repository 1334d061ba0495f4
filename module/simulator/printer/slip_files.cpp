// SPDX-License-Identifier: Apache-2.0
#include "simulator/printer/slip_files.h"

#include "base/files.h"
#include "base/printable.h"
#include "paper/png.h"

namespace linuxcash::simulator {

namespace {

constexpr int kMargin = 40;  // dots: 5 mm
constexpr int kDigits = 4;

std::string_view word_of(Severed severed) {
    switch (severed) {
        case Severed::No:
            break;
        case Severed::Partly:
            return "partly";
        case Severed::Wholly:
            return "wholly";
    }
    return "no";
}

std::string text_of(const PrintedSlip& slip) {
    std::string text;
    for (const std::string& line : slip.lines)
        text += line + "\n";
    for (const PrintedCode& code : slip.codes)
        text += "<" + code.kind + ": " + printable(code.data) + ">\n";
    return text;
}

std::string name_of(int number) {
    std::string digits = std::to_string(number);
    while (digits.size() < kDigits)
        digits.insert(0, "0");
    return digits;
}

}  // namespace

json::Value to_json(const PrintedSlip& slip) {
    json::Array lines(slip.lines.begin(), slip.lines.end());
    json::Array codes;
    for (const PrintedCode& code : slip.codes)
        codes.push_back(json::object({{"kind", code.kind}, {"data", printable(code.data)}}));
    const json::Array dots{slip.picture.width(), slip.picture.height()};
    return json::object(
        {{"lines", lines}, {"codes", codes}, {"cut", word_of(slip.severed)}, {"dots", dots}});
}

Result<> write_slip(const PrintedSlip& slip, const std::filesystem::path& folder, int number) {
    constexpr mode_t kFolderMode = 0755;
    constexpr mode_t kFileMode = 0644;
    const auto made = make_folders(folder, kFolderMode);
    if (!made) return made;
    const paper::Bitmap& print = slip.picture;
    paper::Bitmap sheet(print.width() + 2 * kMargin, print.height() + 2 * kMargin);
    sheet.draw(print, {kMargin, kMargin});
    const auto png = paper::write_png(sheet);
    if (!png) return png.error();
    const std::string name = name_of(number);
    const auto written = write_file(folder / (name + ".png"), *png, kFileMode);
    if (!written) return written;
    return write_file(folder / (name + ".txt"), text_of(slip), kFileMode);
}

}  // namespace linuxcash::simulator
