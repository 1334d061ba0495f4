// SPDX-License-Identifier: Apache-2.0
#include "host/module.h"

#include <array>
#include <utility>

#include "base/foreign.h"
#include "base/printable.h"
#include "base/utf8.h"
#include "host/documents.h"
#include "host/event_reader.h"
#include "linuxcash/draft/loyalty.h"
#include "linuxcash/reconcile.h"

namespace linuxcash::host {

// The instance with the tables that its calls go through.
class InstanceHandle {
public:
    InstanceHandle(const ModuleLibrary& library, lc_instance* instance)
        : table(library.table()), talk(library.conversation()), instance_(instance) {
        if (table.ability == nullptr) return;
        payment = read_foreign(
            static_cast<const lc_payment_1*>(table.ability(instance, LC_ABILITY_PAYMENT_1)));
        queue = read_foreign(
            static_cast<const lc_queue_1*>(table.ability(instance, LC_ABILITY_QUEUE_1)));
        reconcile = read_foreign(
            static_cast<const lc_reconcile_1*>(table.ability(instance, LC_ABILITY_RECONCILE_1)));
        loyalty = read_foreign(
            static_cast<const lc_loyalty_1*>(table.ability(instance, LC_ABILITY_LOYALTY_1)));
    }
    InstanceHandle(const InstanceHandle&) = delete;
    InstanceHandle& operator=(const InstanceHandle&) = delete;
    ~InstanceHandle() { table.destroy(instance_); }

    [[nodiscard]] lc_instance* get() const { return instance_; }

    const lc_module table;
    const lc_conversation talk;
    std::optional<lc_payment_1> payment;
    std::optional<lc_queue_1> queue;
    std::optional<lc_reconcile_1> reconcile;
    std::optional<lc_loyalty_1> loyalty;

private:
    lc_instance* instance_;
};

namespace {

constexpr std::size_t kErrorTextMax = 1024;

ErrorCode code_of(lc_status status) {
    switch (status) {
        case LC_BUSY:
            return ErrorCode::Busy;
        case LC_CONFLICT:
            return ErrorCode::Damaged;
        case LC_NOT_FOUND:
        case LC_NOT_CONFIGURED:
            return ErrorCode::NotFound;
        case LC_UNSUPPORTED:
            return ErrorCode::Unsupported;
        case LC_INVALID:
            return ErrorCode::InvalidInput;
        case LC_TIMEOUT:
            return ErrorCode::Timeout;
        case LC_FAILED:
            return ErrorCode::Io;
        default:
            return ErrorCode::Internal;
    }
}

Text text_of(lc_status status) {
    switch (status) {
        case LC_BUSY:
            return tr("модуль занят другой операцией");
        case LC_CONFLICT:
            return tr("модуль знает эту операцию с другими данными");
        case LC_NOT_FOUND:
            return tr("модуль не знает такой операции");
        case LC_UNSUPPORTED:
            return tr("модуль не умеет такой операции");
        case LC_INVALID:
            return tr("модуль не принял данные запроса");
        case LC_WRONG_PROCESS:
            return tr("модуль вызван из другого процесса");
        case LC_NOT_STARTED:
            return tr("модуль не запущен");
        case LC_NOT_CONFIGURED:
            return tr("модуль не настроен");
        case LC_FAILED:
            return tr("сбой модуля");
        default:
            return tr("неожиданный ответ модуля: %1", status);
    }
}

Error error_of(lc_status status) {
    return Error{code_of(status), text_of(status)};
}

Result<> result_of(lc_status status) {
    if (status == LC_OK) return Done{};
    return error_of(status);
}

// The text that create and start leave for people.
class ErrorText {
public:
    char* data() { return buffer_.data(); }
    [[nodiscard]] std::size_t size() const { return buffer_.size(); }

    [[nodiscard]] Error error(lc_status status) {
        buffer_.back() = '\0';
        const std::string said(buffer_.data());
        if (said.empty()) return error_of(status);
        return Error{code_of(status), Text::literal(is_utf8(said) ? said : printable(said))};
    }

private:
    std::array<char, kErrorTextMax> buffer_{};
};

lc_id to_id(const OperationId& id) {
    lc_id copy{};
    std::copy(id.bytes.begin(), id.bytes.end(), copy.bytes);
    return copy;
}

lc_money to_money(const Money& sum) {
    lc_money money{};
    money.minor = sum.minor();
    const std::string_view code = sum.currency().code();
    std::copy(code.begin(), code.end(), money.currency);
    return money;
}

// The pointers are good as long as the request lives.
lc_request to_head(const Request& request, std::size_t size) {
    lc_request head{};
    head.size = static_cast<std::uint32_t>(size);
    head.flags = (request.silent ? static_cast<std::uint32_t>(LC_FLAG_SILENT) : 0U)
                 | (request.training ? static_cast<std::uint32_t>(LC_FLAG_TRAINING) : 0U);
    head.id = to_id(request.id);
    head.type = request.type;
    head.cashier = request.cashier.c_str();
    head.receipt = request.receipt.c_str();
    head.note = request.note ? request.note->c_str() : nullptr;
    head.custom_data = request.custom_data ? request.custom_data->c_str() : nullptr;
    return head;
}

std::int32_t accept_bit(Input input) {
    switch (input) {
        case Input::Text:
            return LC_ACCEPT_TEXT;
        case Input::Number:
            return LC_ACCEPT_NUMBER;
        case Input::Decimal:
            return LC_ACCEPT_DECIMAL;
        case Input::Phone:
            return LC_ACCEPT_PHONE;
        case Input::Scan:
            return LC_ACCEPT_SCAN;
        case Input::Card:
            return LC_ACCEPT_CARD;
    }
    return 0;
}

// Fills the C answer; its pointers are good as long as the value lives.
struct AnswerWriter {
    lc_answer& answer;

    void operator()(const Shown&) const { answer.kind = LC_ANSWER_OK; }
    void operator()(const Value& value) const {
        answer.kind = LC_ANSWER_VALUE;
        answer.text = value.text.c_str();
        answer.entered_by = accept_bit(value.entered_by);
    }
    void operator()(const Choice& choice) const {
        answer.kind = LC_ANSWER_CHOICE;
        answer.index = choice.index;
    }
    void operator()(const Cancelled&) const { answer.kind = LC_ANSWER_CANCEL; }
    void operator()(const Printed&) const { answer.kind = LC_ANSWER_PRINTED; }
    void operator()(const NotPrinted& failed) const {
        answer.kind = LC_ANSWER_FAILED;
        answer.text = failed.why.c_str();
    }
    void operator()(const PrintOwed&) const { answer.kind = LC_ANSWER_OWED; }
    void operator()(const Applied& applied) const {
        answer.kind = LC_ANSWER_APPLIED;
        answer.document = applied.receipt.c_str();
    }
    void operator()(const EditRefused& refused) const {
        answer.kind = LC_ANSWER_REFUSED;
        answer.text = refused.why.c_str();
    }
    void operator()(const Unsupported&) const { answer.kind = LC_ANSWER_UNSUPPORTED; }
};

}  // namespace

// ---- Conversation ----

Conversation::Conversation(std::shared_ptr<InstanceHandle> instance, lc_operation* operation)
    : instance_(std::move(instance)), operation_(operation) {
}

Conversation::Conversation(Conversation&& other) noexcept
    : instance_(std::move(other.instance_)), operation_(std::exchange(other.operation_, nullptr)) {
}

Conversation& Conversation::operator=(Conversation&& other) noexcept {
    if (this == &other) return *this;
    release();
    instance_ = std::move(other.instance_);
    operation_ = std::exchange(other.operation_, nullptr);
    return *this;
}

Conversation::~Conversation() {
    release();
}

void Conversation::release() noexcept {
    if (operation_ != nullptr) instance_->talk.release(std::exchange(operation_, nullptr));
}

Result<std::optional<Event>> Conversation::next(int timeout_ms) {
    const lc_event* event = nullptr;
    const lc_status status = instance_->talk.next(operation_, timeout_ms, &event);
    if (status == LC_TIMEOUT) return std::optional<Event>();
    if (status != LC_OK) return error_of(status);
    Result<Event> read = read_event(event);
    if (!read) return read.error();
    return std::optional<Event>(std::move(*read));
}

Result<> Conversation::answer(std::uint64_t event, const Answer& answer) {
    lc_answer foreign{};
    foreign.size = sizeof foreign;
    foreign.event = event;
    std::visit(AnswerWriter{foreign}, answer);
    const lc_status status = instance_->talk.answer(operation_, &foreign);
    if (status == LC_STALE) return Done{};
    return result_of(status);
}

void Conversation::cancel() noexcept {
    // There is nothing to do about a failure: the cashier presses again, and release means cancel
    // too.
    static_cast<void>(instance_->talk.cancel(operation_));
}

// ---- Instance ----

Instance::Instance(std::shared_ptr<InstanceHandle> handle) : handle_(std::move(handle)) {
}

Result<Instance> Instance::create(const ModuleLibrary& library, const HostIdentity& identity) {
    lc_host host{};
    host.size = sizeof host;
    host.root = identity.root.c_str();
    host.desk = identity.desk.c_str();
    host.currency = identity.currency.c_str();
    host.language = identity.language.c_str();
    ErrorText text;
    lc_instance* instance = nullptr;
    const lc_status status = library.table().create(&host, &instance, text.data(), text.size());
    if (status != LC_OK) return text.error(status);
    if (instance == nullptr) return error_of(LC_FAILED);
    return Instance(std::make_shared<InstanceHandle>(library, instance));
}

Result<> Instance::start() {
    ErrorText text;
    const lc_status status = handle_->table.start(handle_->get(), text.data(), text.size());
    if (status != LC_OK) return text.error(status);
    return Done{};
}

template <typename Foreign>
Result<Conversation> Instance::begin(
    lc_status (*call)(lc_instance*, const Foreign*, lc_operation**) noexcept,
    const Foreign& request) {
    if (call == nullptr) return error_of(LC_UNSUPPORTED);
    lc_operation* operation = nullptr;
    const lc_status status = call(handle_->get(), &request, &operation);
    if (status != LC_OK) return error_of(status);
    if (operation == nullptr) return error_of(LC_FAILED);
    return Conversation(handle_, operation);
}

Result<Conversation> Instance::pay(const PayRequest& request) {
    lc_pay_request foreign{};
    foreign.request = to_head(request, sizeof foreign);
    foreign.sum = to_money(request.sum);
    return begin(handle_->payment ? handle_->payment->pay : nullptr, foreign);
}

Result<Conversation> Instance::undo(const UndoRequest& request) {
    lc_undo_request foreign{};
    foreign.request = to_head(request, sizeof foreign);
    foreign.target = to_id(request.target);
    return begin(handle_->payment ? handle_->payment->undo : nullptr, foreign);
}

Result<Conversation> Instance::refund(const RefundRequest& request) {
    lc_refund_request foreign{};
    foreign.request = to_head(request, sizeof foreign);
    foreign.target = to_id(request.target);
    foreign.sum = to_money(request.sum);
    foreign.gateway_id = request.gateway_id.c_str();
    return begin(handle_->payment ? handle_->payment->refund : nullptr, foreign);
}

Result<Conversation> Instance::refund_undo(const UndoRequest& request) {
    lc_undo_request foreign{};
    foreign.request = to_head(request, sizeof foreign);
    foreign.target = to_id(request.target);
    return begin(handle_->payment ? handle_->payment->refund_undo : nullptr, foreign);
}

Result<Conversation> Instance::refund_free(const RefundFreeRequest& request) {
    lc_refund_free_request foreign{};
    foreign.request = to_head(request, sizeof foreign);
    foreign.sum = to_money(request.sum);
    return begin(handle_->payment ? handle_->payment->refund_free : nullptr, foreign);
}

Result<Conversation> Instance::totals(const TotalsRequest& request) {
    lc_totals_request foreign{};
    foreign.request = to_head(request, sizeof foreign);
    foreign.shift = request.shift;
    foreign.shift_date = request.shift_date.c_str();
    foreign.totals = request.totals.c_str();
    return begin(handle_->reconcile ? handle_->reconcile->totals : nullptr, foreign);
}

Result<Conversation> Instance::card(const CardRequest& request) {
    lc_card_request foreign{};
    foreign.request = to_head(request, sizeof foreign);
    foreign.entered_by = accept_bit(request.entered_by);
    foreign.number = request.number.c_str();
    return begin(handle_->loyalty ? handle_->loyalty->card : nullptr, foreign);
}

Result<std::vector<Unclaimed>> Instance::unclaimed() {
    if (handle_->table.unclaimed == nullptr) return std::vector<Unclaimed>();
    const char* document = nullptr;
    const lc_status status = handle_->table.unclaimed(handle_->get(), &document);
    if (status != LC_OK) return error_of(status);
    return read_unclaimed(document == nullptr ? "" : document);
}

Result<> Instance::settle(const OperationId& id, Settled settled) {
    if (handle_->table.settle == nullptr) return Done{};
    const lc_id foreign = to_id(id);
    return result_of(handle_->table.settle(
        handle_->get(), &foreign, settled == Settled::Kept ? LC_SETTLED_KEPT : LC_SETTLED_UNDONE));
}

Result<std::vector<Obligation>> Instance::obligations() {
    if (!handle_->queue || handle_->queue->list == nullptr) return std::vector<Obligation>();
    const char* document = nullptr;
    const lc_status status = handle_->queue->list(handle_->get(), &document);
    if (status != LC_OK) return error_of(status);
    return read_obligations(document == nullptr ? "" : document);
}

Result<> Instance::push() {
    if (!handle_->queue || handle_->queue->push == nullptr) return error_of(LC_UNSUPPORTED);
    return result_of(handle_->queue->push(handle_->get()));
}

std::optional<Notice> Instance::next_notice() {
    if (handle_->table.notice == nullptr) return std::nullopt;
    const lc_notice* notice = nullptr;
    if (handle_->table.notice(handle_->get(), &notice) != LC_OK) return std::nullopt;
    const std::optional<lc_notice> read = read_foreign(notice);
    if (!read) return std::nullopt;
    return read_notice(*read);
}

int Instance::wait_fd() const {
    return handle_->table.wait_fd == nullptr ? -1 : handle_->table.wait_fd(handle_->get());
}

}  // namespace linuxcash::host
