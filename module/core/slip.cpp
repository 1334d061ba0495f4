// SPDX-License-Identifier: Apache-2.0
#include "core/slip.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "base/printable.h"
#include "base/utf8.h"

namespace linuxcash::core::slip {

namespace {

constexpr int kColumnsMin = 8;

std::string repeated(std::string_view symbol, std::size_t times) {
    std::string text;
    text.reserve(symbol.size() * times);
    for (std::size_t index = 0; index < times; ++index)
        text += symbol;
    return text;
}

// One printable character, or `otherwise` when the symbol is anything else.
std::string one_character(const std::string& symbol, std::string_view otherwise) {
    const std::string shown = printable(symbol);
    return character_count(shown) == 1 ? shown : std::string(otherwise);
}

// The bytes that the first `count` characters take.
std::size_t bytes_of(std::string_view text, std::size_t count) {
    std::size_t bytes = 0;
    while (count > 0 && bytes < text.size()) {
        bytes += std::max<std::size_t>(utf8_character_size(text.substr(bytes)), 1);
        --count;
    }
    return bytes;
}

void drop_trailing_blanks(std::string& line) {
    line.erase(line.find_last_not_of(' ') + 1);
}

std::string aligned(std::string line, Alignment alignment, std::size_t columns) {
    drop_trailing_blanks(line);
    const std::size_t width = character_count(line);
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

// Where a line of at most `columns` characters ends, and where the next one begins.
struct Cutting {
    std::size_t end;
    std::size_t next;
};

Cutting cutting(std::string_view text, Wrapping wrapping, std::size_t columns) {
    const std::size_t full = bytes_of(text, columns);
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
    std::string_view paragraph, Wrapping wrapping, std::size_t columns,
    std::vector<std::string>& lines) {
    const std::string shown = printable(without_tabs(paragraph));
    std::string_view rest = shown;
    do {
        const Cutting cut = cutting(rest, wrapping, columns);
        lines.emplace_back(rest.substr(0, cut.end));
        rest.remove_prefix(cut.next);
    } while (!rest.empty());
}

// Line breaks of the text are kept: they are the one control character that paper knows.
std::vector<std::string> wrapped(std::string_view text, Wrapping wrapping, std::size_t columns) {
    std::vector<std::string> lines;
    while (true) {
        const std::size_t end = text.find('\n');
        std::string_view paragraph = text.substr(0, end);
        if (!paragraph.empty() && paragraph.back() == '\r') paragraph.remove_suffix(1);
        wrap_paragraph(paragraph, wrapping, columns, lines);
        if (end == std::string_view::npos) return lines;
        text.remove_prefix(end + 1);
    }
}

class Layout {
public:
    explicit Layout(int columns)
        : columns_(static_cast<std::size_t>(std::max(columns, kColumnsMin))) {}

    void operator()(const Text& text) {
        for (std::string& line : wrapped(text.text, text.wrapping, columns_)) {
            lines_.push_back(aligned(std::move(line), text.alignment, columns_));
        }
    }

    // The right text stands at the right edge when it fits beside the left one with a separator
    // between them; otherwise it goes on in lines of its own.
    void operator()(const Pair& pair) {
        const std::string separator = one_character(pair.separator, " ");
        std::vector<std::string> left = wrapped(pair.left, pair.wrapping, columns_);
        std::vector<std::string> right = wrapped(pair.right, pair.wrapping, columns_);
        const std::size_t used = character_count(left.back()) + character_count(right.front());
        const bool beside = right.size() == 1 && used < columns_;
        if (beside) {
            std::string& last = left.back();
            last += repeated(separator, columns_ - used) + right.front();
        }
        for (std::string& line : left)
            lines_.push_back(aligned(std::move(line), Alignment::Left, columns_));
        if (beside) return;
        for (std::string& line : right)
            lines_.push_back(aligned(std::move(line), pair.alignment, columns_));
    }

    void operator()(const Line& line) {
        lines_.push_back(repeated(one_character(line.symbol, "-"), columns_));
    }

    void operator()(const Br&) { lines_.emplace_back(); }

    void operator()(const Cut&) {}

    void operator()(const QrCode& qr) {
        for (std::string& line : wrapped("<" + qr.data + ">", Wrapping::Anywhere, columns_)) {
            lines_.push_back(std::move(line));
        }
    }

    std::vector<std::string> lines() && { return std::move(lines_); }

private:
    std::size_t columns_;
    std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> plain_text(const Slip& slip, int columns) {
    Layout layout(columns);
    for (const Element& element : slip.elements)
        std::visit(layout, element);
    return std::move(layout).lines();
}

}  // namespace linuxcash::core::slip
