// SPDX-License-Identifier: Apache-2.0
// Receipts and shifts as the back office reads them: fields, codes and exact decimals of the sales
// export. Pure but for the time zone of the system; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "json/json.h"
#include "till/till.h"

namespace linuxcash::sales {

// "2026-01-31T22:00:05": what the clock on the wall showed.
[[nodiscard]] std::string local_time(std::int64_t unix_ms);

// A receipt that has ended. An annulled one keeps its lines, tells all of them as storno, and all
// of its payments as failed: whatever a reader goes by, it sees that nothing was sold.
[[nodiscard]] json::Value receipt_document(const till::Receipt& receipt);

// `desk`: the register's number; `cashiers`: those who sold, each once.
struct ShiftFacts {
    till::Shift shift;
    till::ShiftSums sums;
    std::string desk;
    std::vector<std::string> cashiers;
};
[[nodiscard]] json::Value shift_document(const ShiftFacts& facts);

}  // namespace linuxcash::sales
