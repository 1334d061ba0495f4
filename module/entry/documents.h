// SPDX-License-Identifier: Apache-2.0
// The module's side of the documents that cross the border (include/linuxcash/documents.md). Pure,
// any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/definition.h"
#include "base/result.h"
#include "core/receipt.h"
#include "core/records.h"
#include "core/slip.h"
#include "runtime/engine.h"

namespace linuxcash::entry {

// Strict on what they need, deaf to what they do not know.
[[nodiscard]] Result<core::Receipt> read_receipt(std::string_view document);
// What the host holds of a shift.
[[nodiscard]] Result<std::vector<core::TillEntry>> read_totals(std::string_view document);

[[nodiscard]] std::string slip_document(const core::slip::Slip& slip);
[[nodiscard]] std::string options_document(const std::vector<std::string>& options);
[[nodiscard]] std::string edits_document(const core::SetCard& card);
[[nodiscard]] std::string comparison_document(
    const core::Comparison& comparison, const Translate& translate);
[[nodiscard]] std::string report_info_document(const core::Finished& finished);
[[nodiscard]] std::string describe_document(const app::Definition& definition);
[[nodiscard]] std::string unclaimed_document(const std::vector<core::Operation>& operations);
// What all obligations of a module have in common.
struct QueueFacts {
    std::string_view system;
    bool blocks = false;  // no payments while anything is owed
    std::int64_t now_ms = 0;  // Unix time, for ages
};
[[nodiscard]] std::string queue_document(
    const std::vector<runtime::Debt>& debts, const QueueFacts& facts, const Translate& translate);

}  // namespace linuxcash::entry
