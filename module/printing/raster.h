// SPDX-License-Identifier: Apache-2.0
// Pictures in dots, and the printer command that prints them. Plain values, any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "core/slip.h"
#include "paper/bitmap.h"
#include "qr/qr_code.h"

namespace linuxcash::printing {

using paper::Bitmap;

// The picture in the middle of `paper` dots; as it is when the paper is narrower.
[[nodiscard]] Bitmap image_bitmap(const core::slip::Image& image, int paper);
// The same, or TooLarge when the paper is narrower.
[[nodiscard]] Result<Bitmap> fitting_image(const core::slip::Image& image, int paper);
// Each module is a square of `module` dots; rows of a quiet zone above and below belong to it.
[[nodiscard]] Bitmap qr_bitmap(const qr::Matrix& matrix, int module, int paper);
// 13 digits with the right check digit; each module is `module` dots wide.
[[nodiscard]] Bitmap ean13_bitmap(std::string_view digits, int module, int height, int paper);

// Bars and spaces of an EAN-13 from left to right: 95 times '1' (bar) or '0'.
[[nodiscard]] std::string ean13_modules(std::string_view digits);

// GS v 0, in strips that small printer buffers can hold.
void append_raster(std::string& out, const Bitmap& bitmap);

}  // namespace linuxcash::printing
