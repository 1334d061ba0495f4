// SPDX-License-Identifier: Apache-2.0
#include "world/host.h"

#include <algorithm>
#include <chrono>

namespace linuxcash::world {
namespace {

using core::Millis;
using core::OperationKind;
using core::Outcome;
using core::Settled;

constexpr Millis kAgainMs = 3'000;
constexpr int kAttemptsMax = 4;

}  // namespace

OperationId Host::new_id() {
    OperationId id;
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
        if (i % sizeof(bits) == 0) bits = parts_.random.next();
        id.bytes[i] = static_cast<std::uint8_t>(bits);
        bits >>= 8;
    }
    return id;
}

void Host::rest(std::int64_t at_most_ms) {
    resting_until_ = now() + parts_.random.between(0, at_most_ms);
}

// ---- Processes ----

void Host::use(runtime::Engine& engine) {
    engine_ = &engine;
    open_.clear();
    // Undos first: what they take back is no payment any more.
    for (const OperationKind kind :
         {OperationKind::Undo, OperationKind::Pay, OperationKind::Refund}) {
        for (ShopOperation& each : parts_.shop.operations) {
            if (each.kind != kind || (each.word && each.delivered)) continue;
            each.held = each.word == Settled::Undone && kind != OperationKind::Undo;
            open_.push_back(each.id);
        }
    }
    // What a power cut took from the module is said again.
    for (const core::Operation& each : engine.unclaimed()) {
        ShopOperation* known = parts_.shop.find(each.id);
        if (known == nullptr || !known->word || !known->delivered) continue;
        known->delivered = false;
        known->held = known->word == Settled::Undone;
        open_.push_front(known->id);  // what it has comes before anything new
    }
    // Whether the module hears old words before or after it is asked for new ones is the host's
    // choice.
    words_due_ = parts_.random.percent(50) ? now() : now() + kAgainMs;
}

void Host::lost() {
    engine_ = nullptr;
    talking_.reset();
    resting_until_ = 0;
}

bool Host::done() const {
    const auto& operations = parts_.shop.operations;
    return !talking_ && open_.empty() && steps_left_ <= 0
           && std::all_of(
               operations.begin(), operations.end(),
               [](const ShopOperation& each) { return each.word && each.delivered; })
           && std::all_of(
               parts_.shop.papers.begin(), parts_.shop.papers.end(),
               [](const Paper& each) { return each.closed; });
}

std::string Host::where() const {
    if (talking_) return "operation " + talking_->id.brief() + " goes on";
    if (!open_.empty()) return "operation " + open_.front().brief() + " is not resumed";
    for (const ShopOperation& each : parts_.shop.operations) {
        if (!each.word) return "operation " + each.id.brief() + " has no word";
        if (!each.delivered) return "the word on " + each.id.brief() + " is not taken";
    }
    return "the queue";
}

Millis Host::next_at() const {
    Millis next = now() + kAgainMs;
    if (!talking_) return std::min(next, std::max(now(), resting_until_));
    for (const auto& when : {talking_->cancel_at, talking_->repeat_at, talking_->answer_at}) {
        if (when) next = std::min(next, std::max(now(), *when));
    }
    return next;
}

void Host::act() {
    // What the module has to say is heard before it hears a word: "undone" on money that it has
    // just got would leave that money with nobody.
    const bool talked = talking_.has_value();
    if (talked) follow();
    deliver_words();
    if (talked || talking_) return;
    if (!open_.empty()) {
        if (now() < resting_until_) return;
        const OperationId id = open_.front();
        open_.pop_front();
        return resume(id);
    }
    if (now() >= resting_until_) step();
}

// ---- Words ----

void Host::say(ShopOperation& operation, Settled word) {
    operation.word = word;
    operation.delivered = false;
    words_due_ = std::min(words_due_, now());
}

void Host::deliver_words() {
    if (now() < words_due_) return;
    words_due_ = now() + kAgainMs;
    for (ShopOperation& each : parts_.shop.operations) {
        if (!each.word || each.delivered || each.held) continue;
        parts_.stage.mortality.may_die(Fault::KilledAtTheTill);
        const runtime::SettleResult result = engine_->settle(each.id, *each.word);
        if (result == runtime::SettleResult::Conflict) {
            parts_.checker.broken("I7", "the host's word is refused: " + each.id.brief());
        }
        each.delivered = result == runtime::SettleResult::Done;
    }
}

// ---- After a restart ----

void Host::resume(const OperationId& id) {
    ShopOperation& operation = *parts_.shop.find(id);
    if (operation.kind != OperationKind::Undo) return resume_payment(operation);
    if (!operation.word) begin(id);
}

void Host::resume_payment(ShopOperation& operation) {
    if (operation.word == Settled::Kept) return;
    if (may_begin_again(operation) && parts_.random.percent(40)) {
        // The same id again: it attaches, replays, or begins what the cashier had asked for.
        return begin(operation.id);
    }
    const std::vector<core::Operation> unclaimed = engine_->unclaimed();
    const auto found = std::find_if(
        unclaimed.begin(), unclaimed.end(),
        [&](const core::Operation& each) { return each.id == operation.id; });
    if (found != unclaimed.end()) return resume_unclaimed(operation, *found);
    operation.held = false;
    if (!operation.word) say(operation, Settled::Undone);
}

void Host::resume_unclaimed(ShopOperation& operation, const core::Operation& found) {
    if (!found.ended) {
        // It is being found out; a host that was told "unknown" may say its word meanwhile.
        operation.held = operation.held && parts_.random.percent(50);
        return begin(operation.id);
    }
    operation.held = false;
    if (found.ended->outcome != Outcome::Approved) {
        if (!operation.word) say(operation, Settled::Undone);
        return;
    }
    if (operation.word || !claim(operation)) take_back(operation.id);
}

bool Host::may_begin_again(const ShopOperation& operation) const {
    if (operation.word) return false;
    if (operation.kind == OperationKind::Refund) {
        return parts_.shop.line(*operation.target) != nullptr;
    }
    return !parts_.shop.paper(operation.paper).closed;
}

// The money gets its place in the receipt; false if there is none.
bool Host::claim(ShopOperation& operation) {
    if (operation.kind == OperationKind::Refund) return claim_refund(operation);
    Paper& paper = parts_.shop.paper(operation.paper);
    if (paper.closed || operation.sum > paper.due()) return false;
    paper.lines.push_back({operation.id, operation.sum, 0});
    say(operation, Settled::Kept);
    return true;
}

bool Host::claim_refund(ShopOperation& refund) {
    PaidLine* line = parts_.shop.line(*refund.target);
    if (line == nullptr || line->sum - line->refunded < refund.sum) return false;
    line->refunded += refund.sum;
    say(refund, Settled::Kept);
    return true;
}

// ---- The cashier ----

Paper* Host::open_receipt() {
    auto& papers = parts_.shop.papers;
    const auto found =
        std::find_if(papers.begin(), papers.end(), [](const Paper& each) { return !each.closed; });
    return found == papers.end() ? nullptr : &*found;
}

void Host::open_paper() {
    constexpr std::int64_t kSmallest = 100;
    constexpr std::int64_t kLargest = 3'000;
    Paper paper;
    paper.number = static_cast<int>(parts_.shop.papers.size()) + 1;
    paper.shift = shift_;
    paper.total = parts_.random.between(kSmallest, kLargest);
    parts_.stage.chronicle.say([&] {
        return "till: receipt " + std::to_string(paper.number) + " of "
               + std::to_string(paper.total);
    });
    parts_.shop.papers.push_back(std::move(paper));
}

void Host::close(Paper& paper) {
    parts_.stage.mortality.may_die(Fault::KilledAtTheTill);
    paper.cash += paper.due();
    paper.closed = true;
    parts_.stage.chronicle.say(
        [&] { return "till: receipt " + std::to_string(paper.number) + " is closed"; });
}

void Host::step() {
    --steps_left_;
    Paper* paper = open_receipt();
    if (parts_.stage.faults.healed() || steps_left_ <= 0) {
        steps_left_ = 0;
        resting_until_ = now() + kAgainMs;
        if (paper != nullptr) close(*paper);
        return;
    }
    if (paper != nullptr) return work_on(*paper);
    const auto receipts = static_cast<std::int64_t>(parts_.shop.papers.size());
    if (receipts > 0 && parts_.random.percent(45)) return after_sale();
    if (receipts < temper_.receipts) return open_paper();
    steps_left_ = 0;
}

void Host::work_on(Paper& paper) {
    constexpr std::int64_t kMomentMs = 2'000;
    constexpr std::int64_t kLongMs = 150'000;
    const auto dice = parts_.random.between(0, 99);
    rest(dice % 10 == 0 ? kLongMs : kMomentMs);
    const bool paid = paper.due() == 0;
    if (!paper.lines.empty() && dice < (paid ? 25 : 12)) {
        return take_back(paper.lines.back().operation);
    }
    if (paid || paper.attempts >= kAttemptsMax) return close(paper);
    if (dice < 80) return pay(paper);
    if (dice < 85) paper.cash += parts_.random.between(0, paper.due());
    if (dice >= 95) engine_->push();
}

void Host::pay(Paper& paper) {
    ++paper.attempts;
    ShopOperation operation;
    operation.paper = paper.number;
    const std::int64_t due = paper.due();
    operation.sum = parts_.random.percent(75) ? due : parts_.random.between(1, due);
    begin(write_down(operation).id);
}

// A closed receipt: annulled while the shift is open, or given back; a refund may be cancelled.
void Host::after_sale() {
    constexpr std::int64_t kWhileMs = 30'000;
    rest(kWhileMs);
    if (parts_.random.percent(20)) ++shift_;
    if (parts_.shop.operations.empty()) return;
    const ShopOperation& last = parts_.shop.operations.back();
    const bool refunded = last.kind == OperationKind::Refund && last.word == Settled::Kept;
    if (refunded && parts_.random.percent(40)) return take_back(last.id);
    const auto last_paper = static_cast<std::int64_t>(parts_.shop.papers.size()) - 1;
    const Paper& paper =
        parts_.shop.papers[static_cast<std::size_t>(parts_.random.between(0, last_paper))];
    if (paper.lines.empty()) return;
    const PaidLine line = paper.lines.front();
    // Also of what was given back in part: the module has to refuse that.
    if (paper.shift == shift_ && parts_.random.percent(30)) return take_back(line.operation);
    if (line.sum > line.refunded) give_back(line, parts_.random.percent(40));
}

// A refund receipt of its own, with the sale's payment as its target.
void Host::give_back(const PaidLine& line, bool whole) {
    const std::int64_t left = line.sum - line.refunded;
    Paper paper;
    paper.number = static_cast<int>(parts_.shop.papers.size()) + 1;
    paper.shift = shift_;
    paper.refund = true;
    paper.closed = true;
    paper.total = whole ? left : parts_.random.between(1, left);
    ShopOperation refund;
    refund.kind = OperationKind::Refund;
    refund.paper = paper.number;
    refund.sum = paper.total;
    refund.target = line.operation;
    parts_.shop.papers.push_back(std::move(paper));
    begin(write_down(std::move(refund)).id);
}

void Host::take_back(const OperationId& target) {
    ShopOperation& taken = *parts_.shop.find(target);
    taken.held = taken.word == Settled::Undone && !taken.delivered;
    ShopOperation undo;
    undo.kind = OperationKind::Undo;
    undo.paper = taken.paper;
    undo.sum = taken.sum;
    undo.target = target;
    begin(write_down(undo).id);
}

// ---- Operations ----

ShopOperation& Host::write_down(ShopOperation operation) {
    operation.id = new_id();
    parts_.shop.operations.push_back(std::move(operation));
    parts_.stage.mortality.may_die(Fault::KilledAtTheTill);
    return parts_.shop.operations.back();
}

void Host::begin(const OperationId& id) {
    constexpr std::int64_t kAtOnceMs = 400;
    constexpr std::int64_t kLateMs = 220'000;
    ShopOperation& operation = *parts_.shop.find(id);
    parts_.stage.chronicle.say([&] {
        return "till: begin " + std::string(core::name(operation.kind)) + ' ' + id.brief() + ' '
               + kopecks(operation.sum).str()
               + (operation.target ? " of " + operation.target->brief() : std::string{});
    });
    runtime::Begun begun = begin_at_module(operation);
    auto* conversation = std::get_if<std::shared_ptr<runtime::Conversation>>(&begun);
    if (conversation == nullptr) {
        if (std::get<runtime::NotBegun>(begun) == runtime::NotBegun::Conflict) {
            parts_.checker.broken("I6", "the module takes the operation for another one");
        }
        // The disk, or somebody else's operation: asked again, before anything else is paid.
        open_.push_front(id);
        resting_until_ = now() + kAgainMs;
        return;
    }
    parts_.checker.begun(id);
    talking_ = Talk{id, std::move(*conversation), {}, {}, {}};
    Random& random = parts_.random;
    if (!parts_.stage.faults.healed() && random.percent(20)) {
        const std::int64_t most = random.percent(50) ? kAtOnceMs : kLateMs;
        talking_->cancel_at = now() + random.between(0, random.percent(60) ? most / 8 : most);
    }
    if (random.percent(15)) talking_->repeat_at = now() + random.between(0, kAgainMs * 2);
    follow();
}

runtime::Begun Host::begin_at_module(const ShopOperation& operation) {
    const core::Receipt receipt = receipt_of(parts_.shop.paper(operation.paper));
    if (operation.kind == OperationKind::Undo) {
        runtime::UndoOrder order;
        order.id = operation.id;
        order.target = *operation.target;
        order.cashier = receipt.cashier;
        return engine_->undo(order);
    }
    if (operation.kind == OperationKind::Refund) {
        runtime::RefundOrder order;
        order.id = operation.id;
        order.target = *operation.target;
        order.sum = kopecks(operation.sum);
        order.receipt = receipt;
        order.cashier = receipt.cashier;
        return engine_->refund(order);
    }
    runtime::PayOrder order;
    order.id = operation.id;
    order.sum = kopecks(operation.sum);
    order.receipt = receipt;
    order.cashier = receipt.cashier;
    return engine_->pay(order);
}

void Host::follow() {
    while (talking_) {
        const auto event = talking_->conversation->next(std::chrono::milliseconds(0));
        if (!event) break;
        react(event->event);
    }
    if (!talking_) return;
    if (talking_->cancel_at && *talking_->cancel_at <= now()) return cancel();
    if (talking_->repeat_at && *talking_->repeat_at <= now()) {
        // A key pressed twice, a program that forgot: the same id, the same operation.
        talking_->repeat_at.reset();
        runtime::Begun again = begin_at_module(*parts_.shop.find(talking_->id));
        auto* same = std::get_if<std::shared_ptr<runtime::Conversation>>(&again);
        if (same != nullptr) talking_->conversation = std::move(*same);
    }
    if (talking_->answer_at && *talking_->answer_at <= now()) {
        talking_->answer_at.reset();
        core::Response response = core::Value{"buyers-code-" + talking_->id.brief()};
        if (parts_.random.percent(4)) response = core::Value{""};
        if (parts_.random.percent(4)) response = core::Dismissed{};
        if (parts_.random.percent(2)) response = core::NotSupported{};
        engine_->answer(talking_->id, std::move(response));
    }
}

void Host::react(const core::Event& event) {
    constexpr std::int64_t kScanMs = 12'000;
    if (std::holds_alternative<core::Ask>(event)) {
        talking_->answer_at = now() + parts_.random.between(0, kScanMs);
    } else if (const auto* finished = std::get_if<core::Finished>(&event)) {
        const core::Finished copy = *finished;
        ended(copy);
    }
}

void Host::cancel() {
    talking_->cancel_at.reset();
    parts_.stage.chronicle.say([&] { return "till: cancel " + talking_->id.brief(); });
    const OperationId id = talking_->id;
    engine_->cancel(id);
    while (talking_) {
        const auto event = talking_->conversation->next(std::chrono::milliseconds(0));
        if (!event) break;
        react(event->event);
    }
    parts_.checker.cancelled(id, !talking_);
}

void Host::ended(const core::Finished& finished) {
    ShopOperation& operation = *parts_.shop.find(talking_->id);
    parts_.stage.chronicle.say([&] {
        return "till: told " + std::string(core::name(finished.outcome)) + ' '
               + std::string(core::name(finished.reason)) + (finished.owed ? ", owed" : "");
    });
    parts_.checker.told(operation, finished);
    talking_.reset();
    parts_.stage.mortality.may_die(Fault::KilledAtTheTill);
    ++outcomes_[{operation.kind, finished.outcome}];
    switch (operation.kind) {
        case OperationKind::Pay:
            pay_ended(operation, finished);
            break;
        case OperationKind::Undo:
        case OperationKind::RefundUndo:
            undo_ended(operation, finished);
            break;
        case OperationKind::Refund:
            refund_ended(operation, finished);
            break;
    }
    // It asks once more, and must hear the same. (An undo that was refused may be asked for again.)
    const bool refused_undo =
        operation.kind == OperationKind::Undo && finished.outcome == Outcome::Refused;
    if (refused_undo || !parts_.random.percent(10)) return;
    runtime::Begun again = begin_at_module(operation);
    auto* same = std::get_if<std::shared_ptr<runtime::Conversation>>(&again);
    if (same == nullptr) return;
    const auto event = (*same)->next(std::chrono::milliseconds(0));
    const auto* repeated = event ? std::get_if<core::Finished>(&event->event) : nullptr;
    if (repeated != nullptr) parts_.checker.told(operation, *repeated);
}

void Host::pay_ended(ShopOperation& pay, const core::Finished& finished) {
    if (finished.outcome == Outcome::Approved) {
        if (pay.word == Settled::Kept) return;
        if (!pay.word && claim(pay)) return;
        pay.held = pay.word == Settled::Undone && !pay.delivered;
        open_.push_front(pay.id);  // before anything else is paid

        return;
    }
    pay.held = false;
    if (!pay.word) say(pay, Settled::Undone);
}

void Host::undo_ended(ShopOperation& undo, const core::Finished& finished) {
    const bool back = finished.outcome == Outcome::Approved || finished.outcome == Outcome::Unknown;
    if (!undo.word) say(undo, back ? Settled::Kept : Settled::Undone);
    ShopOperation& target = *parts_.shop.find(*undo.target);
    if (back) {
        if (target.kind == OperationKind::Refund) {
            forget_refund(target);
        } else {
            remove_line(target.id);
        }
        target.held = false;
        if (!target.word) say(target, Settled::Undone);
        return;
    }
    // Money that has no place in a receipt has to go back some time.
    if (target.word != Settled::Kept) {
        open_.push_front(target.id);
        resting_until_ = now() + kAgainMs;
    }
}

void Host::refund_ended(ShopOperation& refund, const core::Finished& finished) {
    if (finished.outcome == Outcome::Approved) {
        if (refund.word == Settled::Kept) return;
        if (!refund.word && claim(refund)) return;
        refund.held = refund.word == Settled::Undone && !refund.delivered;
        open_.push_front(refund.id);
        return;
    }
    refund.held = false;
    if (!refund.word) say(refund, Settled::Undone);
}

void Host::forget_refund(const ShopOperation& refund) {
    PaidLine* line = parts_.shop.line(*refund.target);
    if (line != nullptr && refund.word == Settled::Kept) line->refunded -= refund.sum;
}

void Host::remove_line(const OperationId& payment) {
    for (Paper& paper : parts_.shop.papers) {
        const auto gone = std::erase_if(
            paper.lines, [&](const PaidLine& line) { return line.operation == payment; });
        // An annulled receipt stays closed: the buyer has his money, the shop its goods.
        if (gone > 0 && paper.closed) paper.cash = paper.total;
    }
}

}  // namespace linuxcash::world
