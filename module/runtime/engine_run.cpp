// SPDX-License-Identifier: Apache-2.0
// The engine underneath: inputs to machines, commits to the journal, actions to the ports.
#include <algorithm>
#include <type_traits>
#include <utility>

#include "runtime/engine.h"

namespace linuxcash::runtime {

using namespace core;

namespace {

constexpr Millis kWishEveryMs = 1'000;
// After an end the host closes its receipt and settles: a checkpoint must not stand in its way.
constexpr Millis kTidyAfterMs = 1'000;
constexpr int kFirstErrorStatus = 400;
constexpr std::size_t kPastMax = 64;

std::string_view phase_of(const PayState& state) {
    return name(state.phase);
}
std::string_view phase_of(const UndoState& state) {
    return name(state.phase);
}
std::string_view phase_of(const TakebackState& state) {
    switch (state.phase) {
        case TakebackState::Phase::Idle:
            return "idle";
        case TakebackState::Phase::Working:
            return "working";
        case TakebackState::Phase::Ended:
            return "ended";
    }
    return {};
}

std::string_view phase_of(const CardState& state) {
    return name(state.phase);
}
std::string_view phase_of(const ReconcileState& state) {
    switch (state.phase) {
        case ReconcileState::Phase::Idle:
            return "idle";
        case ReconcileState::Phase::Asking:
            return "asking";
        case ReconcileState::Phase::Ended:
            return "ended";
    }
    return {};
}

const OperationId& operation_of(const PayState& state) {
    return state.payment.id;
}
const OperationId& operation_of(const UndoState& state) {
    return state.payment.id;
}
const OperationId& operation_of(const TakebackState& state) {
    return state.id;
}
const OperationId& operation_of(const CardState& state) {
    return state.payment.id;
}
const OperationId& operation_of(const ReconcileState& state) {
    return state.id;
}

bool has_ended(const PayState& state) {
    return state.phase == PayPhase::Ended;
}
bool has_ended(const TakebackState& state) {
    return state.phase == TakebackState::Phase::Ended;
}
bool has_ended(const CardState& state) {
    return state.phase == CardPhase::Ended;
}
bool has_ended(const ReconcileState& state) {
    return state.phase == ReconcileState::Phase::Ended;
}

std::vector<Standing> standings(const std::vector<Debt>& debts, const Rules& rules) {
    std::vector<Standing> all;
    all.reserve(debts.size());
    for (const Debt& debt : debts)
        all.push_back({debt.operation.id, debt.tries, rules.blocks_while_owing, debt.last_error});
    return all;
}

}  // namespace

void Engine::turn(int max_wait_ms) {
    take_wishes();
    run_due();
    const bool idle = running_.empty() && pending_.empty();
    if (idle && tidy_due_ && *tidy_due_ <= ports_.clock.monotonic()) {
        tidy_due_.reset();
        ports_.store.tidy();
    }
    for (Completed& completed : ports_.exchange.wait(wait_ms(max_wait_ms))) {
        note_refusal(completed.answer);
        carry_out(channel_.digest(completed.id, std::move(completed.answer)));
    }
    run_due();
}

// What the gateway says of its own refusal is for the administrator, whatever the machines make of
// it.
void Engine::note_refusal(const Answer& answer) {
    const auto* reply = std::get_if<Reply>(&answer);
    if (reply == nullptr || reply->status < kFirstErrorStatus) return;
    ports_.log.write(LogLevel::Warning, ports_.gateway.error_detail(*reply));
}

// Everything that can be done without waiting.
void Engine::run_due() {
    for (;;) {
        const Millis now = ports_.clock.monotonic();
        while (!pending_.empty()) {
            Pending next = std::move(pending_.front());
            pending_.pop_front();
            feed(next);
        }
        auto due = std::find_if(
            timers_.begin(), timers_.end(), [&](const Timer& timer) { return timer.when <= now; });
        if (due != timers_.end()) {
            Route route = due->route;
            timers_.erase(due);
            pending_.push_back({route, TimeUp{route.tag}});
            continue;
        }
        // Paces count from the moment of sending: the steps above may have waited for the disk.
        if (!winding_down_) carry_out(channel_.admit(ports_.clock.monotonic()));
        if (pending_.empty()) return;
    }
}

int Engine::wait_ms(int max_wait_ms) const {
    const Millis now = ports_.clock.monotonic();
    Millis until = now + max_wait_ms;
    for (const Timer& timer : timers_)
        until = std::min(until, timer.when);
    const std::optional<Millis> due = channel_.due();
    if (due && !winding_down_) until = std::min(until, *due);
    until = std::min(until, wishes_due_);
    return static_cast<int>(std::max<Millis>(0, until - now));
}

void Engine::take_wishes() {
    const Millis now = ports_.clock.monotonic();
    if (now < wishes_due_) return;
    wishes_due_ = now + kWishEveryMs;
    Result<std::vector<Wish>> wishes = ports_.store.wishes_after(last_wish_);
    if (!wishes) return;  // asked again in a second
    for (const Wish& wish : *wishes) {
        last_wish_ = wish.number;
        if (wish.what == "push") push();
        if (wish.what == "token-reset") channel_.forget_token();
        if (wish.what == "explain")
            ports_.store.answer_wish(wish.number, standings(queue(), ports_.gateway.rules()));
        ports_.log.write(LogLevel::Info, tr("Принято пожелание администратора: %1", wish.what));
    }
}

void Engine::feed(const Pending& pending) {
    if (pending.route.debt) {
        feed_debt(pending.route.id, pending.input);
    } else {
        feed_running(pending.route.id, pending.input);
    }
}

// One step of a machine: commit first, and only then is the new state real.
template <typename Machine, typename State>
Step<State> Engine::advance(const Machine& machine, const State& state, const Input& input) {
    const Millis now = ports_.clock.monotonic();
    Step<State> step = machine.step(state, input, now);
    if (step.commit) {
        Result<> written = write(*step.commit);
        if (!written && step.commit->durability == Durability::Synced) {
            step = machine.step(state, CommitFailed{written.error().text}, now);
            step.commit.reset();
        }
    }
    if (phase_of(step.next) != phase_of(state)) {
        ports_.log.write(
            LogLevel::Info, tr("Операция %1: %2 → %3", operation_of(step.next).brief(),
                               phase_of(state), phase_of(step.next)));
    }
    return step;
}

void Engine::feed_running(const OperationId& id, const Input& input) {
    auto found = running_.find(id);
    if (found == running_.end()) return;
    Running& running = found->second;
    std::vector<Action> then;
    bool ended = false;
    std::visit(
        [&](auto& state) {
            auto step = advance(machine_of(state), state, input);
            state = std::move(step.next);
            then = std::move(step.then);
            ended = has_ended(state);
        },
        running.state);
    perform({id, false, 0}, then);
    if (!ended) return;
    if (const auto* card = std::get_if<CardState>(&running.state)) get_acquainted(*card);
    running_.erase(id);
    tidy_due_ = ports_.clock.monotonic() + kTidyAfterMs;
    end_recovery(id);
}

void Engine::feed_debt(const OperationId& id, const Input& input) {
    auto found = debts_.find(id);
    if (found == debts_.end()) return;
    Step<UndoState> step = advance(undo_, found->second, input);
    const bool discharged = step.next.phase == UndoPhase::Discharged;
    const bool awaited = is_awaited(id);
    found->second = std::move(step.next);
    perform({id, true, 0}, step.then);
    if (!discharged) return;
    debts_.erase(id);
    tidy_due_ = ports_.clock.monotonic() + kTidyAfterMs;
    if (debts_.empty() && !awaited && ports_.gateway.rules().blocks_while_owing) {
        outbox_->notify(
            {Level::Info, "released",
             tr("%1: очередь отмен пуста, оплата снова доступна", ports_.gateway.wording().title),
             std::nullopt});
    }
}

Result<> Engine::write(const Commit& commit) {
    Result<> opened = open_book(commit);
    Result<> written = opened ? ports_.store.append(commit) : opened;
    if (!written) {
        ports_.log.write(
            LogLevel::Error, tr("Запись в журнал операций не удалась: %1", written.error().text));
        return written;
    }
    remember(commit);
    return written;
}

// A closed operation that gets a new fact is open again.
Result<> Engine::open_book(const Commit& commit) {
    for (const auto& [id, fact] : commit.facts) {
        if (book_.contains(id) || std::holds_alternative<Intent>(fact)) continue;
        Result<std::optional<Operation>> closed = look_up(id);
        if (!closed) return closed.error();
        if (*closed) book_[id] = **closed;
    }
    return Done{};
}

// The book follows the journal, and a debt that became durable gets its machine.
void Engine::remember(const Commit& commit) {
    for (const auto& [id, fact] : commit.facts) {
        auto known = book_.find(id);
        std::optional<Operation> before;
        if (known != book_.end()) before = known->second;
        Result<Operation> after = fold(std::move(before), {id, fact, ports_.clock.wall_ms()});
        if (!after) {
            ports_.log.write(LogLevel::Error, after.error().text);
            continue;
        }
        book_[id] = *after;
        const auto* owed = std::get_if<Owed>(&fact);
        if (owed == nullptr || debts_.contains(id)) continue;
        debts_[id] = undo_.state_for(payment_of(*after), *owed, ports_.clock.monotonic());
        pending_.push_back({{id, true, 0}, Started{}});
    }
    for (const OperationId& id : commit.closed)
        book_.erase(id);
}

void Engine::perform(const Route& route, const std::vector<Action>& actions) {
    for (const Action& action : actions) {
        std::visit(
            [&](const auto& each) {
                using Each = std::decay_t<decltype(each)>;
                if constexpr (std::is_same_v<Each, Send> || std::is_same_v<Each, Abort>) {
                    perform(route, each);
                } else if constexpr (std::is_same_v<Each, Wake>) {
                    timers_.push_back(
                        {ports_.clock.monotonic() + each.after_ms,
                         {route.id, route.debt, each.tag}});
                } else if constexpr (std::is_same_v<Each, Emit>) {
                    emit(route.id, each.event);
                } else if constexpr (std::is_same_v<Each, Report>) {
                    report(route.id, each);
                } else {
                    pending_.push_back({{each.target, true, 0}, Pushed{}});
                }
            },
            action);
    }
}

void Engine::perform(const Route& route, const Send& send) {
    ++last_ticket_;
    routes_[last_ticket_] = {route.id, route.debt, send.tag};
    channel_.submit(last_ticket_, send.call);
}

void Engine::perform(const Route& route, const Abort& abort) {
    auto found = std::find_if(routes_.begin(), routes_.end(), [&](const auto& each) {
        return each.second.id == route.id && each.second.debt == route.debt
               && each.second.tag == abort.tag;
    });
    if (found == routes_.end()) return;
    const Ticket ticket = found->first;
    routes_.erase(found);
    if (channel_.withdraw(ticket) || channel_.must_finish(ticket)) return;
    ports_.exchange.abort(ticket);
}

void Engine::carry_out(std::vector<ChannelAction> actions) {
    for (ChannelAction& action : actions) {
        if (auto* dispatch = std::get_if<Dispatch>(&action)) {
            ports_.exchange.start(dispatch->ticket, std::move(dispatch->request));
        } else if (auto* save = std::get_if<SaveSecret>(&action)) {
            Result<> saved = ports_.secrets.save(save->secret);
            if (!saved) {
                ports_.log.write(LogLevel::Error, tr("Токен не сохранён: %1", saved.error().text));
            }
            carry_out(channel_.saved(saved));
        } else if (auto* deliver = std::get_if<Deliver>(&action)) {
            auto route = routes_.find(deliver->ticket);
            if (route == routes_.end()) continue;  // nobody waits for it any more
            pending_.push_back(
                {route->second, Replied{route->second.tag, std::move(deliver->answer)}});
            routes_.erase(route);
        }
    }
}

void Engine::emit(const OperationId& id, const Event& event) {
    auto found = running_.find(id);
    if (found == running_.end()) return;
    Running& running = found->second;
    if (const auto* show = std::get_if<Show>(&event)) running.shown = *show;
    if (const auto* finished = std::get_if<Finished>(&event)) {
        running.told = true;
        running.finished = *finished;
        keep_in_mind(running, *finished);
        ports_.log.write(
            finished->level == Level::Info ? LogLevel::Info : LogLevel::Warning,
            tr("Операция %1: исход %2, причина «%3», долг %4: %5", id.brief(),
               name(finished->outcome), name(finished->reason), finished->owed ? 1 : 0,
               finished->text));
        if (!running.conversation) {
            outbox_->notify({finished->level, "recovered", recovered_text(running, *finished), id});
        }
    }
    if (running.conversation) running.conversation->emit(event);
}

Text Engine::recovered_text(const Running& running, const Finished& finished) const {
    const Text& title = ports_.gateway.wording().title;
    const std::string sum = finished.sum.str();
    const bool approved = finished.outcome == Outcome::Approved;
    const auto* state = std::get_if<PayState>(&running.state);
    if (state != nullptr && state->sale) {
        return tr(
            "%1: выяснен исход прерванного возврата на %2: %3", title, sum,
            approved ? tr("деньги возвращены") : finished.text);
    }
    return tr(
        "%1: выяснен исход прерванной оплаты на %2: %3", title, sum,
        approved ? tr("деньги получены") : finished.text);
}

// What is not in the journal is replayed from memory.
void Engine::keep_in_mind(const Running& running, const Finished& finished) {
    Past past;
    past.finished = finished;
    if (const auto* pay = std::get_if<PayState>(&running.state)) {
        if (pay->intended) return;
        past.id = pay->payment.id;
        past.receipt_uid = pay->payment.receipt.uid;
    } else if (const auto* card = std::get_if<CardState>(&running.state)) {
        past.id = card->payment.id;
        past.receipt_uid = card->payment.receipt.uid;
    } else if (const auto* totals = std::get_if<ReconcileState>(&running.state)) {
        past.id = totals->id;
    } else {
        return;
    }
    if (past_.size() >= kPastMax) past_.pop_front();
    past_.push_back(std::move(past));
}

void Engine::get_acquainted(const CardState& state) {
    if (!state.identified) return;
    acquaintance_ = {state.payment.receipt.uid, state.payment.session, ports_.clock.monotonic()};
}

// Whether the cashier sees how taking it back goes: then no notice has to tell.
bool Engine::is_awaited(const OperationId& target) const {
    return std::any_of(running_.begin(), running_.end(), [&](const auto& each) {
        const auto* takeback = std::get_if<TakebackState>(&each.second.state);
        return takeback != nullptr && takeback->target.id == target && each.second.conversation;
    });
}

void Engine::report(const OperationId& target, const Report& report) {
    const bool awaited = is_awaited(target);
    for (auto& [id, running] : running_) {
        const auto* takeback = std::get_if<TakebackState>(&running.state);
        if (takeback != nullptr && takeback->target.id == target) {
            pending_.push_back({{id, false, 0}, report.reported});
        }
    }
    auto debt = debts_.find(target);
    if (debt == debts_.end()) return;
    const Text& title = ports_.gateway.wording().title;
    const std::string sum = debt->second.payment.sum.str();
    const bool refund = debt->second.payment.kind == OperationKind::Refund;
    if (report.reported.discharged) {
        Text text = refund ? tr("%1: отмена возврата %2 выполнена: %3", title, sum, report.text)
                           : tr("%1: отмена оплаты %2 выполнена: %3", title, sum, report.text);
        ports_.log.write(LogLevel::Info, text);
        if (!awaited) outbox_->notify({Level::Info, "delivered", std::move(text), target});
        return;
    }
    const auto waits = [&](const Text& why) {
        const int tries = debt->second.tries;
        return refund ? tr(
                   "%1: отмена возврата %2 ждёт в очереди, попытка %3: %4", title, sum, tries, why)
                      : tr(
                          "%1: отмена оплаты %2 ждёт в очереди, попытка %3: %4", title, sum, tries,
                          why);
    };
    ports_.log.write(LogLevel::Warning, waits(report.text));
    if (debt->second.tries != 1) return;
    // A cashier has no use for addresses.
    const Text why = report.reported.link_failed ? tr("нет связи с сервером") : report.text;
    outbox_->notify({Level::Warning, "queue", waits(why), target});
}

// When the last recovered payment is decided, what was begun meanwhile goes on.
void Engine::end_recovery(const OperationId& id) {
    if (recovering_.erase(id) == 0 || !recovering_.empty()) return;
    for (auto& [waiting, running] : running_) {
        if (!running.held) continue;
        running.held = false;
        pending_.push_back({{waiting, false, 0}, started()});
    }
}

}  // namespace linuxcash::runtime
