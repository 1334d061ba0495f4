// SPDX-License-Identifier: Apache-2.0
// A slip laid out on paper of a known width: lines that fit, codes and cuts between them. Pure, any
// thread.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/slip.h"

namespace linuxcash::core::slip {

inline constexpr int kColumnsMin = 8;

// What the paper holds and the printer can do. Fewer than kColumnsMin characters count as that
// many.
struct Page {
    int columns = 0;  // characters a line in each of the sizes
    int small = 0;
    int medium = 0;
    int large = 0;
    bool barcodes = false;  // false: codes become their data, pictures their text
    bool qr_codes = false;
    bool images = false;

    // Paper that knows characters of one size, and nothing but them.
    [[nodiscard]] static Page of_text(int columns);
};

// At most as wide as the page is in that size; aligned with blanks, none of them at the end.
struct TextRow {
    std::string text;
    Size size = Size::Default;
    bool bold = false;
    friend bool operator==(const TextRow&, const TextRow&) = default;
};

using Row = std::variant<TextRow, Barcode, QrCode, Image, Cut, Target>;

// Nothing is lost: what does not fit is wrapped. Columns that find no room beside each other stand
// one below the other. A bar code keeps all its 13 digits; one with other data becomes text.
// Control characters are written out (printable()), except line breaks, which break the line, and
// tabs, which are blanks.
[[nodiscard]] std::vector<Row> lay_out(const Slip& slip, const Page& page);

}  // namespace linuxcash::core::slip
