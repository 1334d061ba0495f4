// SPDX-License-Identifier: Apache-2.0
#include "paper/bitmap.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace linuxcash::paper {

namespace {

constexpr int kBitsInByte = 8;

std::size_t index_of(int number) {
    return static_cast<std::size_t>(number);
}

char bit_of(int x) {
    return static_cast<char>(0x80 >> (x % kBitsInByte));
}

}  // namespace

Bitmap::Bitmap(int width, int height)
    : width_(std::max(width, 0)),
      height_(std::max(height, 0)),
      stride_((width_ + kBitsInByte - 1) / kBitsInByte),
      bytes_(index_of(stride_) * index_of(height_), '\0') {
}

Bitmap Bitmap::of(int width, int height, std::string bytes) {
    Bitmap bitmap(width, height);
    bytes.resize(bitmap.bytes_.size(), '\0');
    bitmap.bytes_ = std::move(bytes);
    return bitmap;
}

bool Bitmap::is_black(int x, int y) const {
    if (x < 0 || y < 0 || x >= width_ || y >= height_) return false;
    return (bytes_[index_of(y) * index_of(stride_) + index_of(x / kBitsInByte)] & bit_of(x)) != 0;
}

template <typename Change>
void Bitmap::change(const Area& area, Change change_byte) {
    const int left = std::max(area.x, 0);
    const int right = std::min(area.x + area.width, width_);
    const int bottom = std::min(area.y + area.height, height_);
    if (left >= right) return;
    const int first = left / kBitsInByte;
    const int last = (right - 1) / kBitsInByte;
    for (int row = std::max(area.y, 0); row < bottom; ++row) {
        char* const bytes = bytes_.data() + index_of(row) * index_of(stride_);
        for (int column = first; column <= last; ++column) {
            unsigned mask = 0xFF;
            if (column == first) mask &= 0xFFU >> static_cast<unsigned>(left % kBitsInByte);
            if (column == last)
                mask &= 0xFFU << static_cast<unsigned>(kBitsInByte - 1 - (right - 1) % kBitsInByte);
            bytes[column] = change_byte(bytes[column], static_cast<char>(mask));
        }
    }
}

void Bitmap::blacken(int x, int y, int width, int height) {
    change(
        {x, y, width, height}, [](char byte, char mask) { return static_cast<char>(byte | mask); });
}

void Bitmap::invert(int x, int y, int width, int height) {
    change(
        {x, y, width, height}, [](char byte, char mask) { return static_cast<char>(byte ^ mask); });
}

void Bitmap::draw(const Bitmap& other, Point at) {
    for (int row = 0; row < other.height_; ++row) {
        for (int column = 0; column < other.width_; ++column) {
            if (other.is_black(column, row)) blacken(at.x + column, at.y + row, 1, 1);
        }
    }
}

void Bitmap::repeat_row(int y, int times) {
    if (y < 0 || y >= height_) return;
    const std::size_t stride = index_of(stride_);
    const auto row = bytes_.begin() + static_cast<std::ptrdiff_t>(index_of(y) * stride);
    const int copies = std::min(times, height_ - 1 - y);
    for (int copy = 1; copy <= copies; ++copy)
        std::copy_n(row, stride, row + static_cast<std::ptrdiff_t>(index_of(copy) * stride));
}

void Bitmap::set_height(int height) {
    height_ = std::max(height, 0);
    bytes_.resize(index_of(stride_) * index_of(height_), '\0');
}

}  // namespace linuxcash::paper
