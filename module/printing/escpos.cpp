// SPDX-License-Identifier: Apache-2.0
#include "printing/escpos.h"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "printing/codes.h"
#include "printing/letters.h"
#include "printing/raster.h"
#include "printing/rows.h"

namespace linuxcash::printing {

namespace {

namespace slip = core::slip;
using slip::PrintText;

constexpr char kEsc = '\x1B';
constexpr char kGs = '\x1D';
constexpr char kFs = '\x1C';
constexpr char kPulseOn = 50;  // 100 ms, in units of 2 ms
constexpr char kPulseOff = 100;
constexpr char kDle = '\x10';
constexpr char kDc4 = '\x14';
constexpr char kPulseAtOnce = 1;  // 100 ms, in units of 100 ms

// Letters of which the page has every one, from the start of the text.
std::size_t run_length(std::string_view text, const CodePage& page) {
    std::size_t length = 0;
    while (!text.empty()) {
        const Letter letter = first_letter(text);
        if (!byte_of(page, letter.code)) break;
        text.remove_prefix(letter.bytes);
        ++length;
    }
    return length;
}

class Encoder {
public:
    explicit Encoder(const Model& model) : model_(model) {}

    void begin() {
        command({kEsc, '@'});
        // Many printers start in a two-byte mode, where Cyrillic comes out as Chinese.
        if (model_.leave_two_byte_mode) command({kFs, '.'});
        select(model_.pages.front());
    }

    void operator()(const slip::TextRow& row) {
        if (!put(row.text)) return draw(row);
        change(style_of(row, model_));
        out_ += line_;
        out_ += '\n';
    }

    void operator()(const slip::QrCode& code) {
        const auto plan = plan_qr(code, model_.dots);
        if (!plan) return fail(plan.error());
        if (model_.qr == CodePrinting::Native) return native_qr(code.data, *plan);
        const auto matrix = qr::encode(code.data, plan->correction);
        if (!matrix) return fail(matrix.error());
        append_raster(out_, qr_bitmap(*matrix, plan->module, model_.dots));
    }

    void operator()(const slip::Barcode& code) {
        const BarcodePlan plan = plan_barcode(code.size, model_.dots);
        if (model_.barcode == CodePrinting::Native) return native_barcode(code, plan);
        const bool both = code.print_text == PrintText::Everywhere;
        if (both || code.print_text == PrintText::Above) digits(code.data);
        append_raster(out_, ean13_bitmap(code.data, plan.module, plan.height, model_.dots));
        if (both || code.print_text == PrintText::Below) digits(code.data);
    }

    void operator()(const slip::Image& image) {
        const auto bitmap = fitting_image(image, model_.dots);
        if (!bitmap) return fail(bitmap.error());
        append_raster(out_, *bitmap);
    }

    void operator()(const slip::Cut&) {
        switch (model_.cutter) {
            case Cutter::None:
                return command({kEsc, 'd', kTearFeedLines});
            case Cutter::Partial:
                return command({kGs, 'V', 'B', 0});
            case Cutter::Full:
                return command({kGs, 'V', 'A', 0});
        }
    }

    void operator()(const slip::Target&) {}

    Result<std::string> bytes() && {
        if (error_) return std::move(*error_);
        return std::move(out_);
    }

private:
    void command(std::initializer_list<char> bytes) { out_.append(bytes); }

    void fail(Error error) {
        if (!error_) error_ = std::move(error);
    }

    void select(const NumberedPage& page) {
        page_ = page.page;
        command({kEsc, 't', static_cast<char>(page.number)});
    }

    void change(const Style& style) {
        if (style.font != style_.font) command({kEsc, 'M', style.font});
        if (style.scale != style_.scale) command({kGs, '!', style.scale});
        if (style.bold != style_.bold) command({kEsc, 'E', style.bold ? '\1' : '\0'});
        style_ = style;
    }

    // The bytes of a text, in line_. False, and nothing has changed: some letter is in no page. A
    // page is kept as long as it will do; the next one is that which will do longest.
    bool put(std::string_view text) {
        const CodePage* page = page_;
        line_.clear();
        while (!text.empty()) {
            const Letter letter = first_letter(text);
            std::optional<char> byte = byte_of(*page, letter.code);
            if (!byte) {
                const NumberedPage& best = best_page(text);
                page = best.page;
                byte = byte_of(*page, letter.code);
                if (!byte) return false;
                line_ += {kEsc, 't', static_cast<char>(best.number)};
            }
            line_ += *byte;
            text.remove_prefix(letter.bytes);
        }
        page_ = page;
        return true;
    }

    [[nodiscard]] const NumberedPage& best_page(std::string_view text) const {
        return *std::max_element(
            model_.pages.begin(), model_.pages.end(),
            [text](const NumberedPage& one, const NumberedPage& other) {
                return run_length(text, *one.page) < run_length(text, *other.page);
            });
    }

    // As large as the printer's own letters, so that columns stay columns.
    void draw(const slip::TextRow& row) {
        append_raster(out_, text_bitmap(row, style_of(row, model_)));
    }

    void digits(const std::string& text) {
        change({});
        const auto width = static_cast<std::size_t>(model_.columns);
        out_ += std::string((width - std::min(width, text.size())) / 2, ' ') + text + '\n';
    }

    void centred(bool on) { command({kEsc, 'a', on ? '\1' : '\0'}); }

    void native_barcode(const slip::Barcode& code, const BarcodePlan& plan) {
        centred(true);
        // Some printers forget these after every bar code.
        command({kGs, 'h', static_cast<char>(plan.height)});
        command({kGs, 'w', static_cast<char>(plan.module)});
        command({kGs, 'H', text_place(code.print_text)});
        command({kGs, 'f', kFontA});
        command({kGs, 'k', 'C', static_cast<char>(code.data.size())});
        out_ += code.data;
        centred(false);
    }

    [[nodiscard]] static char text_place(PrintText place) {
        switch (place) {
            case PrintText::None:
                break;
            case PrintText::Above:
                return 1;
            case PrintText::Below:
                return 2;
            case PrintText::Everywhere:
                return 3;
        }
        return 0;
    }

    void native_qr(const std::string& data, const QrPlan& plan) {
        const std::size_t size = data.size() + 3;
        const char level = static_cast<char>('0' + static_cast<int>(plan.correction));
        // Printers leave no quiet zone of their own.
        const auto quiet = static_cast<char>(qr::kQuietZone * plan.module);
        command({kEsc, 'J', quiet});
        centred(true);
        command({kGs, '(', 'k', 4, 0, '1', 'A', '2', 0});
        command({kGs, '(', 'k', 3, 0, '1', 'C', static_cast<char>(plan.module)});
        command({kGs, '(', 'k', 3, 0, '1', 'E', level});
        command({kGs, '(', 'k', static_cast<char>(size & 0xFFU), static_cast<char>(size >> 8U)});
        out_ += "1P0" + data;
        command({kGs, '(', 'k', 3, 0, '1', 'Q', '0'});
        centred(false);
        command({kEsc, 'J', quiet});
    }

    const Model& model_;
    std::string out_;
    std::string line_;
    Style style_;
    const CodePage* page_ = nullptr;
    std::optional<Error> error_;  // the first one
};

}  // namespace

Result<std::string> encode(const slip::Slip& slip, const Model& model) {
    Encoder encoder(model);
    encoder.begin();
    for (const slip::Row& row : rows_of(slip, model))
        std::visit(encoder, row);
    return std::move(encoder).bytes();
}

Result<DrawerPulse> drawer_pulse(const Model& model) {
    if (model.drawer == Drawer::None) {
        return Error{
            ErrorCode::Unsupported, tr("у принтера «%1» нет разъёма денежного ящика", model.name)};
    }
    const char pin = model.drawer == Drawer::Pin5 ? '\1' : '\0';
    return DrawerPulse{
        {kEsc, 'p', pin, kPulseOn, kPulseOff}, {kDle, kDc4, '\1', pin, kPulseAtOnce}};
}

}  // namespace linuxcash::printing
