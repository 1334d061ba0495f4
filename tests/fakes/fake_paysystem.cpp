// SPDX-License-Identifier: Apache-2.0
#include "fakes/fake_paysystem.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>
#include <variant>

#include "linuxcash/draft/loyalty.h"
#include "linuxcash/reconcile.h"

namespace {

using linuxcash::OperationId;
using linuxcash::fakes::Ending;
using linuxcash::fakes::Heard;
using linuxcash::fakes::JournalEntry;
using linuxcash::fakes::Plan;
using linuxcash::fakes::PlannedNotice;
using linuxcash::fakes::Step;
using linuxcash::fakes::StepKind;
using linuxcash::fakes::World;

// The tables of the contract have no place for a test's data before `create`, so the fake has this
// one variable.
World* world = nullptr;  // NOLINT

using AnyEvent = std::variant<
    lc_event, lc_event_show, lc_event_tell, lc_event_ask, lc_event_choose, lc_event_print,
    lc_event_edit, lc_event_finished>;

OperationId to_id(const lc_id& id) {
    OperationId copy;
    std::copy(std::begin(id.bytes), std::end(id.bytes), copy.bytes.begin());
    return copy;
}

}  // namespace

struct lc_operation {
    OperationId id;
    std::deque<Step> steps;
    Ending ending;
    lc_money sum{};
    std::int64_t revision = 0;  // of the receipt that the request brought
    AnyEvent event;
    Ending shown_ending;  // keeps the strings of `finished`
    Step shown;  // keeps the strings of the last event
    std::uint64_t number = 0;
    bool waits = false;  // for an answer
    bool finished = false;
};

struct lc_instance {
    bool started = false;
    std::vector<std::unique_ptr<lc_operation>> operations;
    std::string unclaimed;
    PlannedNotice notice;
    lc_notice notice_out{};
};

namespace {

template <typename Event>
Event* begin_event(lc_operation& operation, std::int32_t kind) {
    Event event{};
    lc_event head{};
    head.size = sizeof(Event);
    head.kind = kind;
    head.number = ++operation.number;
    std::memcpy(&event, &head, sizeof head);
    operation.event = event;
    return &std::get<Event>(operation.event);
}

void finish(lc_operation& operation) {
    JournalEntry& entry = world->journal[operation.id];
    if (!entry.ending) entry.ending = operation.ending;
    operation.shown_ending = *entry.ending;
    const Ending& ending = operation.shown_ending;
    auto* event = begin_event<lc_event_finished>(operation, LC_EVENT_FINISHED);
    event->outcome = ending.outcome;
    event->owed = ending.owed ? 1 : 0;
    event->level = ending.level;
    event->text = ending.text.c_str();
    event->reason = ending.reason.c_str();
    event->sum = operation.sum;
    event->sum.minor += ending.sum_off_by;
    event->gateway_id = ending.gateway_id.c_str();
    event->slip = ending.slip.empty() ? nullptr : ending.slip.c_str();
    event->report_info = ending.report_info.empty() ? nullptr : ending.report_info.c_str();
    event->note = ending.note.empty() ? nullptr : ending.note.c_str();
    event->details = ending.details.empty() ? nullptr : ending.details.c_str();
    operation.finished = true;
}

void emit_ask(lc_operation& operation, const Step& step) {
    auto* ask = begin_event<lc_event_ask>(operation, LC_EVENT_ASK);
    ask->accepts = step.accepts;
    ask->masked = step.masked ? 1 : 0;
    ask->max_length = step.max_length;
    ask->title = step.title.c_str();
    ask->text = step.text.c_str();
    ask->initial = "";
    ask->min = step.min ? step.min->c_str() : nullptr;
    ask->max = step.max ? step.max->c_str() : nullptr;
    operation.waits = true;
}

void emit_question(lc_operation& operation, const Step& step) {
    operation.waits = true;
    if (step.kind == StepKind::Choose) {
        auto* choose = begin_event<lc_event_choose>(operation, LC_EVENT_CHOOSE);
        choose->look = LC_CHOICE_BUTTONS;
        choose->title = step.title.c_str();
        choose->text = step.text.c_str();
        choose->options = step.options.c_str();
    } else if (step.kind == StepKind::Print) {
        auto* print = begin_event<lc_event_print>(operation, LC_EVENT_PRINT);
        print->required = step.required ? 1 : 0;
        print->target = "receipt";
        print->slip = step.slip.c_str();
    } else if (step.kind == StepKind::Edit) {
        auto* edit = begin_event<lc_event_edit>(operation, LC_EVENT_EDIT);
        edit->edits = step.edits.c_str();
        edit->revision = operation.revision + step.revision_off_by;
    } else {
        begin_event<lc_event>(operation, 99);
    }
}

void emit(lc_operation& operation, const Step& step) {
    if (step.kind == StepKind::Show) {
        auto* show = begin_event<lc_event_show>(operation, LC_EVENT_SHOW);
        show->text = step.text.c_str();
        show->qr = step.qr.empty() ? nullptr : step.qr.c_str();
        show->where = LC_WHERE_CUSTOMER;
        show->seconds_left = step.seconds_left;
        show->masked = step.masked ? 1 : 0;
    } else if (step.kind == StepKind::Tell) {
        auto* tell = begin_event<lc_event_tell>(operation, LC_EVENT_TELL);
        tell->level = step.level;
        tell->title = step.title.c_str();
        tell->text = step.text.c_str();
    } else if (step.kind == StepKind::Ask) {
        emit_ask(operation, step);
    } else {
        emit_question(operation, step);
    }
}

const lc_event* head_of(const AnyEvent& event) {
    return std::visit(
        [](const auto& held) { return reinterpret_cast<const lc_event*>(&held); }, event);
}

lc_status next(lc_operation* operation, std::int32_t, const lc_event** event) noexcept {
    if (operation->finished) return LC_END;
    if (operation->waits) return LC_TIMEOUT;
    if (operation->steps.empty()) {
        finish(*operation);
    } else if (operation->steps.front().kind == StepKind::Hold) {
        if (!world->release_hold) return LC_TIMEOUT;
        operation->steps.pop_front();
        return next(operation, 0, event);
    } else {
        operation->shown = operation->steps.front();
        operation->steps.pop_front();
        emit(*operation, operation->shown);
    }
    *event = head_of(operation->event);
    return LC_OK;
}

lc_status answer(lc_operation* operation, const lc_answer* given) noexcept {
    if (given->event != operation->number) return LC_STALE;
    world->answers.push_back(
        {given->kind, given->index, given->entered_by, given->text == nullptr ? "" : given->text,
         given->document == nullptr ? "" : given->document});
    operation->waits = false;
    if (given->kind == LC_ANSWER_CANCEL) {
        operation->steps.clear();
        operation->ending = world->cancel_ending;
    } else if (given->kind == LC_ANSWER_UNSUPPORTED) {
        operation->steps.clear();
        operation->ending = Ending{.outcome = LC_OUTCOME_REFUSED, .reason = "unsupported"};
    }
    return LC_OK;
}

lc_status cancel(lc_operation* operation) noexcept {
    world->calls.emplace_back("cancel");
    if (operation->finished) return LC_OK;
    operation->waits = false;
    operation->steps.clear();
    operation->ending = world->cancel_ending;
    return LC_OK;
}

void release(lc_operation* operation) noexcept {
    world->calls.emplace_back(operation->finished ? "release" : "release unfinished");
}

const lc_conversation* conversation_table() {
    static constexpr lc_conversation kTable{sizeof(lc_conversation), next, answer, cancel, release};
    return &kTable;
}

lc_operation* add_operation(lc_instance* instance, const OperationId& id, Plan plan) {
    auto operation = std::make_unique<lc_operation>();
    operation->id = id;
    operation->steps.assign(plan.steps.begin(), plan.steps.end());
    operation->ending = plan.ending;
    const JournalEntry& entry = world->journal[id];
    operation->sum.minor = entry.minor;
    std::copy_n(entry.currency.c_str(), 4, operation->sum.currency);
    instance->operations.push_back(std::move(operation));
    return instance->operations.back().get();
}

// What follows a member's name in a document, without a JSON reader; empty when there is none.
std::string after(const std::string& document, const std::string& mark, char end) {
    const auto start = document.find(mark);
    if (start == std::string::npos) return {};
    const auto from = start + mark.size();
    return document.substr(from, document.find(end, from) - from);
}

bool moves_money(const std::string& kind) {
    return kind != "totals" && kind != "card";
}

std::deque<Plan>& plans_of(const std::string& kind) {
    if (kind == "pay") return world->pay_plans;
    if (kind == "undo") return world->undo_plans;
    if (kind == "refund") return world->refund_plans;
    if (kind == "refund_undo") return world->refund_undo_plans;
    if (kind == "totals") return world->totals_plans;
    return world->card_plans;
}

Plan take_plan(const std::string& kind) {
    std::deque<Plan>& plans = plans_of(kind);
    const std::int32_t outcome = moves_money(kind) ? LC_OUTCOME_APPROVED : LC_OUTCOME_DONE;
    if (plans.empty()) return {{}, Ending{.outcome = outcome}};
    Plan plan = plans.front();
    plans.pop_front();
    return plan;
}

void note_request(const lc_request& request) {
    world->last_receipt = request.receipt;
    world->last_note = request.note == nullptr ? "" : request.note;
    world->last_flags = request.flags;
}

// Begins anew, attaches, or replays.
lc_status begin(
    lc_instance* instance, const lc_request& request, JournalEntry entry,
    lc_operation** operation) {
    note_request(request);
    const OperationId id = to_id(request.id);
    const auto known = world->journal.find(id);
    if (known != world->journal.end()) {
        const bool same = known->second.kind == entry.kind && known->second.minor == entry.minor;
        if (!same) return LC_CONFLICT;
        *operation = add_operation(instance, id, Plan{{}, world->pending_ending});
        return LC_OK;
    }
    if (world->begin_status != LC_OK) return world->begin_status;
    const std::string kind = entry.kind;
    world->journal[id] = std::move(entry);
    world->order.push_back(id);
    *operation = add_operation(instance, id, take_plan(kind));
    const std::string revision = after(request.receipt, "\"revision\":", ',');
    if (!revision.empty()) (*operation)->revision = std::stoll(revision);
    return LC_OK;
}

// Of the receipt: the first member of that name that the terminal writes.
std::string uid_of(const char* receipt) {
    return after(receipt, "\"uid\":\"", '"');
}

lc_status pay(
    lc_instance* instance, const lc_pay_request* request, lc_operation** operation) noexcept {
    world->calls.emplace_back("pay");
    JournalEntry entry;
    entry.kind = "pay";
    entry.type = request->request.type;
    entry.receipt_uid = uid_of(request->request.receipt);
    entry.minor = request->sum.minor;
    entry.currency = request->sum.currency;
    return begin(instance, request->request, std::move(entry), operation);
}

// Of a payment or a refund that the journal knows.
lc_status begin_undo(
    lc_instance* instance, const lc_undo_request* request, const char* kind,
    lc_operation** operation) {
    world->calls.emplace_back(kind);
    const auto target = world->journal.find(to_id(request->target));
    if (target == world->journal.end()) return LC_NOT_FOUND;
    JournalEntry entry = target->second;
    entry.kind = kind;
    entry.target = to_id(request->target);
    entry.ending.reset();
    entry.settled.reset();
    return begin(instance, request->request, std::move(entry), operation);
}

lc_status undo(
    lc_instance* instance, const lc_undo_request* request, lc_operation** operation) noexcept {
    return begin_undo(instance, request, "undo", operation);
}

lc_status refund_undo(
    lc_instance* instance, const lc_undo_request* request, lc_operation** operation) noexcept {
    return begin_undo(instance, request, "refund_undo", operation);
}

JournalEntry refund_entry(const lc_request& request, const lc_money& sum) {
    JournalEntry entry;
    entry.kind = "refund";
    entry.type = request.type;
    entry.receipt_uid = uid_of(request.receipt);
    entry.minor = sum.minor;
    entry.currency = sum.currency;
    return entry;
}

lc_status refund(
    lc_instance* instance, const lc_refund_request* request, lc_operation** operation) noexcept {
    world->calls.emplace_back("refund");
    world->last_gateway_id = request->gateway_id == nullptr ? "" : request->gateway_id;
    JournalEntry entry = refund_entry(request->request, request->sum);
    entry.target = to_id(request->target);
    return begin(instance, request->request, std::move(entry), operation);
}

lc_status refund_free(
    lc_instance* instance, const lc_refund_free_request* request,
    lc_operation** operation) noexcept {
    world->calls.emplace_back("refund_free");
    return begin(
        instance, request->request, refund_entry(request->request, request->sum), operation);
}

lc_status totals(
    lc_instance* instance, const lc_totals_request* request, lc_operation** operation) noexcept {
    world->calls.emplace_back("totals");
    world->last_totals = request->totals;
    world->last_shift = std::to_string(request->shift) + " " + request->shift_date;
    JournalEntry entry;
    entry.kind = "totals";
    entry.type = request->request.type;
    entry.currency = "BYN";
    return begin(instance, request->request, std::move(entry), operation);
}

lc_status card(
    lc_instance* instance, const lc_card_request* request, lc_operation** operation) noexcept {
    world->calls.emplace_back("card");
    world->last_number = request->number;
    JournalEntry entry;
    entry.kind = "card";
    entry.type = request->request.type;
    entry.currency = "BYN";
    return begin(instance, request->request, std::move(entry), operation);
}

const lc_payment_1* payment_table() {
    static constexpr lc_payment_1 kTable{sizeof(lc_payment_1), pay,        undo, refund,
                                         refund_undo,          refund_free};
    return &kTable;
}

const lc_reconcile_1* reconcile_table() {
    static constexpr lc_reconcile_1 kTable{sizeof(lc_reconcile_1), totals};
    return &kTable;
}

// Of all that a loyalty module may do this one reads cards.
const lc_loyalty_1* loyalty_table() {
    static constexpr lc_loyalty_1 kTable{
        sizeof(lc_loyalty_1), card, nullptr, nullptr, nullptr, nullptr, nullptr};
    return &kTable;
}

lc_status list_obligations(lc_instance*, const char** document) noexcept {
    *document = world->obligations.c_str();
    return LC_OK;
}

lc_status push_obligations(lc_instance*) noexcept {
    world->calls.emplace_back("push");
    return LC_OK;
}

const lc_queue_1* queue_table() {
    static constexpr lc_queue_1 kTable{sizeof(lc_queue_1), list_obligations, push_obligations};
    return &kTable;
}

void put_error(char* error, std::size_t size) {
    if (size == 0) return;
    const std::size_t length = std::min(size - 1, world->error_text.size());
    std::memcpy(error, world->error_text.data(), length);
    error[length] = '\0';
}

const char* describe() noexcept {
    return world->description.c_str();
}

lc_status create(
    const lc_host*, lc_instance** instance, char* error, std::size_t error_size) noexcept {
    world->calls.emplace_back("create");
    *instance = nullptr;
    if (world->create_status != LC_OK) {
        put_error(error, error_size);
        return world->create_status;
    }
    *instance = std::make_unique<lc_instance>().release();
    return LC_OK;
}

lc_status start(lc_instance* instance, char* error, std::size_t error_size) noexcept {
    put_error(error, error_size);
    instance->started = world->start_status == LC_OK;
    return world->start_status;
}

void destroy(lc_instance* instance) noexcept {
    world->calls.emplace_back("destroy");
    const std::unique_ptr<lc_instance> owned(instance);
}

const void* ability(lc_instance*, const char* id) noexcept {
    if (std::strcmp(id, LC_ABILITY_PAYMENT_1) == 0) return payment_table();
    if (std::strcmp(id, LC_ABILITY_QUEUE_1) == 0) return queue_table();
    if (std::strcmp(id, LC_ABILITY_RECONCILE_1) == 0) return reconcile_table();
    if (std::strcmp(id, LC_ABILITY_LOYALTY_1) == 0) return loyalty_table();
    return nullptr;
}

std::string outcome_word(const JournalEntry& entry) {
    if (!entry.ending) return "pending";
    if (entry.ending->outcome == LC_OUTCOME_APPROVED) return "approved";
    return "unknown";
}

bool is_unclaimed(const JournalEntry& entry) {
    if (entry.settled || !moves_money(entry.kind)) return false;
    if (!entry.ending) return true;
    return entry.ending->outcome == LC_OUTCOME_APPROVED
           || entry.ending->outcome == LC_OUTCOME_UNKNOWN;
}

std::string unclaimed_item(const OperationId& id, const JournalEntry& entry) {
    const std::string cents = std::to_string(entry.minor % 100 + 100).substr(1);
    return R"({"operation":")" + id.hex() + R"(","kind":")" + entry.kind + R"(","type":)"
           + std::to_string(entry.type) + R"(,"receipt":")" + entry.receipt_uid
           + R"(","receipt_number":1,"sum":")" + std::to_string(entry.minor / 100) + "." + cents
           + R"(","currency":")" + entry.currency + R"(","outcome":")" + outcome_word(entry)
           + R"(","owed":false,"gateway_id":"500123","text":""})";
}

lc_status unclaimed(lc_instance* instance, const char** document) noexcept {
    std::string list;
    for (const OperationId& id : world->order) {
        const JournalEntry& entry = world->journal[id];
        if (!is_unclaimed(entry)) continue;
        list += (list.empty() ? "" : ",") + unclaimed_item(id, entry);
    }
    instance->unclaimed = "[" + list + "]";
    *document = instance->unclaimed.c_str();
    return LC_OK;
}

lc_status settle(lc_instance*, const lc_id* id, std::int32_t settled) noexcept {
    world->calls.emplace_back(settled == LC_SETTLED_KEPT ? "settle kept" : "settle undone");
    const auto known = world->journal.find(to_id(*id));
    if (known == world->journal.end()) return LC_NOT_FOUND;
    if (known->second.settled && *known->second.settled != settled) return LC_CONFLICT;
    known->second.settled = settled;
    return LC_OK;
}

lc_status notice(lc_instance* instance, const lc_notice** out) noexcept {
    if (world->notices.empty()) return LC_END;
    instance->notice = world->notices.front();
    world->notices.pop_front();
    lc_notice& foreign = instance->notice_out;
    foreign.size = sizeof foreign;
    foreign.level = instance->notice.level;
    foreign.topic = instance->notice.topic.c_str();
    foreign.text = instance->notice.text.c_str();
    foreign.operation = instance->notice.operation.c_str();
    foreign.slip = instance->notice.slip.empty() ? nullptr : instance->notice.slip.c_str();
    *out = &foreign;
    return LC_OK;
}

int wait_fd(lc_instance*) noexcept {
    return -1;
}

}  // namespace

namespace linuxcash::fakes {

int World::count(const std::string& call) const {
    return static_cast<int>(std::count(calls.begin(), calls.end(), call));
}

JournalEntry& World::last(const std::string& kind) {
    for (auto id = order.rbegin(); id != order.rend(); ++id) {
        if (journal[*id].kind == kind) return journal[*id];
    }
    return journal[OperationId{}];
}

void play_in(World* new_world) {
    world = new_world;
}

const lc_module* fake_paysystem() {
    static const lc_module kTable{
        sizeof(lc_module), LC_ABI_MAJOR,         LC_ABI_MINOR, describe, create, start,  destroy,
        ability,           conversation_table(), unclaimed,    settle,   notice, wait_fd};
    return &kTable;
}

}  // namespace linuxcash::fakes
