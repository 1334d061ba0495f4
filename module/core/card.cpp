// SPDX-License-Identifier: Apache-2.0
#include "core/card.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <type_traits>
#include <utility>

#include "core/word_table.h"

namespace linuxcash::core {
namespace {

constexpr std::array kPhases{
    std::pair{CardPhase::Idle, std::string_view{"idle"}},
    std::pair{CardPhase::Probing, std::string_view{"probing"}},
    std::pair{CardPhase::Preparing, std::string_view{"preparing"}},
    std::pair{CardPhase::Asking, std::string_view{"asking"}},
    std::pair{CardPhase::Choosing, std::string_view{"choosing"}},
    std::pair{CardPhase::Setting, std::string_view{"setting"}},
    std::pair{CardPhase::Ended, std::string_view{"ended"}},
};

std::string title_of(const LoyaltyCard& card) {
    const std::string number = masked(card.number);
    return card.name.empty() ? number : card.name + " " + number;
}

// A buyer without a card is no fault; anything else that is refused is.
Level level_of(Outcome outcome, Reason reason) {
    if (outcome == Outcome::Done) return Level::Info;
    const bool fault = outcome == Outcome::Refused && reason != Reason::NotFound;
    return fault ? Level::Error : Level::Warning;
}

}  // namespace

std::string_view name(CardPhase phase) {
    return word_of(kPhases, phase);
}

Step<CardState> Card::step(CardState state, const Input& input, Millis now) const {
    return std::visit(
        [&](const auto& each) -> CardStep {
            using Each = std::decay_t<decltype(each)>;
            if constexpr (std::is_same_v<Each, Started>) {
                return started(std::move(state), each);
            } else if constexpr (std::is_same_v<Each, Answered>) {
                return answered(std::move(state), each.response);
            } else if constexpr (std::is_same_v<Each, Cancelled>) {
                return cancelled(std::move(state));
            } else if constexpr (std::is_same_v<Each, Replied>) {
                if (each.tag == state.tag) return replied(std::move(state), each.answer, now);
            } else if constexpr (std::is_same_v<Each, TimeUp>) {
                if (each.tag == state.tag) return time_up(std::move(state), now);
            }
            return {std::move(state), {}, {}};
        },
        input);
}

Step<CardState> Card::started(CardState state, const Started& started) const {
    if (state.phase != CardPhase::Idle) return {std::move(state), {}, {}};
    if (started.blocked) {
        return finish(
            std::move(state), Outcome::Refused, Reason::Blocked, gateway_.wording().unavailable);
    }
    if (started.link_down) {
        state.phase = CardPhase::Probing;
        return send(std::move(state), gateway_.probe());
    }
    Prelude prelude = preparer_.next(state);
    return proceed(std::move(state), std::move(prelude));
}

Step<CardState> Card::answered(CardState state, const Response& response) const {
    const bool asks = state.phase == CardPhase::Asking || state.phase == CardPhase::Choosing
                      || state.phase == CardPhase::Setting;
    if (!asks) return {std::move(state), {}, {}};
    if (const auto* value = std::get_if<Value>(&response)) {
        if (state.phase != CardPhase::Asking) return {std::move(state), {}, {}};
        Prelude prelude = preparer_.entered(state, value->text);
        return proceed(std::move(state), std::move(prelude));
    }
    if (const auto* chosen = std::get_if<Chosen>(&response)) {
        const auto index = static_cast<std::size_t>(chosen->index);
        if (state.phase != CardPhase::Choosing || index >= state.cards.size()) {
            return {std::move(state), {}, {}};
        }
        LoyaltyCard card = state.cards[index];
        return set(std::move(state), std::move(card));
    }
    if (std::holds_alternative<Applied>(response)) {
        Text text = tr("Карта лояльности %1 добавлена в чек", title_of(state.chosen));
        return finish(std::move(state), Outcome::Done, Reason::None, std::move(text));
    }
    if (const auto* refused = std::get_if<NotApplied>(&response)) {
        Text text = tr("Карта лояльности не добавлена в чек: %1", refused->why);
        return finish(std::move(state), Outcome::Refused, Reason::GatewayRefused, std::move(text));
    }
    if (std::holds_alternative<Dismissed>(response)) return cancelled(std::move(state));
    return finish(
        std::move(state), Outcome::Refused, Reason::Unsupported,
        tr("Эта касса не умеет добавить карту лояльности %1", gateway_.wording().title));
}

Step<CardState> Card::cancelled(CardState state) const {
    if (state.phase == CardPhase::Ended) return {std::move(state), {}, {}};
    Tag tag = state.tag;
    CardStep step = finish(
        std::move(state), Outcome::Cancelled, Reason::CancelledByCashier,
        tr("Добавление карты лояльности отменено кассиром"));
    step.then.insert(step.then.begin(), Abort{tag});
    return step;
}

Step<CardState> Card::replied(CardState state, const Answer& answer, Millis now) const {
    if (state.phase == CardPhase::Probing) {
        if (!std::holds_alternative<Reply>(answer)) {
            return finish(
                std::move(state), Outcome::Refused, Reason::Blocked,
                gateway_.wording().unavailable);
        }
        Prelude prelude = preparer_.next(state);
        return proceed(std::move(state), std::move(prelude));
    }
    if (state.phase != CardPhase::Preparing) return {std::move(state), {}, {}};
    Prelude prelude = preparer_.replied(state, answer, now);
    return proceed(std::move(state), std::move(prelude));
}

Step<CardState> Card::time_up(CardState state, Millis now) const {
    if (state.phase != CardPhase::Preparing) return {std::move(state), {}, {}};
    if (Preparer::late(state, now)) {
        return finish(
            std::move(state), Outcome::Cancelled, Reason::BuyerTimeout,
            tr("Покупатель не показал карту лояльности за отведённое время"));
    }
    Prelude prelude = preparer_.next(state);
    return proceed(std::move(state), std::move(prelude));
}

Step<CardState> Card::proceed(CardState state, Prelude prelude) const {
    CardStep step = std::visit(
        [&](auto& next) -> CardStep {
            using Next = std::decay_t<decltype(next)>;
            if constexpr (std::is_same_v<Next, Call>) {
                state.phase = CardPhase::Preparing;
                return send(std::move(state), std::move(next));
            } else if constexpr (std::is_same_v<Next, Pause>) {
                ++state.tag;
                Tag tag = state.tag;
                return {std::move(state), {}, {Wake{tag, next.ms}}};
            } else if constexpr (std::is_same_v<Next, Ask>) {
                state.phase = CardPhase::Asking;
                return {std::move(state), {}, {Emit{std::move(next)}}};
            } else if constexpr (std::is_same_v<Next, Refusal>) {
                return finish(
                    std::move(state), Outcome::Refused, next.reason, std::move(next.text));
            } else {
                return identified(std::move(state));
            }
        },
        prelude.next);
    if (prelude.show) step.then.insert(step.then.begin(), Emit{std::move(*prelude.show)});
    return step;
}

Step<CardState> Card::identified(CardState state) const {
    const Text& title = gateway_.wording().title;
    state.identified = true;
    if (state.cards.empty()) {
        return finish(
            std::move(state), Outcome::Refused, Reason::NotFound,
            tr("%1 не передала карту лояльности покупателя", title));
    }
    if (state.cards.size() == 1) {
        LoyaltyCard card = state.cards.front();
        return set(std::move(state), std::move(card));
    }
    if (state.silent) {
        return finish(
            std::move(state), Outcome::Refused, Reason::Silent,
            tr("Операция %1 невозможна без кассира", title));
    }
    state.phase = CardPhase::Choosing;
    Choose choose;
    choose.title = title;
    choose.text = tr("Выберите карту лояльности покупателя");
    std::transform(
        state.cards.begin(), state.cards.end(), std::back_inserter(choose.options), title_of);
    return {std::move(state), {}, {Emit{std::move(choose)}}};
}

Step<CardState> Card::set(CardState state, LoyaltyCard card) const {
    state.phase = CardPhase::Setting;
    state.chosen = std::move(card);
    SetCard change{state.payment.receipt.revision, state.chosen.number};
    return {std::move(state), {}, {Emit{std::move(change)}}};
}

Step<CardState> Card::send(CardState state, Call call) const {
    ++state.tag;
    Tag tag = state.tag;
    return {std::move(state), {}, {Send{tag, std::move(call)}}};
}

Step<CardState> Card::finish(CardState state, Outcome outcome, Reason reason, Text text) const {
    state.phase = CardPhase::Ended;
    ++state.tag;
    Finished finished;
    finished.outcome = outcome;
    finished.level = level_of(outcome, reason);
    finished.reason = reason;
    finished.text = std::move(text);
    finished.sum = Money{0, state.payment.sum.currency()};
    return {std::move(state), {}, {Emit{std::move(finished)}}};
}

}  // namespace linuxcash::core
