// SPDX-License-Identifier: Apache-2.0
// Pictures as PNG files. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "paper/bitmap.h"

namespace linuxcash::paper {

inline constexpr int kPngSideMax = 65535;  // dots

// One bit of grey a dot: white paper, black dots. TooLarge: a side of more than kPngSideMax dots;
// InvalidInput: no dots at all.
[[nodiscard]] Result<std::string> write_png(const Bitmap& bitmap);

// What is darker than half grey is black, transparent is white. InvalidInput: the bytes are no PNG;
// TooLarge: a side of more than kPngSideMax dots, or more than kPngDotsMax dots.
inline constexpr int kPngDotsMax = 16 * 1024 * 1024;
[[nodiscard]] Result<Bitmap> read_png(std::string_view bytes);

}  // namespace linuxcash::paper
