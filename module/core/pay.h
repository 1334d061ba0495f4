// SPDX-License-Identifier: Apache-2.0
// The machine of a payment and of a refund: prepare, make the intent durable, charge or give back,
// learn the outcome. Pure values, no I/O, no threads.
#pragma once

#include <optional>
#include <string>

#include "core/preparer.h"

namespace linuxcash::core {

enum class PayPhase {
    Idle,
    Probing,  // the link was down: something harmless goes first
    Finding,  // of a refund: the gateway's number of the sale's payment
    Preparing,  // steps before the charge; nothing that can move money was sent
    Asking,  // a question is open
    Charging,  // the intent is durable, the charge is on its way
    Doubting,  // its reply was lost: asking what happened
    Confirming,  // accepted; waiting for the buyer
    Unsaved,  // ended, told, but the journal could not take the end yet
    Ended,
};

[[nodiscard]] std::string_view name(PayPhase phase);

struct PayState : Preparing {
    PayPhase phase = PayPhase::Idle;
    std::optional<Payment> sale;  // of a refund: the payment that it gives back
    int type = 0;
    Tag tag = 0;  // of the request or timer that counts
    bool intended = false;  // the intent is durable
    bool noted = false;  // the gateway's number is in the journal
    bool recovered = false;  // after a restart: short patience
    int gone = 0;  // how often the gateway knew no such payment
    std::optional<Ended> unsaved;
};

class Pay {
public:
    // `gateway` must outlive the machine.
    explicit Pay(const Gateway& gateway) : gateway_(gateway), preparer_(gateway, Purpose::Charge) {}

    [[nodiscard]] Step<PayState> step(PayState state, const Input& input, Millis now) const;
    // What is told of an end that the journal could not take.
    [[nodiscard]] Finished unsaved_end(const Payment& payment) const;

private:
    using PayStep = Step<PayState>;

    [[nodiscard]] PayStep started(PayState state, const Started& started, Millis now) const;
    [[nodiscard]] PayStep answered(PayState state, const Answered& answered, Millis now) const;
    [[nodiscard]] PayStep cancelled(PayState state) const;
    [[nodiscard]] PayStep replied(PayState state, const Answer& answer, Millis now) const;
    [[nodiscard]] PayStep time_up(PayState state, Millis now) const;
    [[nodiscard]] PayStep commit_failed(PayState state, const CommitFailed& failed) const;
    [[nodiscard]] PayStep recovered(PayState state, Millis now) const;

    [[nodiscard]] PayStep begin(PayState state) const;
    [[nodiscard]] PayStep proceed(PayState state, Prelude prelude) const;
    [[nodiscard]] PayStep found(PayState state, const Answer& answer) const;
    [[nodiscard]] PayStep charged(PayState state, const Answer& answer, Millis now) const;
    [[nodiscard]] PayStep queried(PayState state, const Answer& answer, Millis now) const;

    [[nodiscard]] PayStep send(PayState state, Call call) const;
    [[nodiscard]] PayStep charge(PayState state) const;
    [[nodiscard]] PayStep ask(PayState state) const;
    [[nodiscard]] PayStep later(PayState state, int after_ms, Millis now) const;
    [[nodiscard]] PayStep doubt(PayState state, Millis now) const;
    [[nodiscard]] PayStep confirm(PayState state, const Reading& reading, Millis now) const;
    [[nodiscard]] PayStep conclude(PayState state, const Reading& reading, Millis now) const;
    [[nodiscard]] PayStep refuse(PayState state, Reason reason, Text text) const;
    [[nodiscard]] PayStep give_up(PayState state, Reason reason) const;
    [[nodiscard]] PayStep finish(PayState state, Outcome outcome, Reason reason, Text text) const;
    [[nodiscard]] Intent intent(const PayState& state) const;

    const Gateway& gateway_;
    const Preparer preparer_;
};

}  // namespace linuxcash::core
