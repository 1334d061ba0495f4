// SPDX-License-Identifier: Apache-2.0
#include "printing/bench_slip.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "json/json.h"

namespace linuxcash::tests {

namespace {

namespace slip = core::slip;

slip::Size size_of(const json::Value& item) {
    if (item.integer("width").value_or(1) > 1) return slip::Size::Large;
    return item.integer("height").value_or(1) > 1 ? slip::Size::Medium : slip::Size::Default;
}

std::string word(const json::Value& item, std::string_view key) {
    return item.string(key).value_or("");
}

void add_text(BenchSlip& made, const json::Value& item) {
    slip::Text text{.text = word(item, "text"), .size = size_of(item)};
    text.bold = item.boolean("bold").value_or(false);
    if (word(item, "align") == "center") text.alignment = slip::Alignment::Center;
    made.lines.push_back(squeezed(text.text));
    made.slip.elements.emplace_back(std::move(text));
}

// A pair has no weight, two columns have.
void add_pair(BenchSlip& made, const json::Value& item) {
    const std::string left = word(item, "left");
    const std::string right = word(item, "right");
    made.lines.push_back(squeezed(left + " " + right));
    if (!item.boolean("bold").value_or(false)) {
        made.slip.elements.emplace_back(slip::Pair{.left = left, .right = right});
        return;
    }
    slip::Columns columns;
    columns.columns = {{left}, {right, 0, slip::Alignment::Right}};
    columns.bold = true;
    made.slip.elements.emplace_back(std::move(columns));
}

void add(BenchSlip& made, const json::Value& item) {
    const std::string kind = word(item, "op");
    if (kind == "text") add_text(made, item);
    if (kind == "pair") add_pair(made, item);
    if (kind == "rule") {
        made.lines.push_back(word(item, "char"));
        made.slip.elements.emplace_back(slip::Line{word(item, "char")});
    }
    if (kind == "barcode") {
        made.barcode = word(item, "data");
        made.slip.elements.emplace_back(slip::Barcode{.data = made.barcode});
    }
    if (kind == "qr") {
        made.qr = word(item, "data");
        made.slip.elements.emplace_back(slip::QrCode{.data = made.qr});
    }
    if (kind == "cut") made.slip.elements.emplace_back(slip::Cut{});
}

std::string rule_sign(char32_t code) {
    if (code == U'-' || code == U'─') return "-";
    return code == U'=' || code == U'═' ? "=" : "";
}

// The sign of a line that has no other; empty for any other line.
std::string sign_of_rule(std::string_view line) {
    const std::string sign = rule_sign(utf8_code_point(line));
    while (!line.empty()) {
        if (sign.empty() || rule_sign(utf8_code_point(line)) != sign) return {};
        line.remove_prefix(std::max<std::size_t>(utf8_character_size(line), 1));
    }
    return sign;
}

}  // namespace

std::string squeezed(std::string_view line) {
    std::string text;
    for (const char byte : line) {
        if (byte == ' ' && (text.empty() || text.back() == ' ')) continue;
        text += byte;
    }
    if (!text.empty() && text.back() == ' ') text.pop_back();
    const std::string sign = sign_of_rule(text);
    return sign.empty() ? text : sign;
}

Result<BenchSlip> read_bench_slip(std::string_view json) {
    const auto document = json::parse(json);
    if (!document) return document.error();
    BenchSlip made;
    const json::Array* items = document->array("items");
    if (items == nullptr) return Error{ErrorCode::InvalidInput, tr("в документе нет items")};
    for (const json::Value& item : *items)
        add(made, item);
    return made;
}

}  // namespace linuxcash::tests
