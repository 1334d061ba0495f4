// SPDX-License-Identifier: Apache-2.0
// glyph_table USUAL SMALL OUTPUT: two bitmap fonts as the constant table that glyphs.cpp includes.
// A program of the build, one thread.
#include <ft2build.h>

#include <cstdint>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>
#include FT_FREETYPE_H

namespace {

using Rows = std::vector<std::uint16_t>;  // the highest of 16 bits is the left dot
using Glyphs = std::map<unsigned long, Rows>;

constexpr unsigned kBox = 0x2500;  // lines and blocks, which meet those of the next character
constexpr unsigned kBoxEnd = 0x25A0;

struct Cell {
    unsigned width;
    unsigned height;
};

bool is_box(unsigned long code) {
    return code >= kBox && code < kBoxEnd;
}

Rows rows_of(const FT_Bitmap& bitmap) {
    Rows rows;
    const auto pitch = static_cast<unsigned>(bitmap.pitch);
    for (unsigned y = 0; y < bitmap.rows; ++y) {
        const unsigned char* row = bitmap.buffer + y * pitch;
        unsigned bits = static_cast<unsigned>(row[0]) << 8U;
        if (pitch > 1) bits |= row[1];
        rows.push_back(static_cast<std::uint16_t>(bits & ~(0xFFFFU >> bitmap.width)));
    }
    return rows;
}

// The last column and row are repeated where the cell is larger than the font.
void stretch(Rows& rows, unsigned width, const Cell& cell) {
    for (std::uint16_t& row : rows) {
        if (cell.width > width && (row & (0x8000U >> (width - 1))) != 0)
            row = static_cast<std::uint16_t>(row | (0x8000U >> width));
    }
    while (rows.size() < cell.height)
        rows.push_back(rows.back());
}

bool read_font(FT_Library library, const std::string& path, const Cell& cell, Glyphs& glyphs) {
    FT_Face face = nullptr;
    if (FT_New_Face(library, path.c_str(), 0, &face) != 0) {
        std::cerr << "glyph_table: cannot read " << path << "\n";
        return false;
    }
    FT_Set_Pixel_Sizes(face, 0, static_cast<FT_UInt>(face->available_sizes[0].height));
    FT_UInt index = 0;
    for (FT_ULong code = FT_Get_First_Char(face, &index); index != 0;
         code = FT_Get_Next_Char(face, code, &index)) {
        if (FT_Load_Glyph(face, index, FT_LOAD_DEFAULT) != 0) continue;
        const FT_Bitmap& bitmap = face->glyph->bitmap;
        if (bitmap.width > cell.width || bitmap.rows > cell.height || bitmap.rows == 0) continue;
        Rows rows = rows_of(bitmap);
        if (is_box(code)) stretch(rows, bitmap.width, cell);
        rows.resize(cell.height, 0);
        glyphs[code] = std::move(rows);
    }
    FT_Done_Face(face);
    return true;
}

// The font lacks the signs of the rouble and the tenge: they are put together from its letters.
void add_rouble(Glyphs& glyphs, std::size_t gap) {
    constexpr unsigned long kEr = 0x420;
    constexpr unsigned long kRouble = 0x20BD;
    Rows rows = glyphs[kEr];
    std::size_t bowl_end = 0;
    for (std::size_t y = 0; y < rows.size(); ++y) {
        rows[y] = static_cast<std::uint16_t>(rows[y] >> 1U);
        if ((rows[y] & 0x0800U) != 0) bowl_end = y;
    }
    rows[bowl_end] = static_cast<std::uint16_t>(rows[bowl_end] | 0xE000U);
    rows[bowl_end + gap] = static_cast<std::uint16_t>(rows[bowl_end + gap] | 0xFC00U);
    glyphs[kRouble] = std::move(rows);
}

void add_tenge(Glyphs& glyphs, std::size_t gap) {
    constexpr unsigned long kTe = 0x422;
    constexpr unsigned long kTenge = 0x20B8;
    Rows rows = glyphs[kTe];
    std::size_t top = 0;
    while (top + gap < rows.size() && rows[top] == 0)
        ++top;
    rows[top + gap] = static_cast<std::uint16_t>(rows[top + gap] | rows[top]);
    glyphs[kTenge] = std::move(rows);
}

void write_rows(std::ostream& out, const Rows& rows) {
    out << "{{";
    for (const std::uint16_t row : rows)
        out << row << ",";
    out << "}}";
}

// Characters that both fonts have, by code point.
void write_table(std::ostream& out, const Glyphs& usual, const Glyphs& small) {
    out << "// Made by glyph_table from the font Terminus, SIL Open Font License 1.1.\n";
    for (const auto& [code, rows] : usual) {
        const auto found = small.find(code);
        if (found == small.end() || code > 0xFFFF) continue;
        out << "{" << code << ",";
        write_rows(out, rows);
        out << ",";
        write_rows(out, found->second);
        out << "},\n";
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    FT_Library library = nullptr;
    if (words.size() != 3 || FT_Init_FreeType(&library) != 0) return 2;
    Glyphs usual;
    Glyphs small;
    const bool read = read_font(library, words[0], {12, 24}, usual)
                      && read_font(library, words[1], {9, 17}, small);
    FT_Done_FreeType(library);
    if (!read) return 1;
    add_rouble(usual, 3);
    add_rouble(small, 2);
    add_tenge(usual, 3);
    add_tenge(small, 2);
    std::ofstream out(words[2]);
    write_table(out, usual, small);
    out.close();
    return out ? 0 : 1;
}
