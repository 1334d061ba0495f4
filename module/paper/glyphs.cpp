// SPDX-License-Identifier: Apache-2.0
#include "paper/glyphs.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "base/utf8.h"

namespace linuxcash::paper {

namespace {

constexpr int kUsualWidth = 12;
constexpr std::size_t kUsualHeight = 24;
constexpr int kSmallWidth = 9;
constexpr std::size_t kSmallHeight = 17;
constexpr unsigned kLeftDot = 0x8000;

// A row is 16 dots, the left one in the highest bit.
struct Glyph {
    char16_t code;
    std::array<std::uint16_t, kUsualHeight> usual;
    std::array<std::uint16_t, kSmallHeight> small;
};

constexpr Glyph kGlyphs[] = {
#include "glyph_table.inc"  // NOLINT: made at build time
};

const Glyph* find(char32_t code) {
    const auto* const found = std::lower_bound(
        std::begin(kGlyphs), std::end(kGlyphs), code,
        [](const Glyph& glyph, char32_t wanted) { return glyph.code < wanted; });
    return found != std::end(kGlyphs) && found->code == code ? found : nullptr;
}

struct Composition {
    char32_t letter;
    char32_t mark;
    char32_t together;
};

constexpr std::array<Composition, 10> kCompositions{{
    {U'и', U'\u0306', U'й'},
    {U'И', U'\u0306', U'Й'},
    {U'е', U'\u0308', U'ё'},
    {U'Е', U'\u0308', U'Ё'},
    {U'у', U'\u0306', U'ў'},
    {U'У', U'\u0306', U'Ў'},
    {U'і', U'\u0308', U'ї'},
    {U'І', U'\u0308', U'Ї'},
    {U'г', U'\u0301', U'ѓ'},
    {U'к', U'\u0301', U'ќ'},
}};

char32_t composed(char32_t letter, char32_t mark) {
    for (const Composition& each : kCompositions) {
        if (each.letter == letter && each.mark == mark) return each.together;
    }
    return letter;
}

bool is_mark(char32_t code) {
    return (code >= 0x300 && code < 0x370) || (code >= 0x200B && code <= 0x200D) || code == 0x2060
           || code == 0xFEFF || code == 0xAD;
}

int rows_of(Face face) {
    return static_cast<int>(face == Face::Usual ? kUsualHeight : kSmallHeight);
}

// Like a printer: bold is the letter struck twice, one dot apart.
unsigned dots_of(const Glyph& glyph, const Lettering& lettering, int row) {
    const auto index = static_cast<std::size_t>(row);
    const unsigned dots =
        lettering.face == Face::Usual ? glyph.usual.at(index) : glyph.small.at(index);
    return lettering.bold ? dots | (dots >> 1U) : dots;
}

void draw_box(Bitmap& bitmap, Point at, const Lettering& lettering) {
    const int width = letter_width(lettering);
    const int height = letter_height(lettering);
    bitmap.blacken(at.x + 1, at.y + 2, width - 2, 1);
    bitmap.blacken(at.x + 1, at.y + height - 3, width - 2, 1);
    bitmap.blacken(at.x + 1, at.y + 2, 1, height - 4);
    bitmap.blacken(at.x + width - 2, at.y + 2, 1, height - 4);
}

void draw_glyph(Bitmap& bitmap, Point at, const Glyph& glyph, const Lettering& lettering) {
    const int columns = lettering.face == Face::Usual ? kUsualWidth : kSmallWidth;
    for (int row = 0; row < rows_of(lettering.face); ++row) {
        const unsigned dots = dots_of(glyph, lettering, row);
        for (int column = 0; dots != 0 && column < columns; ++column) {
            if ((dots & (kLeftDot >> static_cast<unsigned>(column))) == 0) continue;
            bitmap.blacken(
                at.x + column * lettering.wide, at.y + row * lettering.high, lettering.wide,
                lettering.high);
        }
    }
}

}  // namespace

int letter_width(const Lettering& lettering) {
    return (lettering.face == Face::Usual ? kUsualWidth : kSmallWidth) * lettering.wide;
}

int letter_height(const Lettering& lettering) {
    return rows_of(lettering.face) * lettering.high;
}

bool has_glyph(char32_t code) {
    return find(code) != nullptr;
}

void draw_letter(Bitmap& bitmap, Point at, char32_t code, const Lettering& lettering) {
    const int width = letter_width(lettering);
    const int height = letter_height(lettering);
    const Glyph* const glyph = find(code);
    if (glyph != nullptr) draw_glyph(bitmap, at, *glyph, lettering);
    if (glyph == nullptr) draw_box(bitmap, at, lettering);
    if (lettering.underlined) bitmap.blacken(at.x, at.y + height - 1, width, 1);
    if (lettering.reversed) bitmap.invert(at.x, at.y, width, height);
}

void draw_text(Bitmap& bitmap, Point at, std::string_view text, const Lettering& lettering) {
    while (!text.empty()) {
        char32_t code = utf8_code_point(text);
        text.remove_prefix(std::max<std::size_t>(utf8_character_size(text), 1));
        while (!text.empty() && is_mark(utf8_code_point(text))) {
            code = composed(code, utf8_code_point(text));
            text.remove_prefix(std::max<std::size_t>(utf8_character_size(text), 1));
        }
        if (is_mark(code)) continue;
        draw_letter(bitmap, at, code, lettering);
        at.x += letter_width(lettering);
    }
}

}  // namespace linuxcash::paper
