// SPDX-License-Identifier: Apache-2.0
// The payment object of O!плати, and what it proves of a payment of ours. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/decimal.h"
#include "base/money.h"
#include "core/gateway.h"
#include "json/json.h"

namespace linuxcash::oplati {

// What matters of it. A member of a wrong type is as good as absent.
struct PaymentObject {
    std::string payment_id;  // canonical digits
    std::int64_t status = 0;
    std::optional<Decimal> sum;  // roubles
    std::optional<std::string> order_number;
    std::optional<std::int64_t> payment_type;
};

// nullopt unless it is an object with a payment number and a status: anything less proves nothing.
[[nodiscard]] std::optional<PaymentObject> read_payment(const json::Value& value);
[[nodiscard]] std::optional<PaymentObject> read_payment(const std::string& body);

// What a status of the vendor's table means for a payment or a refund.
struct StatusMeaning {
    std::int64_t status = 0;
    core::Verdict verdict = core::Verdict::Technical;
    core::Reason reason = core::Reason::None;
    Text text;  // for the cashier
    Text brief;  // for a row of a list
};

// nullopt for a status that nobody published.
[[nodiscard]] std::optional<StatusMeaning> meaning_of(
    std::int64_t status, core::OperationKind kind);

// What the object must agree with. Empty members are not compared.
struct Expected {
    core::OperationKind kind = core::OperationKind::Pay;  // Pay or Refund: in whose words
    Money sum;
    std::string order_number;
    std::string payment_id;
    std::int64_t payment_type = 0;
};

// Conflict when it disagrees in anything that it names; Technical for a status that we do not know,
// and for a paid one that names no sum.
[[nodiscard]] core::Reading judge(const PaymentObject& object, const Expected& expected);

}  // namespace linuxcash::oplati
