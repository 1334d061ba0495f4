// SPDX-License-Identifier: Apache-2.0
// The data of the form "queue": what modules still owe. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "forms/shift.h"
#include "reports/data.h"

namespace linuxcash::forms {

struct Debt {
    std::string kind;  // "undo", "refund", "confirm"
    std::string system;  // as cashiers know it: title_of()
    std::int64_t receipt = 0;
    std::string sum;  // in the currency of the receipts
    std::int64_t age_s = 0;
    std::int64_t tries = 0;
    std::string last_error;
    bool waits_for_link = false;  // that error goes away with the link
    std::string operation;
};

[[nodiscard]] reports::Record queue_data(const std::vector<Debt>& debts, const Occasion& occasion);

}  // namespace linuxcash::forms
