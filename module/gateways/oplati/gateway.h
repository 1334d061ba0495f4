// SPDX-License-Identifier: Apache-2.0
// O!плати behind the core's port: requests out of payments, and readings out of replies. README.md
// beside this file tells what each reply proves. Pure and const; the loop thread calls it.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "core/gateway.h"
#include "gateways/oplati/settings.h"
#include "json/json.h"

namespace linuxcash::oplati {

class Oplati : public core::Gateway {
public:
    explicit Oplati(Settings settings);

    [[nodiscard]] const core::Rules& rules() const override { return rules_; }
    [[nodiscard]] const core::Wording& wording() const override { return wording_; }

    [[nodiscard]] std::string order_number(
        const OperationId& id, const core::Receipt& receipt) const override;
    [[nodiscard]] std::string shift_label(const core::Receipt& receipt) const override;
    [[nodiscard]] std::string refund_number(const core::Payment& payment) const override;

    [[nodiscard]] core::Preparation prepare(const core::Payment& payment) const override;
    [[nodiscard]] core::Preparation prepare_card(const core::Payment& payment) const override;
    [[nodiscard]] core::Prepared prepared(
        const core::Payment& payment, const std::string& step,
        const core::Reply& reply) const override;

    [[nodiscard]] core::Call charge(const core::Payment& payment) const override;
    [[nodiscard]] core::Call query(const core::Payment& payment) const override;
    [[nodiscard]] core::Call list(const std::string& shift_label) const override;
    [[nodiscard]] core::Call undo(const core::Payment& payment) const override;
    [[nodiscard]] core::Call refund(
        const core::Payment& sale, const core::Payment& back) const override;
    [[nodiscard]] core::Call probe() const override;

    [[nodiscard]] core::Reading read_charge(
        const core::Payment& payment, const core::Reply& reply) const override;
    [[nodiscard]] core::Reading read_query(
        const core::Payment& payment, const core::Reply& reply) const override;
    [[nodiscard]] core::Reading read_list(
        const core::Payment& payment, const core::Reply& reply) const override;
    [[nodiscard]] std::variant<core::Bookings, core::Reading> read_bookings(
        const core::Reply& reply) const override;
    [[nodiscard]] core::Reading read_undo(
        const core::Payment& payment, const core::Reply& reply) const override;
    [[nodiscard]] core::Reading read_refund(
        const core::Payment& back, const core::Reply& reply) const override;

    [[nodiscard]] std::optional<core::Call> obtain_token() const override;
    void sign(core::Request& request, const std::optional<Secret>& token) const override;
    [[nodiscard]] core::AccessReading read_access(
        const core::Call& call, const core::Reply& reply) const override;

    [[nodiscard]] Text error_detail(const core::Reply& reply) const override;

    [[nodiscard]] core::slip::Slip payment_slip(const core::Payment& payment) const override;

private:
    [[nodiscard]] bool password_mode() const { return !settings_.password.empty(); }
    [[nodiscard]] core::Call get(std::string path, const char* step) const;
    [[nodiscard]] core::Call secret_call(
        const char* method, std::string path, const char* step) const;
    [[nodiscard]] core::Call open_session(int payment_mode) const;
    [[nodiscard]] core::Call show_code(const core::Payment& payment) const;
    [[nodiscard]] core::Call ask_ready(const core::Payment& payment) const;
    [[nodiscard]] static core::Refusal not_configured();
    [[nodiscard]] core::Preparation prepare_session(const core::Payment& payment) const;
    [[nodiscard]] core::Preparation prepare_scanned(const core::Payment& payment) const;
    [[nodiscard]] core::Progress code_shown(const json::Value& body) const;
    [[nodiscard]] core::Prepared session_opened(const core::Reply& reply) const;
    [[nodiscard]] core::Prepared ready_answered(const core::Reply& reply) const;
    [[nodiscard]] core::Screen session_screen(const std::string& qr, const std::string& pin) const;
    [[nodiscard]] core::AccessReading read_token_reply(const core::Reply& reply) const;

    const Settings settings_;
    const core::Rules rules_;
    const core::Wording wording_;
};

}  // namespace linuxcash::oplati
