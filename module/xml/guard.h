// SPDX-License-Identifier: Apache-2.0
// What must hold of a document before a parser that builds trees may see it. For this folder's
// sources; pure, any thread.
#pragma once

#include <string_view>

#include "base/result.h"
#include "xml/document.h"

namespace linuxcash::xml {

// One pass over the bytes that builds nothing: limits, tags in pairs, no DTD, only entities that
// XML itself knows.
[[nodiscard]] Result<> check(std::string_view text, std::string_view file, const Limits& limits);

}  // namespace linuxcash::xml
