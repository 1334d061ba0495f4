// SPDX-License-Identifier: Apache-2.0
// paysysctl payment-type, payment-types, card-group and action: tables of the till's database,
// which may be open in a running terminal. One thread.
#pragma once

#include "cli/commands.h"

namespace linuxcash::cli {

[[nodiscard]] Exit put_payment_type(const Invocation& invocation, Console& console);
[[nodiscard]] Exit list_payment_types(const Invocation& invocation, Console& console);
[[nodiscard]] Exit put_card_group(const Invocation& invocation, Console& console);
[[nodiscard]] Exit put_action(const Invocation& invocation, Console& console);

}  // namespace linuxcash::cli
