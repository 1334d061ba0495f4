// SPDX-License-Identifier: Apache-2.0
// The errors that the simulated O!plati answers with: status, codes, texts. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "simulator/http_frame.h"
#include "simulator/rules.h"

namespace linuxcash::simulator::oplati {

enum class Refusal {
    BadRequest,
    SessionUnknown,
    ConsumerNotReady,
    AboveRemainder,
    NotRefundable,
    TokenExists,
    TokenInvalid,
    TokenMissing,
    PasswordWrong,
    DeskUnknown,
    ReportRefused,
    PaymentUnknown,
    NoSuchResource,
    WrongMethod,
    DuplicateOrder,
    TooOften,
    LedgerBroken,
};

// `detail` goes into devMessage.
[[nodiscard]] HttpReply refused(Refusal refusal, std::string_view detail = {});

// The error that an effect asks for with its `http`, as plausible as O!plati's own.
[[nodiscard]] HttpReply forced_refusal(const Effect& effect);

}  // namespace linuxcash::simulator::oplati
