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

void Bitmap::blacken(int x, int y, int width, int height) {
    const int right = std::min(x + width, width_);
    const int bottom = std::min(y + height, height_);
    for (int row = std::max(y, 0); row < bottom; ++row) {
        for (int column = std::max(x, 0); column < right; ++column) {
            char& byte = bytes_[index_of(row) * index_of(stride_) + index_of(column / kBitsInByte)];
            byte = static_cast<char>(byte | bit_of(column));
        }
    }
}

void Bitmap::invert(int x, int y, int width, int height) {
    const int right = std::min(x + width, width_);
    const int bottom = std::min(y + height, height_);
    for (int row = std::max(y, 0); row < bottom; ++row) {
        for (int column = std::max(x, 0); column < right; ++column) {
            char& byte = bytes_[index_of(row) * index_of(stride_) + index_of(column / kBitsInByte)];
            byte = static_cast<char>(byte ^ bit_of(column));
        }
    }
}

void Bitmap::draw(const Bitmap& other, Point at) {
    for (int row = 0; row < other.height_; ++row) {
        for (int column = 0; column < other.width_; ++column) {
            if (other.is_black(column, row)) blacken(at.x + column, at.y + row, 1, 1);
        }
    }
}

void Bitmap::set_height(int height) {
    height_ = std::max(height, 0);
    bytes_.resize(index_of(stride_) * index_of(height_), '\0');
}

}  // namespace linuxcash::paper
