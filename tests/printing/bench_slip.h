// SPDX-License-Identifier: Apache-2.0
// The document of tests/data/printing/slip.json, of which the peers make their bytes too. One
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/slip.h"

namespace linuxcash::tests {

struct BenchSlip {
    core::slip::Slip slip;
    std::vector<std::string> lines;  // the 40 lines, blanks squeezed; rules are one sign
    std::string barcode;
    std::string qr;
};

[[nodiscard]] Result<BenchSlip> read_bench_slip(std::string_view json);

// A line as BenchSlip has it: rules of any kind become "-" or "=", blanks become one blank.
[[nodiscard]] std::string squeezed(std::string_view line);

}  // namespace linuxcash::tests
