// SPDX-License-Identifier: Apache-2.0
#include "core/pay.h"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#include "core/word_table.h"

namespace linuxcash::core {
namespace {

// How long an end that the journal refused waits for the next try.
constexpr int kUnsavedRetryMs = 5'000;
// "No such payment" said twice ends the asking: what is left to do is an undo.
constexpr int kGoneEnough = 2;

constexpr std::array kPhases{
    std::pair{PayPhase::Idle, std::string_view{"idle"}},
    std::pair{PayPhase::Probing, std::string_view{"probing"}},
    std::pair{PayPhase::Finding, std::string_view{"finding"}},
    std::pair{PayPhase::Preparing, std::string_view{"preparing"}},
    std::pair{PayPhase::Asking, std::string_view{"asking"}},
    std::pair{PayPhase::Charging, std::string_view{"charging"}},
    std::pair{PayPhase::Doubting, std::string_view{"doubting"}},
    std::pair{PayPhase::Confirming, std::string_view{"confirming"}},
    std::pair{PayPhase::Unsaved, std::string_view{"unsaved"}},
    std::pair{PayPhase::Ended, std::string_view{"ended"}},
};

Level level_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::Approved:
        case Outcome::Done:
            return Level::Info;
        case Outcome::Cancelled:
        case Outcome::Unknown:
            return Level::Warning;
        case Outcome::Declined:
        case Outcome::Refused:
            return Level::Error;
    }
    return Level::Error;
}

// What the cashier reads when the outcome is not known, by the kind of operation.
Text unknown_payment(Reason reason, const Text& title) {
    if (reason == Reason::CancelledByCashier) {
        return tr(
            "Оплата %1 отменена кассиром. Чек не оплачен. Если деньги списаны, они будут "
            "возвращены "
            "покупателю автоматически",
            title);
    }
    if (reason == Reason::Mismatch) {
        return tr(
            "%1 прислала ответ о другом платеже или другой сумме. Чек не оплачен. Если деньги "
            "списаны, "
            "они будут возвращены покупателю автоматически",
            title);
    }
    if (reason == Reason::Journal) {
        return tr(
            "Не удалось записать результат оплаты %1 на диск. Чек не оплачен. Освободите место на "
            "диске и "
            "перезапустите программу; если деньги списаны, они будут возвращены покупателю",
            title);
    }
    if (reason == Reason::BuyerTimeout) {
        return tr(
            "Покупатель не подтвердил оплату %1 за отведённое время. Чек не оплачен. Если деньги "
            "списаны, "
            "они будут возвращены покупателю автоматически",
            title);
    }
    return tr(
        "Результат оплаты %1 неизвестен: деньги могли быть списаны. Чек не оплачен. Не просите "
        "покупателя "
        "платить ещё раз этим же способом: если деньги списаны, они будут возвращены автоматически",
        title);
}

Text unknown_refund(Reason reason, const Text& title) {
    if (reason == Reason::CancelledByCashier) {
        return tr(
            "Возврат %1 отменён кассиром и не засчитан. Если деньги уже возвращены покупателю, "
            "возврат будет отменён автоматически",
            title);
    }
    if (reason == Reason::Mismatch) {
        return tr(
            "%1 прислала ответ о другом возврате или другой сумме. Возврат не засчитан и будет "
            "отменён автоматически",
            title);
    }
    if (reason == Reason::Journal) {
        return tr(
            "Не удалось записать результат возврата %1 на диск. Возврат не засчитан. Освободите "
            "место на диске и перезапустите программу; если деньги возвращены, возврат будет "
            "отменён",
            title);
    }
    return tr(
        "Результат возврата %1 неизвестен. Возврат не засчитан. Если деньги уже возвращены "
        "покупателю, возврат будет отменён автоматически. Не повторяйте возврат, пока отмена не "
        "завершена",
        title);
}

Text unknown_text(const Payment& payment, Reason reason, const Text& title) {
    return payment.kind == OperationKind::Refund ? unknown_refund(reason, title)
                                                 : unknown_payment(reason, title);
}

Text confirm_text(const Payment& payment, const Text& title) {
    return payment.kind == OperationKind::Refund
               ? tr("Возврат %1 принят, ожидается его завершение", title)
               : tr("Ожидается подтверждение оплаты покупателем в приложении %1", title);
}

Text doubt_text(const PayState& state, const Text& title) {
    const bool refund = state.payment.kind == OperationKind::Refund;
    if (state.recovered) {
        return refund ? tr("Выясняется исход возврата %1, прерванного в прошлый раз", title)
                      : tr("Выясняется исход оплаты %1, прерванной в прошлый раз", title);
    }
    return refund ? tr("Связь с %1 прервалась. Выясняется, прошёл ли возврат", title)
                  : tr(
                      "Связь с %1 прервалась. Выясняется, прошла ли оплата. Не просите "
                      "покупателя платить ещё раз",
                      title);
}

}  // namespace

std::string_view name(PayPhase phase) {
    return word_of(kPhases, phase);
}

Step<PayState> Pay::step(PayState state, const Input& input, Millis now) const {
    return std::visit(
        [&](const auto& each) -> PayStep {
            using Each = std::decay_t<decltype(each)>;
            if constexpr (std::is_same_v<Each, Started>) {
                return started(std::move(state), each, now);
            } else if constexpr (std::is_same_v<Each, Answered>) {
                return answered(std::move(state), each, now);
            } else if constexpr (std::is_same_v<Each, Cancelled>) {
                return cancelled(std::move(state));
            } else if constexpr (std::is_same_v<Each, Replied>) {
                if (each.tag != state.tag) return {std::move(state), {}, {}};
                return replied(std::move(state), each.answer, now);
            } else if constexpr (std::is_same_v<Each, TimeUp>) {
                if (each.tag != state.tag) return {std::move(state), {}, {}};
                return time_up(std::move(state), now);
            } else if constexpr (std::is_same_v<Each, CommitFailed>) {
                return commit_failed(std::move(state), each);
            } else if constexpr (std::is_same_v<Each, Recovered>) {
                return recovered(std::move(state), now);
            } else {
                return {std::move(state), {}, {}};
            }
        },
        input);
}

Pay::PayStep Pay::started(PayState state, const Started& started, Millis) const {
    if (state.phase != PayPhase::Idle) return {std::move(state), {}, {}};
    const Rules& rules = gateway_.rules();
    if (std::find(rules.currencies.begin(), rules.currencies.end(), state.payment.sum.currency())
        == rules.currencies.end()) {
        Text text =
            tr("%1 не работает с валютой %2", gateway_.wording().title,
               state.payment.sum.currency().code());
        return finish(std::move(state), Outcome::Refused, Reason::Currency, std::move(text));
    }
    // A host's slip: its lines would be added up with the sum.
    const Currency priced = state.payment.receipt.total.currency();
    if (priced != state.payment.sum.currency()) {
        Text text = tr("%1 не работает с валютой %2", gateway_.wording().title, priced.code());
        return finish(std::move(state), Outcome::Refused, Reason::Currency, std::move(text));
    }
    if (started.blocked) {
        return finish(
            std::move(state), Outcome::Refused, Reason::Blocked, gateway_.wording().unavailable);
    }
    if (started.link_down) {
        state.phase = PayPhase::Probing;
        return send(std::move(state), gateway_.probe());
    }
    return begin(std::move(state));
}

// A refund needs no buyer, but the gateway's number of the payment.
Pay::PayStep Pay::begin(PayState state) const {
    if (!state.sale) {
        Prelude prelude = preparer_.next(state);
        return proceed(std::move(state), std::move(prelude));
    }
    if (!state.sale->payment_id.empty()) return charge(std::move(state));
    state.phase = PayPhase::Finding;
    Call call = gateway_.list(state.sale->shift_label);
    return send(std::move(state), std::move(call));
}

Pay::PayStep Pay::answered(PayState state, const Answered& answered, Millis) const {
    if (state.phase != PayPhase::Asking) return {std::move(state), {}, {}};
    if (const auto* value = std::get_if<Value>(&answered.response)) {
        Prelude prelude = preparer_.entered(state, value->text);
        return proceed(std::move(state), std::move(prelude));
    }
    if (std::holds_alternative<Dismissed>(answered.response)) return cancelled(std::move(state));
    Text text =
        tr("Эта касса не умеет задать вопрос, нужный для оплаты %1", gateway_.wording().title);
    return finish(std::move(state), Outcome::Refused, Reason::Unsupported, std::move(text));
}

Pay::PayStep Pay::cancelled(PayState state) const {
    switch (state.phase) {
        case PayPhase::Idle:
        case PayPhase::Probing:
        case PayPhase::Finding:
        case PayPhase::Preparing:
        case PayPhase::Asking: {
            if (state.intended) return give_up(std::move(state), Reason::CancelledByCashier);
            Tag tag = state.tag;
            Text text = state.sale ? tr("Возврат отменён кассиром. Деньги не возвращены")
                                   : tr("Оплата отменена кассиром. Деньги не списаны");
            PayStep step = finish(
                std::move(state), Outcome::Cancelled, Reason::CancelledByCashier, std::move(text));
            step.then.insert(step.then.begin(), Abort{tag});
            return step;
        }
        case PayPhase::Charging: {
            // It may still wait its turn: then it never goes out.
            const Tag tag = state.tag;
            PayStep step = give_up(std::move(state), Reason::CancelledByCashier);
            step.then.insert(step.then.begin(), Abort{tag});
            return step;
        }
        case PayPhase::Doubting:
        case PayPhase::Confirming:
            return give_up(std::move(state), Reason::CancelledByCashier);
        case PayPhase::Unsaved:
        case PayPhase::Ended:
            break;
    }
    return {std::move(state), {}, {}};
}

Pay::PayStep Pay::replied(PayState state, const Answer& answer, Millis now) const {
    switch (state.phase) {
        case PayPhase::Probing:
            if (std::holds_alternative<Reply>(answer)) return begin(std::move(state));
            return finish(
                std::move(state), Outcome::Refused, Reason::Blocked,
                gateway_.wording().unavailable);
        case PayPhase::Finding:
            return found(std::move(state), answer);
        case PayPhase::Preparing: {
            Prelude prelude = preparer_.replied(state, answer, now);
            return proceed(std::move(state), std::move(prelude));
        }
        case PayPhase::Charging:
            return charged(std::move(state), answer, now);
        case PayPhase::Doubting:
        case PayPhase::Confirming:
            return queried(std::move(state), answer, now);
        case PayPhase::Idle:
        case PayPhase::Asking:
        case PayPhase::Unsaved:
        case PayPhase::Ended:
            break;
    }
    return {std::move(state), {}, {}};
}

Pay::PayStep Pay::time_up(PayState state, Millis now) const {
    const bool late = Preparer::late(state, now);
    switch (state.phase) {
        case PayPhase::Preparing:
            if (!late) return begin(std::move(state));
            if (state.intended) return give_up(std::move(state), Reason::BuyerTimeout);
            return finish(
                std::move(state), Outcome::Cancelled, Reason::BuyerTimeout,
                tr("Покупатель не начал оплату за отведённое время. Деньги не списаны"));
        case PayPhase::Doubting:
            if (late) return give_up(std::move(state), Reason::NoAnswer);
            return ask(std::move(state));
        case PayPhase::Confirming:
            if (late) return give_up(std::move(state), Reason::BuyerTimeout);
            return ask(std::move(state));
        case PayPhase::Unsaved: {
            Ended ended = *state.unsaved;
            Text text = unknown_text(state.payment, ended.reason, gateway_.wording().title);
            return finish(std::move(state), ended.outcome, ended.reason, std::move(text));
        }
        case PayPhase::Idle:
        case PayPhase::Probing:
        case PayPhase::Finding:
        case PayPhase::Asking:
        case PayPhase::Charging:
        case PayPhase::Ended:
            break;
    }
    return {std::move(state), {}, {}};
}

Pay::PayStep Pay::commit_failed(PayState state, const CommitFailed& failed) const {
    if (state.phase == PayPhase::Unsaved) {
        ++state.tag;
        Tag tag = state.tag;
        return {std::move(state), {}, {Wake{tag, kUnsavedRetryMs}}};
    }
    if (!state.intended) {
        Text text =
            tr("Журнал операций недоступен, операция %1 не начата: %2", gateway_.wording().title,
               failed.text);
        return finish(std::move(state), Outcome::Refused, Reason::Journal, std::move(text));
    }
    // The end could not be made durable: it is told as unknown, and is saved as such as soon as the
    // disk lets it.
    const Tag before = state.tag;
    state.phase = PayPhase::Unsaved;
    state.unsaved = Ended{Outcome::Unknown, Reason::Journal, {}};
    ++state.tag;
    Finished finished = unsaved_end(state.payment);
    Tag tag = state.tag;
    return {
        std::move(state),
        {},
        {Abort{before}, Emit{std::move(finished)}, Wake{tag, kUnsavedRetryMs}}};
}

Finished Pay::unsaved_end(const Payment& payment) const {
    Finished finished;
    finished.outcome = Outcome::Unknown;
    finished.owed = true;
    finished.level = Level::Error;
    finished.reason = Reason::Journal;
    finished.text = unknown_text(payment, Reason::Journal, gateway_.wording().title);
    finished.sum = payment.sum;
    return finished;
}

Pay::PayStep Pay::recovered(PayState state, Millis now) const {
    state.recovered = true;
    state.intended = true;
    return doubt(std::move(state), now);
}

Pay::PayStep Pay::proceed(PayState state, Prelude prelude) const {
    PayStep step = std::visit(
        [&](auto& next) -> PayStep {
            using Next = std::decay_t<decltype(next)>;
            if constexpr (std::is_same_v<Next, Call>) {
                state.phase = PayPhase::Preparing;
                return send(std::move(state), std::move(next));
            } else if constexpr (std::is_same_v<Next, Pause>) {
                ++state.tag;
                Tag tag = state.tag;
                return {std::move(state), {}, {Wake{tag, next.ms}}};
            } else if constexpr (std::is_same_v<Next, Ask>) {
                state.phase = PayPhase::Asking;
                return {std::move(state), {}, {Emit{std::move(next)}}};
            } else if constexpr (std::is_same_v<Next, Refusal>) {
                return refuse(std::move(state), next.reason, std::move(next.text));
            } else {
                return charge(std::move(state));
            }
        },
        prelude.next);
    if (prelude.show) step.then.insert(step.then.begin(), Emit{std::move(*prelude.show)});
    return step;
}

// The list of the sale's shift was asked for the payment that is to be given back.
Pay::PayStep Pay::found(PayState state, const Answer& answer) const {
    const Text& title = gateway_.wording().title;
    if (const auto* failure = std::get_if<Failure>(&answer)) {
        const bool access = failure->kind == FailureKind::Access;
        return refuse(
            std::move(state), access ? Reason::Access : Reason::NoLink,
            access ? failure->text : gateway_.wording().server_error);
    }
    const Reading reading = gateway_.read_list(*state.sale, std::get<Reply>(answer));
    if (reading.verdict == Verdict::Paid && !reading.payment_id.empty()) {
        state.sale->payment_id = reading.payment_id;
        return charge(std::move(state));
    }
    if (reading.verdict == Verdict::Gone || reading.verdict == Verdict::Declined) {
        return refuse(
            std::move(state), Reason::NotFound,
            tr("%1 не знает оплаты, по которой оформляется возврат", title));
    }
    return refuse(
        std::move(state), Reason::NoAnswer,
        tr("Номер возвращаемой оплаты %1 не удалось узнать: %2", title, reading.text));
}

Pay::PayStep Pay::charge(PayState state) const {
    state.phase = PayPhase::Charging;
    Call call =
        state.sale ? gateway_.refund(*state.sale, state.payment) : gateway_.charge(state.payment);
    return send(std::move(state), std::move(call));
}

// Sends, after the intent is durable if this may move money.
Pay::PayStep Pay::send(PayState state, Call call) const {
    ++state.tag;
    PayStep step{std::move(state), {}, {}};
    if (call.moves_money && !step.next.intended) {
        step.next.intended = true;
        Commit commit;
        commit.facts.emplace_back(step.next.payment.id, intent(step.next));
        step.commit = std::move(commit);
    }
    step.then.push_back(Send{step.next.tag, std::move(call)});
    return step;
}

Pay::PayStep Pay::charged(PayState state, const Answer& answer, Millis now) const {
    if (const auto* failure = std::get_if<Failure>(&answer)) {
        if (failure->sent == Sent::Maybe) return doubt(std::move(state), now);
        if (failure->kind == FailureKind::Access) {
            return finish(std::move(state), Outcome::Refused, Reason::Access, failure->text);
        }
        return finish(
            std::move(state), Outcome::Refused, Reason::NoLink, gateway_.wording().server_error);
    }
    const Reply& reply = std::get<Reply>(answer);
    Reading reading = state.sale ? gateway_.read_refund(state.payment, reply)
                                 : gateway_.read_charge(state.payment, reply);
    return conclude(std::move(state), reading, now);
}

Pay::PayStep Pay::queried(PayState state, const Answer& answer, Millis now) const {
    const int pause = gateway_.rules().query_every_ms;
    if (std::holds_alternative<Failure>(answer)) return later(std::move(state), pause, now);
    const Reply& reply = std::get<Reply>(answer);
    Reading reading = state.payment.payment_id.empty() ? gateway_.read_list(state.payment, reply)
                                                       : gateway_.read_query(state.payment, reply);
    if (state.phase == PayPhase::Confirming
        && (reading.verdict == Verdict::Pending || reading.verdict == Verdict::Technical
            || reading.verdict == Verdict::Gone)) {
        return later(std::move(state), pause, now);
    }
    return conclude(std::move(state), reading, now);
}

Pay::PayStep Pay::conclude(PayState state, const Reading& reading, Millis now) const {
    if (state.payment.payment_id.empty()) state.payment.payment_id = reading.payment_id;
    switch (reading.verdict) {
        case Verdict::Paid:
            return finish(std::move(state), Outcome::Approved, Reason::None, reading.text);
        case Verdict::Declined:
            return finish(std::move(state), Outcome::Declined, reading.reason, reading.text);
        case Verdict::Conflict:
            return give_up(std::move(state), Reason::Mismatch);
        case Verdict::Pending:
            return confirm(std::move(state), reading, now);
        case Verdict::Gone:
        case Verdict::Technical:
            break;
    }
    if (state.phase == PayPhase::Charging) return doubt(std::move(state), now);
    if (reading.verdict == Verdict::Gone) ++state.gone;
    if (state.gone >= kGoneEnough || reading.reason == Reason::Unsupported) {
        return give_up(std::move(state), Reason::NoAnswer);
    }
    return later(std::move(state), gateway_.rules().query_every_ms, now);
}

// The gateway took the charge and waits for the buyer.
Pay::PayStep Pay::confirm(PayState state, const Reading& reading, Millis now) const {
    const Rules& rules = gateway_.rules();
    if (state.recovered) return later(std::move(state), rules.query_every_ms, now);
    state.phase = PayPhase::Confirming;
    state.limit = now + rules.confirm_wait_ms;
    OperationId id = state.payment.id;
    const bool note = !state.noted && !reading.payment_id.empty();
    state.noted = state.noted || note;
    PayStep step = later(std::move(state), rules.query_every_ms, now);
    Show show;
    show.text = confirm_text(step.next.payment, gateway_.wording().title);
    show.limit_ms = rules.confirm_wait_ms;
    step.then.insert(step.then.begin(), Emit{std::move(show)});
    if (note) {
        Commit commit;
        commit.durability = Durability::Relaxed;
        commit.facts.emplace_back(id, Learned{reading.payment_id});
        step.commit = std::move(commit);
    }
    return step;
}

// The charge may have gone through, and nobody told us.
Pay::PayStep Pay::doubt(PayState state, Millis now) const {
    const int wait_ms = gateway_.rules().doubt_wait_ms;
    state.phase = PayPhase::Doubting;
    state.limit = now + wait_ms;
    PayStep step = ask(std::move(state));
    Show show;
    show.text = doubt_text(step.next, gateway_.wording().title);
    show.limit_ms = wait_ms;
    step.then.insert(step.then.begin(), Emit{std::move(show)});
    return step;
}

Pay::PayStep Pay::ask(PayState state) const {
    Call call = state.payment.payment_id.empty() ? gateway_.list(state.payment.shift_label)
                                                 : gateway_.query(state.payment);
    return send(std::move(state), std::move(call));
}

Pay::PayStep Pay::later(PayState state, int after_ms, Millis now) const {
    ++state.tag;
    Tag tag = state.tag;
    const int wait_ms = until_limit(after_ms, state.limit, now);
    return {std::move(state), {}, {Wake{tag, wait_ms}}};
}

// A step before the charge ends the payment; once the intent is durable, money may have moved all
// the same.
Pay::PayStep Pay::refuse(PayState state, Reason reason, Text text) const {
    if (state.intended) return give_up(std::move(state), reason);
    return finish(std::move(state), Outcome::Refused, reason, std::move(text));
}

// The outcome is not known, or the cashier will not wait for it: not paid, and an undo is owed.
Pay::PayStep Pay::give_up(PayState state, Reason reason) const {
    Text text = unknown_text(state.payment, reason, gateway_.wording().title);
    return finish(std::move(state), Outcome::Unknown, reason, std::move(text));
}

Pay::PayStep Pay::finish(PayState state, Outcome outcome, Reason reason, Text text) const {
    const bool told = state.phase == PayPhase::Unsaved;
    const bool owed = outcome == Outcome::Unknown;
    state.phase = PayPhase::Ended;
    ++state.tag;
    PayStep step{std::move(state), {}, {}};
    const Payment& payment = step.next.payment;
    if (step.next.intended) {
        Commit commit;
        if (!step.next.noted && !payment.payment_id.empty()) {
            commit.facts.emplace_back(payment.id, Learned{payment.payment_id});
        }
        commit.facts.emplace_back(payment.id, Ended{outcome, reason, text.russian()});
        if (owed) commit.facts.emplace_back(payment.id, Owed{ObligationKind::Undo, {}});
        if (outcome != Outcome::Approved && !owed) commit.closed.push_back(payment.id);
        step.commit = std::move(commit);
    }
    if (told) return step;
    Finished finished;
    finished.outcome = outcome;
    finished.owed = owed;
    finished.level = level_of(outcome);
    finished.reason = reason;
    finished.text = std::move(text);
    finished.sum = payment.sum;
    finished.gateway_id = payment.payment_id;
    if (outcome == Outcome::Approved) finished.slip = gateway_.payment_slip(payment);
    step.then.push_back(Emit{std::move(finished)});
    return step;
}

Intent Pay::intent(const PayState& state) const {
    Intent intent;
    intent.kind = state.payment.kind;
    if (state.sale) intent.target = state.sale->id;
    intent.type = state.type;
    intent.receipt_uid = state.payment.receipt.uid;
    intent.receipt_number = state.payment.receipt.number;
    intent.shift_label = state.payment.shift_label;
    intent.sum = state.payment.sum;
    intent.order_number = state.payment.order_number;
    intent.cashier = state.payment.cashier;
    return intent;
}

}  // namespace linuxcash::core
