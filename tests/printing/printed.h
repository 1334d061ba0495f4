// SPDX-License-Identifier: Apache-2.0
// Bytes for a printer as the simulator's virtual printer puts them on paper. One thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/slip.h"
#include "printing/models.h"
#include "simulator/printer/decoder.h"

namespace linuxcash::tests {

struct Printed {
    std::vector<std::string> lines;  // without blanks at both ends
    std::vector<simulator::PrintedCode> codes;
    std::vector<paper::Bitmap> pictures;  // one for each slip
    std::vector<std::string> remarks;
    int cuts = 0;

    // The lines, one after the other, without blanks.
    [[nodiscard]] std::string letters() const;
};

[[nodiscard]] Printed print(std::string_view bytes, const simulator::PrinterProfile& profile);

// A printer that can do everything, and the model that describes it to us.
[[nodiscard]] simulator::PrinterProfile epson(int dots);
[[nodiscard]] printing::Model model_of_epson(int dots, printing::CodePrinting codes);

// encode() and print(), with a failure for whatever the printer finds strange.
[[nodiscard]] Printed printed_slip(const core::slip::Slip& slip, const printing::Model& model);

[[nodiscard]] std::string without_blanks(std::string_view text);

}  // namespace linuxcash::tests
