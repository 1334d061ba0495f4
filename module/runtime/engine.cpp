// SPDX-License-Identifier: Apache-2.0
// The engine's side towards the host: start, answer, settle, list. Orders are taken in
// engine_orders.cpp; what runs underneath is in engine_run.cpp.
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
      card_(ports_.gateway),
      reconcile_(ports_.gateway),
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
    const bool refund = operation.intent.kind == OperationKind::Refund;
    if (operation.ended || !(refund || operation.intent.kind == OperationKind::Pay)) return;
    PayState state;
    state.payment = payment_of(operation);
    if (refund) state.sale.emplace().id = operation.intent.target.value_or(OperationId{});
    state.type = operation.intent.type;
    state.noted = !operation.payment_id.empty();
    if (operation.settled == Settled::Undone) {
        // Its end was told as unknown, and the disk refused it: that is what it ends as now.
        state.phase = PayPhase::Unsaved;
        state.intended = true;
        state.unsaved = Ended{Outcome::Unknown, Reason::Journal, {}};
        Finished told = pay_.unsaved_end(state.payment);
        running_[operation.id] = {std::move(state), nullptr, std::nullopt, false, true,
                                  std::move(told)};
        pending_.push_back({{operation.id, false, 0}, TimeUp{}});
        return;
    }
    running_[operation.id].state = std::move(state);
    recovering_.insert(operation.id);
    pending_.push_back({{operation.id, false, 0}, Recovered{}});
    outbox_->notify(
        {Level::Warning, "recovering",
         refund ? tr(
             "%1: выясняется исход возврата %2 по чеку %3, прерванного в прошлый раз",
             ports_.gateway.wording().title, operation.intent.sum.str(),
             operation.intent.receipt_number)
                : tr(
                    "%1: выясняется исход оплаты %2 по чеку %3, прерванной в прошлый раз",
                    ports_.gateway.wording().title, operation.intent.sum.str(),
                    operation.intent.receipt_number),
         operation.id});
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
    if (!write(commit)) return SettleResult::Failed;
    if (settled == Settled::Undone && recovering_.contains(id)) {
        // Its end was told as unknown before the process died: no approval may come of it any more.
        pending_.push_back({{id, false, 0}, Cancelled{}});
    }
    return SettleResult::Done;
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
            debts.push_back(
                {operation->second, state.tries, state.last_error, state.waits_for_link});
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
    // What was told as unknown and waits for the disk is as good as owed.
    const bool unsaved = std::any_of(
        running_.begin(), running_.end(), [](const auto& each) { return each.second.told; });
    const bool owing = !debts_.empty() || unsaved;
    return {ports_.gateway.rules().blocks_while_owing && owing, !channel_.link_up()};
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
    payment.kind = operation.intent.kind;
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
    const bool moves = operation.intent.kind == OperationKind::Pay
                       || operation.intent.kind == OperationKind::Refund;
    if (ended.outcome == Outcome::Approved && moves) {
        finished.slip = ports_.gateway.payment_slip(payment_of(operation));
    }
    return finished;
}

}  // namespace linuxcash::runtime
