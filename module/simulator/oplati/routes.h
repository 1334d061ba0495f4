// SPDX-License-Identifier: Apache-2.0
// Which of the simulated O!plati's calls a request is. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linuxcash::simulator::oplati {

enum class Endpoint {
    Tokens,  // GET tokens
    Demand,  // POST pos/demandPayment
    DemandClose,  // DELETE pos/demandPayment
    Consumer,  // GET pos/consumerStatus
    Charge,  // POST pos/payments
    Payment,  // GET pos/payments/{paymentId}
    Reversal,  // POST pos/payments/{paymentId}/reversals
    Cancel,  // DELETE pos/payments/{orderNumber}
    Report,  // GET pos/paymentReports
    WrongMethod,  // a path that exists, with another method
    Unknown,
};

struct Route {
    Endpoint endpoint = Endpoint::Unknown;
    std::string argument;  // what stands in the place of {…}
};

// `path` with or without the prefix /ms-pay.
[[nodiscard]] Route find_route(std::string_view method, std::string_view path);

// "tokens", "demand", "demand-close", "consumer", "charge", "payment", "reversal", "cancel",
// "report", "unknown".
[[nodiscard]] std::string_view name_of(Endpoint endpoint);
[[nodiscard]] std::vector<std::string_view> endpoint_names();

// Whether a call needs the desk's password or token; in token mode such calls get the next token.
[[nodiscard]] bool bears_secret(Endpoint endpoint);

}  // namespace linuxcash::simulator::oplati
