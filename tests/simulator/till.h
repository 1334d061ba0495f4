// SPDX-License-Identifier: Apache-2.0
// A till that talks to a Bank in the test's own time, without sockets. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "json/json.h"
#include "simulator/oplati/bank.h"

namespace linuxcash::simulator::test {

class Till {
public:
    static constexpr std::int64_t kStartMs = ManualClock::kDefaultStartMs;

    explicit Till(const OplatiOptions& options = {});

    // Sends with regNum, and with the token that the last reply gave.
    HttpReply send(
        const std::string& method, const std::string& target, const std::string& body = {});
    // GET tokens.
    void register_desk();
    // A dynamic session whose buyer has joined: its id.
    std::int64_t joined_session();
    HttpReply charge(const std::string& sum, const std::string& order_number);
    // charge, and waits until the buyer has answered: the paymentId.
    std::int64_t paid(const std::string& sum, const std::string& order_number);
    HttpReply query(std::int64_t payment_id);
    HttpReply refund(
        std::int64_t payment_id, const std::string& sum, const std::string& order_number);
    HttpReply cancel(const std::string& order_number);
    void wait(std::int64_t time_ms);
    void rule(const std::string& document);

    // "24.50" that the merchant has kept of all payments.
    [[nodiscard]] std::string kept() const;

    std::string desk = "OPL000011111";
    std::string token;
    std::string password;
    std::int64_t now_ms = kStartMs;
    std::unique_ptr<oplati::Bank> bank;
};

[[nodiscard]] json::Value document_of(const HttpReply& reply);
[[nodiscard]] std::string internal_code(const HttpReply& reply);
[[nodiscard]] std::int64_t status_of(const HttpReply& reply);
// A body of E4 whose details fit.
[[nodiscard]] std::string charge_body(
    const std::string& sum, const std::string& order_number, const std::string& who);

}  // namespace linuxcash::simulator::test
