// SPDX-License-Identifier: Apache-2.0
// JSON without floating point: a strict reader that keeps the text of numbers, and a writer. Plain
// values, no threads; copies share their content, so do not change (`set`, `push`) a value of which
// another thread holds a copy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"

namespace linuxcash::json {

enum class Kind { Null, Bool, Number, String, Array, Object };

class Value;
using Array = std::vector<Value>;
// Members in the order in which they were written or read.
using Object = std::vector<std::pair<std::string, Value>>;

// The text of a JSON number, e.g. "24.50": exact, never a float.
struct Number {
    std::string text;
    friend bool operator==(const Number&, const Number&) = default;
};

class Value {
public:
    Value() = default;  // null
    Value(std::nullptr_t) {}  // NOLINT
    Value(bool flag);  // NOLINT
    Value(int number);  // NOLINT
    Value(std::int64_t number);  // NOLINT
    Value(std::uint64_t number);  // NOLINT
    Value(unsigned number);  // NOLINT
    Value(Decimal number);  // NOLINT: a JSON number, exact
    Value(Number number);  // NOLINT
    Value(const char* text);  // NOLINT
    Value(std::string text);  // NOLINT
    Value(std::string_view text);  // NOLINT
    Value(Array items);  // NOLINT
    Value(Object members);  // NOLINT

    [[nodiscard]] Kind kind() const;

    // The member, or nullptr when this is no object or has none of that name.
    [[nodiscard]] const Value* find(std::string_view key) const;
    // The value as that type, or nullopt when it is of another kind or does not fit. An integer is
    // a number without point and exponent, a decimal one without exponent.
    [[nodiscard]] std::optional<bool> boolean() const;
    [[nodiscard]] std::optional<std::int64_t> integer() const;
    [[nodiscard]] std::optional<Decimal> decimal() const;
    [[nodiscard]] std::optional<std::string> string() const;
    [[nodiscard]] const Array* array() const;
    [[nodiscard]] const Object* object() const;
    // The text of a number, or the text of a string: for ids that gateways write either way.
    [[nodiscard]] std::optional<std::string> scalar_text() const;

    // Members of an object in one call; nullopt when absent or of another kind.
    [[nodiscard]] std::optional<std::string> string(std::string_view key) const;
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key) const;
    [[nodiscard]] std::optional<Decimal> decimal(std::string_view key) const;
    [[nodiscard]] std::optional<bool> boolean(std::string_view key) const;
    [[nodiscard]] const Array* array(std::string_view key) const;

    // Sets or replaces a member (null becomes an object); for building documents.
    Value& set(std::string key, Value value);
    // Appends to an array (null becomes an array).
    Value& push(Value value);

    // One line, members in order, no blanks; control characters escaped, UTF-8 kept as it is.
    [[nodiscard]] std::string str() const;

    friend bool operator==(const Value&, const Value&);

private:
    struct Node;
    std::shared_ptr<Node> node_;  // shared until changed; null is JSON null
};

struct Limits {
    std::size_t bytes = 1024 * 1024;
    int depth = 32;
};

// Strict RFC 8259: duplicate keys, invalid UTF-8, NaN, a byte after the end, anything over the
// limits is refused, with the byte's position in the text of the error.
[[nodiscard]] Result<Value> parse(std::string_view text, Limits limits = {});

// Object{{"a", 1}} reads badly in calls; this reads well.
[[nodiscard]] Value object(std::initializer_list<std::pair<std::string, Value>> members);

}  // namespace linuxcash::json
