// SPDX-License-Identifier: Apache-2.0
// Two readers of codes that did not come from us, zbarimg and ZXingReader: many pictures in one
// call each. One thread.
#pragma once

#include <string>
#include <vector>

#include "paper/bitmap.h"

namespace linuxcash::tests {

using Codes = std::vector<std::string>;

// What each reader finds in the pictures, one after the other; a reader that is not there says so.
[[nodiscard]] Codes read_with_zbar(const std::vector<paper::Bitmap>& pictures);
[[nodiscard]] Codes read_with_zxing(const std::vector<paper::Bitmap>& pictures);

// The picture with white paper around it, as wide as paper has it at its edges.
[[nodiscard]] paper::Bitmap with_margins(const paper::Bitmap& picture);

}  // namespace linuxcash::tests
