// SPDX-License-Identifier: Apache-2.0
// A printed slip for people and for tests: a picture, a text, a document. Files are written by the
// caller's thread; the rest is pure.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "json/json.h"
#include "simulator/printer/roll.h"

namespace linuxcash::simulator {

[[nodiscard]] json::Value to_json(const PrintedSlip& slip);
// NUMBER.png and NUMBER.txt; the folder is made when it is not there.
[[nodiscard]] Result<> write_slip(
    const PrintedSlip& slip, const std::filesystem::path& folder, int number);

}  // namespace linuxcash::simulator
