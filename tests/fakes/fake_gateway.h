// SPDX-License-Identifier: Apache-2.0
// A payment system whose replies say in one word what they prove, e.g. "paid 77" or "gone": the
// machines are tested without any wire format. Single-threaded.
#pragma once

#include <sstream>
#include <string>
#include <variant>

#include "core/gateway.h"

namespace linuxcash::fakes {

class FakeGateway : public core::Gateway {
public:
    core::Rules rules_;
    core::Wording wording_{
        Text::literal("Гейт"), Text::literal("Ошибка обращения к серверу"),
        Text::literal("временно недоступна"), Text::literal("отмена в очереди")};
    bool needs_token = false;
    bool asks_for_code = false;
    bool prepares = true;
    bool shows_cards = true;

    FakeGateway() {
        rules_.currencies = {Currency{}};
        rules_.blocks_while_owing = true;
    }

    const core::Rules& rules() const override { return rules_; }
    const core::Wording& wording() const override { return wording_; }
    std::string order_number(const OperationId& id, const core::Receipt&) const override {
        return "order-" + id.brief();
    }
    std::string shift_label(const core::Receipt&) const override { return "22112026"; }
    std::string refund_number(const core::Payment& payment) const override {
        return payment.order_number + "-R";
    }

    core::Preparation prepare(const core::Payment& payment) const override {
        if (asks_for_code && !payment.session.contains("code")) {
            return core::Question{
                "code", Text::literal("QR"), Text::literal("Отсканируйте код"), 64};
        }
        if (prepares && !payment.session.contains("session")) return call("session", true, false);
        if (prepares && !payment.session.contains("ready")) return call("ready", false, false);
        return core::Ready{};
    }

    // The buyer is met in the same way as for a payment.
    core::Preparation prepare_card(const core::Payment& payment) const override {
        if (!shows_cards) return core::Gateway::prepare_card(payment);
        return prepare(payment);
    }

    core::Prepared prepared(
        const core::Payment&, const std::string& step, const core::Reply& reply) const override {
        if (reply.body == "busy") return core::TryAgain{Text::literal("занято"), 1'000};
        if (reply.body == "no")
            return core::Refusal{core::Reason::GatewayRefused, Text::literal("отказ")};
        core::Progress progress;
        if (step == "session") {
            progress.learned["session"] = reply.body;
            progress.screen =
                core::Screen{Text::literal("Отсканируйте QR"), "qr://1", true, false, 120'000};
        } else if (reply.body.starts_with("ready")) {
            // "ready" and the buyer's cards
            progress.learned["ready"] = "1";
            std::istringstream words(reply.body);
            std::string word;
            for (words >> word; words >> word;)
                progress.cards.push_back({word, ""});
        } else {
            progress.again_after_ms = 3'000;
        }
        return progress;
    }

    core::Call charge(const core::Payment&) const override { return call("charge", true, true); }
    core::Call query(const core::Payment&) const override { return call("query", false, false); }
    core::Call list(const std::string&) const override { return call("list", false, false); }
    core::Call undo(const core::Payment&) const override { return call("undo", true, true); }
    core::Call refund(const core::Payment&, const core::Payment&) const override {
        return call("refund", true, true);
    }
    core::Call probe() const override { return call("probe", false, false); }

    core::Reading read_charge(const core::Payment&, const core::Reply& reply) const override {
        return read(reply);
    }
    core::Reading read_query(const core::Payment&, const core::Reply& reply) const override {
        return read(reply);
    }
    core::Reading read_list(const core::Payment&, const core::Reply& reply) const override {
        return read(reply);
    }
    // Rows "pay 77 order-1 24.50 paid" with ; between them.
    std::variant<core::Bookings, core::Reading> read_bookings(
        const core::Reply& reply) const override {
        if (reply.body == "unsupported") return read(reply);
        core::Bookings bookings;
        std::istringstream rows(reply.body);
        for (std::string row; std::getline(rows, row, ';');) {
            std::istringstream words(row);
            std::string kind;
            std::string sum;
            std::string verdict;
            core::Booking booking;
            words >> kind >> booking.payment_id >> booking.order_number >> sum >> verdict;
            booking.kind = core::parse_operation_kind(kind).value_or(core::OperationKind::Pay);
            booking.sum = Money::parse(sum, Currency{}).value_or(Money{});
            booking.verdict = read(core::Reply{200, {}, verdict}).verdict;
            booking.status = Text::literal(verdict);
            bookings.push_back(std::move(booking));
        }
        return bookings;
    }
    core::Reading read_undo(const core::Payment&, const core::Reply& reply) const override {
        return read(reply);
    }
    core::Reading read_refund(const core::Payment&, const core::Reply& reply) const override {
        return read(reply);
    }

    std::optional<core::Call> obtain_token() const override {
        if (!needs_token) return std::nullopt;
        return call("token", false, false);
    }
    void sign(core::Request& request, const std::optional<Secret>& token) const override {
        if (token) request.secret_headers.emplace_back("token", *token);
    }
    core::AccessReading read_access(const core::Call&, const core::Reply& reply) const override {
        core::AccessReading reading;
        if (auto token = reply.header("token")) reading.token = Secret{*token};
        if (reply.status == 401)
            reading = {core::Access::Renew, {}, Text::literal("токен не принят")};
        if (reply.status == 403) reading = {core::Access::Missing, {}, Text::literal("токена нет")};
        if (reply.status == 400)
            reading = {core::Access::Exists, {}, Text::literal("токен уже есть")};
        return reading;
    }
    core::slip::Slip payment_slip(const core::Payment& payment) const override {
        return {{core::slip::Pair{"Гейт", payment.sum.str()}}};
    }

    [[nodiscard]] static core::Call call(const std::string& step, bool secret, bool money) {
        core::Call call;
        call.step = step;
        call.bears_secret = secret;
        call.moves_money = money;
        call.request.method = "POST";
        call.request.url = step;
        return call;
    }

    // "verdict [payment id]"
    [[nodiscard]] static core::Reading read(const core::Reply& reply) {
        const std::string& body = reply.body;
        const std::size_t blank = body.find(' ');
        const std::string word = body.substr(0, blank);
        core::Reading reading;
        if (blank != std::string::npos) reading.payment_id = body.substr(blank + 1);
        if (word == "paid") reading.verdict = core::Verdict::Paid;
        if (word == "pending") reading.verdict = core::Verdict::Pending;
        if (word == "gone") reading.verdict = core::Verdict::Gone;
        if (word == "conflict") reading.verdict = core::Verdict::Conflict;
        if (word == "unsupported") reading.reason = core::Reason::Unsupported;
        if (word == "declined") {
            reading.verdict = core::Verdict::Declined;
            reading.reason = core::Reason::DeclinedByBuyer;
        }
        reading.text = Text::literal(word);
        return reading;
    }
};

}  // namespace linuxcash::fakes
