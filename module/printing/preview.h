// SPDX-License-Identifier: Apache-2.0
// What a slip will look like on paper, without a printer. Pure, any thread.
#pragma once

#include <string>

#include "base/result.h"
#include "core/slip.h"
#include "paper/bitmap.h"
#include "printing/models.h"

namespace linuxcash::printing {

// The printed width of the paper, dot by dot as the printer prints it; a cut leaves a gap without a
// mark. Errors are those of encode(), and the text of each is the same.
[[nodiscard]] Result<paper::Bitmap> printed_picture(
    const core::slip::Slip& slip, const Model& model);

// A PNG of the paper with its margins; where it is cut or torn off there is a dashed line. Targets
// are not looked at: core::slip::by_target() comes first. TooLarge also: longer than a PNG can be.
[[nodiscard]] Result<std::string> preview(const core::slip::Slip& slip, const Model& model);

}  // namespace linuxcash::printing
