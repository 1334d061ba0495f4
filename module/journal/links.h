// SPDX-License-Identifier: Apache-2.0
// What an operation is found by beside its id: the payment that it is about, and its shift. Pure,
// any thread.
#pragma once

#include <string_view>
#include <vector>

#include "base/operation_id.h"
#include "core/records.h"
#include "crypto/digest.h"

namespace linuxcash::journal {

// Of one size, however long a label is.
using Link = crypto::Digest;

[[nodiscard]] Link link_to_target(const OperationId& target);
[[nodiscard]] Link link_to_shift(std::string_view label);

// All links of an operation that begins so.
[[nodiscard]] std::vector<Link> links_of(const core::Intent& intent);

}  // namespace linuxcash::journal
