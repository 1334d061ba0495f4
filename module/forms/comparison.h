// SPDX-License-Identifier: Apache-2.0
// The data of the form "oplat": comparisons of a shift with payment systems. One thread at a time
// per Till; may block on the disk.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "forms/shift.h"
#include "reports/data.h"
#include "till/till.h"

namespace linuxcash::forms {

// The last comparison of the shift with each payment system; an empty list when none was made.
[[nodiscard]] Result<reports::Record> comparisons_data(
    till::Till& till, const till::Shift& shift, const Occasion& occasion);

// One comparison that has just been made, or could not be. `title`: of the payment system, where
// the comparison does not say it.
[[nodiscard]] reports::Record comparison_data(
    const till::Reconciliation& made, const std::string& title, const Occasion& occasion);

// A payment system as cashiers know it: the name of its payment type, or the module's own where no
// type is bound to it any more. Pure.
[[nodiscard]] std::string title_of(
    const std::vector<till::PaymentType>& types, const std::string& system);

}  // namespace linuxcash::forms
