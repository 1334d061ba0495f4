// SPDX-License-Identifier: Apache-2.0
// The letters of receipt printers, in dots (README.md names their font). Constant tables, any
// thread.
#pragma once

#include <string_view>

#include "paper/bitmap.h"

namespace linuxcash::paper {

enum class Face {
    Usual,  // font A: 12 × 24 dots
    Small,  // font B: 9 × 17 dots
};

struct Lettering {
    Face face = Face::Usual;
    int wide = 1;  // times its usual width
    int high = 1;
    bool bold = false;
    bool underlined = false;
    bool reversed = false;  // white on black
};

// Of one character, in dots.
[[nodiscard]] int letter_width(const Lettering& lettering);
[[nodiscard]] int letter_height(const Lettering& lettering);

[[nodiscard]] bool has_glyph(char32_t code);

// The upper left corner of the character is at `at`. A character without a glyph is drawn as an
// empty box.
void draw_letter(Bitmap& bitmap, Point at, char32_t code, const Lettering& lettering);

// One character after the other; marks without a width change the letter before them where the
// font has such a letter, and are left out otherwise.
void draw_text(Bitmap& bitmap, Point at, std::string_view text, const Lettering& lettering);

}  // namespace linuxcash::paper
