// SPDX-License-Identifier: Apache-2.0
// XML that people write by hand, as a tree of plain values: no DTD, no entities but the five, and
// limits that are checked before anything is built. Pure, any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace linuxcash::xml {

struct Limits {
    std::size_t bytes = 256 * 1024;
    int depth = 32;  // elements within each other, the root is the first
    int elements = 10'000;
    int attributes = 32;  // of one element
};

struct Attribute {
    std::string name;
    std::string value;  // entities resolved
    friend bool operator==(const Attribute&, const Attribute&) = default;
};

// Text between tags, as it stands, entities resolved; never blanks alone.
struct Characters {
    std::string text;
    int line = 0;
};

struct Node;

struct Element {
    std::string name;
    int line = 0;  // of its opening tag, from 1
    std::vector<Attribute> attributes;  // in their order, names are unique
    std::vector<Node> children;  // in their order; comments are left out

    // nullptr: there is none of that name.
    [[nodiscard]] const std::string* attribute(std::string_view attribute_name) const;
};

struct Node {
    std::variant<Characters, Element> what;
};

// The root of a document in UTF-8. InvalidInput with file, line and remedy for everything that is
// no XML or not allowed here; TooLarge for a document over a limit. `file` is only for messages.
// Takes time and memory in proportion to the bytes, at most limits.bytes of them.
[[nodiscard]] Result<Element> parse(
    std::string_view text, std::string_view file, const Limits& limits = {});

}  // namespace linuxcash::xml
