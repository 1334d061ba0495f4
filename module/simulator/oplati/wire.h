// SPDX-License-Identifier: Apache-2.0
// The simulated O!plati's own reading and writing of its documents, apart from what any client
// does. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/money.h"
#include "base/result.h"
#include "json/json.h"
#include "simulator/http_frame.h"
#include "simulator/oplati/book.h"

namespace linuxcash::simulator::oplati {

inline constexpr std::size_t kOrderNumberMax = 36;
inline constexpr std::size_t kAuthCodeMax = 512;

struct ChargeOrder {
    Money sum;
    std::string order_number;
    std::string shift;
    std::optional<std::int64_t> session_id;
    std::optional<std::string> auth_code;
};

struct ReversalOrder {
    Money sum;
    std::string order_number;
    std::string shift;
};

struct Reading {
    std::string desk;  // the header's regNum, which a body may repeat
    bool strict_details = false;  // check the arithmetic of `details`
};

// The document of a request's body; InvalidInput says what is wrong with it, in words for
// devMessage.
[[nodiscard]] Result<json::Value> parse_body(const HttpRequest& request);
[[nodiscard]] Result<ChargeOrder> parse_charge(const HttpRequest& request, const Reading& reading);
[[nodiscard]] Result<ReversalOrder> parse_reversal(
    const HttpRequest& request, const Reading& reading);

// The payment object. With `lies` what the payment's lie names is wrong.
[[nodiscard]] json::Value payment_document(const Payment& payment, bool lies);

}  // namespace linuxcash::simulator::oplati
