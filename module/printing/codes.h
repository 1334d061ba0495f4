// SPDX-License-Identifier: Apache-2.0
// How large a code may be on the paper: decided before a byte is sent. Pure, any thread.
#pragma once

#include <cstddef>

#include "base/result.h"
#include "core/slip.h"
#include "qr/qr_code.h"

namespace linuxcash::printing {

struct QrPlan {
    qr::Correction correction = qr::Correction::Medium;
    int module = 0;  // dots
    friend bool operator==(const QrPlan&, const QrPlan&) = default;
};

// A code of at most the size that was asked for. When it is wider than `dots`, first its modules
// become smaller, then its quiet zone goes over the edge of the print, then its correction is
// lowered. TooLarge when all that does not help; InvalidInput for no data.
[[nodiscard]] Result<QrPlan> plan_qr(const core::slip::QrCode& code, int dots);

// The modules on a side of the code that a printer makes of so many bytes of any kind; 0 when a
// code cannot hold them.
[[nodiscard]] int qr_modules(std::size_t bytes, qr::Correction correction);

struct BarcodePlan {
    int module = 0;  // dots
    int height = 0;  // dots
    friend bool operator==(const BarcodePlan&, const BarcodePlan&) = default;
};

// Of an EAN-13; narrower than asked for when the paper is.
[[nodiscard]] BarcodePlan plan_barcode(core::slip::CodeSize size, int dots);

}  // namespace linuxcash::printing
