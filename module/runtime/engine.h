// SPDX-License-Identifier: Apache-2.0
// Runs the machines of one gateway: feeds them inputs, commits before it acts, and carries out what
// they want through the ports. One thread at a time (the instance's loop); the world simulator
// drives it without any thread.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "core/card.h"
#include "core/channel.h"
#include "core/pay.h"
#include "core/reconcile.h"
#include "core/undo.h"
#include "runtime/outbox.h"

namespace linuxcash::runtime {

// All must outlive the engine.
struct Ports {
    const core::Gateway& gateway;
    core::Exchange& exchange;
    core::Store& store;
    core::Secrets& secrets;
    core::Clock& clock;
    core::Log& log;
};

// What every order says.
struct Order {
    OperationId id;
    int type = 0;  // number of the payment type
    std::string cashier;
    core::Receipt receipt;
    bool silent = false;
    bool training = false;
};

struct PayOrder : Order {
    Money sum;
};

// Takes the payment or refund `target` back.
struct UndoOrder : Order {
    OperationId target;
};

// Gives back out of the payment `target`.
struct RefundOrder : Order {
    OperationId target;
    Money sum;
    std::string gateway_id;  // of the payment, for a register whose journal was lost
};

using CardOrder = Order;

// Compares a shift. Of the receipt only shift and shift_date count.
struct TotalsOrder : Order {
    std::vector<core::TillEntry> till;
};

// Why nothing was begun.
enum class NotBegun { Busy, Conflict, Failed };
using Begun = std::variant<std::shared_ptr<Conversation>, NotBegun>;

enum class SettleResult { Done, Conflict, Failed };

// One thing owed, as people and other programs see it.
struct Debt {
    core::Operation operation;
    int tries = 0;
    Text last_error;
    bool waits_for_link = false;  // that error goes away with the link
};

class Engine {
public:
    Engine(Ports ports, std::shared_ptr<Outbox> outbox);
    ~Engine();

    // Reads the journal and the token; recovery and the queue begin with the next turn. Once.
    [[nodiscard]] Result<> start();
    // Does all that is due, then waits for something at most max_wait_ms, and takes in what came.
    void turn(int max_wait_ms);

    [[nodiscard]] Begun pay(PayOrder order);
    [[nodiscard]] Begun undo(const UndoOrder& order);
    [[nodiscard]] Begun refund(RefundOrder order);
    [[nodiscard]] Begun card(CardOrder order);
    [[nodiscard]] Begun totals(TotalsOrder order);
    void answer(const OperationId& id, core::Response response);
    void cancel(const OperationId& id);

    [[nodiscard]] SettleResult settle(const OperationId& id, core::Settled settled);
    [[nodiscard]] std::vector<core::Operation> unclaimed() const;
    [[nodiscard]] std::vector<Debt> queue() const;
    // Tries everything owed now.
    void push();

    // From now on nothing new goes out to the wire; what is under way is taken in as ever.
    void wind_down() { winding_down_ = true; }
    // Nothing that must reach its end is on the wire: the loop may stop.
    [[nodiscard]] bool quiet() const { return channel_.quiet(); }

private:
    struct Running {
        std::variant<core::PayState, core::TakebackState, core::CardState, core::ReconcileState>
            state;
        std::shared_ptr<Conversation>
            conversation;  // null: recovered, and nobody has asked for it yet
        std::optional<core::Show> shown;
        bool held = false;  // begun, and waits for recovery to end
        bool told = false;  // `finished` is out
        std::optional<core::Finished> finished;  // what it said, until its end is saved
    };
    // An operation that is not in the journal: replayed as long as the process lives.
    struct Past {
        OperationId id;
        std::string receipt_uid;
        core::Finished finished;
    };
    // The buyer is known from the card of this receipt: a payment need not ask again.
    struct Acquaintance {
        std::string receipt_uid;
        std::map<std::string, std::string> session;
        core::Millis since = 0;
    };
    // Who gets an input.
    struct Route {
        OperationId id;
        bool debt = false;
        core::Tag tag = 0;
    };
    struct Pending {
        Route route;
        core::Input input;
    };
    struct Timer {
        core::Millis when = 0;
        Route route;
    };

    void adopt(const core::Operation& operation);
    void run_due();
    void feed(const Pending& pending);
    template <typename Machine, typename State>
    core::Step<State> advance(const Machine& machine, const State& state, const core::Input& input);
    void feed_running(const OperationId& id, const core::Input& input);
    void feed_debt(const OperationId& id, const core::Input& input);
    [[nodiscard]] Result<> write(const core::Commit& commit);
    [[nodiscard]] Result<> open_book(const core::Commit& commit);
    void remember(const core::Commit& commit);
    [[nodiscard]] const core::Pay& machine_of(const core::PayState&) const { return pay_; }
    [[nodiscard]] const core::Takeback& machine_of(const core::TakebackState&) const {
        return takeback_;
    }
    [[nodiscard]] const core::Card& machine_of(const core::CardState&) const { return card_; }
    [[nodiscard]] const core::Reconcile& machine_of(const core::ReconcileState&) const {
        return reconcile_;
    }
    [[nodiscard]] Text recovered_text(const Running& running, const core::Finished& finished) const;
    void keep_in_mind(const Running& running, const core::Finished& finished);
    void get_acquainted(const core::CardState& state);
    [[nodiscard]] std::map<std::string, std::string> session_for(const std::string& receipt_uid);
    void perform(const Route& route, const std::vector<core::Action>& actions);
    void perform(const Route& route, const core::Send& send);
    void perform(const Route& route, const core::Abort& abort);
    void emit(const OperationId& id, const core::Event& event);
    [[nodiscard]] bool is_awaited(const OperationId& target) const;
    void report(const OperationId& target, const core::Report& report);
    void carry_out(std::vector<core::ChannelAction> actions);
    void note_refusal(const core::Answer& answer);
    void take_wishes();
    void end_recovery(const OperationId& id);
    [[nodiscard]] core::Started started() const;
    [[nodiscard]] bool busy() const;
    [[nodiscard]] bool has_doubtful_refund(const OperationId& payment) const;
    [[nodiscard]] std::shared_ptr<Conversation> talk(const OperationId& id);
    [[nodiscard]] std::shared_ptr<Conversation> told(
        const OperationId& id, core::Finished finished);
    [[nodiscard]] std::shared_ptr<Conversation> launch(const OperationId& id);
    [[nodiscard]] std::shared_ptr<Conversation> refused(
        const Order& order, core::Reason reason, Text text, Money sum);
    // What a money order says of itself, for comparing with what is known of its id.
    struct Claim {
        core::OperationKind kind = core::OperationKind::Pay;
        std::optional<OperationId> target;
        Money sum;
        std::string receipt_uid;
    };
    [[nodiscard]] std::optional<Begun> known(const OperationId& id, const Claim& claim);
    template <typename State>
    [[nodiscard]] std::optional<Begun> heard_of(
        const OperationId& id, const std::string& receipt_uid);
    [[nodiscard]] const Past* past_of(const OperationId& id) const;
    [[nodiscard]] Result<std::variant<core::Payment, core::Refusal>> sale_of(
        const RefundOrder& order);
    [[nodiscard]] std::optional<core::Refusal> refusal_of(
        const UndoOrder& order, const std::optional<core::Operation>& target, bool begun_before);
    // Undos and refunds of a payment.
    [[nodiscard]] Result<std::vector<core::Operation>> about_target(const OperationId& target);
    [[nodiscard]] Result<std::optional<core::Operation>> look_up(const OperationId& id);
    [[nodiscard]] core::Payment payment_of(const core::Operation& operation) const;
    [[nodiscard]] core::Finished finished_of(const core::Operation& operation) const;
    [[nodiscard]] int wait_ms(int max_wait_ms) const;

    Ports ports_;
    std::shared_ptr<Outbox> outbox_;
    core::Pay pay_;
    core::Undo undo_;
    core::Takeback takeback_;
    core::Card card_;
    core::Reconcile reconcile_;
    core::Channel channel_;
    std::map<OperationId, Running> running_;
    std::map<OperationId, core::UndoState> debts_;
    std::map<OperationId, core::Operation> book_;  // every operation that is not closed
    std::set<OperationId> recovering_;
    std::deque<Past> past_;
    std::optional<Acquaintance> acquaintance_;
    std::deque<Pending> pending_;
    std::vector<Timer> timers_;
    std::map<core::Ticket, Route> routes_;
    core::Ticket last_ticket_ = 0;
    std::int64_t last_wish_ = 0;
    core::Millis wishes_due_ = 0;
    std::optional<core::Millis> tidy_due_;  // since something ended: when nobody waits any more
    bool winding_down_ = false;
};

}  // namespace linuxcash::runtime
