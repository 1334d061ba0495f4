// SPDX-License-Identifier: Apache-2.0
// A template as it was understood: nodes with the places where they stand. For this folder's
// sources; plain values, no threads.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "core/slip.h"

namespace linuxcash::reports {

struct Place {
    std::shared_ptr<const std::string> file;
    int line = 0;

    // "file:line: what is wrong"
    [[nodiscard]] Text say(Text what) const;
    [[nodiscard]] Error error(Text what) const;
};

// How a value is written.
struct PlainFormat {};
struct NumberFormat {
    std::optional<int> places;  // nullopt: as many as there are
    bool comma = false;
    bool grouped = false;
};
struct MoneyFormat {
    bool code = false;
    bool comma = false;
    bool grouped = false;
};
struct DateFormat {
    std::string pattern;
};
using Format = std::variant<PlainFormat, NumberFormat, MoneyFormat, DateFormat>;

enum class Summary { None, Count, Sum };

// "line.price" → {"line", "price"}
using Path = std::vector<std::string>;
[[nodiscard]] std::string str(const Path& path);

struct Field {
    Summary summary = Summary::None;
    Path path;
    Format format;
};

// Text with fields in it.
struct Phrase {
    Place place;
    std::vector<std::variant<std::string, Field>> parts;
};

struct TextNode {
    core::slip::Text like;
    Phrase text;
};
struct PairNode {
    core::slip::Pair like;
    Phrase left;
    Phrase right;
};
struct ColumnNode {
    core::slip::Column like;
    Phrase text;
};
struct ColumnsNode {
    core::slip::Columns like;
    std::vector<ColumnNode> columns;
};
struct QrNode {
    core::slip::QrCode like;
    Phrase data;
};
struct BarcodeNode {
    core::slip::Barcode like;
    Phrase data;
};
struct FixedNode {
    core::slip::Element element;
};

struct Node;
using Block = std::vector<Node>;

struct Condition {
    enum class Test { Filled, Missing, Equal, NotEqual };
    Test test = Test::Filled;
    Path field;
    std::string value;  // of Equal and NotEqual
};
struct IfNode {
    Condition condition;
    Block then;
    Block otherwise;
};
struct ForNode {
    std::string each;
    Path in;
    Block block;
};

struct Node {
    Place place;
    std::variant<TextNode, PairNode, ColumnsNode, QrNode, BarcodeNode, FixedNode, IfNode, ForNode>
        what;
};

namespace detail {

struct Tree {
    Block block;
};

}  // namespace detail

}  // namespace linuxcash::reports
