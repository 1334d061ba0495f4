// SPDX-License-Identifier: Apache-2.0
#include "slips/markup.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/integer.h"
#include "base/printable.h"
#include "base/utf8.h"
#include "core/slip_words.h"
#include "xml/document.h"

namespace linuxcash::slips {

namespace {

namespace slip = core::slip;

constexpr std::int64_t kWidthMax = 1000;
constexpr std::int64_t kSpanMax = 100;

std::string lower(std::string_view word) {
    std::string copy(word);
    std::transform(copy.begin(), copy.end(), copy.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
    });
    return copy;
}

// Attributes are written in any case, too.
std::optional<std::string> attribute(const xml::Element& element, std::string_view name) {
    for (const xml::Attribute& each : element.attributes) {
        if (lower(each.name) == name) return each.value;
    }
    return std::nullopt;
}

int number(const xml::Element& element, std::string_view name, std::int64_t most, int otherwise) {
    const auto text = attribute(element, name);
    const auto found = text ? parse_integer(*text) : std::nullopt;
    if (!found || *found < 0 || *found > most) return otherwise;
    return static_cast<int>(*found);
}

// The markup is laid out for reading: a line break with the blanks around it is one blank.
std::string joined_lines(std::string_view text) {
    std::string all;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t blanks = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
        const std::string_view run = text.substr(at, blanks - at);
        if (run.find('\n') != std::string_view::npos) {
            all += ' ';
        } else {
            all += run;
        }
        const std::size_t end = std::min(text.find_first_of(" \t\r\n", blanks), text.size());
        all += text.substr(blanks, end - blanks);
        at = end;
    }
    return all;
}

std::string trimmed(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

// All text within, whatever the elements.
void gather(const xml::Element& element, std::string& text) {
    for (const xml::Node& node : element.children) {
        if (const auto* inner = std::get_if<xml::Element>(&node.what)) {
            if (lower(inner->name) == "br") text += '\n';
            gather(*inner, text);
        } else {
            text += joined_lines(std::get<xml::Characters>(node.what).text);
        }
    }
}

std::string text_of(const xml::Element& element) {
    std::string text;
    gather(element, text);
    return trimmed(text);
}

slip::Alignment alignment_of(const std::string& word, slip::Alignment otherwise) {
    return core::of_word(slip::kAlignmentWords, lower(word)).value_or(otherwise);
}

slip::QrCorrection correction_of(const xml::Element& element) {
    const std::string word = lower(attribute(element, "correction").value_or(""));
    constexpr std::array<std::pair<std::string_view, slip::QrCorrection>, 4> kLetters{{
        {"l", slip::QrCorrection::Low},
        {"m", slip::QrCorrection::Medium},
        {"q", slip::QrCorrection::High},
        {"h", slip::QrCorrection::Ultra},
    }};
    for (const auto& [letter, correction] : kLetters) {
        if (letter == word) return correction;
    }
    return core::of_word(slip::kCorrectionWords, word).value_or(slip::QrCorrection::Medium);
}

slip::QrCode qr_of(const xml::Element& element) {
    slip::QrCode code;
    code.data = text_of(element);
    if (code.data.empty()) code.data = attribute(element, "data").value_or("");
    code.size = core::of_word(slip::kCodeSizeWords, lower(attribute(element, "size").value_or("")))
                    .value_or(slip::CodeSize::Normal);
    code.correction = correction_of(element);
    return code;
}

slip::Barcode barcode_of(const xml::Element& element) {
    slip::Barcode code;
    code.data = attribute(element, "data").value_or("");
    if (code.data.empty()) code.data = text_of(element);
    code.print_text = slip::PrintText::Below;
    return code;
}

// Two sides as attributes, or as the first child and all others.
slip::Pair pair_of(const xml::Element& element) {
    slip::Pair pair;
    pair.wrapping = slip::Wrapping::Wordwrap;
    const auto left = attribute(element, "left");
    const auto right = attribute(element, "right");
    std::vector<std::string> texts;
    for (const xml::Node& node : element.children) {
        const auto* inner = std::get_if<xml::Element>(&node.what);
        std::string text = inner != nullptr
                               ? text_of(*inner)
                               : trimmed(joined_lines(std::get<xml::Characters>(node.what).text));
        if (!text.empty()) texts.push_back(std::move(text));
    }
    std::size_t next = 0;
    if (left) {
        pair.left = *left;
    } else if (!texts.empty()) {
        pair.left = texts[next++];
    }
    pair.right = right.value_or("");
    for (; next < texts.size(); ++next)
        pair.right += (pair.right.empty() ? "" : " ") + texts[next];
    return pair;
}

slip::Line line_of(const xml::Element& element) {
    slip::Line line;
    std::string symbol = attribute(element, "symbols").value_or("");
    if (symbol.empty()) symbol = attribute(element, "symbol").value_or("");
    const std::string_view first = std::string_view(symbol).substr(0, utf8_character_size(symbol));
    if (!first.empty() && first != " " && printable(first) == first) line.symbol = first;
    return line;
}

// ---- Tables ----

struct TableColumn {
    slip::Alignment alignment = slip::Alignment::Left;
    int width = 0;
    bool automatic = false;  // as wide as its widest text
};

struct TableCell {
    std::string text;
    int span = 1;
    bool rule = false;  // a line over the whole cell
};

class Table {
public:
    explicit Table(const xml::Element& element) { take(element); }

    [[nodiscard]] std::vector<slip::Element> elements(slip::Size size) {
        if (columns_.empty()) columns_.emplace_back();
        fit_automatic();
        std::vector<slip::Element> all;
        for (std::size_t next = 0; next < cells_.size();)
            add_row(next, size, all);
        for (const slip::Element& code : codes_)
            all.push_back(code);
        return all;
    }

private:
    // Columns and cells are taken wherever they stand; other text is a cell.
    void take(const xml::Element& element) {
        for (const xml::Node& node : element.children) {
            const auto* inner = std::get_if<xml::Element>(&node.what);
            if (inner == nullptr) {
                std::string text = trimmed(joined_lines(std::get<xml::Characters>(node.what).text));
                if (!text.empty()) cells_.push_back({std::move(text), 1, false});
                continue;
            }
            const std::string name = lower(inner->name);
            if (name == "column") {
                add_column(*inner);
            } else if (name == "columns" || name == "cells") {
                take(*inner);
            } else {
                TableCell cell;
                cell.text = text_of(*inner);
                cell.span = std::max(1, number(*inner, "colspan", kSpanMax, 1));
                cell.rule = (name == "linecell" || name == "line") && cell.text.empty();
                cells_.push_back(std::move(cell));
                take_codes(*inner);
            }
        }
    }

    // No printer prints a code within a cell; below the table it is not lost.
    void take_codes(const xml::Element& element) {
        const std::string name = lower(element.name);
        if (name == "qrcode") codes_.emplace_back(qr_of(element));
        if (name == "barcode") codes_.emplace_back(barcode_of(element));
        for (const xml::Node& node : element.children) {
            if (const auto* inner = std::get_if<xml::Element>(&node.what)) take_codes(*inner);
        }
    }

    void add_column(const xml::Element& element) {
        TableColumn column;
        column.alignment =
            alignment_of(attribute(element, "align").value_or(""), slip::Alignment::Left);
        column.width = number(element, "width", kWidthMax, 0);
        const auto automatic = attribute(element, "autowidth");
        column.automatic = column.width == 0 && automatic && lower(*automatic) != "false";
        columns_.push_back(column);
    }

    void fit_automatic() {
        std::size_t at = 0;
        for (const TableCell& cell : cells_) {
            const bool alone = cell.span == 1 && !cell.rule;
            TableColumn& column = columns_[at % columns_.size()];
            if (alone && column.automatic) {
                const auto width = static_cast<int>(
                    std::min<std::size_t>(character_count(cell.text), std::size_t{kWidthMax}));
                column.width = std::max({1, column.width, width});
            }
            at += static_cast<std::size_t>(cell.span);
        }
        // One column must take what is left, or the row would stand at the left edge.
        const auto wide = [](const TableColumn& each) { return each.width == 0; };
        if (std::none_of(columns_.begin(), columns_.end(), wide)) columns_.front().width = 0;
    }

    // Cells up to the last column.
    void add_row(std::size_t& next, slip::Size size, std::vector<slip::Element>& all) {
        slip::Columns row;
        row.size = size;
        bool only_rules = true;
        for (std::size_t at = 0; at < columns_.size() && next < cells_.size(); ++next) {
            const TableCell& cell = cells_[next];
            only_rules = only_rules && cell.rule;
            row.columns.push_back(column(cell, at));
            at += static_cast<std::size_t>(cell.span);
        }
        if (only_rules) {
            all.emplace_back(slip::Line{"-", size});
        } else {
            all.emplace_back(std::move(row));
        }
    }

    [[nodiscard]] slip::Column column(const TableCell& cell, std::size_t at) const {
        slip::Column made;
        made.text = cell.text;
        made.alignment = columns_[at].alignment;
        made.wrapping = slip::Wrapping::Wordwrap;
        const std::size_t end = std::min(columns_.size(), at + static_cast<std::size_t>(cell.span));
        bool open = false;
        for (std::size_t each = at; each < end; ++each) {
            open = open || columns_[each].width == 0;
            made.width += columns_[each].width + (each > at ? 1 : 0);
        }
        if (open) made.width = 0;
        if (!cell.rule) return made;
        constexpr int kUnknownWidth = 3;
        made.text.assign(static_cast<std::size_t>(open ? kUnknownWidth : made.width), '-');
        return made;
    }

    std::vector<TableColumn> columns_;
    std::vector<TableCell> cells_;
    std::vector<slip::Element> codes_;
};

// ---- The whole ----

struct Style {
    slip::Size size = slip::Size::Default;
    slip::Alignment alignment = slip::Alignment::Left;
    bool bold = false;
};

// Elements that only say how what is within is printed.
std::optional<Style> styled(const std::string& name, Style style) {
    if (name == "f0") {
        style.size = slip::Size::Default;
    } else if (name == "f1") {
        style.size = slip::Size::Medium;
    } else if (name == "f2" || name == "largefont") {
        style.size = slip::Size::Large;
    } else if (name == "smallfont") {
        style.size = slip::Size::Small;
    } else if (name == "b" || name == "bold") {
        style.bold = true;
    } else {
        return std::nullopt;
    }
    return style;
}

class Markup {
public:
    slip::Slip run(const xml::Element& root) && {
        element(root);
        flush();
        return std::move(slip_);
    }

private:
    // Ends the line of text that is being gathered; false: there was none.
    bool flush() {
        slip::Text text;
        text.text = trimmed(std::exchange(pending_, {}));
        if (text.text.empty()) return false;
        text.size = style_.size;
        text.alignment = style_.alignment;
        text.bold = style_.bold;
        text.wrapping = slip::Wrapping::Wordwrap;
        slip_.elements.emplace_back(std::move(text));
        return true;
    }

    void separate() {
        if (!pending_.empty() && pending_.back() != ' ') pending_ += ' ';
    }

    void put(slip::Element element) {
        flush();
        slip_.elements.push_back(std::move(element));
    }

    void children(const xml::Element& of) {
        for (const xml::Node& node : of.children) {
            if (const auto* inner = std::get_if<xml::Element>(&node.what)) {
                element(*inner);
            } else {
                pending_ += joined_lines(std::get<xml::Characters>(node.what).text);
            }
        }
    }

    void within(const xml::Element& of, Style style) {
        flush();
        const Style before = std::exchange(style_, style);
        children(of);
        flush();
        // An empty element switches for all that follows.
        if (!of.children.empty()) style_ = before;
    }

    void element(const xml::Element& element) {
        const std::string name = lower(element.name);
        if (const auto style = styled(name, style_)) return within(element, *style);
        if (const auto side = core::of_word(slip::kAlignmentWords, name)) {
            Style style = style_;
            style.alignment = *side;
            return within(element, style);
        }
        if (simple(name, element)) return;
        // Blanks between two elements are not kept by XML readers; words must not grow together.
        separate();
        children(element);
        separate();
    }

    // Elements that stand for themselves; false: its text is all there is to it.
    bool simple(const std::string& name, const xml::Element& element) {
        if (name == "br" || name == "np" || name == "newparagraph") {
            if (!flush()) slip_.elements.emplace_back(slip::Br{});
            children(element);
        } else if (name == "pair") {
            slip::Pair pair = pair_of(element);
            pair.size = style_.size;
            put(std::move(pair));
        } else if (name == "line" || name == "linecell") {
            put(line_of(element));
            children(element);
        } else if (name == "table") {
            flush();
            for (slip::Element& each : Table(element).elements(style_.size))
                slip_.elements.push_back(std::move(each));
        } else if (name == "qrcode") {
            if (slip::QrCode code = qr_of(element); !code.data.empty()) put(std::move(code));
        } else if (name == "barcode") {
            if (slip::Barcode code = barcode_of(element); !code.data.empty()) put(std::move(code));
        } else if (name == "papercut") {
            put(slip::Cut{});
            children(element);
        } else if (name == "image") {
            // What it shows in words; the picture itself is of a kind that only its printer knows.
            pending_ += attribute(element, "text").value_or("");
        } else {
            return false;
        }
        return true;
    }

    slip::Slip slip_;
    std::string pending_;
    Style style_;
};

}  // namespace

Result<core::slip::Slip> read_markup(std::string_view text) {
    constexpr std::string_view kFile = "slip";
    Result<xml::Element> root = xml::parse(text, kFile);
    if (!root && root.error().code != ErrorCode::TooLarge) {
        // Peers send pieces without a root, and plain words.
        Result<xml::Element> wrapped = xml::parse("<doc>" + std::string(text) + "</doc>", kFile);
        if (wrapped) root = std::move(wrapped);
    }
    if (!root) return root.error();
    return Markup().run(*root);
}

}  // namespace linuxcash::slips
