// SPDX-License-Identifier: Apache-2.0
#include "terminal/session.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/printable.h"
#include "terminal/documents.h"
#include "terminal/receipt_edits.h"

namespace linuxcash::terminal {

namespace {

// Modules without a descriptor are looked at that often while something runs, and otherwise.
constexpr int kLookBusyMs = 20;
constexpr int kLookIdleMs = 500;
// A printer that stands still holds nothing up.
constexpr core::Millis kStateWaitMs = 2'000;
constexpr core::Millis kLeaveWaitMs = 10'000;

}  // namespace

Session::Session(World world)
    : world_(std::move(world)),
      slips_(world_.till, world_.announcer, world_.clock, world_.printer),
      dialogue_(world_.announcer, slips_),
      desk_(
          {world_.till, world_.systems, world_.announcer, world_.clock, world_.settings,
           world_.new_id}),
      papers_(world_.announcer, world_.clock, world_.settings),
      fiscal_(papers_),
      operations_(
          {world_.till, world_.systems, world_.announcer, desk_, dialogue_, slips_, papers_,
           world_.new_id}),
      undos_({world_.till, world_.announcer, desk_, operations_}),
      closing_({world_.till, world_.announcer, desk_, slips_, fiscal_, undos_}),
      give_backs_({world_.till, world_.systems, world_.announcer, desk_, operations_, undos_}),
      payments_(
          {world_.till, world_.systems, world_.announcer, desk_, operations_, undos_, closing_,
           give_backs_}),
      refunds_({world_.till, world_.announcer, desk_, undos_, closing_, give_backs_}),
      annulments_({world_.till, world_.announcer, desk_, slips_, papers_, undos_}),
      offers_({world_.till, world_.systems, world_.announcer, desk_, give_backs_}),
      reconciliation_(
          {world_.till, world_.systems, world_.announcer, desk_, dialogue_, slips_, papers_,
           world_.clock, world_.new_id}),
      cards_({world_.till, world_.systems, world_.announcer, desk_, dialogue_, world_.new_id}),
      watch_({world_.systems, world_.announcer, slips_, world_.clock}, world_.settings),
      reports_({world_.till, papers_, watch_}),
      recovery_(
          {world_.till, world_.systems, world_.announcer, desk_, dialogue_, operations_, undos_}) {
}

// ---- Start ----

Result<> Session::start() {
    if (const Result<> restored = desk_.restore(); !restored) return restored.error();
    for (const Text& warning : world_.settings.warnings) {
        world_.announcer.notice(host::Level::Warning, warning, "settings");
    }
    watch_.tell_troubles();
    recovering_ = true;
    desk_.set_quiet(true);
    recovery_.run([this] { recovered(); });
    return Done{};
}

void Session::recovered() {
    desk_.set_quiet(false);
    watch_.pump();
    watch_.tell_queue();
    const till::Receipt* receipt = desk_.receipt();
    if (receipt != nullptr) desk_.emit_receipt();
    if (desk_.shift() && desk_.shift()->open) desk_.emit_shift();
    slips_.print_owed();
    const bool closes =
        receipt != nullptr && !receipt->held && has_money(*receipt) && is_paid(*receipt);
    if (!closes) {
        recovering_ = false;
        return;
    }
    closing_.close([this](const FlowEnd&) { recovering_ = false; });
}

// ---- Input ----

bool Session::busy() const {
    return recovering_ || flowing_ || waits_until_.has_value() || state_until_.has_value();
}

bool Session::done() const {
    if (!ended_ || busy() || !waiting_.empty()) return false;
    const bool waited = leaves_at_ && world_.clock.monotonic() >= *leaves_at_;
    return stopped_ || waited || !slips_.under_way();
}

void Session::take(Input input) {
    if (std::holds_alternative<Command>(input.what)) {
        waiting_.push_back(std::move(input));
        return run_waiting();
    }
    if (auto* prepared = std::get_if<Prepared>(&input.what)) {
        return dialogue_.prepare(std::move(*prepared));
    }
    const Given& given = std::get<Given>(input.what);
    const json::Value id = world_.announcer.id();
    if (input.id.kind() != json::Kind::Null) world_.announcer.set_id(input.id);
    dialogue_.answer(given);
    world_.announcer.set_id(id);
    pump();
}

void Session::end_of_input() {
    input_over_ = true;
    run_waiting();
}

void Session::interrupt() {
    stopped_ = stopped_ || ended_;
    if (dialogue_.running()) dialogue_.cancel();
    waits_until_.reset();
    pump();
}

void Session::stop() {
    waiting_.clear();
    input_over_ = true;
    ended_ = true;
    stopped_ = true;
    interrupt();
}

void Session::run_waiting() {
    while (!busy() && !waiting_.empty()) {
        const Input input = std::move(waiting_.front());
        waiting_.pop_front();
        run(input);
    }
    if (!input_over_ || ended_ || !waiting_.empty()) return;
    // Recovery is nobody's command: it goes to its own end.
    if (recovering_) return;
    ended_ = true;
    leave();
    if (!dialogue_.running()) return;
    dialogue_.cancel();
    pump();
}

// What is being printed has a little time; what is not then is printed at the next start.
void Session::leave() {
    leaves_at_ = world_.clock.monotonic() + kLeaveWaitMs;
    if (!slips_.under_way()) return;
    world_.announcer.notice(
        host::Level::Info, tr("Принтер еще печатает: касса ждет его до %1 с", kLeaveWaitMs / 1000),
        "printer");
}

void Session::run(const Input& input) {
    const Command& command = std::get<Command>(input.what);
    world_.announcer.set_id(input.id);
    word_ = command.word;
    world_.announcer.log(tr("Команда: %1", word_));
    std::visit([this](const auto& action) { perform(action); }, command.action);
    if (!flowing_ && !waits_until_ && !state_until_) world_.announcer.set_id({});
}

void Session::reject(const Text& text) {
    world_.announcer.error(text);
    if (!has_finish(word_)) return;
    FlowEnd end;
    end.outcome = host::Outcome::Refused;
    end.text = world_.announcer.say(text);
    finish(end);
}

void Session::finish(const FlowEnd& end) {
    FinishedEvent event;
    event.command = word_;
    event.outcome = end.outcome;
    event.owed = end.owed;
    event.text = end.text;
    event.reason = end.reason;
    event.valutcode = end.valutcode;
    event.sum = end.sum;
    event.operation = end.operation;
    world_.announcer.log(tr("Команда %1 закончена: %2", word_, host::name(end.outcome)));
    world_.announcer.emit(std::move(event));
}

FlowThen Session::begin_flow() {
    flowing_ = true;
    return [this](const FlowEnd& end) { end_flow(end); };
}

void Session::end_flow(const FlowEnd& end) {
    finish(end);
    flowing_ = false;
    world_.announcer.set_id({});
}

// ---- Commands ----

void Session::perform(const Login& login) {
    desk_.login(login.cashier);
    world_.announcer.log(tr("Кассир зарегистрирован: %1", login.cashier));
}

void Session::perform(const ShiftOpen&) {
    if (const Result<> opened = desk_.open_shift(); !opened) return reject(opened.error().text);
    desk_.emit_shift();
    finish({});
}

// Each module says first whether its gateway booked the same; whatever comes out, the shift closes.
void Session::perform(const ShiftClose&) {
    if (const Result<> allowed = desk_.may_close_shift(); !allowed) {
        return reject(allowed.error().text);
    }
    flowing_ = true;
    reconciliation_.compare_all(
        *desk_.shift(), [this](const FlowEnd& compared) { close_shift(compared); });
}

void Session::close_shift(const FlowEnd& compared) {
    flowing_ = false;
    if (const Result<> closed = desk_.close_shift(); !closed) {
        reject(closed.error().text);
    } else {
        desk_.emit_shift();
        print_closed_shift();
        finish(compared);
    }
    world_.announcer.set_id({});
}

void Session::print_closed_shift() {
    const Result<core::slip::Slip> slip = reports_.make({"z", desk_.shift()->number});
    if (slip) {
        slips_.print({*slip, "", "receipt", false});
    } else {
        world_.announcer.error(tr("Z-отчет не напечатан: %1", slip.error().text));
    }
}

void Session::perform(const Item& item) {
    const LineLimits limits{
        world_.settings.max_discount_percent, world_.settings.respect_minimum_price};
    const Result<> added =
        desk_.edit([&](till::Receipt& receipt) { return add_item(receipt, item, limits); });
    if (!added) return reject(added.error().text);
    world_.announcer.log(tr("Товар добавлен: %1 %2", item.code, item.name));
}

void Session::perform(const Storno& storno) {
    if (desk_.receipt() == nullptr) return reject(tr("нет открытого чека"));
    const Result<> removed =
        desk_.edit([&](till::Receipt& receipt) { return remove_line(receipt, storno.index); });
    if (!removed) return reject(removed.error().text);
    world_.announcer.log(tr("Сторно строки: %1", storno.index));
}

void Session::perform(const PaymentTypes&) {
    Result<std::vector<OfferedType>> types = offers_.list();
    if (!types) return reject(types.error().text);
    world_.announcer.emit(PaymentTypesEvent{std::move(*types)});
}

// ---- Money ----

void Session::perform(const Pay& pay) {
    if (desk_.receipt() == nullptr) return reject(tr("нет открытого чека: добавьте товар"));
    const Result<till::PaymentType> type = world_.till.payment_type(pay.valutcode);
    if (!type) {
        const bool none = type.error().code == ErrorCode::NotFound;
        return reject(none ? tr("нет типа оплаты %1", pay.valutcode) : type.error().text);
    }
    const Result<Money> sum = payable(*desk_.receipt(), *type, pay.sum);
    if (!sum) return reject(sum.error().text);
    payments_.pay(*type, *sum, begin_flow());
}

void Session::perform(const Close&) {
    const till::Receipt* receipt = desk_.receipt();
    if (receipt == nullptr) return reject(tr("нет открытого чека"));
    if (!is_paid(*receipt)) {
        const std::string due = receipt->due().str();
        const bool is_refund = receipt->type == core::ReceiptType::Refund;
        return reject(
            is_refund ? tr("деньги возвращены не полностью, осталось вернуть %1", due)
                      : tr("чек не оплачен, осталось %1", due));
    }
    closing_.close(begin_flow());
}

void Session::perform(const PaymentCancel& cancel) {
    const till::Receipt* receipt = desk_.receipt();
    if (receipt == nullptr) return reject(tr("нет открытого чека"));
    const till::Payment* payment =
        cancel.payment ? receipt->payment(*cancel.payment) : last_with_money(*receipt);
    if (payment == nullptr || payment->state != till::PaymentState::Processed) {
        return reject(tr("в чеке нет такой оплаты"));
    }
    undos_.undo(payment->number, cancel.silent, [this, then = begin_flow()](const FlowEnd& end) {
        const bool taken_back = end.outcome == host::Outcome::Approved || end.owed;
        if (taken_back && end.operation) print_undo(end);
        then(end);
    });
}

void Session::print_undo(const FlowEnd& end) {
    const Result<till::Operation> undo = world_.till.operation(*end.operation);
    if (!undo) return world_.announcer.error(undo.error().text);
    host::Finished told;
    told.text = end.text;
    told.owed = end.owed;
    operations_.print_end("undo", *undo, told);
}

void Session::perform(const Annul& annul) {
    const till::Receipt* open = desk_.receipt();
    const bool of_open = !annul.receipt || (open != nullptr && open->number == *annul.receipt);
    if (of_open && open == nullptr) return reject(tr("нет открытого чека"));
    if (of_open) return annulments_.annul_open(begin_flow());
    Result<till::Receipt> sale = annulments_.sale_to_annul(*annul.receipt);
    if (!sale) return reject(sale.error().text);
    annulments_.annul_closed(std::move(*sale), [then = begin_flow()](const FlowEnd& undone) {
        FlowEnd end = undone;
        const bool annulled = end.outcome == host::Outcome::Approved
                              || (end.outcome == host::Outcome::Unknown && end.owed);
        if (annulled) end.outcome = host::Outcome::Done;
        then(end);
    });
}

void Session::perform(const Refund& refund) {
    Result<Refunds::Plan> plan = refunds_.plan(refund);
    if (!plan) return reject(plan.error().text);
    refunds_.refund(std::move(*plan), begin_flow());
}

void Session::perform(const RefundCancel& cancel) {
    Result<till::Receipt> refund = annulments_.refund_to_cancel(cancel.receipt);
    if (!refund) return reject(refund.error().text);
    annulments_.annul_closed(std::move(*refund), begin_flow());
}

void Session::perform(const RefundLook& look) {
    const Result<till::Receipt> sale = refunds_.sale_to_refund(look.receipt);
    if (!sale) return reject(sale.error().text);
    Result<SaleRest> rest = refunds_.rest_of_sale(*sale);
    if (!rest) return reject(rest.error().text);
    world_.announcer.emit(SaleRestEvent{*sale, std::move(*rest)});
}

void Session::perform(const ReturnOpen&) {
    const Result<> opened = desk_.open_refund([](till::Receipt&) -> Result<> { return Done{}; });
    if (!opened) reject(opened.error().text);
}

// ---- Comparisons, cards, keys ----

void Session::perform(const Reconcile& reconcile) {
    const Result<till::PaymentType> type = world_.till.payment_type(reconcile.valutcode);
    if (!type) return reject(type.error().text);
    const Result<host::Instance*> instance = world_.systems.instance(type->module());
    if (!type->system.empty() && !instance) return reject(instance.error().text);
    if (!world_.systems.has_operation(type->module(), "totals")) {
        return reject(tr("у типа оплаты %1 нет сверки итогов", reconcile.valutcode));
    }
    const Result<till::Shift> shift = reconciliation_.shift_of(reconcile.shift);
    if (!shift) return reject(shift.error().text);
    reconciliation_.compare(*type, *shift, begin_flow());
}

void Session::perform(const Report& report) {
    const Result<core::slip::Slip> slip = reports_.make(report);
    if (!slip) return reject(slip.error().text);
    // Nothing waits for paper: what cannot be printed now is kept, and owed.
    slips_.print({*slip, "", "receipt", false});
    finish({});
}

void Session::perform(const RunAction& action) {
    if (action.command != "COMMAND_CARD") {
        return reject(
            tr("команды действия %1 касса не знает: есть COMMAND_CARD", printable(action.command)));
    }
    const Result<till::PaymentType> type = cards_.type_of(action);
    if (!type) return reject(type.error().text);
    cards_.read(*type, begin_flow());
}

void Session::perform(const Key& key) {
    const Result<till::Action> action = world_.till.action(key.key);
    if (!action) return reject(action.error().text);
    perform(RunAction{action->command, action->parameters});
}

void Session::perform(const CardRemove&) {
    if (const Result<> removed = cards_.remove(); !removed) return reject(removed.error().text);
    world_.announcer.log(tr("Карта убрана из чека"));
}

// ---- Queue and devices ----

void Session::perform(const Queue&) {
    world_.announcer.emit(QueueEvent{watch_.obligations()});
}

void Session::perform(const QueuePush&) {
    watch_.push();
    finish({});
}

// A barrier: what was printed before is told before.
void Session::perform(const State&) {
    if (!slips_.under_way()) return tell_state();
    state_until_ = world_.clock.monotonic() + kStateWaitMs;
}

void Session::tell_state() {
    watch_.pump();
    desk_.emit_receipt();
    desk_.emit_shift();
    world_.announcer.emit(QueueEvent{watch_.obligations()});
}

void Session::perform(const Wait& wait) {
    waits_until_ = world_.clock.monotonic() + wait.ms;
}

void Session::perform(const Fiscal& fiscal) {
    fiscal_.fail_next(fiscal.fail_next);
}

void Session::perform(const Printer& printer) {
    slips_.pretend(printer.state);
}

Result<std::int64_t> Session::slip_to_reprint(const Reprint& reprint) {
    if (reprint.slip) return *reprint.slip;
    const Result<std::optional<std::int64_t>> last = world_.till.last_slip();
    if (!last) return last.error();
    if (!*last) return Error{ErrorCode::NotFound, tr("слипов еще не было")};
    return **last;
}

void Session::perform(const Reprint& reprint) {
    const Result<std::int64_t> number = slip_to_reprint(reprint);
    if (!number) return reject(number.error().text);
    // Handed over is done: a printer that stands still holds nothing up, and says later what
    // became of the slip. One that cannot print now says it at once.
    const auto printed = std::make_shared<std::optional<till::Printed>>();
    const Result<> begun =
        slips_.reprint(*number, [printed](till::Printed end) { *printed = end; });
    if (!begun) return reject(begun.error().text);
    if (*printed && **printed != till::Printed::Yes) {
        return reject(tr("Слип не напечатан: %1", slips_.trouble()));
    }
    FlowEnd end;
    if (!*printed) end.text = world_.announcer.say(tr("Слип передан на печать"));
    finish(end);
}

void Session::perform(const Unavailable&) {
    reject(tr("эта версия кассы не умеет выполнять команду %1", word_));
}

// ---- Time ----

void Session::pump() {
    dialogue_.pump();
    slips_.pump();
    watch_.pump();
    const bool waited = state_until_ && world_.clock.monotonic() >= *state_until_;
    if (state_until_ && (waited || !slips_.under_way())) {
        state_until_.reset();
        tell_state();
        world_.announcer.set_id({});
    }
    if (waits_until_ && world_.clock.monotonic() >= *waits_until_) {
        waits_until_.reset();
        world_.announcer.set_id({});
    }
    run_waiting();
}

int Session::wait_ms() const {
    const auto& systems = world_.systems.all();
    const bool all_wake_us = std::all_of(systems.begin(), systems.end(), [](const auto* system) {
        return !system->instance || system->instance->wait_fd() >= 0;
    });
    core::Millis wait = dialogue_.running() && !all_wake_us ? kLookBusyMs : kLookIdleMs;
    for (const auto& until : {waits_until_, state_until_, leaves_at_}) {
        if (until) wait = std::min(wait, *until - world_.clock.monotonic());
    }
    return static_cast<int>(std::max<core::Millis>(wait, 0));
}

std::vector<int> Session::wait_fds() const {
    std::vector<int> descriptors;
    if (slips_.wait_fd() >= 0) descriptors.push_back(slips_.wait_fd());
    for (const PaymentSystems::System* system : world_.systems.all()) {
        if (system->instance && system->instance->wait_fd() >= 0) {
            descriptors.push_back(system->instance->wait_fd());
        }
    }
    return descriptors;
}

}  // namespace linuxcash::terminal
