// SPDX-License-Identifier: Apache-2.0
#include "json/json.h"

#include <iterator>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "base/utf8.h"

namespace linuxcash::json {

namespace {

// Why reading stopped; the library's own words are not passed on, since they quote the document.
enum class Fault { Syntax, Number, Duplicate, Depth };

// Counts what the library has taken, because its callbacks do not say where they are.
class CountingIterator {
public:
    using difference_type = std::ptrdiff_t;
    using value_type = char;
    using pointer = const char*;
    using reference = const char&;
    using iterator_category = std::input_iterator_tag;

    CountingIterator(const char* at, std::size_t* taken) : at_(at), taken_(taken) {}

    reference operator*() const { return *at_; }
    CountingIterator& operator++() {
        ++at_;
        ++*taken_;
        return *this;
    }
    CountingIterator operator++(int) {
        const CountingIterator before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const CountingIterator& left, const CountingIterator& right) {
        return left.at_ == right.at_;
    }

private:
    const char* at_;
    std::size_t* taken_;
};

// An array or object that is being read.
struct Frame {
    bool is_object = false;
    Array items;
    Object members;
    std::unordered_set<std::string> names;  // a search through `members` would be quadratic
    std::string key;
};

// Receives the library's events and builds the value; false stops the reading.
class Builder {
public:
    using Library = nlohmann::json;

    explicit Builder(int depth_max) : depth_max_(depth_max) {}

    [[nodiscard]] Value take_root() { return std::move(root_); }
    [[nodiscard]] Fault fault() const { return fault_; }

    bool null() { return add(Value()); }
    bool boolean(bool flag) { return add(Value(flag)); }
    bool number_integer(Library::number_integer_t number) {
        return add(Value(Number{std::to_string(number)}));
    }
    bool number_unsigned(Library::number_unsigned_t number) {
        return add(Value(Number{std::to_string(number)}));
    }
    bool number_float(Library::number_float_t, const std::string& text);
    bool string(std::string& text) { return add(Value(std::move(text))); }
    bool binary(Library::binary_t&) { return false; }  // never occurs in text
    bool start_object(std::size_t) { return start(true); }
    bool start_array(std::size_t) { return start(false); }
    bool end_object() { return end(); }
    bool end_array() { return end(); }
    bool key(std::string& name);
    bool parse_error(std::size_t, const std::string&, const Library::exception& reason) {
        constexpr int kNumberOutOfRange = 406;
        return stop(reason.id == kNumberOutOfRange ? Fault::Number : Fault::Syntax);
    }

private:
    bool stop(Fault fault) {
        fault_ = fault;
        return false;
    }
    bool start(bool is_object);
    bool end();
    bool add(Value value);

    int depth_max_;
    Fault fault_ = Fault::Syntax;
    Value root_;
    std::vector<Frame> frames_;
};

bool Builder::number_float(Library::number_float_t, const std::string& text) {
    // The library writes the point of the host's locale, which may be a comma.
    constexpr std::string_view kCharactersOfNumbers = "0123456789+-eE";
    std::string exact = text;
    for (char& character : exact) {
        if (kCharactersOfNumbers.find(character) == std::string_view::npos) character = '.';
    }
    return add(Value(Number{std::move(exact)}));
}

bool Builder::start(bool is_object) {
    if (frames_.size() >= static_cast<std::size_t>(depth_max_)) return stop(Fault::Depth);
    frames_.emplace_back().is_object = is_object;
    return true;
}

bool Builder::end() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    if (frame.is_object) return add(Value(std::move(frame.members)));
    return add(Value(std::move(frame.items)));
}

bool Builder::key(std::string& name) {
    Frame& frame = frames_.back();
    if (!frame.names.insert(name).second) return stop(Fault::Duplicate);
    frame.key = std::move(name);
    return true;
}

bool Builder::add(Value value) {
    if (frames_.empty()) {
        root_ = std::move(value);
        return true;
    }
    Frame& frame = frames_.back();
    if (frame.is_object) {
        frame.members.emplace_back(std::move(frame.key), std::move(value));
    } else {
        frame.items.push_back(std::move(value));
    }
    return true;
}

Text fault_text(Fault fault, std::size_t position, const Limits& limits) {
    switch (fault) {
        case Fault::Syntax:
            return tr("документ JSON испорчен: байт %1", position);
        case Fault::Number:
            return tr("число в документе JSON слишком велико: байт %1", position);
        case Fault::Duplicate:
            return tr("ключ в объекте JSON повторяется: байт %1", position);
        case Fault::Depth:
            return tr("вложенность документа JSON больше %1: байт %2", limits.depth, position);
    }
    return {};
}

// What the library would let pass or would not name: raw zero bytes end its reading without an
// error.
std::optional<Error> refused_bytes(std::string_view text) {
    std::size_t position = 0;
    while (position < text.size()) {
        const std::size_t size = utf8_character_size(text.substr(position));
        if (size == 0) {
            return Error{
                ErrorCode::InvalidInput,
                tr("документ JSON не в кодировке UTF-8: байт %1", position + 1)};
        }
        if (text[position] == '\0') {
            return Error{
                ErrorCode::InvalidInput, fault_text(Fault::Syntax, position + 1, Limits{})};
        }
        position += size;
    }
    return std::nullopt;
}

}  // namespace

Result<Value> parse(std::string_view text, Limits limits) {
    if (text.size() > limits.bytes) {
        return Error{
            ErrorCode::TooLarge, tr("документ JSON больше допустимых %1 байт", limits.bytes)};
    }
    if (const auto refused = refused_bytes(text)) return *refused;
    std::size_t taken = 0;
    Builder builder(limits.depth);
    const CountingIterator begin(text.data(), &taken);
    const CountingIterator end(text.data() + text.size(), &taken);
    if (nlohmann::json::sax_parse(begin, end, &builder)) return builder.take_root();
    const ErrorCode code =
        builder.fault() == Fault::Depth ? ErrorCode::TooLarge : ErrorCode::InvalidInput;
    return Error{code, fault_text(builder.fault(), taken, limits)};
}

}  // namespace linuxcash::json
