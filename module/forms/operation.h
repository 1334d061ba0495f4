// SPDX-License-Identifier: Apache-2.0
// The data of the forms "payment", "refund", "undo" and "unknown": how one operation with a payment
// system ended; and the fields of "loyalty". Pure, any thread.
#pragma once

#include <cstdint>
#include <string>

#include "forms/shift.h"
#include "reports/data.h"
#include "till/till.h"

namespace linuxcash::forms {

struct OperationEnd {
    const till::Operation& operation;
    std::string type;  // name of the payment type
    std::string gateway_id = {};  // of the payment system; empty: unknown
    std::string text = {};  // what the cashier read
    bool owed = false;  // the money comes back by itself later
    std::int64_t shift = 0;
    std::string cashier = {};
};

[[nodiscard]] reports::Record operation_data(const OperationEnd& end, const Occasion& occasion);

}  // namespace linuxcash::forms
