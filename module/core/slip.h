// SPDX-License-Identifier: Apache-2.0
// The slip: a device-free document, the only thing a printer prints. Plain values, no threads.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace linuxcash::core::slip {

enum class Size { Default, Small, Medium, Large };
enum class Alignment { Left, Center, Right };
enum class Wrapping { Anywhere, Wordwrap };
enum class QrSize { Tiny, Small, Normal, Large, Extralarge };
enum class QrCorrection { Low, Medium, High, Ultra };

struct Text {
    std::string text;
    Size size = Size::Default;
    Alignment alignment = Alignment::Left;
    Wrapping wrapping = Wrapping::Anywhere;
    bool bold = false;
    friend bool operator==(const Text&, const Text&) = default;
};

// Two texts pushed to the two edges.
struct Pair {
    std::string left;
    std::string right;
    std::string separator = " ";  // one printable character
    Size size = Size::Default;
    Alignment alignment = Alignment::Left;  // of the part that wraps to the next line
    Wrapping wrapping = Wrapping::Anywhere;
    friend bool operator==(const Pair&, const Pair&) = default;
};

// A rule over the whole width.
struct Line {
    std::string symbol = "-";  // one printable character
    Size size = Size::Default;
    friend bool operator==(const Line&, const Line&) = default;
};

struct Br {
    friend bool operator==(const Br&, const Br&) = default;
};

struct Cut {
    friend bool operator==(const Cut&, const Cut&) = default;
};

struct QrCode {
    std::string data;
    QrSize size = QrSize::Normal;
    QrCorrection correction = QrCorrection::Medium;
    friend bool operator==(const QrCode&, const QrCode&) = default;
};

using Element = std::variant<Text, Pair, Line, Br, Cut, QrCode>;

struct Slip {
    std::vector<Element> elements;

    [[nodiscard]] bool empty() const { return elements.empty(); }
    friend bool operator==(const Slip&, const Slip&) = default;
};

// The slip as lines of `columns` characters (≥ 8), nothing lost: what does not fit is wrapped. A QR
// code becomes its data as text, in angle brackets; a cut becomes nothing. Trailing blanks are
// dropped.
[[nodiscard]] std::vector<std::string> plain_text(const Slip& slip, int columns);

}  // namespace linuxcash::core::slip
