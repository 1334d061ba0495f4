// SPDX-License-Identifier: Apache-2.0
// The tables of the abilities: C requests become orders of the runtime.
#include <linuxcash/draft/loyalty.h>
#include <linuxcash/paysystem.h>
#include <linuxcash/reconcile.h>

#include <chrono>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

#include "app/module.h"
#include "entry/border.h"
#include "entry/documents.h"

namespace {

using namespace linuxcash;
using entry::known_part;
using entry::reaches;

using entry::to_id;
using entry::with;

lc_status begun(lc_instance* instance, const runtime::Begun& outcome, lc_operation** operation) {
    if (const auto* refused = std::get_if<runtime::NotBegun>(&outcome)) {
        switch (*refused) {
            case runtime::NotBegun::Busy:
                return LC_BUSY;
            case runtime::NotBegun::Conflict:
                return LC_CONFLICT;
            case runtime::NotBegun::Failed:
                return LC_FAILED;
        }
    }
    const auto& conversation = std::get<std::shared_ptr<runtime::Conversation>>(outcome);
    *operation = std::make_unique<lc_operation>(instance, conversation).release();
    return LC_OK;
}

// The part of an order that all requests bear; false when it names nothing.
bool read_head(const lc_request& request, runtime::Order& order) {
    if (!entry::is_named(request.id)) return false;
    order.id = to_id(request.id);
    order.type = request.type;
    order.cashier = text_of(request.cashier);
    order.silent = (request.flags & LC_FLAG_SILENT) != 0;
    order.training = (request.flags & LC_FLAG_TRAINING) != 0;
    return true;
}

bool read_receipt(const lc_request& request, runtime::Order& order) {
    Result<core::Receipt> receipt = entry::read_receipt(text_of(request.receipt));
    if (!receipt) return false;
    order.receipt = std::move(receipt).value();
    return true;
}

// A plausible sum above zero in a currency that we know.
std::optional<Money> read_sum(const lc_money& sum) {
    const std::string code(sum.currency, strnlen(sum.currency, sizeof sum.currency));
    const std::optional<Currency> currency = Currency::parse(code);
    if (!currency) return std::nullopt;
    const Money money{sum.minor, *currency};
    if (!money.is_positive() || !money.is_plausible()) return std::nullopt;
    return money;
}

// Where an operation is begun, and where its handle goes.
struct Place {
    lc_instance* instance;
    lc_operation** out;
};

// Calls `make` with the caller's request as far as both sides know it; `last` is the last member of
// the request's first version.
template <typename Request, typename Member, typename Make>
lc_status begin(Place place, const Request* theirs, Member Request::*last, Make make) noexcept {
    return with(place.instance, [&](runtime::Instance& runtime) -> lc_status {
        if (theirs == nullptr || place.out == nullptr) return LC_INVALID;
        *place.out = nullptr;
        if (!reaches(*theirs, last, theirs->request.size)) return LC_INVALID;
        const Request request = known_part(*theirs, theirs->request.size);
        std::optional<runtime::Begun> outcome = make(runtime, request);
        return outcome ? begun(place.instance, *outcome, place.out) : LC_INVALID;
    });
}

using MaybeBegun = std::optional<runtime::Begun>;

// ---- payment/1 ----

lc_status pay(lc_instance* instance, const lc_pay_request* theirs, lc_operation** out) LC_NOEXCEPT {
    return begin(
        {instance, out}, theirs, &lc_pay_request::sum,
        [](runtime::Instance& runtime, const lc_pay_request& request) -> MaybeBegun {
            runtime::PayOrder order;
            const std::optional<Money> sum = read_sum(request.sum);
            if (!sum || !read_head(request.request, order)) return std::nullopt;
            if (!read_receipt(request.request, order)) return std::nullopt;
            order.sum = *sum;
            return runtime.pay(std::move(order));
        });
}

// A payment and a refund are taken back alike: the journal knows which it is.
lc_status undo(lc_instance* instance, const lc_undo_request* theirs, lc_operation** out)
    LC_NOEXCEPT {
    return begin(
        {instance, out}, theirs, &lc_undo_request::target,
        [](runtime::Instance& runtime, const lc_undo_request& request) -> MaybeBegun {
            runtime::UndoOrder order;
            if (!read_head(request.request, order) || !entry::is_named(request.target)) {
                return std::nullopt;
            }
            order.target = to_id(request.target);
            return runtime.undo(std::move(order));
        });
}

lc_status refund(lc_instance* instance, const lc_refund_request* theirs, lc_operation** out)
    LC_NOEXCEPT {
    return begin(
        {instance, out}, theirs, &lc_refund_request::gateway_id,
        [](runtime::Instance& runtime, const lc_refund_request& request) -> MaybeBegun {
            runtime::RefundOrder order;
            const std::optional<Money> sum = read_sum(request.sum);
            if (!sum || !read_head(request.request, order) || !entry::is_named(request.target)) {
                return std::nullopt;
            }
            if (!read_receipt(request.request, order)) return std::nullopt;
            order.target = to_id(request.target);
            order.sum = *sum;
            order.gateway_id = text_of(request.gateway_id);
            return runtime.refund(std::move(order));
        });
}

constexpr lc_payment_1 kPayment{sizeof(lc_payment_1), pay, undo, refund, undo, nullptr};

// ---- reconcile/1 ----

lc_status totals(lc_instance* instance, const lc_totals_request* theirs, lc_operation** out)
    LC_NOEXCEPT {
    return begin(
        {instance, out}, theirs, &lc_totals_request::totals,
        [](runtime::Instance& runtime, const lc_totals_request& request) -> MaybeBegun {
            runtime::TotalsOrder order;
            if (!read_head(request.request, order)) return std::nullopt;
            Result<std::vector<core::TillEntry>> till = entry::read_totals(text_of(request.totals));
            if (!till) return std::nullopt;
            order.receipt.shift = request.shift;
            order.receipt.shift_date = text_of(request.shift_date);
            order.till = std::move(till).value();
            return runtime.totals(std::move(order));
        });
}

constexpr lc_reconcile_1 kReconcile{sizeof(lc_reconcile_1), totals};

// ---- loyalty/1 ----

// The number comes from the buyer's application, whatever the host has.
lc_status card(lc_instance* instance, const lc_card_request* theirs, lc_operation** out)
    LC_NOEXCEPT {
    return begin(
        {instance, out}, theirs, &lc_card_request::number,
        [](runtime::Instance& runtime, const lc_card_request& request) -> MaybeBegun {
            runtime::CardOrder order;
            if (!read_head(request.request, order)) return std::nullopt;
            if (!read_receipt(request.request, order)) return std::nullopt;
            return runtime.card(std::move(order));
        });
}

constexpr lc_loyalty_1 kLoyalty{
    sizeof(lc_loyalty_1), card, nullptr, nullptr, nullptr, nullptr, nullptr};

// ---- queue/1 ----

lc_status queue_list(lc_instance* instance, const char** document) LC_NOEXCEPT {
    return with(instance, [&](runtime::Instance& runtime) -> lc_status {
        if (document == nullptr) return LC_INVALID;
        const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::system_clock::now().time_since_epoch());
        const entry::QueueFacts facts{
            instance->module->name(), instance->module->blocks_while_owing(), now.count()};
        instance->queue = entry::queue_document(runtime.queue(), facts, instance->translate);
        *document = instance->queue.c_str();
        return LC_OK;
    });
}

lc_status queue_push(lc_instance* instance) LC_NOEXCEPT {
    return with(instance, [](runtime::Instance& runtime) -> lc_status {
        runtime.push();
        return LC_OK;
    });
}

constexpr lc_queue_1 kQueue{sizeof(lc_queue_1), queue_list, queue_push};

}  // namespace

const void* linuxcash::entry::table_of(const char* ability) {
    if (std::strcmp(ability, LC_ABILITY_PAYMENT_1) == 0) return &kPayment;
    if (std::strcmp(ability, LC_ABILITY_QUEUE_1) == 0) return &kQueue;
    if (std::strcmp(ability, LC_ABILITY_RECONCILE_1) == 0) return &kReconcile;
    if (std::strcmp(ability, LC_ABILITY_LOYALTY_1) == 0 && app::definition().cards) {
        return &kLoyalty;
    }
    return nullptr;
}
