// SPDX-License-Identifier: Apache-2.0
#include "terminal/session.h"

#include <algorithm>
#include <utility>

#include "base/printable.h"
#include "terminal/documents.h"
#include "terminal/receipt_edits.h"

namespace linuxcash::terminal {

namespace {

// Modules without a descriptor are looked at that often while something runs, and otherwise.
constexpr int kLookBusyMs = 20;
constexpr int kLookIdleMs = 500;
// The age of what is owed grows without any event.
constexpr int kQueueLookMs = 60'000;

till::Payment const* last_with_money(const till::Receipt& receipt) {
    const auto found = std::find_if(
        receipt.payments.rbegin(), receipt.payments.rend(),
        [](const till::Payment& each) { return each.state == till::PaymentState::Processed; });
    return found == receipt.payments.rend() ? nullptr : &*found;
}

}  // namespace

Session::Session(World world)
    : world_(std::move(world)),
      slips_(world_.till, world_.announcer, world_.clock, world_.settings.slip_columns),
      dialogue_(world_.announcer, slips_),
      desk_(
          {world_.till, world_.systems, world_.announcer, world_.clock, world_.settings,
           world_.new_id}),
      fiscal_(world_.announcer.translate()),
      payments_(
          {world_.till, world_.systems, world_.announcer, desk_, dialogue_, slips_, fiscal_,
           world_.new_id}),
      recovery_(
          {world_.till, world_.systems, world_.announcer, desk_, dialogue_, payments_,
           world_.new_id}),
      queue_watch_(world_.settings.queue_count_warning, world_.settings.queue_days_warning) {
}

// ---- Start ----

Result<> Session::start() {
    if (const Result<> restored = desk_.restore(); !restored) return restored.error();
    for (const Text& warning : world_.settings.warnings) {
        world_.announcer.notice(host::Level::Warning, warning, "settings");
    }
    for (const PaymentSystems::System* system : world_.systems.all()) {
        if (system->trouble.empty()) continue;
        world_.announcer.notice(host::Level::Warning, system->trouble, system->name);
    }
    recovering_ = true;
    desk_.set_quiet(true);
    recovery_.run([this] { recovered(); });
    return Done{};
}

void Session::recovered() {
    desk_.set_quiet(false);
    pump_notices();
    tell_queue();
    const till::Receipt* receipt = desk_.receipt();
    if (receipt != nullptr) desk_.emit_receipt();
    if (desk_.shift() && desk_.shift()->open) desk_.emit_shift();
    slips_.print_owed();
    const bool full = receipt != nullptr && has_money(*receipt) && is_paid(*receipt);
    if (!full) {
        recovering_ = false;
        return;
    }
    payments_.close([this](const FlowEnd&) { recovering_ = false; });
}

// The day begins with what is still owed, however little.
void Session::tell_queue() {
    const std::vector<host::Obligation> owed = obligations();
    if (owed.empty()) return;
    const auto oldest = std::max_element(
        owed.begin(), owed.end(), [](const host::Obligation& left, const host::Obligation& right) {
            return left.age_s < right.age_s;
        });
    world_.announcer.notice(
        host::Level::Warning,
        tr("Ждут отправки отмены и возвраты: %1, дольше всех %2 с", owed.size(), oldest->age_s),
        "queue");
}

// ---- Input ----

bool Session::busy() const {
    return recovering_ || flowing_ || waits_until_.has_value();
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
    if (dialogue_.running()) dialogue_.cancel();
    waits_until_.reset();
    pump();
}

void Session::stop() {
    waiting_.clear();
    input_over_ = true;
    ended_ = true;
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
    if (!dialogue_.running()) return;
    dialogue_.cancel();
    pump();
}

void Session::run(const Input& input) {
    const Command& command = std::get<Command>(input.what);
    world_.announcer.set_id(input.id);
    word_ = command.word;
    world_.announcer.log(tr("Команда: %1", word_));
    std::visit([this](const auto& action) { perform(action); }, command.action);
    if (!flowing_ && !waits_until_) world_.announcer.set_id({});
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

void Session::begin_flow() {
    flowing_ = true;
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

void Session::perform(const ShiftClose&) {
    if (const Result<> closed = desk_.close_shift(); !closed) return reject(closed.error().text);
    desk_.emit_shift();
    finish({});
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

OfferedType Session::offer(const till::PaymentType& type) {
    OfferedType offered{type, true, {}};
    if (type.system.empty()) return offered;
    const Result<host::Instance*> instance = world_.systems.instance(type.module());
    if (!instance) {
        offered.available = false;
        offered.trouble = world_.announcer.say(instance.error().text);
    }
    return offered;
}

void Session::perform(const PaymentTypes&) {
    const Result<std::vector<till::PaymentType>> types = world_.till.payment_types();
    if (!types) return reject(types.error().text);
    PaymentTypesEvent event;
    for (const till::PaymentType& type : *types)
        event.types.push_back(offer(type));
    world_.announcer.emit(std::move(event));
}

void Session::perform(const Pay& pay) {
    if (desk_.receipt() == nullptr) return reject(tr("нет открытого чека: добавьте товар"));
    const Result<till::PaymentType> type = world_.till.payment_type(pay.valutcode);
    if (!type) {
        const bool none = type.error().code == ErrorCode::NotFound;
        return reject(none ? tr("нет типа оплаты %1", pay.valutcode) : type.error().text);
    }
    const Result<Money> sum = payable(*desk_.receipt(), *type, pay.sum);
    if (!sum) return reject(sum.error().text);
    begin_flow();
    payments_.pay(*type, *sum, [this](const FlowEnd& end) { end_flow(end); });
}

void Session::perform(const Close&) {
    const till::Receipt* receipt = desk_.receipt();
    if (receipt == nullptr) return reject(tr("нет открытого чека"));
    if (!is_paid(*receipt)) {
        return reject(tr("чек не оплачен, осталось %1", receipt->due().str()));
    }
    begin_flow();
    payments_.close([this](const FlowEnd& end) { end_flow(end); });
}

void Session::perform(const PaymentCancel& cancel) {
    const till::Receipt* receipt = desk_.receipt();
    if (receipt == nullptr) return reject(tr("нет открытого чека"));
    const till::Payment* payment =
        cancel.payment ? receipt->payment(*cancel.payment) : last_with_money(*receipt);
    if (payment == nullptr || payment->state != till::PaymentState::Processed) {
        return reject(tr("в чеке нет такой оплаты"));
    }
    begin_flow();
    payments_.undo(payment->number, cancel.silent, [this](const FlowEnd& end) { end_flow(end); });
}

void Session::perform(const Annul&) {
    if (desk_.receipt() == nullptr) return reject(tr("нет открытого чека"));
    begin_flow();
    payments_.undo_all([this](const FlowEnd& end) { annulled(end); });
}

void Session::annulled(const FlowEnd& undone) {
    FlowEnd end;
    end.owed = undone.owed;
    end.text = undone.text;
    if (has_money(*desk_.receipt())) {
        end.outcome = host::Outcome::Refused;
        end.reason = undone.reason;
        const Text why = tr("чек не аннулирован, оплата не отменена: %1", undone.text);
        end.text = world_.announcer.say(why);
        world_.announcer.tell(host::Level::Error, "", end.text);
        return end_flow(end);
    }
    if (const Result<> ended = desk_.end(till::ReceiptState::Annulled); !ended) {
        end.outcome = host::Outcome::Refused;
        end.text = world_.announcer.say(ended.error().text);
        world_.announcer.tell(host::Level::Error, "", end.text);
        return end_flow(end);
    }
    desk_.emit_receipt();
    end_flow(end);
}

void Session::perform(const Queue&) {
    world_.announcer.emit(QueueEvent{obligations()});
}

void Session::perform(const QueuePush&) {
    for (PaymentSystems::System* system : world_.systems.all()) {
        if (!system->instance) continue;
        const Result<> pushed = system->instance->push();
        if (!pushed && pushed.error().code != ErrorCode::Unsupported) {
            world_.announcer.notice(host::Level::Warning, pushed.error().text, system->name);
        }
    }
    finish({});
}

void Session::perform(const State&) {
    pump_notices();
    desk_.emit_receipt();
    desk_.emit_shift();
    world_.announcer.emit(QueueEvent{obligations()});
}

void Session::perform(const Wait& wait) {
    waits_until_ = world_.clock.monotonic() + wait.ms;
}

void Session::perform(const Fiscal& fiscal) {
    fiscal_.fail_next(fiscal.fail_next);
}

void Session::perform(const Printer& printer) {
    slips_.set_state(printer.state);
}

void Session::perform(const Unavailable&) {
    reject(tr("эта версия кассы не умеет выполнять команду %1", word_));
}

// ---- Modules ----

std::vector<host::Obligation> Session::obligations() {
    std::vector<host::Obligation> all;
    for (PaymentSystems::System* system : world_.systems.all()) {
        if (!system->instance) continue;
        Result<std::vector<host::Obligation>> list = system->instance->obligations();
        if (!list) {
            world_.announcer.notice(host::Level::Error, list.error().text, system->name);
            continue;
        }
        for (host::Obligation& each : *list) {
            if (each.system.empty()) each.system = system->name;
            all.push_back(std::move(each));
        }
    }
    return all;
}

void Session::on_notice(const PaymentSystems::System& system, const host::Notice& notice) {
    NoticeEvent event;
    event.level = notice.level;
    event.text = notice.text;
    event.source = system.name;
    event.topic = notice.topic;
    event.operation = notice.operation;
    world_.announcer.notice(std::move(event));
    if (notice.slip.kind() == json::Kind::Null) return;
    const Result<core::slip::Slip> slip = read_slip(notice.slip);
    if (slip) slips_.print({*slip, "", "receipt", false});
}

// Notices belong to no command, so they bear no id.
void Session::pump_notices() {
    constexpr int kNoticesPerPump = 64;
    const json::Value id = world_.announcer.id();
    world_.announcer.set_id({});
    bool any = false;
    for (PaymentSystems::System* system : world_.systems.all()) {
        if (!system->instance) continue;
        for (int pulled = 0; pulled < kNoticesPerPump; ++pulled) {
            const std::optional<host::Notice> notice = system->instance->next_notice();
            if (!notice) break;
            on_notice(*system, *notice);
            any = true;
        }
    }
    const core::Millis now = world_.clock.monotonic();
    if (any || !looked_at_ || now - *looked_at_ >= kQueueLookMs) {
        looked_at_ = now;
        for (const Text& text : queue_watch_.look(obligations(), world_.clock.wall_ms() / 1000)) {
            world_.announcer.notice(host::Level::Warning, text, "queue");
        }
    }
    world_.announcer.set_id(id);
}

void Session::pump() {
    dialogue_.pump();
    pump_notices();
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
    if (waits_until_) wait = std::min(wait, *waits_until_ - world_.clock.monotonic());
    return static_cast<int>(std::max<core::Millis>(wait, 0));
}

std::vector<int> Session::wait_fds() const {
    std::vector<int> descriptors;
    for (const PaymentSystems::System* system : world_.systems.all()) {
        if (system->instance && system->instance->wait_fd() >= 0) {
            descriptors.push_back(system->instance->wait_fd());
        }
    }
    return descriptors;
}

}  // namespace linuxcash::terminal
