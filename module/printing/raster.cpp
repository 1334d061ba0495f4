// SPDX-License-Identifier: Apache-2.0
#include "printing/raster.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace linuxcash::printing {

namespace {

constexpr int kBitsInByte = 8;
constexpr int kStripRows = 128;

std::size_t index_of(int number) {
    return static_cast<std::size_t>(number);
}

int left_edge(int width, int paper) {
    return std::max((paper - width) / 2, 0);
}

// Two bytes, the lower one first.
void append_number(std::string& out, int number) {
    out += static_cast<char>(number & 0xFF);
    out += static_cast<char>((number >> kBitsInByte) & 0xFF);
}

// The seven modules of a digit: L on the left half; G is R read backwards, R is L inverted.
constexpr std::array<std::string_view, 10> kLeft{"0001101", "0011001", "0010011", "0111101",
                                                 "0100011", "0110001", "0101111", "0111011",
                                                 "0110111", "0001011"};
// The first digit is not drawn: it decides which of the next six are G.
constexpr std::array<std::string_view, 10> kParity{"LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL",
                                                   "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG",
                                                   "LGLGGL", "LGGLGL"};
constexpr std::size_t kHalf = 6;

std::string inverted(std::string_view modules) {
    std::string result;
    for (const char module : modules)
        result += module == '0' ? '1' : '0';
    return result;
}

std::string backwards(const std::string& modules) {
    return {modules.rbegin(), modules.rend()};
}

}  // namespace

Bitmap image_bitmap(const core::slip::Image& image, int paper) {
    std::size_t widest = 0;
    for (const std::string& row : image.rows)
        widest = std::max(widest, row.size());
    const int width = static_cast<int>(widest);
    const int left = left_edge(width, paper);
    Bitmap bitmap(left + width, static_cast<int>(image.rows.size()));
    for (std::size_t row = 0; row < image.rows.size(); ++row) {
        for (std::size_t column = 0; column < image.rows[row].size(); ++column) {
            if (image.rows[row][column] != '#') continue;
            bitmap.blacken(left + static_cast<int>(column), static_cast<int>(row), 1, 1);
        }
    }
    return bitmap;
}

Result<Bitmap> fitting_image(const core::slip::Image& image, int paper) {
    Bitmap bitmap = image_bitmap(image, paper);
    if (bitmap.width() <= paper) return bitmap;
    return Error{
        ErrorCode::TooLarge,
        tr("картинка шириной %1 точек не помещается на ленту шириной %2 точек: уменьшите её",
           bitmap.width(), paper)};
}

Bitmap qr_bitmap(const qr::Matrix& matrix, int module, int paper) {
    const int side = matrix.size * module;
    const int left = left_edge(side, paper);
    const int top = qr::kQuietZone * module;
    Bitmap bitmap(left + side, side + 2 * top);
    for (int row = 0; row < matrix.size; ++row) {
        int column = 0;
        while (column < matrix.size) {
            const int start = column;
            while (matrix.is_dark(row, column))
                ++column;
            bitmap.blacken(left + start * module, top + row * module, (column - start) * module, 1);
            ++column;
        }
        bitmap.repeat_row(top + row * module, module - 1);
    }
    return bitmap;
}

std::string ean13_modules(std::string_view digits) {
    const std::string_view parity = kParity[index_of(digits[0] - '0')];
    std::string modules = "101";
    for (std::size_t index = 0; index < kHalf; ++index) {
        const std::string_view left = kLeft[index_of(digits[index + 1] - '0')];
        modules += parity[index] == 'L' ? std::string(left) : backwards(inverted(left));
    }
    modules += "01010";
    for (std::size_t index = 0; index < kHalf; ++index)
        modules += inverted(kLeft[index_of(digits[index + 1 + kHalf] - '0')]);
    return modules + "101";
}

Bitmap ean13_bitmap(std::string_view digits, int module, int height, int paper) {
    const std::string modules = ean13_modules(digits);
    const int width = static_cast<int>(modules.size()) * module;
    const int left = left_edge(width, paper);
    Bitmap bitmap(left + width, height);
    for (std::size_t index = 0; index < modules.size(); ++index) {
        if (modules[index] != '1') continue;
        bitmap.blacken(left + static_cast<int>(index) * module, 0, module, height);
    }
    return bitmap;
}

void append_raster(std::string& out, const Bitmap& bitmap) {
    const int stride = (bitmap.width() + kBitsInByte - 1) / kBitsInByte;
    for (int row = 0; row < bitmap.height(); row += kStripRows) {
        const int rows = std::min(kStripRows, bitmap.height() - row);
        out += "\x1D\x76\x30";
        out += '\0';
        append_number(out, stride);
        append_number(out, rows);
        out.append(bitmap.bytes(), index_of(row * stride), index_of(rows * stride));
    }
}

}  // namespace linuxcash::printing
