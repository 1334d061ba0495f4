// SPDX-License-Identifier: Apache-2.0
// The slip: a device-free document, the only thing a printer prints. Plain values, no threads.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace linuxcash::core::slip {

enum class Size { Default, Small, Medium, Large };
enum class Alignment { Left, Center, Right };
enum class Wrapping { Anywhere, Wordwrap };
enum class CodeSize { Normal, Tiny, Small, Large, Extralarge };  // of a bar code or a QR code
enum class QrCorrection { Medium, Low, High, Ultra };
enum class PrintText { None, Below, Above, Everywhere };  // the digits of a bar code

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
    CodeSize size = CodeSize::Normal;
    QrCorrection correction = QrCorrection::Medium;
    friend bool operator==(const QrCode&, const QrCode&) = default;
};

// EAN-13.
struct Barcode {
    std::string data;  // 12 digits, or 13 with the check digit
    CodeSize size = CodeSize::Normal;
    PrintText print_text = PrintText::None;
    friend bool operator==(const Barcode&, const Barcode&) = default;
};

struct Column {
    std::string text;
    int width = 0;  // in characters; 0: an equal share of what the others leave
    Alignment alignment = Alignment::Left;
    Wrapping wrapping = Wrapping::Anywhere;
    friend bool operator==(const Column&, const Column&) = default;
};

// Texts side by side with one blank between them, each wrapped within its own width.
struct Columns {
    std::vector<Column> columns;
    Size size = Size::Default;
    bool bold = false;
    friend bool operator==(const Columns&, const Columns&) = default;
};

// Black and white, one dot of the picture on one dot of the paper, centred.
struct Image {
    std::vector<std::string> rows;  // '#' is black, everything else is white; rows may differ in
                                    // length
    std::string text = {};  // stands for the picture where none can be printed
    friend bool operator==(const Image&, const Image&) = default;
};

// What follows goes to the printer of that name; an empty name is the receipt printer, where every
// slip begins.
struct Target {
    std::string name;
    friend bool operator==(const Target&, const Target&) = default;
};

using Element = std::variant<Text, Pair, Line, Br, Cut, QrCode, Barcode, Columns, Image, Target>;

struct Slip {
    std::vector<Element> elements;

    [[nodiscard]] bool empty() const { return elements.empty(); }
    friend bool operator==(const Slip&, const Slip&) = default;
};

// The 13 digits of an EAN-13 with 12 or 13 given; nullopt when it is anything else, or when the
// check digit is wrong.
[[nodiscard]] std::optional<std::string> ean13(std::string_view digits);

// What one printer prints of a slip.
struct Part {
    std::string target;
    Slip slip;  // without targets
    friend bool operator==(const Part&, const Part&) = default;
};

// One part for each printer that the slip names, in the order of their first elements; printers
// with nothing to print are left out.
[[nodiscard]] std::vector<Part> by_target(const Slip& slip);

// The slip as lines of `columns` characters (≥ 8), nothing lost: what does not fit is wrapped.
// Every size is one character wide. A code becomes its data as text, in angle brackets, a picture
// its text; a cut and a target become nothing. Trailing blanks are dropped.
[[nodiscard]] std::vector<std::string> plain_text(const Slip& slip, int columns);

}  // namespace linuxcash::core::slip
