// SPDX-License-Identifier: Apache-2.0
// The engine takes orders: a known id is attached to or replayed, a new one gets its machine.
#include <algorithm>
#include <utility>

#include "runtime/engine.h"

namespace linuxcash::runtime {

using namespace core;

namespace {

constexpr const char* kNoReceipt = "";

Payment payment_for(const Order& order, OperationKind kind, Money sum, const Gateway& gateway) {
    Payment payment;
    payment.kind = kind;
    payment.type = order.type;
    payment.id = order.id;
    payment.sum = sum;
    payment.receipt = order.receipt;
    payment.order_number = gateway.order_number(order.id, order.receipt);
    payment.shift_label = gateway.shift_label(order.receipt);
    payment.cashier = order.cashier;
    return payment;
}

}  // namespace

Begun Engine::pay(PayOrder order) {
    const Claim claim{OperationKind::Pay, std::nullopt, order.sum, order.receipt.uid};
    if (std::optional<Begun> begun = known(order.id, claim)) return *begun;
    if (busy()) return NotBegun::Busy;
    const Text& title = ports_.gateway.wording().title;
    if (order.training) {
        return refused(
            order, Reason::Training, tr("В учебном режиме оплата %1 не проводится", title),
            order.sum);
    }
    PayState state;
    state.payment = payment_for(order, OperationKind::Pay, order.sum, ports_.gateway);
    state.payment.session = session_for(order.receipt.uid);
    state.type = order.type;
    state.silent = order.silent;
    ports_.log.write(
        LogLevel::Info,
        tr("Операция %1: оплата %2 %3, чек %4, заказ %5", order.id.brief(), order.sum.str(),
           order.sum.currency().code(), order.receipt.number, state.payment.order_number));
    running_[order.id].state = std::move(state);
    return launch(order.id);
}

Begun Engine::refund(RefundOrder order) {
    const Claim claim{OperationKind::Refund, order.target, order.sum, order.receipt.uid};
    if (std::optional<Begun> begun = known(order.id, claim)) return *begun;
    if (busy()) return NotBegun::Busy;
    if (order.training) {
        return refused(
            order, Reason::Training,
            tr("В учебном режиме возврат %1 не проводится", ports_.gateway.wording().title),
            order.sum);
    }
    Result<std::variant<Payment, Refusal>> sale = sale_of(order);
    if (!sale) return NotBegun::Failed;
    if (const auto* refusal = std::get_if<Refusal>(&*sale)) {
        return refused(order, refusal->reason, refusal->text, order.sum);
    }
    PayState state;
    state.payment = payment_for(order, OperationKind::Refund, order.sum, ports_.gateway);
    state.sale = std::get<Payment>(*std::move(sale));
    state.type = order.type;
    state.silent = order.silent;
    ports_.log.write(
        LogLevel::Info, tr("Операция %1: возврат %2 %3 по оплате %4, чек %5, заказ %6",
                           order.id.brief(), order.sum.str(), order.sum.currency().code(),
                           order.target.brief(), order.receipt.number, state.payment.order_number));
    running_[order.id].state = std::move(state);
    return launch(order.id);
}

// The payment to give back, or why it cannot be.
Result<std::variant<Payment, Refusal>> Engine::sale_of(const RefundOrder& order) {
    using Answer = std::variant<Payment, Refusal>;
    const Text& title = ports_.gateway.wording().title;
    Result<std::optional<Operation>> found = look_up(order.target);
    if (!found) return found.error();
    if (!*found) {
        if (order.gateway_id.empty()) {
            return Answer{Refusal{
                Reason::NotFound,
                tr("Оплата %1 не найдена в журнале операций, возвращать нечего", title)}};
        }
        // The journal was lost: the gateway alone knows how much is left of it.
        Payment sale;
        sale.id = order.target;
        sale.sum = order.sum;
        sale.payment_id = order.gateway_id;
        return Answer{std::move(sale)};
    }
    Result<std::vector<Operation>> about = about_target(order.target);
    if (!about) return about.error();
    const Money left = left_to_refund(**found, *about);
    if (left.currency() != order.sum.currency() || left < order.sum) {
        return Answer{Refusal{
            Reason::Limit, tr("По этой оплате %1 можно вернуть не больше %2", title, left.str())}};
    }
    return Answer{payment_of(**found)};
}

Result<std::vector<Operation>> Engine::about_target(const OperationId& target) {
    Result<std::vector<Record>> records = ports_.store.records_about(target);
    if (!records) return records.error();
    return fold(*records);
}

// Why the target cannot be taken back, if it cannot; what was begun before goes on whatever it is.
std::optional<Refusal> Engine::refusal_of(
    const UndoOrder& order, const std::optional<Operation>& target, bool begun_before) {
    const Text& title = ports_.gateway.wording().title;
    // An undo is nothing that could be undone.
    const bool moved = target
                       && (target->intent.kind == OperationKind::Pay
                           || target->intent.kind == OperationKind::Refund);
    if (!moved) {
        return Refusal{
            Reason::NotFound,
            tr("Оплата %1 не найдена в журнале операций, отменять нечего", title)};
    }
    if (order.training) {
        return Refusal{
            Reason::Training, tr("В учебном режиме отмена оплаты %1 не проводится", title)};
    }
    if (begun_before) return std::nullopt;
    if (has_doubtful_refund(order.target)) {
        return Refusal{Reason::Blocked, ports_.gateway.wording().unavailable};
    }
    Result<std::vector<Operation>> about = about_target(order.target);
    if (!about) {
        return Refusal{
            Reason::Journal,
            tr("Журнал операций недоступен, отмена %1 не начата: %2", title, about.error().text)};
    }
    // Nobody can say what a cancel gives back of it, and a refund in its place would be too much.
    const Money back = given_back(*target, *about);
    if (!back.is_positive()) return std::nullopt;
    return Refusal{
        Reason::Limit, tr("Из этой оплаты %1 уже возвращено %2, отменить её нельзя: верните "
                          "остаток или отмените возврат",
                          title, back.str())};
}

Begun Engine::undo(const UndoOrder& order) {
    auto running = running_.find(order.id);
    if (running != running_.end()) {
        const auto* state = std::get_if<TakebackState>(&running->second.state);
        if (state == nullptr || state->target.id != order.target) return NotBegun::Conflict;
        return talk(order.id);
    }
    Result<std::optional<Operation>> before = look_up(order.id);
    Result<std::optional<Operation>> target = look_up(order.target);
    if (!before || !target) return NotBegun::Failed;
    if (*before) {
        const OperationKind kind = (*before)->intent.kind;
        const bool same = (kind == OperationKind::Undo || kind == OperationKind::RefundUndo)
                          && (*before)->intent.target == order.target;
        if (!same) return NotBegun::Conflict;
        if ((*before)->ended) return told(order.id, finished_of(**before));
    }
    if (busy()) return NotBegun::Busy;
    if (std::optional<Refusal> refusal = refusal_of(order, *target, before->has_value())) {
        const Money sum = *target ? (*target)->intent.sum : Money{};
        return refused(order, refusal->reason, refusal->text, sum);
    }
    TakebackState state;
    state.id = order.id;
    state.target = **target;
    state.cashier = order.cashier;
    state.begun_before = before->has_value();
    const bool refund = state.target.intent.kind == OperationKind::Refund;
    ports_.log.write(
        LogLevel::Info, refund ? tr(
                            "Операция %1: отмена возврата %2, чек %3", order.id.brief(),
                            order.target.brief(), state.target.intent.receipt_number)
                               : tr(
                                   "Операция %1: отмена оплаты %2, чек %3", order.id.brief(),
                                   order.target.brief(), state.target.intent.receipt_number));
    running_[order.id].state = std::move(state);
    pending_.push_back({{order.id, false, 0}, started()});
    return talk(order.id);
}

// A refund that is being found out or taken back comes first: after a cancel of its payment, its
// own cancel would charge the buyer again.
bool Engine::has_doubtful_refund(const OperationId& payment) const {
    return std::any_of(book_.begin(), book_.end(), [&](const auto& each) {
        const Operation& operation = each.second;
        return operation.intent.kind == OperationKind::Refund && operation.intent.target == payment
               && (!operation.ended || operation.owes());
    });
}

Begun Engine::card(CardOrder order) {
    if (std::optional<Begun> begun = heard_of<CardState>(order.id, order.receipt.uid)) {
        return *begun;
    }
    if (busy()) return NotBegun::Busy;
    const Text& title = ports_.gateway.wording().title;
    if (order.training) {
        return refused(
            order, Reason::Training, tr("В учебном режиме карты лояльности %1 не читаются", title),
            Money{});
    }
    CardState state;
    state.payment.id = order.id;
    state.payment.receipt = std::move(order.receipt);
    state.payment.cashier = std::move(order.cashier);
    state.silent = order.silent;
    ports_.log.write(
        LogLevel::Info, tr("Операция %1: карта лояльности, чек %2", order.id.brief(),
                           state.payment.receipt.number));
    running_[order.id].state = std::move(state);
    return launch(order.id);
}

Begun Engine::totals(TotalsOrder order) {
    if (std::optional<Begun> begun = heard_of<ReconcileState>(order.id, kNoReceipt)) return *begun;
    if (busy()) return NotBegun::Busy;
    const Text& title = ports_.gateway.wording().title;
    if (order.training) {
        return refused(
            order, Reason::Training, tr("В учебном режиме сверка итогов %1 не проводится", title),
            Money{});
    }
    ReconcileState state;
    state.id = order.id;
    state.head.title = title;
    state.head.shift = order.receipt.shift;
    state.head.shift_label = ports_.gateway.shift_label(order.receipt);
    const std::vector<Currency>& currencies = ports_.gateway.rules().currencies;
    if (!currencies.empty()) state.head.currency = currencies.front();
    Result<std::vector<Record>> records = ports_.store.records_of_shift(state.head.shift_label);
    if (!records) return NotBegun::Failed;
    Result<std::vector<Operation>> operations = fold(*records);
    if (!operations) return NotBegun::Failed;
    state.books.journal = std::move(operations).value();
    std::erase_if(state.books.journal, [](const Operation& each) {
        return each.intent.kind != OperationKind::Pay && each.intent.kind != OperationKind::Refund;
    });
    state.books.till = std::move(order.till);
    ports_.log.write(
        LogLevel::Info,
        tr("Операция %1: сверка итогов за смену %2", order.id.brief(), order.receipt.shift));
    running_[order.id].state = std::move(state);
    pending_.push_back({{order.id, false, 0}, started()});
    return talk(order.id);
}

// Begins at once, or when what was interrupted last time is decided.
std::shared_ptr<Conversation> Engine::launch(const OperationId& id) {
    std::shared_ptr<Conversation> conversation = talk(id);
    Running& running = running_[id];
    running.held = !recovering_.empty();
    if (running.held) {
        Show show;
        show.text = tr("Завершается предыдущая операция %1", ports_.gateway.wording().title);
        emit(id, std::move(show));
        return conversation;
    }
    const Started start = started();
    if (start.blocked) push();  // the next attempt may find the way free
    pending_.push_back({{id, false, 0}, start});
    return conversation;
}

// A refusal before anything is begun.
std::shared_ptr<Conversation> Engine::refused(
    const Order& order, Reason reason, Text text, Money sum) {
    Finished finished;
    finished.outcome = Outcome::Refused;
    finished.reason = reason;
    finished.level = Level::Error;
    finished.sum = sum;
    finished.text = std::move(text);
    return told(order.id, std::move(finished));
}

// An id that was heard of before: attach or replay, never start anew.
std::optional<Begun> Engine::known(const OperationId& id, const Claim& claim) {
    Result<std::optional<Operation>> found = look_up(id);
    if (!found) return Begun{NotBegun::Failed};
    if (*found) {
        const Intent& intent = (*found)->intent;
        const bool same = intent.kind == claim.kind && intent.target == claim.target
                          && intent.sum == claim.sum && intent.receipt_uid == claim.receipt_uid;
        if (!same) return Begun{NotBegun::Conflict};
    }
    auto running = running_.find(id);
    if (running != running_.end()) {
        const auto* state = std::get_if<PayState>(&running->second.state);
        const bool same = state != nullptr && state->payment.kind == claim.kind
                          && state->payment.sum == claim.sum
                          && (!state->sale || state->sale->id == claim.target)
                          && (state->payment.receipt.uid.empty()
                              || state->payment.receipt.uid == claim.receipt_uid);
        if (!same) return Begun{NotBegun::Conflict};
        if (running->second.finished) return Begun{told(id, *running->second.finished)};
        return Begun{talk(id)};
    }
    if (*found) return Begun{told(id, finished_of(**found))};
    const Past* past = past_of(id);
    if (past == nullptr) return std::nullopt;
    const bool same = past->finished.sum == claim.sum && past->receipt_uid == claim.receipt_uid;
    return same ? Begun{told(id, past->finished)} : Begun{NotBegun::Conflict};
}

// The same for what moves no money.
template <typename State>
std::optional<Begun> Engine::heard_of(const OperationId& id, const std::string& receipt_uid) {
    Result<std::optional<Operation>> found = look_up(id);
    if (!found) return Begun{NotBegun::Failed};
    if (*found) return Begun{NotBegun::Conflict};
    auto running = running_.find(id);
    if (running != running_.end()) {
        const bool same = std::holds_alternative<State>(running->second.state);
        return same ? Begun{talk(id)} : Begun{NotBegun::Conflict};
    }
    const Past* past = past_of(id);
    if (past == nullptr) return std::nullopt;
    return past->receipt_uid == receipt_uid ? Begun{told(id, past->finished)}
                                            : Begun{NotBegun::Conflict};
}

const Engine::Past* Engine::past_of(const OperationId& id) const {
    auto found =
        std::find_if(past_.begin(), past_.end(), [&](const Past& each) { return each.id == id; });
    return found == past_.end() ? nullptr : &*found;
}

// What the card of this receipt has told of the buyer, once.
std::map<std::string, std::string> Engine::session_for(const std::string& receipt_uid) {
    std::optional<Acquaintance> known = std::exchange(acquaintance_, std::nullopt);
    if (!known || known->receipt_uid != receipt_uid) return {};
    const Millis age = ports_.clock.monotonic() - known->since;
    if (age > ports_.gateway.rules().session_keep_ms) return {};
    return std::move(known->session);
}

}  // namespace linuxcash::runtime
