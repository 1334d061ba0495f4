// SPDX-License-Identifier: Apache-2.0
// The rows of a slip as one printer model prints them: shared by its bytes and its preview. Pure,
// any thread.
#pragma once

#include <span>
#include <vector>

#include "core/slip.h"
#include "core/slip_layout.h"
#include "paper/glyphs.h"
#include "printing/models.h"
#include "printing/raster.h"

namespace linuxcash::printing {

inline constexpr int kLineSpacing = 30;  // dots, what printers begin with
inline constexpr int kTearFeedLines = 4;  // from the print head to the edge where paper is torn off

inline constexpr char kFontA = 0;
inline constexpr char kFontB = 1;

// What the printer does to letters until it is told otherwise.
struct Style {
    char font = kFontA;
    char scale = 0;  // GS !: width - 1 in the high half, height - 1 in the low one
    bool bold = false;
};

[[nodiscard]] Style style_of(const core::slip::TextRow& row, const Model& model);
[[nodiscard]] paper::Lettering lettering_of(const Style& style);

// Every text in characters that the pages have, or that we can draw; then laid out.
[[nodiscard]] std::vector<core::slip::Row> rows_of(
    const core::slip::Slip& slip, const Model& model);

[[nodiscard]] std::vector<const CodePage*> pages_of(const Model& model);

// The line as the printer's own letters would be, as high as it moves the paper.
[[nodiscard]] Bitmap text_bitmap(const core::slip::TextRow& row, const Style& style);

}  // namespace linuxcash::printing
