// SPDX-License-Identifier: Apache-2.0
// Reads the documents that a module gives: its description, its unclaimed operations, its
// obligations. Pure, any thread.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "host/values.h"

namespace linuxcash::host {

// InvalidInput when the document is no JSON of that shape; unknown members are ignored, absent ones
// are empty.
[[nodiscard]] Result<Description> read_description(std::string_view document);
[[nodiscard]] Result<std::vector<Unclaimed>> read_unclaimed(std::string_view document);
[[nodiscard]] Result<std::vector<Obligation>> read_obligations(std::string_view document);

}  // namespace linuxcash::host
