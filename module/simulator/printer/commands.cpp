// SPDX-License-Identifier: Apache-2.0
#include "simulator/printer/commands.h"

#include <algorithm>
#include <array>

namespace linuxcash::simulator {

namespace {

constexpr unsigned char kDle = 0x10;
constexpr unsigned char kEsc = 0x1B;
constexpr unsigned char kFs = 0x1C;
constexpr unsigned char kGs = 0x1D;
constexpr unsigned char kFirstLetter = 0x20;
constexpr unsigned char kDelete = 0x7F;
constexpr std::size_t kTabsMax = 32;
constexpr std::size_t kColumnDots = 8;

// How the number of parameter bytes is told.
enum class Form {
    Fixed,  // always that many
    Length,  // two bytes of length, after `parameters` other bytes
    Tabs,  // up to a zero byte
    Columns,  // ESC *
    Cut,  // GS V
    Barcode,  // GS k
    Raster,  // GS v 0
    LongGraphics,  // GS 8 L
    Stored,  // GS *: columns and rows of eight dots
    RealTime,  // DLE EOT
    Pulse,  // DLE DC4
};

struct Shape {
    std::string_view prefix;
    std::size_t parameters = 0;
    Form form = Form::Fixed;
};

constexpr std::array<Shape, 79> kShapes{{
    {"\n"},
    {"\r"},
    {"\t"},
    {"\f"},
    {"\x18"},
    {"\x1B@"},
    {"\x1B"
     "2"},
    {"\x1B"
     "3",
     1},
    {"\x1B!", 1},
    {"\x1B-", 1},
    {"\x1B"
     "E",
     1},
    {"\x1BG", 1},
    {"\x1BM", 1},
    {"\x1BR", 1},
    {"\x1Bt", 1},
    {"\x1B"
     "a",
     1},
    {"\x1B"
     "d",
     1},
    {"\x1B"
     "e",
     1},
    {"\x1BJ", 1},
    {"\x1BK", 1},
    {"\x1Bp", 3},
    {"\x1B ", 1},
    {"\x1B$", 2},
    {"\x1B\\", 2},
    {"\x1B{", 1},
    {"\x1BV", 1},
    {"\x1BU", 1},
    {"\x1BT", 1},
    {"\x1BW", 8},
    {"\x1BS"},
    {"\x1BL"},
    {"\x1B"
     "c",
     2},
    {"\x1Bi"},
    {"\x1Bm"},
    {"\x1B=", 1},
    {"\x1Br", 1},
    {"\x1B%", 1},
    {"\x1B?", 1},
    {"\x1Bu", 1},
    {"\x1Bv"},
    {"\x1B"
     "D",
     0, Form::Tabs},
    {"\x1B*", 0, Form::Columns},
    {"\x1B(", 1, Form::Length},
    {"\x1D!", 1},
    {"\x1D"
     "B",
     1},
    {"\x1Dh", 1},
    {"\x1Dw", 1},
    {"\x1DH", 1},
    {"\x1D"
     "f",
     1},
    {"\x1DL", 2},
    {"\x1DW", 2},
    {"\x1Dr", 1},
    {"\x1D"
     "a",
     1},
    {"\x1DI", 1},
    {"\x1D/", 1},
    {"\x1D$", 2},
    {"\x1D\\", 2},
    {"\x1DP", 2},
    {"\x1D"
     "b",
     1},
    {"\x1DT", 1},
    {"\x1D:"},
    {"\x1D^", 3},
    {"\x1Dj", 1},
    {"\x1DV", 0, Form::Cut},
    {"\x1Dk", 0, Form::Barcode},
    {"\x1Dv", 0, Form::Raster},
    {"\x1D(", 1, Form::Length},
    {"\x1D"
     "8",
     0, Form::LongGraphics},
    {"\x1D*", 0, Form::Stored},
    {"\x1C."},
    {"\x1C"
     "C",
     1},
    {"\x1C&"},
    {"\x1C!", 1},
    {"\x1C-", 1},
    {"\x1CS", 2},
    {"\x1Cp", 2},
    {"\x1C(", 1, Form::Length},
    {"\x10\x04", 1, Form::RealTime},
    {"\x10\x14", 0, Form::Pulse},
}};

// Parameter bytes: how many there are, or how many must come before that can be told.
struct Count {
    std::size_t bytes = 0;
    bool known = true;
};

constexpr Count more(std::size_t bytes) {
    return {bytes, false};
}

std::size_t byte_at(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

std::size_t number_at(std::string_view bytes, std::size_t at) {
    return byte_at(bytes, at) + (byte_at(bytes, at + 1) << 8U);
}

Count up_to_zero(std::string_view rest, std::size_t from, std::size_t limit) {
    const std::size_t end = rest.find('\0', from);
    if (end != std::string_view::npos && end <= limit) return {end + 1};
    return rest.size() > limit ? Count{limit} : more(rest.size() + 1);
}

Count columns_count(std::string_view rest) {
    if (rest.size() < 3) return more(3);
    const std::size_t high = byte_at(rest, 0) >= 32 ? 3 : 1;  // bytes a column
    return {3 + high * number_at(rest, 1)};
}

Count cut_count(std::string_view rest) {
    if (rest.empty()) return more(1);
    // 0, 1 and their digits cut at once; the other functions feed first, by a number that follows.
    const std::size_t function = byte_at(rest, 0);
    return {function <= 1 || function == '0' || function == '1' ? std::size_t{1} : std::size_t{2}};
}

Count barcode_count(std::string_view rest) {
    constexpr std::size_t kFirstCounted = 65;
    constexpr std::size_t kDataMax = 256;
    if (rest.empty()) return more(1);
    if (byte_at(rest, 0) < kFirstCounted) return up_to_zero(rest, 1, kDataMax);
    if (rest.size() < 2) return more(2);
    return {2 + byte_at(rest, 1)};
}

Count raster_count(std::string_view rest) {
    if (rest.size() < 6) return more(6);
    return {6 + number_at(rest, 2) * number_at(rest, 4)};
}

Count graphics_count(std::string_view rest) {
    if (rest.size() < 5) return more(5);
    return {5 + number_at(rest, 1) + (number_at(rest, 3) << 16U)};
}

Count stored_count(std::string_view rest) {
    if (rest.size() < 2) return more(2);
    return {2 + byte_at(rest, 0) * byte_at(rest, 1) * kColumnDots};
}

Count real_time_count(std::string_view rest) {
    constexpr std::size_t kInk = 7;
    if (rest.empty()) return more(1);
    return {byte_at(rest, 0) >= kInk ? std::size_t{2} : std::size_t{1}};
}

Count pulse_count(std::string_view rest) {
    constexpr std::size_t kClearBuffers = 8;
    if (rest.empty()) return more(1);
    return {byte_at(rest, 0) == kClearBuffers ? std::size_t{8} : std::size_t{3}};
}

Count length_count(std::string_view rest, std::size_t before) {
    if (rest.size() < before + 2) return more(before + 2);
    return {before + 2 + number_at(rest, before)};
}

Count parameters(const Shape& shape, std::string_view rest) {
    switch (shape.form) {
        case Form::Fixed:
            break;
        case Form::Length:
            return length_count(rest, shape.parameters);
        case Form::Tabs:
            return up_to_zero(rest, 0, kTabsMax);
        case Form::Columns:
            return columns_count(rest);
        case Form::Cut:
            return cut_count(rest);
        case Form::Barcode:
            return barcode_count(rest);
        case Form::Raster:
            return raster_count(rest);
        case Form::LongGraphics:
            return graphics_count(rest);
        case Form::Stored:
            return stored_count(rest);
        case Form::RealTime:
            return real_time_count(rest);
        case Form::Pulse:
            return pulse_count(rest);
    }
    return {shape.parameters};
}

// How many bytes name a command that begins with this one.
std::size_t name_size(unsigned char first) {
    return first == kEsc || first == kGs || first == kFs || first == kDle ? 2 : 1;
}

}  // namespace

std::optional<Command> next_command(std::string_view bytes) {
    const auto first = static_cast<unsigned char>(bytes[0]);
    if (first >= kFirstLetter && first != kDelete) return Command{Command::Kind::Letter, 0, 1};
    const std::size_t name = name_size(first);
    if (bytes.size() < name) return std::nullopt;
    const auto* const shape = std::find_if(kShapes.begin(), kShapes.end(), [&](const Shape& each) {
        return each.prefix == bytes.substr(0, name);
    });
    if (shape == kShapes.end()) return Command{Command::Kind::Unknown, 0, name};
    const Count count = parameters(*shape, bytes.substr(name));
    if (count.bytes > kCommandBytesMax) return Command{Command::Kind::Unknown, 0, name};
    const std::size_t size = name + count.bytes;
    if (!count.known || bytes.size() < size) return std::nullopt;
    return Command{Command::Kind::Known, name, size};
}

}  // namespace linuxcash::simulator
