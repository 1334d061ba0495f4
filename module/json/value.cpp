// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <stdexcept>
#include <variant>

#include "base/integer.h"
#include "base/utf8.h"
#include "json/json.h"

namespace linuxcash::json {

struct Value::Node {
    std::variant<bool, Number, std::string, Array, Object> content;
};

namespace {

constexpr std::string_view kReplacementCharacter = "\xEF\xBF\xBD";
constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr unsigned char kFirstPrintable = 0x20;

struct ShortEscape {
    char character;
    char letter;
};
constexpr std::array<ShortEscape, 7> kShortEscapes{
    {{'"', '"'}, {'\\', '\\'}, {'\b', 'b'}, {'\f', 'f'}, {'\n', 'n'}, {'\r', 'r'}, {'\t', 't'}}};

// True when the character has been written as an escape.
bool append_escape(std::string& text, char character) {
    const auto* found = std::ranges::find(kShortEscapes, character, &ShortEscape::character);
    if (found != kShortEscapes.end()) {
        text += {'\\', found->letter};
        return true;
    }
    const auto byte = static_cast<unsigned char>(character);
    if (byte >= kFirstPrintable) return false;
    text += "\\u00";
    text += {kHexDigits[byte / 16], kHexDigits[byte % 16]};
    return true;
}

void append_string(std::string& text, std::string_view words) {
    text += '"';
    while (!words.empty()) {
        const std::size_t size = utf8_character_size(words);
        if (size == 0) {
            text += kReplacementCharacter;  // a document must stay readable whatever went into it
        } else if (size > 1 || !append_escape(text, words.front())) {
            text += words.substr(0, size);
        }
        words.remove_prefix(std::max<std::size_t>(size, 1));
    }
    text += '"';
}

void append_value(std::string& text, const Value& value);

void append_array(std::string& text, const Array& items) {
    text += '[';
    for (const Value& item : items) {
        if (&item != &items.front()) text += ',';
        append_value(text, item);
    }
    text += ']';
}

void append_object(std::string& text, const Object& members) {
    text += '{';
    for (const auto& member : members) {
        if (&member != &members.front()) text += ',';
        append_string(text, member.first);
        text += ':';
        append_value(text, member.second);
    }
    text += '}';
}

// Recursion is as deep as the document: 32 for what was parsed, and what our own code builds is
// shallower.
void append_value(std::string& text, const Value& value) {
    switch (value.kind()) {
        case Kind::Null:
            text += "null";
            return;
        case Kind::Bool:
            text += *value.boolean() ? "true" : "false";
            return;
        case Kind::Number:
            text += *value.scalar_text();
            return;
        case Kind::String:
            append_string(text, *value.scalar_text());
            return;
        case Kind::Array:
            append_array(text, *value.array());
            return;
        case Kind::Object:
            append_object(text, *value.object());
            return;
    }
}

}  // namespace

Value::Value(bool flag) : node_(std::make_shared<Node>(Node{flag})) {
}
Value::Value(int number) : Value(Number{std::to_string(number)}) {
}
Value::Value(std::int64_t number) : Value(Number{std::to_string(number)}) {
}
Value::Value(std::uint64_t number) : Value(Number{std::to_string(number)}) {
}
Value::Value(unsigned number) : Value(Number{std::to_string(number)}) {
}
Value::Value(Decimal number) : Value(Number{number.str()}) {
}
Value::Value(Number number) : node_(std::make_shared<Node>(Node{std::move(number)})) {
}
Value::Value(const char* text) : Value(std::string(text)) {
}
Value::Value(std::string text) : node_(std::make_shared<Node>(Node{std::move(text)})) {
}
Value::Value(std::string_view text) : Value(std::string(text)) {
}
Value::Value(Array items) : node_(std::make_shared<Node>(Node{std::move(items)})) {
}
Value::Value(Object members) : node_(std::make_shared<Node>(Node{std::move(members)})) {
}

Kind Value::kind() const {
    if (!node_) return Kind::Null;
    // In the order of the variant's alternatives.
    constexpr std::array kKinds{Kind::Bool, Kind::Number, Kind::String, Kind::Array, Kind::Object};
    return kKinds.at(node_->content.index());
}

const Value* Value::find(std::string_view key) const {
    const Object* members = object();
    if (members == nullptr) return nullptr;
    for (const auto& [name, value] : *members) {
        if (name == key) return &value;
    }
    return nullptr;
}

std::optional<bool> Value::boolean() const {
    const bool* flag = node_ ? std::get_if<bool>(&node_->content) : nullptr;
    return flag != nullptr ? std::optional(*flag) : std::nullopt;
}

std::optional<std::int64_t> Value::integer() const {
    const Number* number = node_ ? std::get_if<Number>(&node_->content) : nullptr;
    return number != nullptr ? parse_integer(number->text) : std::nullopt;
}

std::optional<Decimal> Value::decimal() const {
    const Number* number = node_ ? std::get_if<Number>(&node_->content) : nullptr;
    return number != nullptr ? Decimal::parse(number->text) : std::nullopt;
}

std::optional<std::string> Value::string() const {
    const std::string* text = node_ ? std::get_if<std::string>(&node_->content) : nullptr;
    return text != nullptr ? std::optional(*text) : std::nullopt;
}

const Array* Value::array() const {
    return node_ ? std::get_if<Array>(&node_->content) : nullptr;
}

const Object* Value::object() const {
    return node_ ? std::get_if<Object>(&node_->content) : nullptr;
}

std::optional<std::string> Value::scalar_text() const {
    const Number* number = node_ ? std::get_if<Number>(&node_->content) : nullptr;
    return number != nullptr ? std::optional(number->text) : string();
}

std::optional<std::string> Value::string(std::string_view key) const {
    const Value* member = find(key);
    return member != nullptr ? member->string() : std::nullopt;
}

std::optional<std::int64_t> Value::integer(std::string_view key) const {
    const Value* member = find(key);
    return member != nullptr ? member->integer() : std::nullopt;
}

std::optional<Decimal> Value::decimal(std::string_view key) const {
    const Value* member = find(key);
    return member != nullptr ? member->decimal() : std::nullopt;
}

std::optional<bool> Value::boolean(std::string_view key) const {
    const Value* member = find(key);
    return member != nullptr ? member->boolean() : std::nullopt;
}

const Array* Value::array(std::string_view key) const {
    const Value* member = find(key);
    return member != nullptr ? member->array() : nullptr;
}

Value& Value::set(std::string key, Value value) {
    if (!node_) *this = Value(Object{});
    if (kind() != Kind::Object) throw std::logic_error("json: a member of what is no object");
    if (node_.use_count() > 1) node_ = std::make_shared<Node>(*node_);
    auto& members = std::get<Object>(node_->content);
    const auto found = std::ranges::find(members, key, &Object::value_type::first);
    if (found != members.end()) {
        found->second = std::move(value);
    } else {
        members.emplace_back(std::move(key), std::move(value));
    }
    return *this;
}

Value& Value::push(Value value) {
    if (!node_) *this = Value(Array{});
    if (kind() != Kind::Array) throw std::logic_error("json: an item of what is no array");
    if (node_.use_count() > 1) node_ = std::make_shared<Node>(*node_);
    std::get<Array>(node_->content).push_back(std::move(value));
    return *this;
}

std::string Value::str() const {
    std::string text;
    append_value(text, *this);
    return text;
}

bool operator==(const Value& left, const Value& right) {
    if (left.node_ == right.node_) return true;
    if (!left.node_ || !right.node_) return false;
    return left.node_->content == right.node_->content;
}

Value object(std::initializer_list<std::pair<std::string, Value>> members) {
    Value value(Object{});
    for (const auto& [name, member] : members)
        value.set(name, member);
    return value;
}

}  // namespace linuxcash::json
