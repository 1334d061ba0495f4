// SPDX-License-Identifier: Apache-2.0
// The steps before money moves or a card is known: sessions, screens, questions, waiting for the
// buyer. Machines that begin this way share it. Pure values, no I/O, no threads.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/machine.h"

namespace linuxcash::core {

// What such a machine remembers of it.
struct Preparing {
    Payment payment;
    bool silent = false;  // nobody is there to answer
    std::string step;  // of the request on its way
    std::string asked;  // key of the open question
    bool waiting = false;  // a screen is shown, faults are waited out
    Millis limit = 0;  // when that gives up; 0: never
    std::vector<LoyaltyCard> cards;  // that the buyer showed
};

// Waits, then the same step again.
struct Pause {
    int ms = 0;
};

// How it goes on, after `show` if there is one.
struct Prelude {
    std::variant<Call, Pause, Ask, Ready, Refusal> next;
    std::optional<Show> show;
};

enum class Purpose { Charge, Card };

class Preparer {
public:
    // `gateway` must outlive it.
    Preparer(const Gateway& gateway, Purpose purpose) : gateway_(gateway), purpose_(purpose) {}

    // The next step, with what is known by now.
    [[nodiscard]] Prelude next(Preparing& preparing) const;
    // What the answer to the last Call means.
    [[nodiscard]] Prelude replied(Preparing& preparing, const Answer& answer, Millis now) const;
    // The cashier answered the last Ask.
    [[nodiscard]] Prelude entered(Preparing& preparing, const std::string& value) const;
    // The screen's time is over.
    [[nodiscard]] static bool late(const Preparing& preparing, Millis now);

private:
    [[nodiscard]] Prelude failed(
        const Preparing& preparing, const Failure& failure, Millis now) const;

    const Gateway& gateway_;
    const Purpose purpose_;
};

// `ms`, or less when the limit comes sooner.
[[nodiscard]] int until_limit(int ms, Millis limit, Millis now);

}  // namespace linuxcash::core
