// SPDX-License-Identifier: Apache-2.0
// Files of the sales export: names, and sections between markers. Pure but for the time zone of the
// system; any thread.
#pragma once

#include <string>
#include <vector>

#include "json/json.h"
#include "till/till.h"

namespace linuxcash::sales {

// "sale2026.01.31_12-05-09_17_1.json": when it ended, its number and its document type: one name
// for one content, whenever it is written.
[[nodiscard]] std::string receipt_file_name(const till::Receipt& receipt);
// "sale2026.01.31_22-00-05_shift3.json"; of a closed shift.
[[nodiscard]] std::string shift_file_name(const till::Shift& shift);

// Readers look for markers and dividers in the bare text and take the file for one line: nothing in
// an object looks like either, or breaks a line in any of their languages.
[[nodiscard]] std::string file_text(
    const std::vector<json::Value>& shifts, const std::vector<json::Value>& receipts);

}  // namespace linuxcash::sales
