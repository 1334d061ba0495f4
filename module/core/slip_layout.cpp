// SPDX-License-Identifier: Apache-2.0
#include "core/slip_layout.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "base/printable.h"
#include "core/cells.h"

namespace linuxcash::core::slip {

namespace {

using Lines = std::vector<std::string>;

std::string repeated(std::string_view symbol, std::size_t times) {
    std::string text;
    text.reserve(symbol.size() * times);
    for (std::size_t index = 0; index < times; ++index)
        text += symbol;
    return text;
}

// One printable character of one cell, or `otherwise` when the symbol is anything else.
std::string one_character(const std::string& symbol, std::string_view otherwise) {
    const std::string shown = printable(symbol);
    const bool one = character_count(shown) == 1 && cell_count(shown) == 1;
    return one ? shown : std::string(otherwise);
}

void drop_trailing_blanks(std::string& line) {
    line.erase(line.find_last_not_of(' ') + 1);
}

std::string aligned(std::string line, Alignment alignment, std::size_t columns) {
    drop_trailing_blanks(line);
    const std::size_t width = cell_count(line);
    if (width >= columns || line.empty()) return line;
    switch (alignment) {
        case Alignment::Left:
            break;
        case Alignment::Center:
            return repeated(" ", (columns - width) / 2) + line;
        case Alignment::Right:
            return repeated(" ", columns - width) + line;
    }
    return line;
}

// Where a line of at most `columns` cells ends, and where the next one begins.
struct Cutting {
    std::size_t end;
    std::size_t next;
};

Cutting cutting(std::string_view text, Wrapping wrapping, std::size_t columns) {
    std::size_t full = bytes_in_cells(text, columns);
    // A wide character in a column of one cell: better too wide than lost.
    if (full == 0 && !text.empty()) full = bytes_in_cells(text, 2);
    if (full >= text.size()) return {text.size(), text.size()};
    if (wrapping == Wrapping::Anywhere) return {full, full};
    if (text[full] == ' ') return {full, full + 1};
    const std::size_t blank = text.rfind(' ', full);
    // A word longer than the line is cut like any text: nothing may get lost.
    if (blank == std::string_view::npos || blank == 0) return {full, full};
    return {blank, blank + 1};
}

std::string without_tabs(std::string_view text) {
    std::string plain(text);
    std::replace(plain.begin(), plain.end(), '\t', ' ');
    return plain;
}

void wrap_paragraph(
    std::string_view paragraph, Wrapping wrapping, std::size_t columns, Lines& lines) {
    const std::string shown = printable(without_tabs(paragraph));
    std::string_view rest = shown;
    do {
        const Cutting cut = cutting(rest, wrapping, columns);
        lines.emplace_back(rest.substr(0, cut.end));
        rest.remove_prefix(cut.next);
    } while (!rest.empty());
}

// Line breaks of the text are kept: they are the one control character that paper knows.
Lines wrapped(std::string_view text, Wrapping wrapping, std::size_t columns) {
    Lines lines;
    while (true) {
        const std::size_t end = text.find('\n');
        std::string_view paragraph = text.substr(0, end);
        if (!paragraph.empty() && paragraph.back() == '\r') paragraph.remove_suffix(1);
        wrap_paragraph(paragraph, wrapping, columns, lines);
        if (end == std::string_view::npos) return lines;
        text.remove_prefix(end + 1);
    }
}

// The cells of each column with one blank between two; empty when not every column gets one cell.
std::vector<std::size_t> column_widths(const std::vector<Column>& columns, std::size_t page) {
    std::size_t taken = columns.size() - 1;
    std::size_t sharing = 0;
    for (const Column& column : columns) {
        if (column.width > 0) taken += static_cast<std::size_t>(column.width);
        if (column.width <= 0) ++sharing;
    }
    if (taken + sharing > page) return {};
    const std::size_t rest = page - taken;
    std::size_t extra = sharing > 0 ? rest % sharing : 0;
    std::vector<std::size_t> widths;
    for (const Column& column : columns) {
        if (column.width > 0) {
            widths.push_back(static_cast<std::size_t>(column.width));
            continue;
        }
        widths.push_back(rest / sharing + (extra > 0 ? 1 : 0));
        if (extra > 0) --extra;
    }
    return widths;
}

Lines beside_each_other(
    const std::vector<Column>& columns, const std::vector<std::size_t>& widths) {
    std::vector<Lines> cells;
    std::size_t height = 0;
    for (std::size_t index = 0; index < columns.size(); ++index) {
        const Column& column = columns[index];
        cells.push_back(wrapped(column.text, column.wrapping, widths[index]));
        height = std::max(height, cells.back().size());
    }
    Lines lines(height);
    for (std::size_t row = 0; row < height; ++row) {
        std::size_t start = 0;
        for (std::size_t index = 0; index < columns.size(); ++index) {
            std::string& line = lines[row];
            line += repeated(" ", start - std::min(start, cell_count(line)));
            if (row < cells[index].size())
                line += aligned(cells[index][row], columns[index].alignment, widths[index]);
            start += widths[index] + 1;
        }
    }
    return lines;
}

class Layout {
public:
    explicit Layout(const Page& page) : page_(page) {}

    void operator()(const Text& text) {
        style_ = {{}, text.size, text.bold};
        put(wrapped(text.text, text.wrapping, width(text.size)), text.alignment);
    }

    // The right text stands at the right edge when it fits beside the left one with a separator
    // between them; otherwise it goes on in lines of its own.
    void operator()(const Pair& pair) {
        style_ = {{}, pair.size, false};
        const std::size_t columns = width(pair.size);
        const std::string separator = one_character(pair.separator, " ");
        Lines left = wrapped(pair.left, pair.wrapping, columns);
        Lines right = wrapped(pair.right, pair.wrapping, columns);
        const std::size_t used = cell_count(left.back()) + cell_count(right.front());
        const bool beside = right.size() == 1 && used < columns;
        if (beside) left.back() += repeated(separator, columns - used) + right.front();
        put(std::move(left), Alignment::Left);
        if (!beside) put(std::move(right), pair.alignment);
    }

    void operator()(const Line& line) {
        style_ = {{}, line.size, false};
        put({repeated(one_character(line.symbol, "-"), width(line.size))}, Alignment::Left);
    }

    void operator()(const Columns& columns) {
        if (columns.columns.empty()) return;
        style_ = {{}, columns.size, columns.bold};
        const auto widths = column_widths(columns.columns, width(columns.size));
        if (!widths.empty())
            return put(beside_each_other(columns.columns, widths), Alignment::Left);
        for (const Column& column : columns.columns)
            put(wrapped(column.text, column.wrapping, width(columns.size)), column.alignment);
    }

    void operator()(const Br&) { rows_.emplace_back(TextRow{}); }

    void operator()(const Cut& cut) { rows_.emplace_back(cut); }

    void operator()(const Target& target) { rows_.emplace_back(target); }

    void operator()(const QrCode& qr) {
        if (page_.qr_codes && !qr.data.empty()) {
            rows_.emplace_back(qr);
            return;
        }
        put_data(qr.data);
    }

    void operator()(const Barcode& barcode) {
        const auto digits = ean13(barcode.data);
        if (!page_.barcodes || !digits) return put_data(digits.value_or(barcode.data));
        Barcode whole = barcode;
        whole.data = *digits;
        rows_.emplace_back(std::move(whole));
    }

    void operator()(const Image& image) {
        if (page_.images && !image.rows.empty()) {
            rows_.emplace_back(image);
            return;
        }
        if (image.text.empty()) return;
        style_ = {};
        put(wrapped(image.text, Wrapping::Wordwrap, width(Size::Default)), Alignment::Center);
    }

    std::vector<Row> rows() && { return std::move(rows_); }

private:
    [[nodiscard]] std::size_t width(Size size) const {
        return static_cast<std::size_t>(std::max(columns_of(size), kColumnsMin));
    }

    [[nodiscard]] int columns_of(Size size) const {
        switch (size) {
            case Size::Default:
                break;
            case Size::Small:
                return page_.small;
            case Size::Medium:
                return page_.medium;
            case Size::Large:
                return page_.large;
        }
        return page_.columns;
    }

    void put(Lines lines, Alignment alignment) {
        for (std::string& line : lines) {
            style_.text = aligned(std::move(line), alignment, width(style_.size));
            rows_.emplace_back(style_);
        }
    }

    void put_data(const std::string& data) {
        style_ = {};
        put(wrapped("<" + data + ">", Wrapping::Anywhere, width(Size::Default)), Alignment::Left);
    }

    const Page& page_;
    TextRow style_;  // of the lines of the element being laid out
    std::vector<Row> rows_;
};

}  // namespace

Page Page::of_text(int columns) {
    return {.columns = columns, .small = columns, .medium = columns, .large = columns};
}

std::vector<Row> lay_out(const Slip& slip, const Page& page) {
    Layout layout(page);
    for (const Element& element : slip.elements)
        std::visit(layout, element);
    return std::move(layout).rows();
}

}  // namespace linuxcash::core::slip
