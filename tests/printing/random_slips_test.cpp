// SPDX-License-Identifier: Apache-2.0
// Slips that chance makes, the same ones each time: encode() gives bytes or a documented error, the
// printer finds nothing strange in them, and no letter is lost.
#include <array>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "core/slip_layout.h"
#include "printing/escpos.h"
#include "printing/preview.h"
#include "printing/printed.h"
#include "printing/rows.h"
#include "printing/wording.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::core::slip;
using namespace linuxcash::printing;
using namespace linuxcash::tests;
using linuxcash::ErrorCode;

namespace {

constexpr int kSlips = 300;
constexpr std::uint32_t kSeed = 20261122;

// Characters that a page has, that only another page has, that are drawn, respelled, or refused.
constexpr std::array<std::string_view, 40> kCharacters{
    "А",  "б",  "ё",    "Ў",    "і",   "Q",    "z",       "0",      "9", " ", " ", " ",   "-", "№",
    "«",  "»",  "—",    "…",    "₽", "€",    "─",       "║",      "░", "°", "Қ", "ғ",   "ž", "é",
    "\n", "\t", "\x1B", "\xFF", "漢",  "🙂", "и\u0306", "\u00a0", "Ω", "→", "%", "\x1D"};

class Chance {
public:
    explicit Chance(std::uint32_t seed) : engine_(seed) {}

    int below(int limit) { return static_cast<int>(engine_() % static_cast<std::uint32_t>(limit)); }
    bool yes() { return below(2) == 0; }

    template <typename Word>
    Word one(std::initializer_list<Word> words) {
        return *(words.begin() + below(static_cast<int>(words.size())));
    }

    std::string text() {
        std::string made;
        for (int count = below(70); count > 0; --count)
            made += kCharacters.at(static_cast<std::size_t>(below(40)));
        return made;
    }
    Size size() { return one({Size::Default, Size::Small, Size::Medium, Size::Large}); }
    Alignment alignment() { return one({Alignment::Left, Alignment::Center, Alignment::Right}); }
    Wrapping wrapping() { return one({Wrapping::Anywhere, Wrapping::Wordwrap}); }
    CodeSize code_size() {
        return one(
            {CodeSize::Normal, CodeSize::Tiny, CodeSize::Small, CodeSize::Large,
             CodeSize::Extralarge});
    }

private:
    std::mt19937 engine_;
};

Element code(Chance& chance) {
    const auto correction = chance.one(
        {QrCorrection::Medium, QrCorrection::Low, QrCorrection::High, QrCorrection::Ultra});
    const auto place =
        chance.one({PrintText::None, PrintText::Below, PrintText::Above, PrintText::Everywhere});
    const auto digits = chance.one<const char*>({"460123456789", "4601234567890", "12", "x"});
    if (chance.yes()) return Barcode{digits, chance.code_size(), place};
    const int longest = chance.below(8) == 0 ? 3500 : 300;
    return QrCode{
        std::string(static_cast<std::size_t>(chance.below(longest)), 'q'), chance.code_size(),
        correction};
}

Element columns(Chance& chance) {
    Columns made;
    for (int count = chance.below(5); count > 0; --count)
        made.columns.push_back(
            {chance.text(), chance.below(60), chance.alignment(), chance.wrapping()});
    made.size = chance.size();
    made.bold = chance.yes();
    return made;
}

Element image(Chance& chance) {
    Image made;
    for (int count = chance.below(20); count > 0; --count)
        made.rows.push_back(std::string(static_cast<std::size_t>(chance.below(600)), '#'));
    made.text = chance.text();
    return made;
}

Element element(Chance& chance) {
    switch (chance.below(9)) {
        case 0:
            return Pair{chance.text(), chance.text(),      chance.text().substr(0, 2),
                        chance.size(), chance.alignment(), chance.wrapping()};
        case 1:
            return Line{chance.text().substr(0, 2), chance.size()};
        case 2:
            return Br{};
        case 3:
            return Cut{};
        case 4:
            return code(chance);
        case 5:
            return columns(chance);
        case 6:
            return image(chance);
        default:
            return Text{
                chance.text(), chance.size(), chance.alignment(), chance.wrapping(), chance.yes()};
    }
}

Model model(Chance& chance) {
    const auto way = chance.one({CodePrinting::Native, CodePrinting::Raster, CodePrinting::None});
    Model made = model_of_epson(12 * chance.one({30, 32, 42, 48}), way);
    made.images = chance.yes();
    made.cutter = chance.one({Cutter::None, Cutter::Partial, Cutter::Full});
    if (chance.yes()) made.small_columns = 0;
    if (chance.yes()) made.pages.resize(1);
    return made;
}

Slip slip(Chance& chance) {
    Slip made;
    for (int count = 1 + chance.below(6); count > 0; --count)
        made.elements.push_back(element(chance));
    return made;
}

std::map<char32_t, int> census(std::string_view text) {
    std::map<char32_t, int> found;
    while (!text.empty()) {
        const char32_t character = linuxcash::utf8_code_point(text);
        // The virtual printer's № of cp437 and the like are not told apart: each page has its own.
        if (character != ' ' && character != 0xA0) ++found[character];
        text.remove_prefix(std::max<std::size_t>(linuxcash::utf8_character_size(text), 1));
    }
    return found;
}

// What the printer's own letters must say, in the order of the layout.
std::string expected_letters(const Slip& made, const Model& printer) {
    const auto pages = pages_of(printer);
    std::string letters;
    for (const Row& row : rows_of(made, printer)) {
        const auto* const text = std::get_if<TextRow>(&row);
        if (text != nullptr && is_printed(text->text, pages)) letters += text->text;
        const auto* const bars = std::get_if<Barcode>(&row);
        if (bars == nullptr) continue;
        const bool both = bars->print_text == PrintText::Everywhere;
        if (both || bars->print_text == PrintText::Above) letters += bars->data;
        if (both || bars->print_text == PrintText::Below) letters += bars->data;
    }
    return letters;
}

}  // namespace

TEST_GROUP(RandomSlips){};

TEST(RandomSlips, become_bytes_or_a_documented_error_and_lose_no_letter) {
    Chance chance(kSeed);
    int printed_slips = 0;
    for (int count = 0; count < kSlips; ++count) {
        const Slip made = slip(chance);
        const Model printer = model(chance);

        const auto bytes = encode(made, printer);

        const auto picture = printed_picture(made, printer);
        CHECK_EQUAL(bytes.ok(), picture.ok());
        if (!bytes) {
            CHECK(
                bytes.error().code == ErrorCode::TooLarge
                || bytes.error().code == ErrorCode::InvalidInput);
            CHECK(bytes.error() == picture.error());
            continue;
        }
        const Printed printed = print(*bytes, epson(printer.dots));
        for (const std::string& remark : printed.remarks)
            FAIL(remark.c_str());
        CHECK(census(expected_letters(made, printer)) == census(printed.letters()));
        ++printed_slips;
    }
    CHECK(printed_slips > kSlips / 2);
}
