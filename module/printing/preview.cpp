// SPDX-License-Identifier: Apache-2.0
#include "printing/preview.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "paper/glyphs.h"
#include "paper/png.h"
#include "printing/codes.h"
#include "printing/rows.h"

namespace linuxcash::printing {

namespace {

namespace slip = core::slip;
using slip::PrintText;

constexpr int kSideMargin = 40;  // dots: 5 mm, what printers leave
constexpr int kEndMargin = 24;
constexpr int kCutGap = 24;  // on both sides of a cut
constexpr int kDash = 12;

// Dots a letter has on the paper: fewer than our glyphs where the printer's own are narrower, so
// that a full line stays within the print.
int cell_width(const Style& style, const Model& model) {
    const int columns = style.font == kFontB ? model.small_columns : model.columns;
    const paper::Lettering lettering = lettering_of(style);
    const int usual = paper::letter_width({.face = lettering.face});
    return std::min(usual, model.dots / std::max(columns, 1)) * lettering.wide;
}

// Letters of `from` dots in cells of `to` dots: strokes that fall together stay black.
Bitmap squeezed(const Bitmap& line, int from, int to) {
    Bitmap narrow(line.width() / from * to, line.height());
    for (int y = 0; y < line.height(); ++y) {
        for (int x = 0; x < line.width(); ++x) {
            if (line.is_black(x, y)) narrow.blacken(x * to / from, y, 1, 1);
        }
    }
    return narrow;
}

Bitmap printed_text(const slip::TextRow& row, const Style& style, const Model& model) {
    Bitmap line = text_bitmap(row, style);
    const int letter = paper::letter_width(lettering_of(style));
    const int cell = cell_width(style, model);
    return cell < letter ? squeezed(line, letter, cell) : line;
}

class Painter {
public:
    explicit Painter(const Model& model) : model_(model), paper_(model.dots, 0) {}

    void operator()(const slip::TextRow& row) {
        put(printed_text(row, style_of(row, model_), model_), 0);
    }

    void operator()(const slip::QrCode& code) {
        const auto plan = plan_qr(code, model_.dots);
        if (!plan) return fail(plan.error());
        const auto matrix = qr::encode(code.data, plan->correction);
        if (!matrix) return fail(matrix.error());
        put(qr_bitmap(*matrix, plan->module, model_.dots), 0);
    }

    void operator()(const slip::Barcode& code) {
        const BarcodePlan plan = plan_barcode(code.size, model_.dots);
        const bool both = code.print_text == PrintText::Everywhere;
        if (both || code.print_text == PrintText::Above) digits(code.data);
        put(ean13_bitmap(code.data, plan.module, plan.height, model_.dots), 0);
        if (both || code.print_text == PrintText::Below) digits(code.data);
    }

    void operator()(const slip::Image& image) {
        auto picture = fitting_image(image, model_.dots);
        if (!picture) return fail(picture.error());
        put(*picture, 0);
    }

    void operator()(const slip::Cut&) {
        if (model_.cutter == Cutter::None) grow(kTearFeedLines * kLineSpacing);
        cuts_.push_back(grow(2 * kCutGap) + kCutGap);
    }

    void operator()(const slip::Target&) {}

    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    [[nodiscard]] const Bitmap& paper() const { return paper_; }
    // Rows where the paper comes apart.
    [[nodiscard]] const std::vector<int>& cuts() const { return cuts_; }

private:
    void fail(const Error& error) {
        if (!error_) error_ = error;
    }

    // More paper; the row where it begins.
    int grow(int rows) {
        const int top = paper_.height();
        paper_.set_height(top + rows);
        return top;
    }

    void put(const Bitmap& picture, int left) {
        paper_.draw(picture, {left, grow(picture.height())});
    }

    void digits(const std::string& text) {
        const int letter = cell_width({}, model_);
        const auto count = static_cast<int>(text.size());
        // A printer puts them in the middle of the paper, we put them into its columns.
        const int room = model_.barcode == CodePrinting::Native ? model_.dots - count * letter : 0;
        const int blanks = std::max((model_.columns - count) / 2, 0);
        const int left = model_.barcode == CodePrinting::Native ? room / 2 : blanks * letter;
        put(printed_text({text}, {}, model_), left);
    }

    const Model& model_;
    Bitmap paper_;
    std::vector<int> cuts_;
    std::optional<Error> error_;  // the first one
};

Result<Painter> painted(const slip::Slip& slip, const Model& model) {
    Painter painter(model);
    for (const slip::Row& row : rows_of(slip, model))
        std::visit(painter, row);
    if (painter.error()) return *painter.error();
    return painter;
}

}  // namespace

Result<Bitmap> printed_picture(const slip::Slip& slip, const Model& model) {
    const auto painter = painted(slip, model);
    if (!painter) return painter.error();
    return painter->paper();
}

Result<std::string> preview(const slip::Slip& slip, const Model& model) {
    const auto painter = painted(slip, model);
    if (!painter) return painter.error();
    const Bitmap& print = painter->paper();
    Bitmap sheet(print.width() + 2 * kSideMargin, print.height() + 2 * kEndMargin);
    sheet.draw(print, {kSideMargin, kEndMargin});
    for (const int row : painter->cuts()) {
        for (int x = 0; x < sheet.width(); x += 2 * kDash)
            sheet.blacken(x, kEndMargin + row, kDash, 1);
    }
    return paper::write_png(sheet);
}

}  // namespace linuxcash::printing
