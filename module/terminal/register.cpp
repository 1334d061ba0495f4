// SPDX-License-Identifier: Apache-2.0
#include "terminal/register.h"

#include <array>
#include <ctime>
#include <utility>

#include "terminal/refund_plan.h"

namespace linuxcash::terminal {

namespace {

Error wrong(Text text) {
    return Error{ErrorCode::InvalidInput, std::move(text)};
}

host::Settled settled(core::Settled word) {
    return word == core::Settled::Kept ? host::Settled::Kept : host::Settled::Undone;
}

}  // namespace

Register::Register(Parts parts) : parts_(std::move(parts)) {
}

Result<> Register::restore() {
    Result<std::optional<till::Shift>> shift = parts_.till.last_shift();
    if (!shift) return shift.error();
    shift_ = std::move(*shift);
    Result<std::optional<till::Receipt>> receipt = parts_.till.open_receipt();
    if (!receipt) return receipt.error();
    receipt_ = std::move(*receipt);
    if (receipt_) {
        cashier_ = receipt_->cashier;
    } else if (shift_ && shift_->open) {
        cashier_ = shift_->cashier;
    }
    if (!shift_) return Done{};
    Result<std::vector<till::Receipt>> earlier = parts_.till.receipts_of_shift(shift_->number);
    if (!earlier) return earlier.error();
    if (!earlier->empty()) last_ = std::move(earlier->back());
    return Done{};
}

std::string Register::today() const {
    const std::time_t now = parts_.clock.wall_ms() / 1000;
    std::tm local{};
    std::array<char, 16> text{};
    ::localtime_r(&now, &local);
    std::strftime(text.data(), text.size(), "%Y-%m-%d", &local);
    return text.data();
}

void Register::login(const std::string& cashier) {
    cashier_ = cashier;
    next_sale_.reset();
}

Result<> Register::open_shift() {
    if (cashier_.empty()) return wrong(tr("кассир не зарегистрирован: выполните вход"));
    Result<till::Shift> shift = parts_.till.open_shift(today(), cashier_, parts_.clock.wall_ms());
    if (!shift) return shift.error();
    shift_ = std::move(*shift);
    next_sale_.reset();
    parts_.announcer.log(tr("Смена открыта: %1", shift_->number));
    return Done{};
}

Result<> Register::may_close_shift() const {
    if (receipt_) {
        return wrong(tr("есть открытый чек %1: закройте или аннулируйте его", receipt_->number));
    }
    if (!shift_ || !shift_->open) return wrong(tr("смена не открыта"));
    return Done{};
}

Result<> Register::close_shift() {
    if (const Result<> allowed = may_close_shift(); !allowed) return allowed;
    Result<till::Shift> shift = parts_.till.close_shift(parts_.clock.wall_ms());
    if (!shift) return shift.error();
    shift_ = std::move(*shift);
    next_sale_.reset();
    parts_.announcer.log(tr("Смена закрыта: %1", shift_->number));
    return Done{};
}

Result<> Register::may_sell() const {
    if (cashier_.empty()) return wrong(tr("кассир не зарегистрирован: выполните вход"));
    if (!shift_ || !shift_->open) return wrong(tr("смена не открыта: откройте смену"));
    return Done{};
}

Result<> Register::may_open_receipt() const {
    if (!receipt_) return may_sell();
    return wrong(tr("есть открытый чек %1: закройте или аннулируйте его", receipt_->number));
}

Result<till::Receipt> Register::new_receipt(core::ReceiptType type) {
    if (const Result<> allowed = may_sell(); !allowed) return allowed.error();
    const Result<OperationId> uid = parts_.new_id();
    if (!uid) return uid.error();
    const Result<std::int64_t> number = parts_.till.next_receipt_number();
    if (!number) return number.error();
    till::Receipt receipt;
    receipt.uid = uid->hex();
    receipt.number = *number;
    receipt.type = type;
    receipt.shift = shift_->number;
    receipt.desk = parts_.settings.desk;
    receipt.cashier = cashier_;
    receipt.currency = parts_.settings.currency;
    receipt.change = Money(0, receipt.currency);
    receipt.opened_at_ms = parts_.clock.wall_ms();
    return receipt;
}

Result<till::Receipt> Register::receipt_or_next_sale() {
    if (receipt_) return *receipt_;
    if (next_sale_) return *next_sale_;
    Result<till::Receipt> sale = new_receipt(core::ReceiptType::Sale);
    if (sale) next_sale_ = *sale;
    return sale;
}

Result<> Register::edit(const Edit& edit) {
    Result<till::Receipt> changed = receipt_or_next_sale();
    if (!changed) return changed.error();
    const bool is_new = !receipt_;
    if (const Result<> edited = edit(*changed); !edited) return edited.error();
    ++changed->revision;
    if (const Result<> stored = store(*changed); !stored) return stored.error();
    receipt_ = std::move(*changed);
    next_sale_.reset();
    if (is_new) parts_.announcer.log(tr("Открыт чек продажи: %1", receipt_->number));
    if (!quiet_) emit_receipt();
    return Done{};
}

Result<> Register::open_refund(const Edit& fill) {
    if (const Result<> allowed = may_open_receipt(); !allowed) return allowed;
    Result<till::Receipt> refund = new_receipt(core::ReceiptType::Refund);
    if (!refund) return refund.error();
    if (const Result<> filled = fill(*refund); !filled) return filled;
    ++refund->revision;
    if (const Result<> stored = store(*refund); !stored) return stored;
    receipt_ = std::move(*refund);
    next_sale_.reset();
    parts_.announcer.log(tr("Открыт чек возврата: %1", receipt_->number));
    if (!quiet_) emit_receipt();
    return Done{};
}

void Register::take_up(till::Receipt closed) {
    aside_ = std::move(receipt_);
    receipt_ = std::move(closed);
}

void Register::put_down() {
    if (receipt_ && receipt_->state == till::ReceiptState::Open) return;
    // Words that the disk did not take now are found out again at the next start: their operations
    // are still open in the till.
    if (receipt_ && !unsaved_.empty() && !store(*receipt_)) unsaved_.clear();
    if (receipt_) remember(*receipt_);
    receipt_ = std::exchange(aside_, std::nullopt);
}

void Register::remember(const till::Receipt& ended) {
    if (!last_ || last_->number <= ended.number) last_ = ended;
}

void Register::record(const std::function<void(till::Receipt&)>& edit, const ModuleWord& word) {
    edit(*receipt_);
    ++receipt_->revision;
    if (!word.system.empty()) unsaved_.push_back(word);
    if (const Result<> stored = store(*receipt_); !stored) {
        parts_.announcer.error(
            tr("оплата учтена, но чек не записан, запись повторится: %1", stored.error().text));
    }
    if (!quiet_) emit_receipt();
}

Result<> Register::store(const till::Receipt& receipt) {
    std::vector<till::Word> words;
    words.reserve(unsaved_.size());
    for (const ModuleWord& each : unsaved_)
        words.push_back(each.word);
    Result<std::optional<till::Receipt>> sale = changed_sale(receipt);
    if (!sale) return sale.error();
    std::vector<till::Receipt> together{receipt};
    if (*sale) together.push_back(**sale);
    if (const Result<> saved = parts_.till.save_together(together, words); !saved) {
        return saved.error();
    }
    for (const ModuleWord& each : std::exchange(unsaved_, {}))
        say(each);
    if (*sale && !quiet_) parts_.announcer.emit(ReceiptEvent{**sale});
    return Done{};
}

Result<std::optional<till::Receipt>> Register::changed_sale(const till::Receipt& refund) {
    if (refund.sale_uid.empty() || refund.state == till::ReceiptState::Open) {
        return std::optional<till::Receipt>();
    }
    Result<std::optional<till::Receipt>> sale = parts_.till.receipt_by_uid(refund.sale_uid);
    if (!sale || !*sale) return sale;
    Result<std::vector<till::Receipt>> refunds = parts_.till.refunds_of(refund.sale_uid);
    if (!refunds) return refunds.error();
    std::erase_if(*refunds, [&refund](const till::Receipt& each) {
        return each.uid == refund.uid || each.state != till::ReceiptState::Closed;
    });
    if (refund.state == till::ReceiptState::Closed) refunds->push_back(refund);
    till::Receipt marked = **sale;
    mark_refunded(marked, *refunds);
    if (marked == **sale) return std::optional<till::Receipt>();
    ++marked.revision;
    return std::optional<till::Receipt>(std::move(marked));
}

Result<> Register::store_rest() {
    if (unsaved_.empty() || !receipt_) return Done{};
    return store(*receipt_);
}

void Register::record_word(const ModuleWord& word) {
    if (const Result<> stored = parts_.till.put_word(word.word); !stored) {
        // The operation stays open in the till: the next start finds out how it ended and says the
        // word then.
        parts_.announcer.error(tr("исход операции не записан: %1", stored.error().text));
        return;
    }
    say(word);
}

// A module that does not hear the word now hears it at the next start: the operation stays open in
// the till.
void Register::say(const ModuleWord& word) {
    const Result<host::Instance*> instance = parts_.systems.instance(word.system);
    if (!instance) return;
    const Result<> said = (*instance)->settle(word.word.id, settled(word.word.settled));
    const bool unknown_there = !said && said.error().code == ErrorCode::NotFound;
    if (!said && !unknown_there) {
        parts_.announcer.log_warning(
            tr("Модуль не принял слово кассы об операции %1: %2", word.word.id.brief(),
               said.error().text));
        return;
    }
    if (const Result<> closed = parts_.till.close_operation(word.word.id); !closed) {
        parts_.announcer.log_warning(tr("Операция не закрыта: %1", closed.error().text));
    }
}

Result<> Register::end(till::ReceiptState state) {
    if (!receipt_) return wrong(tr("нет открытого чека"));
    till::Receipt ended = *receipt_;
    ended.state = state;
    ended.closed_at_ms = parts_.clock.wall_ms();
    ++ended.revision;
    if (const Result<> stored = store(ended); !stored) return stored.error();
    last_ = std::move(ended);
    receipt_.reset();
    const bool closed = state == till::ReceiptState::Closed;
    parts_.announcer.log(
        closed ? tr("Чек закрыт: %1", last_->number) : tr("Чек аннулирован: %1", last_->number));
    return Done{};
}

void Register::emit_receipt() {
    if (receipt_) {
        parts_.announcer.emit(ReceiptEvent{*receipt_});
    } else if (last_) {
        parts_.announcer.emit(ReceiptEvent{*last_});
    }
}

void Register::emit_shift() {
    ShiftEvent event;
    if (shift_) event = {shift_->number, shift_->open};
    parts_.announcer.emit(event);
}

}  // namespace linuxcash::terminal
