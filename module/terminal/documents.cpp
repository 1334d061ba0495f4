// SPDX-License-Identifier: Apache-2.0
#include "terminal/documents.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "core/word_table.h"

namespace linuxcash::terminal {

namespace {

namespace slip = core::slip;
using json::Value;

constexpr std::int64_t kColumnWidthMax = 1000;

constexpr std::array kSizes{
    std::pair{slip::Size::Default, std::string_view("default")},
    std::pair{slip::Size::Small, std::string_view("small")},
    std::pair{slip::Size::Medium, std::string_view("medium")},
    std::pair{slip::Size::Large, std::string_view("large")},
};
constexpr std::array kAlignments{
    std::pair{slip::Alignment::Left, std::string_view("left")},
    std::pair{slip::Alignment::Center, std::string_view("center")},
    std::pair{slip::Alignment::Right, std::string_view("right")},
};
constexpr std::array kWrappings{
    std::pair{slip::Wrapping::Anywhere, std::string_view("anywhere")},
    std::pair{slip::Wrapping::Wordwrap, std::string_view("wordwrap")},
};
constexpr std::array kCodeSizes{
    std::pair{slip::CodeSize::Tiny, std::string_view("tiny")},
    std::pair{slip::CodeSize::Small, std::string_view("small")},
    std::pair{slip::CodeSize::Normal, std::string_view("normal")},
    std::pair{slip::CodeSize::Large, std::string_view("large")},
    std::pair{slip::CodeSize::Extralarge, std::string_view("extralarge")},
};
constexpr std::array kPrintTexts{
    std::pair{slip::PrintText::None, std::string_view("none")},
    std::pair{slip::PrintText::Below, std::string_view("below")},
    std::pair{slip::PrintText::Above, std::string_view("above")},
    std::pair{slip::PrintText::Everywhere, std::string_view("everywhere")},
};
constexpr std::array kCorrections{
    std::pair{slip::QrCorrection::Low, std::string_view("low")},
    std::pair{slip::QrCorrection::Medium, std::string_view("medium")},
    std::pair{slip::QrCorrection::High, std::string_view("high")},
    std::pair{slip::QrCorrection::Ultra, std::string_view("ultra")},
};

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
    set_word(object, "size", kSizes, text.size);
    set_word(object, "alignment", kAlignments, text.alignment);
    set_word(object, "wrapping", kWrappings, text.wrapping);
    if (text.bold) object.set("bold", true);
    return object;
}

Value element_json(const slip::Pair& pair) {
    Value object;
    object.set("type", "pair").set("left", pair.left).set("right", pair.right);
    if (pair.separator != " ") object.set("separator", pair.separator);
    set_word(object, "size", kSizes, pair.size);
    set_word(object, "alignment", kAlignments, pair.alignment);
    set_word(object, "wrapping", kWrappings, pair.wrapping);
    return object;
}

Value element_json(const slip::Line& line) {
    Value object;
    object.set("type", "line").set("symbol", line.symbol);
    set_word(object, "size", kSizes, line.size);
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
    object.set("size", core::word_of(kCodeSizes, qr.size));
    object.set("correction", core::word_of(kCorrections, qr.correction));
    return object;
}

Value element_json(const slip::Barcode& code) {
    Value object;
    object.set("type", "barcode").set("data", code.data);
    set_word(object, "size", kCodeSizes, code.size);
    set_word(object, "printText", kPrintTexts, code.print_text);
    return object;
}

Value element_json(const slip::Columns& columns) {
    json::Array cells;
    for (const slip::Column& column : columns.columns) {
        Value cell;
        cell.set("text", column.text);
        if (column.width != 0) cell.set("width", column.width);
        set_word(cell, "alignment", kAlignments, column.alignment);
        set_word(cell, "wrapping", kWrappings, column.wrapping);
        cells.push_back(std::move(cell));
    }
    Value object;
    object.set("type", "columns").set("columns", Value(std::move(cells)));
    set_word(object, "size", kSizes, columns.size);
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

std::string text_of(const Value& object, const char* key) {
    return object.string(key).value_or(std::string());
}

slip::Text read_text(const Value& object) {
    slip::Text text;
    text.text = text_of(object, "text");
    text.size = get_word(object, "size", kSizes, text.size);
    text.alignment = get_word(object, "alignment", kAlignments, text.alignment);
    text.wrapping = get_word(object, "wrapping", kWrappings, text.wrapping);
    text.bold = object.boolean("bold").value_or(false);
    return text;
}

slip::Pair read_pair(const Value& object) {
    slip::Pair pair;
    pair.left = text_of(object, "left");
    pair.right = text_of(object, "right");
    pair.separator = object.string("separator").value_or(pair.separator);
    pair.size = get_word(object, "size", kSizes, pair.size);
    pair.alignment = get_word(object, "alignment", kAlignments, pair.alignment);
    pair.wrapping = get_word(object, "wrapping", kWrappings, pair.wrapping);
    return pair;
}

slip::Line read_line(const Value& object) {
    slip::Line line;
    line.symbol = object.string("symbol").value_or(line.symbol);
    line.size = get_word(object, "size", kSizes, line.size);
    return line;
}

slip::QrCode read_qr(const Value& object) {
    slip::QrCode qr;
    qr.data = text_of(object, "data");
    qr.size = get_word(object, "size", kCodeSizes, qr.size);
    qr.correction = get_word(object, "correction", kCorrections, qr.correction);
    return qr;
}

slip::Barcode read_barcode(const Value& object) {
    slip::Barcode code;
    code.data = text_of(object, "data");
    code.size = get_word(object, "size", kCodeSizes, code.size);
    code.print_text = get_word(object, "printText", kPrintTexts, code.print_text);
    return code;
}

slip::Column read_column(const Value& object) {
    slip::Column column;
    column.text = text_of(object, "text");
    // Wider than any paper is as good as the widest.
    column.width = static_cast<int>(
        std::clamp<std::int64_t>(object.integer("width").value_or(0), 0, kColumnWidthMax));
    column.alignment = get_word(object, "alignment", kAlignments, column.alignment);
    column.wrapping = get_word(object, "wrapping", kWrappings, column.wrapping);
    return column;
}

slip::Columns read_columns(const Value& object) {
    slip::Columns columns;
    columns.size = get_word(object, "size", kSizes, columns.size);
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
    return std::nullopt;
}

Value line_json(const till::Line& line) {
    Value object;
    object.set("index", line.index).set("code", line.code).set("name", line.name);
    object.set("barcode", line.barcode).set("article", line.article).set("unit", line.unit);
    object.set("type", till::name(line.type)).set("quantity", line.quantity.str());
    object.set("price", line.price.str()).set("discount", line.discount.str());
    object.set("total", line.total.str());
    return object;
}

Value payment_json(const till::Payment& payment) {
    Value object;
    object.set("payment", payment.number).set("valutcode", payment.valutcode);
    object.set("kind", till::name(payment.kind)).set("name", payment.name);
    object.set("sum", payment.sum.str());
    if (payment.operation) object.set("operation", payment.operation->hex());
    return object;
}

}  // namespace

json::Value receipt_document(
    const till::Receipt& receipt, const till::Shift& shift, std::optional<int> without) {
    json::Array lines;
    for (const till::Line& line : receipt.lines) {
        if (!line.removed) lines.push_back(line_json(line));
    }
    json::Array payments;
    for (const till::Payment& payment : receipt.payments) {
        const bool counts = payment.state == till::PaymentState::Processed;
        if (counts && payment.number != without) payments.push_back(payment_json(payment));
    }
    Value object;
    object.set("uid", receipt.uid).set("number", receipt.number);
    object.set("type", till::name(receipt.type)).set("revision", receipt.revision);
    object.set("desk", receipt.desk).set("shift", receipt.shift).set("shift_date", shift.date);
    object.set("cashier", receipt.cashier).set("currency", receipt.currency.code());
    object.set("total", receipt.total().str()).set("due", receipt.due().str());
    if (!receipt.sale_uid.empty()) object.set("sale_uid", receipt.sale_uid);
    object.set("lines", Value(std::move(lines))).set("payments", Value(std::move(payments)));
    return object;
}

json::Value slip_elements(const core::slip::Slip& slip) {
    json::Array elements;
    for (const slip::Element& element : slip.elements) {
        elements.push_back(
            std::visit([](const auto& each) { return element_json(each); }, element));
    }
    return Value(std::move(elements));
}

Result<core::slip::Slip> read_slip(const json::Value& document) {
    const json::Array* elements = document.array("elements");
    if (elements == nullptr) {
        return Error{ErrorCode::InvalidInput, tr("слип модуля не разобран: в нем нет элементов")};
    }
    core::slip::Slip slip;
    for (const Value& object : *elements) {
        if (auto element = read_element(object)) slip.elements.push_back(std::move(*element));
    }
    return slip;
}

}  // namespace linuxcash::terminal
