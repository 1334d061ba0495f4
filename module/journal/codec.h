// SPDX-License-Identifier: Apache-2.0
// Facts as the journal writes them: a word for the kind, and one JSON object. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "core/records.h"

namespace linuxcash::journal {

// "intent", "learned", "ended", "owed", "discharged", "settled"
[[nodiscard]] std::string_view kind_of(const core::Fact& fact);

// InvalidInput when the fact would not read back the same, e.g. because a text is no UTF-8.
[[nodiscard]] Result<std::string> encode(const core::Fact& fact);

// Members that are not known are passed over; a known one that is missing or wrong is Damaged, and
// so is an unknown kind.
[[nodiscard]] Result<core::Fact> decode(std::string_view kind, std::string_view body);

}  // namespace linuxcash::journal
