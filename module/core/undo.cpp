// SPDX-License-Identifier: Apache-2.0
#include "core/undo.h"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#include "core/word_table.h"

namespace linuxcash::core {
namespace {

// A query may lag behind the cancel it should confirm: only a second "paid" calls for a refund.
constexpr int kPaidAfterCancelEnough = 2;
// How long the cashier waits for a cancel before it goes on without them.
constexpr int kTakebackWaitMs = 30'000;

// What the cashier reads of taking back, by what is taken back.
struct TakebackWords {
    bool refund = false;
    const Text& title;

    [[nodiscard]] Text not_begun(const Text& why) const {
        return refund
                   ? tr("Журнал операций недоступен, отмена возврата %1 не начата: %2", title, why)
                   : tr("Журнал операций недоступен, отмена %1 не начата: %2", title, why);
    }
    [[nodiscard]] Text done() const {
        return refund ? tr("Возврат %1 отменён", title)
                      : tr("Оплата %1 отменена, деньги возвращены покупателю", title);
    }
    [[nodiscard]] Text nothing_to_do() const {
        return refund ? tr("Возврат %1 уже отменён или не состоялся", title)
                      : tr("Оплата %1 уже отменена, деньги не списаны", title);
    }
    [[nodiscard]] Text queued() const {
        return refund ? tr(
                   "Отмена возврата %1 поставлена в очередь и будет выполнена автоматически", title)
                      : tr(
                          "Отмена оплаты %1 поставлена в очередь и будет выполнена автоматически",
                          title);
    }
    [[nodiscard]] Text running() const {
        return refund ? tr("Выполняется отмена возврата %1", title)
                      : tr("Выполняется отмена оплаты %1", title);
    }
};

TakebackWords words_for(const TakebackState& state, const Text& title) {
    return {state.target.intent.kind == OperationKind::Refund, title};
}

constexpr std::array kPhases{
    std::pair{UndoPhase::Waiting, std::string_view{"waiting"}},
    std::pair{UndoPhase::Querying, std::string_view{"querying"}},
    std::pair{UndoPhase::Undoing, std::string_view{"undoing"}},
    std::pair{UndoPhase::Proving, std::string_view{"proving"}},
    std::pair{UndoPhase::Refunding, std::string_view{"refunding"}},
    std::pair{UndoPhase::Searching, std::string_view{"searching"}},
    std::pair{UndoPhase::Discharged, std::string_view{"discharged"}},
};

}  // namespace

std::string_view name(UndoPhase phase) {
    return word_of(kPhases, phase);
}

UndoState Undo::state_for(Payment payment, const Owed& owed, Millis now) const {
    const Rules& rules = gateway_.rules();
    UndoState state;
    state.payment = std::move(payment);
    state.kind = owed.kind;
    state.refund_number = owed.order_number;
    state.refund_sent = owed.kind == ObligationKind::Refund;
    state.gone_counts_from = now + rules.charge_timeout_ms + rules.gone_grace_ms;
    return state;
}

Step<UndoState> Undo::step(UndoState state, const Input& input, Millis now) const {
    return std::visit(
        [&](const auto& each) -> UndoStep {
            using Each = std::decay_t<decltype(each)>;
            const bool idle = state.phase == UndoPhase::Waiting;
            if constexpr (
                std::is_same_v<
                    Each,
                    Started> || std::is_same_v<Each, Pushed> || std::is_same_v<Each, Recovered>) {
                if (idle) return attempt(std::move(state));
            } else if constexpr (std::is_same_v<Each, TimeUp>) {
                if (idle && each.tag == state.tag) return attempt(std::move(state));
            } else if constexpr (std::is_same_v<Each, Replied>) {
                if (each.tag == state.tag) return replied(std::move(state), each.answer, now);
            } else if constexpr (std::is_same_v<Each, CommitFailed>) {
                return back_off(std::move(state), each.text, false);
            }
            return {std::move(state), {}, {}};
        },
        input);
}

Step<UndoState> Undo::attempt(UndoState state) const {
    ++state.tries;
    state.cancel_taken = false;
    if (state.kind == ObligationKind::Refund) {
        if (!state.refund_sent) return refund(std::move(state));
        Call call = gateway_.list(state.payment.shift_label);
        return send(std::move(state), UndoPhase::Searching, std::move(call));
    }
    return ask(std::move(state), UndoPhase::Querying);
}

namespace {

// Whether it goes away without anybody's doing.
bool is_of_link(FailureKind kind) {
    switch (kind) {
        case FailureKind::Resolve:
        case FailureKind::Connect:
        case FailureKind::Timeout:
        case FailureKind::Broken:
        case FailureKind::Aborted:
            return true;
        case FailureKind::Tls:
        case FailureKind::TooLarge:
        case FailureKind::Access:
        case FailureKind::Storage:
            return false;
    }
    return false;
}

}  // namespace

Step<UndoState> Undo::replied(UndoState state, const Answer& answer, Millis now) const {
    if (const auto* failure = std::get_if<Failure>(&answer)) {
        const bool link = failure->kind != FailureKind::Access;
        Step<UndoState> step = back_off(std::move(state), failure->text, link);
        step.next.waits_for_link = is_of_link(failure->kind);
        return step;
    }
    const Reply& reply = std::get<Reply>(answer);
    Reading reading = read(state, reply);
    // What a late refund is called is not the payment's number; the list names both.
    if (state.phase == UndoPhase::Refunding) reading.payment_id.clear();
    if (state.phase == UndoPhase::Searching) {
        reading.payment_id = gateway_.read_list(state.payment, reply).payment_id;
    }
    if (!state.payment.payment_id.empty() || reading.payment_id.empty()) {
        return judged(std::move(state), reading, now);
    }
    state.payment.payment_id = reading.payment_id;
    UndoStep step = judged(std::move(state), reading, now);
    if (!step.commit) step.commit = Commit{{}, Durability::Relaxed, {}};
    auto& facts = step.commit->facts;
    facts.emplace(facts.begin(), step.next.payment.id, Learned{reading.payment_id});
    return step;
}

Step<UndoState> Undo::judged(UndoState state, const Reading& reading, Millis now) const {
    switch (state.phase) {
        case UndoPhase::Querying:
            return queried(std::move(state), reading);
        case UndoPhase::Undoing:
            return undone(std::move(state), reading, now);
        case UndoPhase::Proving:
            return proved(std::move(state), reading, now);
        case UndoPhase::Refunding:
            return refunded(std::move(state), reading);
        case UndoPhase::Searching:
            return searched(std::move(state), reading);
        case UndoPhase::Waiting:
        case UndoPhase::Discharged:
            break;
    }
    return {std::move(state), {}, {}};
}

Reading Undo::read(const UndoState& state, const Reply& reply) const {
    switch (state.phase) {
        case UndoPhase::Querying:
        case UndoPhase::Proving:
            return state.asked_list ? gateway_.read_list(state.payment, reply)
                                    : gateway_.read_query(state.payment, reply);
        case UndoPhase::Undoing:
            return gateway_.read_undo(state.payment, reply);
        case UndoPhase::Refunding:
            return gateway_.read_refund(late_refund(state), reply);
        case UndoPhase::Searching:
            return gateway_.read_list(late_refund(state), reply);
        case UndoPhase::Waiting:
        case UndoPhase::Discharged:
            break;
    }
    return {};
}

// Before the cancel: a payment that is proven unpaid needs none.
Step<UndoState> Undo::queried(UndoState state, const Reading& reading) const {
    if (reading.verdict == Verdict::Declined) {
        return nothing_moved(std::move(state), reading);
    }
    Call call = gateway_.undo(state.payment);
    return send(std::move(state), UndoPhase::Undoing, std::move(call));
}

Step<UndoState> Undo::undone(UndoState state, const Reading& reading, Millis now) const {
    switch (reading.verdict) {
        case Verdict::Paid:
            state.cancel_taken = true;
            return ask(std::move(state), UndoPhase::Proving);
        case Verdict::Declined:
            return nothing_moved(std::move(state), reading);
        case Verdict::Conflict:
            return ask(std::move(state), UndoPhase::Proving);
        case Verdict::Gone:
            if (state.gone_before && now >= state.gone_counts_from) {
                return discharge(
                    std::move(state), tr("платёж дважды не найден после срока, деньги не списаны"));
            }
            state.gone_before = true;
            return back_off(
                std::move(state), tr("платёж пока не найден, он может появиться позже"), false);
        case Verdict::Pending:
        case Verdict::Technical:
            break;
    }
    return back_off(std::move(state), reading.text, false);
}

// After the cancel: only a query proves it, where the gateway answers queries at all.
Step<UndoState> Undo::proved(UndoState state, const Reading& reading, Millis now) const {
    // A list that never had the payment may have it later, whatever the cancel was answered.
    const bool gone =
        reading.verdict == Verdict::Gone && (!state.asked_list || now >= state.gone_counts_from);
    const bool word_is_proof =
        state.cancel_taken && (gone || reading.reason == Reason::Unsupported);
    if (reading.verdict == Verdict::Declined || word_is_proof) {
        const bool refund = state.payment.kind == OperationKind::Refund;
        return discharge(std::move(state), refund ? tr("возврат отменён") : tr("платёж отменён"));
    }
    if (reading.verdict != Verdict::Paid) {
        return back_off(std::move(state), tr("отмена ещё не подтверждена"), false);
    }
    if (state.kind == ObligationKind::Refund) {
        return back_off(
            std::move(state), tr("возврат отклонён, платёж числится оплаченным"), false);
    }
    ++state.paid_after_cancel;
    if (state.cancel_taken && state.paid_after_cancel < kPaidAfterCancelEnough) {
        return back_off(std::move(state), tr("платёж ещё числится оплаченным"), false);
    }
    if (state.payment.kind == OperationKind::Refund) {
        // Money that was given back cannot be charged again: only the gateway can undo a refund.
        return back_off(std::move(state), tr("возврат ещё числится выполненным"), false);
    }
    // The cancel is refused, or has no effect: from here on the debt is a refund.
    state.kind = ObligationKind::Refund;
    state.refund_number = gateway_.refund_number(state.payment);
    UndoStep step = refund(std::move(state));
    Commit commit;
    commit.facts.emplace_back(
        step.next.payment.id, Owed{ObligationKind::Refund, step.next.refund_number});
    step.commit = std::move(commit);
    return step;
}

Step<UndoState> Undo::refund(UndoState state) const {
    state.refund_sent = true;
    Call call = gateway_.refund(state.payment, late_refund(state));
    return send(std::move(state), UndoPhase::Refunding, std::move(call));
}

// The whole payment back, under its own key.
Payment Undo::late_refund(const UndoState& state) const {
    Payment back = state.payment;
    back.kind = OperationKind::Refund;
    back.order_number = state.refund_number;
    back.payment_id.clear();
    return back;
}

Step<UndoState> Undo::refunded(UndoState state, const Reading& reading) const {
    if (reading.verdict == Verdict::Paid) {
        return discharge(std::move(state), tr("деньги возвращены покупателю"));
    }
    // Refused: an earlier cancel may have got there after all.
    if (reading.verdict == Verdict::Declined) return ask(std::move(state), UndoPhase::Proving);
    return back_off(std::move(state), reading.text, false);
}

Step<UndoState> Undo::searched(UndoState state, const Reading& reading) const {
    if (reading.verdict == Verdict::Paid) {
        return discharge(std::move(state), tr("деньги возвращены покупателю"));
    }
    if (reading.verdict == Verdict::Gone || reading.verdict == Verdict::Declined
        || reading.reason == Reason::Unsupported) {
        return refund(std::move(state));  // under the same key: the gateway refuses a second one
    }
    return back_off(std::move(state), reading.text, false);
}

Step<UndoState> Undo::ask(UndoState state, UndoPhase phase) const {
    const bool list = state.payment.payment_id.empty();
    Call call = list ? gateway_.list(state.payment.shift_label) : gateway_.query(state.payment);
    state.asked_list = list;
    return send(std::move(state), phase, std::move(call));
}

Step<UndoState> Undo::send(UndoState state, UndoPhase phase, Call call) const {
    state.phase = phase;
    ++state.tag;
    Tag tag = state.tag;
    return {std::move(state), {}, {Send{tag, std::move(call)}}};
}

Step<UndoState> Undo::back_off(UndoState state, Text error, bool link_failed) const {
    const std::vector<int>& pauses = gateway_.rules().retry_ms;
    const std::size_t last = pauses.size() - 1;
    const auto index =
        std::min<std::size_t>(static_cast<std::size_t>(std::max(state.tries, 1) - 1), last);
    state.phase = UndoPhase::Waiting;
    state.last_error = error;
    state.waits_for_link = false;
    ++state.tag;
    Tag tag = state.tag;
    return {
        std::move(state),
        {},
        {Wake{tag, pauses[index]}, Report{Reported{false, link_failed}, std::move(error)}}};
}

Step<UndoState> Undo::nothing_moved(UndoState state, const Reading& reading) const {
    const bool refund = state.payment.kind == OperationKind::Refund;
    return discharge(
        std::move(state), refund ? tr("возврат не состоялся: %1", reading.text)
                                 : tr("платёж не состоялся: %1", reading.text));
}

Step<UndoState> Undo::discharge(UndoState state, Text how) const {
    state.phase = UndoPhase::Discharged;
    ++state.tag;
    UndoStep step{std::move(state), Commit{}, {}};
    step.commit->facts.emplace_back(step.next.payment.id, Discharged{how.russian()});
    step.commit->closed.push_back(step.next.payment.id);
    step.then.push_back(Report{Reported{true, false}, std::move(how)});
    return step;
}

// ---- Takeback ----

Step<TakebackState> Takeback::step(TakebackState state, const Input& input, Millis) const {
    const Wording& wording = gateway_.wording();
    const TakebackWords words = words_for(state, wording.title);
    return std::visit(
        [&](const auto& each) -> TakebackStep {
            using Each = std::decay_t<decltype(each)>;
            if constexpr (std::is_same_v<Each, Started>) {
                return started(std::move(state));
            } else if constexpr (std::is_same_v<Each, CommitFailed>) {
                return finish(
                    std::move(state), Outcome::Refused, Reason::Journal,
                    words.not_begun(each.text));
            }
            if (state.phase != TakebackState::Phase::Working) return {std::move(state), {}, {}};
            if constexpr (std::is_same_v<Each, Reported>) {
                if (each.discharged) {
                    return finish(std::move(state), Outcome::Approved, Reason::None, words.done());
                }
                return finish(
                    std::move(state), Outcome::Unknown,
                    each.link_failed ? Reason::NoLink : Reason::NoAnswer,
                    each.link_failed ? wording.undo_queued : words.queued());
            } else if constexpr (std::is_same_v<Each, Cancelled> || std::is_same_v<Each, TimeUp>) {
                return finish(std::move(state), Outcome::Unknown, Reason::NoAnswer, words.queued());
            }
            return {std::move(state), {}, {}};
        },
        input);
}

Step<TakebackState> Takeback::started(TakebackState state) const {
    if (state.phase != TakebackState::Phase::Idle) return {std::move(state), {}, {}};
    const TakebackWords words = words_for(state, gateway_.wording().title);
    const Operation& target = state.target;
    const bool refund = target.intent.kind == OperationKind::Refund;
    const bool moved = !target.ended || target.ended->outcome == Outcome::Approved;
    if (target.discharged || (!moved && !target.owes())) {
        return finish(std::move(state), Outcome::Approved, Reason::None, words.nothing_to_do());
    }
    state.phase = TakebackState::Phase::Working;
    ++state.tag;
    TakebackStep step{std::move(state), Commit{}, {}};
    Intent intent = step.next.target.intent;
    intent.kind = refund ? OperationKind::RefundUndo : OperationKind::Undo;
    intent.target = step.next.target.id;
    intent.cashier = step.next.cashier;
    if (!step.next.begun_before) step.commit->facts.emplace_back(step.next.id, std::move(intent));
    if (!step.next.target.owes()) {
        step.commit->facts.emplace_back(step.next.target.id, Owed{ObligationKind::Undo, {}});
    }
    // Resumed: all of it is in the journal already, and nothing has to be written to go on.
    if (step.commit->facts.empty()) step.commit.reset();
    Show show;
    show.text = words.running();
    show.limit_ms = kTakebackWaitMs;
    step.then.push_back(Emit{std::move(show)});
    step.then.push_back(Push{step.next.target.id});
    step.then.push_back(Wake{step.next.tag, kTakebackWaitMs});
    return step;
}

Step<TakebackState> Takeback::finish(
    TakebackState state, Outcome outcome, Reason reason, Text text) const {
    const bool durable = state.phase == TakebackState::Phase::Working;
    state.phase = TakebackState::Phase::Ended;
    ++state.tag;
    TakebackStep step{std::move(state), {}, {}};
    if (durable) {
        // What is owed stands with the payment; losing this line loses nothing.
        Commit commit;
        commit.durability = Durability::Relaxed;
        commit.facts.emplace_back(step.next.id, Ended{outcome, reason, text.russian()});
        commit.closed.push_back(step.next.id);
        step.commit = std::move(commit);
    }
    Finished finished;
    finished.outcome = outcome;
    finished.owed = outcome == Outcome::Unknown;
    finished.level = outcome == Outcome::Approved  ? Level::Info
                     : outcome == Outcome::Unknown ? Level::Warning
                                                   : Level::Error;
    finished.reason = reason;
    finished.text = std::move(text);
    finished.sum = step.next.target.intent.sum;
    finished.gateway_id = step.next.target.payment_id;
    step.then.push_back(Emit{std::move(finished)});
    return step;
}

}  // namespace linuxcash::core
