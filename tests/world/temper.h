// SPDX-License-Identifier: Apache-2.0
// How a world is: drawn from its seed before anything happens. Plain values, one thread.
#pragma once

#include "gateways/oplati/settings.h"
#include "world/random.h"

namespace linuxcash::world {

struct Temper {
    // So many in a thousand exchanges, disk calls, payments go wrong.
    int wire_per_mille = 0;
    int disk_per_mille = 0;
    int buyer_per_mille = 0;
    int deaths = 0;
    int receipts = 1;
    // What one bank can do and another cannot: a cancel that is taken and not done is found out
    // only where reading tells the truth.
    bool hollow_cancels = false;
    bool reports_in_token_mode = true;
    bool password = false;
    int late_commit_ms = 0;
    std::int64_t instant_limit = 0;
    oplati::Mode mode = oplati::Mode::DynamicCode;
};

[[nodiscard]] Temper draw_temper(Random& random);
[[nodiscard]] oplati::Settings settings_of(const Temper& temper);

inline constexpr const char* kDesk = "OPL000011111";
inline constexpr const char* kBankUrl = "http://127.0.0.1/ms-pay";
inline constexpr const char* kPassword = "password-of-the-desk";

}  // namespace linuxcash::world
