// SPDX-License-Identifier: Apache-2.0
// The engine's side towards the host: begin, answer, settle, list. What runs underneath is in
// engine_run.cpp.
#include "runtime/engine.h"

#include <algorithm>
#include <utility>

namespace linuxcash::runtime {

using namespace core;

Engine::Engine(Ports ports, std::shared_ptr<Outbox> outbox)
    : ports_(ports),
      outbox_(std::move(outbox)),
      pay_(ports_.gateway),
      undo_(ports_.gateway),
      takeback_(ports_.gateway),
      channel_(ports_.gateway) {
}

Engine::~Engine() = default;

Result<> Engine::start() {
    Result<std::optional<Secret>> token = ports_.secrets.load();
    if (!token) return token.error();
    if (*token) channel_.use_token(**token);
    Result<std::vector<Record>> records = ports_.store.open_records();
    if (!records) return records.error();
    Result<std::vector<Operation>> operations = fold(*records);
    if (!operations) return operations.error();
    Result<std::vector<Wish>> wishes = ports_.store.wishes_after(0);
    if (!wishes) return wishes.error();
    if (!wishes->empty()) last_wish_ = wishes->back().number;
    for (const Operation& operation : *operations)
        adopt(operation);
    return Done{};
}

// Takes up one operation where a former process left it.
void Engine::adopt(const Operation& operation) {
    book_[operation.id] = operation;
    if (operation.owes()) {
        debts_[operation.id] =
            undo_.state_for(payment_of(operation), *operation.owed, ports_.clock.monotonic());
        pending_.push_back({{operation.id, true, 0}, Recovered{}});
    }
    if (operation.ended || operation.intent.kind != OperationKind::Pay) return;
    PayState state;
    state.payment = payment_of(operation);
    state.type = operation.intent.type;
    state.noted = !operation.payment_id.empty();
    if (operation.settled == Settled::Undone) {
        // Its end was told as unknown, and the disk refused it: that is what it ends as now.
        state.phase = PayPhase::Unsaved;
        state.intended = true;
        state.unsaved = Ended{Outcome::Unknown, Reason::Journal, {}};
        running_[operation.id] = {std::move(state), nullptr, std::nullopt, false, true,
                                  std::nullopt};
        pending_.push_back({{operation.id, false, 0}, TimeUp{}});
        return;
    }
    running_[operation.id].state = std::move(state);
    recovering_.insert(operation.id);
    pending_.push_back({{operation.id, false, 0}, Recovered{}});
    outbox_->notify(
        {Level::Warning, "recovering",
         tr("%1: выясняется исход оплаты %2 по чеку %3, прерванной в прошлый раз",
            ports_.gateway.wording().title, operation.intent.sum.str(),
            operation.intent.receipt_number),
         operation.id});
}

Begun Engine::pay(PayOrder order) {
    if (std::optional<Begun> begun = known(order)) return *begun;
    if (busy()) return NotBegun::Busy;
    PayState state;
    state.payment.id = order.id;
    state.payment.sum = order.sum;
    state.payment.order_number = ports_.gateway.order_number(order.id, order.receipt);
    state.payment.shift_label = ports_.gateway.shift_label(order.receipt);
    state.payment.cashier = std::move(order.cashier);
    state.payment.receipt = std::move(order.receipt);
    state.type = order.type;
    state.silent = order.silent;
    if (order.training) {
        Finished finished;
        finished.outcome = Outcome::Refused;
        finished.reason = Reason::Training;
        finished.level = Level::Error;
        finished.sum = order.sum;
        finished.text =
            tr("В учебном режиме оплата %1 не проводится", ports_.gateway.wording().title);
        return told(order.id, std::move(finished));
    }
    ports_.log.write(
        LogLevel::Info,
        tr("Операция %1: оплата %2 %3, чек %4, заказ %5", order.id.brief(), order.sum.str(),
           order.sum.currency().code(), state.payment.receipt.number, state.payment.order_number));
    Running& running = running_[order.id];
    running.state = std::move(state);
    std::shared_ptr<Conversation> conversation = talk(order.id);
    running.held = !recovering_.empty();
    if (running.held) {
        Show show;
        show.text = tr("Завершается предыдущая операция %1", ports_.gateway.wording().title);
        emit(order.id, std::move(show));
        return conversation;
    }
    const Started start = started();
    if (start.blocked) push();  // the next attempt may find the way free
    pending_.push_back({{order.id, false, 0}, start});
    return conversation;
}

// An id that was heard of before: attach or replay, never start anew.
std::optional<Begun> Engine::known(const PayOrder& order) {
    Result<std::optional<Operation>> found = look_up(order.id);
    if (!found) return Begun{NotBegun::Failed};
    auto running = running_.find(order.id);
    if (running != running_.end()) {
        const auto* state = std::get_if<PayState>(&running->second.state);
        const bool same = state != nullptr && state->payment.sum == order.sum
                          && (!*found || (*found)->intent.receipt_uid == order.receipt.uid)
                          && (state->payment.receipt.uid.empty()
                              || state->payment.receipt.uid == order.receipt.uid);
        if (!same) return Begun{NotBegun::Conflict};
        if (running->second.finished) return Begun{told(order.id, *running->second.finished)};
        return Begun{talk(order.id)};
    }
    if (!*found) {
        auto past = std::find_if(
            past_.begin(), past_.end(), [&](const Past& each) { return each.id == order.id; });
        if (past == past_.end()) return std::nullopt;
        const bool same = past->finished.sum == order.sum && past->receipt_uid == order.receipt.uid;
        return same ? Begun{told(order.id, past->finished)} : Begun{NotBegun::Conflict};
    }
    const Operation& operation = **found;
    const bool same = operation.intent.kind == OperationKind::Pay
                      && operation.intent.sum == order.sum
                      && operation.intent.receipt_uid == order.receipt.uid;
    if (!same) return Begun{NotBegun::Conflict};
    return Begun{told(order.id, finished_of(operation))};
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
        if ((*before)->intent.target != order.target) return NotBegun::Conflict;
        if ((*before)->ended) return told(order.id, finished_of(**before));
    }
    if (busy()) return NotBegun::Busy;
    if (!*target || order.training) {
        Finished finished;
        finished.outcome = Outcome::Refused;
        finished.reason = *target ? Reason::Training : Reason::NotFound;
        finished.level = Level::Error;
        finished.text =
            *target ? tr(
                "В учебном режиме отмена оплаты %1 не проводится", ports_.gateway.wording().title)
                    : tr(
                        "Оплата %1 не найдена в журнале операций, отменять нечего",
                        ports_.gateway.wording().title);
        return told(order.id, std::move(finished));
    }
    TakebackState state;
    state.id = order.id;
    state.target = **target;
    state.cashier = order.cashier;
    state.begun_before = before->has_value();
    ports_.log.write(
        LogLevel::Info, tr("Операция %1: отмена оплаты %2, чек %3", order.id.brief(),
                           order.target.brief(), state.target.intent.receipt_number));
    running_[order.id].state = std::move(state);
    pending_.push_back({{order.id, false, 0}, started()});
    return talk(order.id);
}

void Engine::answer(const OperationId& id, Response response) {
    pending_.push_back({{id, false, 0}, Answered{std::move(response)}});
    run_due();
}

void Engine::cancel(const OperationId& id) {
    pending_.push_back({{id, false, 0}, Cancelled{}});
    run_due();
}

SettleResult Engine::settle(const OperationId& id, Settled settled) {
    Result<std::optional<Operation>> found = look_up(id);
    if (!found) return SettleResult::Failed;
    if (!*found) return SettleResult::Done;  // nothing that can move money was ever sent for it
    Operation operation = **found;
    if (operation.settled) {
        return *operation.settled == settled ? SettleResult::Done : SettleResult::Conflict;
    }
    operation.settled = settled;
    Commit commit;
    commit.durability = Durability::Relaxed;  // if a power cut takes it, the host says it again
    commit.facts.emplace_back(id, HostSettled{settled});
    if (operation.closed()) commit.closed.push_back(id);
    return write(commit).ok() ? SettleResult::Done : SettleResult::Failed;
}

std::vector<Operation> Engine::unclaimed() const {
    std::vector<Operation> operations;
    for (const auto& [id, operation] : book_) {
        if (operation.unclaimed()) operations.push_back(operation);
    }
    std::sort(
        operations.begin(), operations.end(), [](const Operation& left, const Operation& right) {
            return left.began_at_ms < right.began_at_ms;
        });
    return operations;
}

std::vector<Debt> Engine::queue() const {
    std::vector<Debt> debts;
    for (const auto& [id, state] : debts_) {
        auto operation = book_.find(id);
        if (operation != book_.end()) {
            debts.push_back({operation->second, state.tries, state.last_error});
        }
    }
    std::sort(debts.begin(), debts.end(), [](const Debt& left, const Debt& right) {
        return left.operation.owed_at_ms < right.operation.owed_at_ms;
    });
    return debts;
}

void Engine::push() {
    for (const auto& [id, state] : debts_)
        pending_.push_back({{id, true, 0}, Pushed{}});
}

Started Engine::started() const {
    const bool blocked = ports_.gateway.rules().blocks_while_owing && !debts_.empty();
    return {blocked, !channel_.link_up()};
}

bool Engine::busy() const {
    return std::any_of(running_.begin(), running_.end(), [&](const auto& each) {
        return !each.second.told && !recovering_.contains(each.first);
    });
}

std::shared_ptr<Conversation> Engine::talk(const OperationId& id) {
    Running& running = running_[id];
    if (!running.conversation) {
        running.conversation = std::make_shared<Conversation>(outbox_, id);
        if (running.shown) running.conversation->emit(*running.shown);
    }
    return running.conversation;
}

std::shared_ptr<Conversation> Engine::told(const OperationId& id, Finished finished) {
    auto conversation = std::make_shared<Conversation>(outbox_, id);
    conversation->emit(std::move(finished));
    return conversation;
}

Result<std::optional<Operation>> Engine::look_up(const OperationId& id) {
    auto open = book_.find(id);
    if (open != book_.end()) return std::optional(open->second);
    Result<std::vector<Record>> records = ports_.store.records_of(id);
    if (!records) return records.error();
    if (records->empty()) return std::optional<Operation>{};
    Result<std::vector<Operation>> operations = fold(*records);
    if (!operations) return operations.error();
    return std::optional(operations->front());
}

Payment Engine::payment_of(const Operation& operation) const {
    Payment payment;
    payment.id = operation.id;
    payment.sum = operation.intent.sum;
    payment.order_number = operation.intent.order_number;
    payment.shift_label = operation.intent.shift_label;
    payment.payment_id = operation.payment_id;
    payment.cashier = operation.intent.cashier;
    return payment;
}

Finished Engine::finished_of(const Operation& operation) const {
    Finished finished;
    const Ended ended = operation.ended.value_or(Ended{});
    finished.outcome = ended.outcome;
    finished.reason = ended.reason;
    finished.text = Text::literal(ended.text);
    finished.owed = ended.outcome == Outcome::Unknown && operation.owes();
    finished.level = ended.outcome == Outcome::Approved ? Level::Info : Level::Warning;
    finished.sum = operation.intent.sum;
    finished.gateway_id = operation.payment_id;
    if (ended.outcome == Outcome::Approved && operation.intent.kind == OperationKind::Pay) {
        finished.slip = ports_.gateway.payment_slip(payment_of(operation));
    }
    return finished;
}

}  // namespace linuxcash::runtime
