// SPDX-License-Identifier: Apache-2.0
#include "slips/document.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "core/slip_words.h"

namespace linuxcash::slips {

namespace {

namespace slip = core::slip;
using json::Value;

constexpr std::int64_t kColumnWidthMax = 1000;

// An attribute is written only when it is not the default: slips stay short and readable.
template <typename Enum, std::size_t Size>
void set_word(
    Value& object, const char* key,
    const std::array<std::pair<Enum, std::string_view>, Size>& table, Enum value) {
    if (value != Enum{}) object.set(key, core::word_of(table, value));
}

template <typename Enum, std::size_t Size>
Enum get_word(
    const Value& object, const char* key,
    const std::array<std::pair<Enum, std::string_view>, Size>& table, Enum otherwise) {
    return core::of_word(table, object.string(key).value_or("")).value_or(otherwise);
}

Value element_json(const slip::Text& text) {
    Value object;
    object.set("type", "text").set("text", text.text);
    set_word(object, "size", slip::kSizeWords, text.size);
    set_word(object, "alignment", slip::kAlignmentWords, text.alignment);
    set_word(object, "wrapping", slip::kWrappingWords, text.wrapping);
    if (text.bold) object.set("bold", true);
    return object;
}

Value element_json(const slip::Pair& pair) {
    Value object;
    object.set("type", "pair").set("left", pair.left).set("right", pair.right);
    if (pair.separator != " ") object.set("separator", pair.separator);
    set_word(object, "size", slip::kSizeWords, pair.size);
    set_word(object, "alignment", slip::kAlignmentWords, pair.alignment);
    set_word(object, "wrapping", slip::kWrappingWords, pair.wrapping);
    return object;
}

Value element_json(const slip::Line& line) {
    Value object;
    object.set("type", "line").set("symbol", line.symbol);
    set_word(object, "size", slip::kSizeWords, line.size);
    return object;
}

Value element_json(const slip::Br&) {
    return json::object({{"type", "br"}});
}

Value element_json(const slip::Cut&) {
    return json::object({{"type", "cut"}});
}

Value element_json(const slip::QrCode& qr) {
    Value object;
    object.set("type", "qrcode").set("data", qr.data);
    object.set("size", core::word_of(slip::kCodeSizeWords, qr.size));
    object.set("correction", core::word_of(slip::kCorrectionWords, qr.correction));
    return object;
}

Value element_json(const slip::Barcode& code) {
    Value object;
    object.set("type", "barcode").set("data", code.data);
    set_word(object, "size", slip::kCodeSizeWords, code.size);
    set_word(object, "printText", slip::kPrintTextWords, code.print_text);
    return object;
}

Value element_json(const slip::Columns& columns) {
    json::Array cells;
    for (const slip::Column& column : columns.columns) {
        Value cell;
        cell.set("text", column.text);
        if (column.width != 0) cell.set("width", column.width);
        set_word(cell, "alignment", slip::kAlignmentWords, column.alignment);
        set_word(cell, "wrapping", slip::kWrappingWords, column.wrapping);
        cells.push_back(std::move(cell));
    }
    Value object;
    object.set("type", "columns").set("columns", Value(std::move(cells)));
    set_word(object, "size", slip::kSizeWords, columns.size);
    if (columns.bold) object.set("bold", true);
    return object;
}

Value element_json(const slip::Image& image) {
    Value object;
    object.set("type", "image");
    object.set("rows", Value(json::Array(image.rows.begin(), image.rows.end())));
    if (!image.text.empty()) object.set("text", image.text);
    return object;
}

Value element_json(const slip::Target& target) {
    return json::object({{"type", "target"}, {"name", target.name}});
}

// A number is text, too: no server's or module's words are lost.
std::string text_of(const Value& object, const char* key) {
    const Value* member = object.find(key);
    if (member == nullptr) return {};
    return member->kind() == json::Kind::Number ? member->str()
                                                : member->string().value_or(std::string());
}

slip::Text read_text(const Value& object) {
    slip::Text text;
    text.text = text_of(object, "text");
    text.size = get_word(object, "size", slip::kSizeWords, text.size);
    text.alignment = get_word(object, "alignment", slip::kAlignmentWords, text.alignment);
    text.wrapping = get_word(object, "wrapping", slip::kWrappingWords, text.wrapping);
    text.bold = object.boolean("bold").value_or(false);
    return text;
}

slip::Pair read_pair(const Value& object) {
    slip::Pair pair;
    pair.left = text_of(object, "left");
    pair.right = text_of(object, "right");
    pair.separator = object.string("separator").value_or(pair.separator);
    pair.size = get_word(object, "size", slip::kSizeWords, pair.size);
    pair.alignment = get_word(object, "alignment", slip::kAlignmentWords, pair.alignment);
    pair.wrapping = get_word(object, "wrapping", slip::kWrappingWords, pair.wrapping);
    return pair;
}

slip::Line read_line(const Value& object) {
    slip::Line line;
    line.symbol = object.string("symbol").value_or(line.symbol);
    line.size = get_word(object, "size", slip::kSizeWords, line.size);
    return line;
}

slip::QrCode read_qr(const Value& object) {
    slip::QrCode qr;
    qr.data = text_of(object, "data");
    qr.size = get_word(object, "size", slip::kCodeSizeWords, qr.size);
    qr.correction = get_word(object, "correction", slip::kCorrectionWords, qr.correction);
    return qr;
}

slip::Barcode read_barcode(const Value& object) {
    slip::Barcode code;
    code.data = text_of(object, "data");
    code.size = get_word(object, "size", slip::kCodeSizeWords, code.size);
    code.print_text = get_word(object, "printText", slip::kPrintTextWords, code.print_text);
    return code;
}

slip::Column read_column(const Value& object) {
    slip::Column column;
    column.text = text_of(object, "text");
    // Wider than any paper is as good as the widest.
    column.width = static_cast<int>(
        std::clamp<std::int64_t>(object.integer("width").value_or(0), 0, kColumnWidthMax));
    column.alignment = get_word(object, "alignment", slip::kAlignmentWords, column.alignment);
    column.wrapping = get_word(object, "wrapping", slip::kWrappingWords, column.wrapping);
    return column;
}

slip::Columns read_columns(const Value& object) {
    slip::Columns columns;
    columns.size = get_word(object, "size", slip::kSizeWords, columns.size);
    columns.bold = object.boolean("bold").value_or(false);
    const json::Array* cells = object.array("columns");
    if (cells == nullptr) return columns;
    for (const Value& cell : *cells)
        columns.columns.push_back(read_column(cell));
    return columns;
}

slip::Image read_image(const Value& object) {
    slip::Image image;
    image.text = text_of(object, "text");
    const json::Array* rows = object.array("rows");
    if (rows == nullptr) return image;
    for (const Value& row : *rows)
        image.rows.push_back(row.string().value_or(std::string()));
    return image;
}

std::optional<slip::Element> read_element(const Value& object) {
    const std::string type = object.string("type").value_or("text");
    if (type == "text") return read_text(object);
    if (type == "pair") return read_pair(object);
    if (type == "line") return read_line(object);
    if (type == "br") return slip::Br{};
    if (type == "cut") return slip::Cut{};
    if (type == "qrcode") return read_qr(object);
    if (type == "barcode") return read_barcode(object);
    if (type == "columns") return read_columns(object);
    if (type == "image") return read_image(object);
    if (type == "target") return slip::Target{text_of(object, "name")};
    slip::Text text = read_text(object);
    if (text.text.empty()) return std::nullopt;
    return text;
}

void add_element(slip::Slip& slip, const Value& object) {
    if (object.kind() != json::Kind::Object) return;
    if (auto element = read_element(object)) slip.elements.push_back(std::move(*element));
}

}  // namespace

json::Value elements_of(const core::slip::Slip& slip) {
    json::Array elements;
    for (const slip::Element& element : slip.elements) {
        elements.push_back(
            std::visit([](const auto& each) { return element_json(each); }, element));
    }
    return Value(std::move(elements));
}

json::Value document_of(const core::slip::Slip& slip) {
    Value document;
    document.set("elements", elements_of(slip));
    return document;
}

Result<core::slip::Slip> read_document(const json::Value& document) {
    const json::Array* elements = document.array("elements");
    if (elements == nullptr) {
        return Error{ErrorCode::InvalidInput, tr("слип не разобран: в нем нет элементов")};
    }
    core::slip::Slip slip;
    for (const Value& object : *elements)
        add_element(slip, object);
    return slip;
}

std::vector<core::slip::Slip> read_printing_information(const json::Value& value) {
    std::vector<core::slip::Slip> slips;
    if (value.array() == nullptr) return slips;
    core::slip::Slip loose;
    const auto keep = [&slips](core::slip::Slip slip) {
        if (!slip.empty()) slips.push_back(std::move(slip));
    };
    for (const Value& each : *value.array()) {
        const json::Array* elements = each.array();
        if (elements == nullptr) {
            add_element(loose, each);
            continue;
        }
        keep(std::exchange(loose, {}));
        core::slip::Slip slip;
        for (const Value& object : *elements)
            add_element(slip, object);
        keep(std::move(slip));
    }
    keep(std::move(loose));
    return slips;
}

}  // namespace linuxcash::slips
