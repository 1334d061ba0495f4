// SPDX-License-Identifier: Apache-2.0
// The JSON bodies that O!плати takes: a charge or a refund with its electronic receipt. Pure, any
// thread.
#pragma once

#include <string>

#include "core/gateway.h"
#include "gateways/oplati/settings.h"

namespace linuxcash::oplati {

// The keys of Payment::session.
inline constexpr const char* kSessionId =
    "sessionId";  // as JSON: a number or a string, given back as it came
inline constexpr const char* kAuthCode = "authCode";
inline constexpr const char* kReady = "ready";
// O!плати opens no session for this code: it pays by itself, and brings no card.
inline constexpr const char* kNoSession = "noSession";

// Roubles as an exact number with two places; the buyer's part in `sum`, the whole receipt in
// `details`.
[[nodiscard]] std::string charge_body(const core::Payment& payment, const Settings& settings);

// A refund: the positions that come back, if they make up its sum; else one position that does (the
// buyer's part of a mixed receipt, or a receipt that is not known any more).
[[nodiscard]] std::string refund_body(const core::Payment& back, const Settings& settings);

}  // namespace linuxcash::oplati
