// SPDX-License-Identifier: Apache-2.0
// QR codes as modules, and as lines of a terminal. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace linuxcash::qr {

// How much of the code may be dirty or torn: about 7, 15, 25, 30 per cent.
enum class Correction { Low, Medium, Quartile, High };

// A square of `size` × `size` modules without a quiet zone; row 0 is the upper one.
struct Matrix {
    int size = 0;
    std::vector<bool> dark;  // row after row

    // False outside of the square, which is light.
    [[nodiscard]] bool is_dark(int row, int column) const;

    friend bool operator==(const Matrix&, const Matrix&) = default;
};

// The smallest code that holds the text. InvalidInput: no text, or a zero byte in it; TooLarge:
// more than a QR code can hold (2953 bytes with Low).
[[nodiscard]] Result<Matrix> encode(
    std::string_view text, Correction correction = Correction::Medium);

inline constexpr int kQuietZone = 4;  // modules around the code, as the standard asks
inline constexpr int kScreenQuietZone = 2;  // enough for telephones before a screen

// UTF-8 half blocks, two rows of modules a line, all lines equally wide (size + 2 × quiet_zone
// characters). Light modules are drawn and dark ones left blank: right on a terminal with a dark
// background; on a light one telephones read the inverse as well.
[[nodiscard]] std::vector<std::string> terminal_lines(
    const Matrix& matrix, int quiet_zone = kScreenQuietZone);

}  // namespace linuxcash::qr
