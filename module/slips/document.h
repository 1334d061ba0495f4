// SPDX-License-Identifier: Apache-2.0
// Slips as JSON: the document of the contract (include/linuxcash/documents.md), and the
// `printingInformation` of loyalty servers, which has the same words. Pure, any thread.
#pragma once

#include <vector>

#include "base/result.h"
#include "core/slip.h"
#include "json/json.h"

namespace linuxcash::slips {

// The array of elements of a slip; an empty array when there are none. Attributes that have their
// defaults are left out.
[[nodiscard]] json::Value elements_of(const core::slip::Slip& slip);

// {"elements": […]}.
[[nodiscard]] json::Value document_of(const core::slip::Slip& slip);

// The slip that a document describes: members of another kind take their defaults, an element of an
// unknown type is its text. InvalidInput when it is no slip at all.
[[nodiscard]] Result<core::slip::Slip> read_document(const json::Value& document);

// The slips of a loyalty server's answer, in its order: each array in the array is one, and so are
// elements that follow each other without one. Anything else is none.
[[nodiscard]] std::vector<core::slip::Slip> read_printing_information(const json::Value& value);

}  // namespace linuxcash::slips
