// SPDX-License-Identifier: Apache-2.0
#include "core/preparer.h"

#include <algorithm>
#include <utility>

namespace linuxcash::core {

int until_limit(int ms, Millis limit, Millis now) {
    if (limit == 0) return ms;
    return static_cast<int>(std::clamp<Millis>(limit - now, 0, ms));
}

bool Preparer::late(const Preparing& preparing, Millis now) {
    return preparing.limit != 0 && now >= preparing.limit;
}

Prelude Preparer::next(Preparing& preparing) const {
    Preparation preparation = purpose_ == Purpose::Charge
                                  ? gateway_.prepare(preparing.payment)
                                  : gateway_.prepare_card(preparing.payment);
    if (auto* call = std::get_if<Call>(&preparation)) {
        preparing.step = call->step;
        return {std::move(*call), {}};
    }
    if (auto* refusal = std::get_if<Refusal>(&preparation)) return {std::move(*refusal), {}};
    if (auto* question = std::get_if<Question>(&preparation)) {
        if (preparing.silent) {
            return {
                Refusal{
                    Reason::Silent,
                    tr("Операция %1 невозможна без кассира", gateway_.wording().title)},
                {}};
        }
        preparing.asked = question->key;
        return {Ask{question->title, question->text, question->max_length}, {}};
    }
    return {Ready{}, {}};
}

Prelude Preparer::entered(Preparing& preparing, const std::string& value) const {
    preparing.payment.session[preparing.asked] = value;
    return next(preparing);
}

Prelude Preparer::replied(Preparing& preparing, const Answer& answer, Millis now) const {
    if (const auto* failure = std::get_if<Failure>(&answer)) {
        return failed(preparing, *failure, now);
    }
    Prepared outcome =
        gateway_.prepared(preparing.payment, preparing.step, std::get<Reply>(answer));
    if (auto* refusal = std::get_if<Refusal>(&outcome)) return {std::move(*refusal), {}};
    if (auto* again = std::get_if<TryAgain>(&outcome)) {
        if (!preparing.waiting) return {Refusal{Reason::GatewayRefused, again->text}, {}};
        return {Pause{until_limit(again->after_ms, preparing.limit, now)}, {}};
    }
    auto& progress = std::get<Progress>(outcome);
    for (auto& [key, value] : progress.learned)
        preparing.payment.session[key] = std::move(value);
    std::move(progress.cards.begin(), progress.cards.end(), std::back_inserter(preparing.cards));
    std::optional<Show> show;
    if (const std::optional<Screen>& screen = progress.screen) {
        preparing.waiting = true;
        preparing.limit = screen->limit_ms > 0 ? now + screen->limit_ms : 0;
        show =
            Show{screen->text, screen->qr, screen->for_customer, screen->masked, screen->limit_ms};
    }
    Prelude prelude =
        progress.again_after_ms > 0
            ? Prelude{Pause{until_limit(progress.again_after_ms, preparing.limit, now)}, {}}
            : next(preparing);
    prelude.show = std::move(show);
    return prelude;
}

// While a screen is shown a fault of the wire is waited out: the buyer may be paying.
Prelude Preparer::failed(const Preparing& preparing, const Failure& failure, Millis now) const {
    const bool ours = failure.kind == FailureKind::Access || failure.kind == FailureKind::Storage;
    if (preparing.waiting && !ours) {
        return {Pause{until_limit(gateway_.rules().query_every_ms, preparing.limit, now)}, {}};
    }
    const Reason reason = failure.kind == FailureKind::Access    ? Reason::Access
                          : failure.kind == FailureKind::Storage ? Reason::Journal
                                                                 : Reason::NoLink;
    Text text =
        ours || failure.kind == FailureKind::Tls ? failure.text : gateway_.wording().server_error;
    return {Refusal{reason, std::move(text)}, {}};
}

}  // namespace linuxcash::core
