// SPDX-License-Identifier: Apache-2.0
// The page that shows on paper whether a printer's settings are right. Pure, any thread.
#pragma once

#include <functional>
#include <string>

#include "base/text.h"
#include "core/slip.h"
#include "driver/settings.h"

namespace linuxcash::cli {

[[nodiscard]] core::slip::Slip test_page(
    const driver::PrinterSettings& printer, const std::function<std::string(const Text&)>& say);

}  // namespace linuxcash::cli
