// SPDX-License-Identifier: Apache-2.0
// paysysctl payment-type, payment-types, card-group and action: tables of the till's database,
// which may be open in a running terminal. One thread.
#pragma once

#include "base/result.h"
#include "cli/commands.h"
#include "till/till.h"

namespace linuxcash::cli {

// The till of the tree, beside a running terminal; refused to users who would leave files that the
// register cannot use.
[[nodiscard]] Result<till::Till> open_till(const Places& places);

[[nodiscard]] Exit put_payment_type(const Invocation& invocation, Console& console);
[[nodiscard]] Exit list_payment_types(const Invocation& invocation, Console& console);
[[nodiscard]] Exit put_card_group(const Invocation& invocation, Console& console);
[[nodiscard]] Exit put_action(const Invocation& invocation, Console& console);

}  // namespace linuxcash::cli
