// SPDX-License-Identifier: Apache-2.0
// The operation `card`: the buyer's application shows its loyalty cards, one of them goes into the
// receipt. No money moves; a payment that follows may use the same session. Pure values, no I/O, no
// threads.
#pragma once

#include <string>

#include "core/preparer.h"

namespace linuxcash::core {

enum class CardPhase {
    Idle,
    Probing,  // the link was down: something harmless goes first
    Preparing,
    Asking,  // a question is open
    Choosing,  // one of several cards
    Setting,  // the host puts it into the receipt
    Ended,
};

[[nodiscard]] std::string_view name(CardPhase phase);

// `payment` has neither sum nor order number: it stands for the buyer's session.
struct CardState : Preparing {
    CardPhase phase = CardPhase::Idle;
    Tag tag = 0;
    bool identified = false;  // the buyer is known: the session is good for a payment
    LoyaltyCard chosen;
};

class Card {
public:
    // `gateway` must outlive the machine.
    explicit Card(const Gateway& gateway) : gateway_(gateway), preparer_(gateway, Purpose::Card) {}

    [[nodiscard]] Step<CardState> step(CardState state, const Input& input, Millis now) const;

private:
    using CardStep = Step<CardState>;

    [[nodiscard]] CardStep started(CardState state, const Started& started) const;
    [[nodiscard]] CardStep answered(CardState state, const Response& response) const;
    [[nodiscard]] CardStep replied(CardState state, const Answer& answer, Millis now) const;
    [[nodiscard]] CardStep time_up(CardState state, Millis now) const;
    [[nodiscard]] CardStep cancelled(CardState state) const;
    [[nodiscard]] CardStep proceed(CardState state, Prelude prelude) const;
    [[nodiscard]] CardStep identified(CardState state) const;
    [[nodiscard]] CardStep set(CardState state, LoyaltyCard card) const;
    [[nodiscard]] CardStep send(CardState state, Call call) const;
    [[nodiscard]] CardStep finish(CardState state, Outcome outcome, Reason reason, Text text) const;

    const Gateway& gateway_;
    const Preparer preparer_;
};

}  // namespace linuxcash::core
