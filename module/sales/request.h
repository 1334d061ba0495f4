// SPDX-License-Identifier: Apache-2.0
// The file with which a back office asks for sales of some days again. Pure but for the time zone
// of the system; any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace linuxcash::sales {

// Unix milliseconds; the end is not part of it.
struct Span {
    std::int64_t from_ms = 0;
    std::int64_t to_ms = 0;
    friend bool operator==(const Span&, const Span&) = default;
};

// A line "###", then a line "dd.MM.yyyy-dd.MM.yyyy" for each span of days, first and last day
// included, as the clock on the wall has them. InvalidInput names the line.
[[nodiscard]] Result<std::vector<Span>> parse_request(std::string_view text);

}  // namespace linuxcash::sales
