// SPDX-License-Identifier: Apache-2.0
// What a template is filled with: a tree of plain values; and its shape, which says beforehand what
// fields there are. No threads.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/decimal.h"
#include "base/money.h"

namespace linuxcash::reports {

// A moment as the clock on the wall shows it.
struct Time {
    int year = 1970;
    int month = 1;
    int day = 1;
    int hour = 0;
    int minute = 0;
    int second = 0;
    friend bool operator==(const Time&, const Time&) = default;
};

struct Value;
using Values = std::vector<Value>;

// Fields by name, each name once.
class Record {
public:
    // Adds a field, or replaces it.
    Record& set(std::string name, Value value);
    // nullptr: there is no such field.
    [[nodiscard]] const Value* find(std::string_view name) const;

private:
    std::vector<std::pair<std::string, Value>> fields_;
};

struct Value {
    std::variant<std::string, Decimal, Money, Time, Values, Record> what;

    Value(std::string text) : what(std::move(text)) {}  // NOLINT: what it holds is a value
    Value(const char* text) : what(std::string(text)) {}  // NOLINT
    Value(Decimal number) : what(number) {}  // NOLINT
    Value(Money sum) : what(sum) {}  // NOLINT
    Value(Time moment) : what(moment) {}  // NOLINT
    Value(Values list) : what(std::move(list)) {}  // NOLINT
    Value(Record record) : what(std::move(record)) {}  // NOLINT
    [[nodiscard]] static Value of(long long number) { return Decimal(number, 0); }

    // Text that is not empty, a number or sum that is not 0, a list with something in it; a time
    // and a record always.
    [[nodiscard]] bool filled() const;
};

enum class Kind { Text, Number, Money, Time, List, Record };

// A field that data may have; one that a record has not prints as nothing.
struct Shape {
    std::string name;
    Kind kind = Kind::Text;
    std::vector<Shape> fields = {};  // of a record, or of each record of a list

    // nullptr: there is no such field.
    [[nodiscard]] const Shape* find(std::string_view field) const;
};

}  // namespace linuxcash::reports
