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

// Roubles as an exact number with two places; the buyer's part in `sum`, the whole receipt in
// `details`.
[[nodiscard]] std::string charge_body(const core::Payment& payment, const Settings& settings);

// The whole payment back, under its own key.
[[nodiscard]] std::string refund_body(
    const core::Payment& payment, const std::string& order_number, const Settings& settings);

}  // namespace linuxcash::oplati
