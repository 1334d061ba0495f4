// SPDX-License-Identifier: Apache-2.0
// Which answers a dialog takes. Pure, any thread.
#pragma once

#include <deque>
#include <optional>
#include <string>

#include "base/result.h"
#include "host/values.h"
#include "terminal/command.h"

namespace linuxcash::terminal {

// The value as the module gets it: with the way in which it was entered. InvalidInput says why the
// dialog does not take it.
[[nodiscard]] Result<host::Value> accept_value(const host::Ask& ask, const GivenValue& given);

// Takes the first prepared answer that fits the dialog out of the list.
[[nodiscard]] std::optional<Prepared> take_prepared(
    std::deque<Prepared>& prepared, const host::Ask& ask);
[[nodiscard]] std::optional<Prepared> take_prepared_choice(std::deque<Prepared>& prepared);

// Whether logs must show only the end of what is entered here.
[[nodiscard]] bool is_sensitive(const host::Ask& ask);

}  // namespace linuxcash::terminal
