// SPDX-License-Identifier: Apache-2.0
#include "printing/rows.h"

#include <algorithm>
#include <variant>

#include "core/cells.h"
#include "printing/wording.h"

namespace linuxcash::printing {

namespace {

namespace slip = core::slip;
using slip::Size;

slip::Page page_of(const Model& model) {
    return {
        .columns = model.columns,
        .small = model.small_columns > 0 ? model.small_columns : model.columns,
        .medium = model.columns,
        .large = model.columns / 2,
        .barcodes = model.barcode != CodePrinting::None,
        .qr_codes = model.qr != CodePrinting::None,
        .images = model.images};
}

// Our letters must find room where the printer's own would.
Missing missing_letters(const Model& model) {
    const int usual = model.columns * paper::letter_width({});
    const int small = model.small_columns * paper::letter_width({.face = paper::Face::Small});
    return model.images && usual <= model.dots && small <= model.dots ? Missing::Drawn
                                                                      : Missing::Spelled;
}

}  // namespace

Style style_of(const slip::TextRow& row, const Model& model) {
    switch (row.size) {
        case Size::Default:
            break;
        case Size::Small:
            return {model.small_columns > 0 ? kFontB : kFontA, 0, row.bold};
        case Size::Medium:
            return {kFontA, 0x01, row.bold};
        case Size::Large:
            return {kFontA, 0x11, row.bold};
    }
    return {kFontA, 0, row.bold};
}

paper::Lettering lettering_of(const Style& style) {
    return {
        .face = style.font == kFontB ? paper::Face::Small : paper::Face::Usual,
        .wide = (style.scale >> 4) + 1,
        .high = (style.scale & 0x0F) + 1,
        .bold = style.bold};
}

std::vector<const CodePage*> pages_of(const Model& model) {
    std::vector<const CodePage*> pages;
    for (const NumberedPage& each : model.pages)
        pages.push_back(each.page);
    return pages;
}

std::vector<slip::Row> rows_of(const slip::Slip& slip, const Model& model) {
    const std::vector<const CodePage*> pages = pages_of(model);
    const Missing missing = missing_letters(model);
    // Words come before the layout: a replacement may be longer than what it replaces.
    std::vector<slip::Row> rows = slip::lay_out(worded(slip, pages, missing), page_of(model));
    if (model.qr != CodePrinting::None && model.barcode != CodePrinting::None) return rows;
    // The data of codes have become text, and nobody has looked at their letters yet.
    for (slip::Row& row : rows) {
        auto* const text = std::get_if<slip::TextRow>(&row);
        if (text != nullptr && !is_printed(text->text, pages))
            text->text = worded(text->text, pages, missing);
    }
    return rows;
}

Bitmap text_bitmap(const slip::TextRow& row, const Style& style) {
    const paper::Lettering lettering = lettering_of(style);
    const auto cells = static_cast<int>(core::cell_count(row.text));
    const int height = std::max(kLineSpacing, paper::letter_height(lettering));
    Bitmap line(cells * paper::letter_width(lettering), height);
    paper::draw_text(line, {0, 0}, row.text, lettering);
    return line;
}

}  // namespace linuxcash::printing
