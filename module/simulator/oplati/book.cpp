// SPDX-License-Identifier: Apache-2.0
#include "simulator/oplati/book.h"

#include <algorithm>
#include <array>
#include <utility>

namespace linuxcash::simulator::oplati {

namespace {

constexpr std::array<std::pair<std::string_view, EventKind>, 8> kKinds{{
    {"token", EventKind::Token},
    {"token-reset", EventKind::TokenReset},
    {"created", EventKind::Created},
    {"captured", EventKind::Captured},
    {"refunded", EventKind::Refunded},
    {"failed", EventKind::Failed},
    {"cancelled", EventKind::Cancelled},
    {"refund-cancelled", EventKind::RefundCancelled},
}};

std::string_view name_of(EventKind kind) {
    for (const auto& [name, known] : kKinds) {
        if (known == kind) return name;
    }
    return {};
}

std::string order_key(std::string_view desk, std::string_view order_number) {
    return std::string(desk) + "/" + std::string(order_number);
}

bool is_about_token(EventKind kind) {
    return kind == EventKind::Token || kind == EventKind::TokenReset;
}

struct Order {
    json::Value ids{json::Array{}};
    int captures = 0;
    Money captured;
    Money cancelled;
    Money refunded;
};

void add_to(Order& order, const Payment& payment) {
    order.ids.push(payment.id);
    if (payment.type == kReversal) {
        if (payment.status == kOk) order.refunded = order.refunded + payment.sum;
        return;
    }
    if (payment.captured) {
        ++order.captures;
        order.captured = order.captured + payment.sum;
    }
    order.cancelled = order.cancelled + payment.given_back;
}

json::Value sums_of(const Order& order) {
    const Money kept = order.captured - order.cancelled - order.refunded;
    return json::object({
        {"captures", order.captures},
        {"captured", order.captured.str()},
        {"cancelled", order.cancelled.str()},
        {"refunded", order.refunded.str()},
        {"kept", kept.str()},
    });
}

}  // namespace

json::Value to_json(const Event& event) {
    json::Value document =
        json::object({{"event", name_of(event.kind)}, {"at", event.at_ms}, {"regNum", event.desk}});
    if (event.kind == EventKind::Token) document.set("token", event.token);
    if (is_about_token(event.kind)) return document;
    document.set("paymentId", event.payment_id).set("orderNumber", event.order_number);
    document.set("sum", event.sum.str());
    if (event.sale_id != 0) document.set("saleId", event.sale_id);
    if (event.kind == EventKind::Failed) document.set("status", event.status);
    if (event.kind != EventKind::Created) return document;
    document.set("shift", event.shift).set("plannedStatus", event.status);
    document.set("dueMs", event.due_ms);
    if (!event.lie.empty()) document.set("lie", event.lie);
    return document;
}

Result<Event> parse_event(const json::Value& document) {
    const std::string name = document.string("event").value_or("");
    const auto* kind = std::find_if(
        kKinds.begin(), kKinds.end(), [&](const auto& known) { return known.first == name; });
    const auto sum = Money::parse(document.string("sum").value_or("0"), Currency());
    if (kind == kKinds.end() || !sum) {
        return Error{
            ErrorCode::Damaged,
            tr("запись журнала симулятора не понята: %1; удалите файл журнала", document.str())};
    }
    Event event;
    event.kind = kind->second;
    event.at_ms = document.integer("at").value_or(0);
    event.desk = document.string("regNum").value_or("");
    event.token = document.string("token").value_or("");
    event.payment_id = document.integer("paymentId").value_or(0);
    event.sale_id = document.integer("saleId").value_or(0);
    event.order_number = document.string("orderNumber").value_or("");
    event.shift = document.string("shift").value_or("");
    event.sum = *sum;
    const char* status_key = event.kind == EventKind::Created ? "plannedStatus" : "status";
    event.status = static_cast<int>(document.integer(status_key).value_or(kInProgress));
    event.due_ms = document.integer("dueMs").value_or(-1);
    event.lie = document.string("lie").value_or("");
    return event;
}

void Book::apply(const Event& event) {
    switch (event.kind) {
        case EventKind::Token:
            tokens_[event.desk].value = event.token;
            ++tokens_[event.desk].issued;
            return;
        case EventKind::TokenReset:
            tokens_[event.desk].value.clear();
            return;
        case EventKind::Created:
            created(event);
            return;
        case EventKind::Captured:
        case EventKind::Refunded:
        case EventKind::Failed:
        case EventKind::Cancelled:
        case EventKind::RefundCancelled:
            ended(event);
            return;
    }
}

void Book::created(const Event& event) {
    Payment payment;
    payment.id = event.payment_id;
    payment.type = event.sale_id == 0 ? kSale : kReversal;
    payment.sale_id = event.sale_id;
    payment.desk = event.desk;
    payment.order_number = event.order_number;
    payment.shift = event.shift;
    payment.sum = event.sum;
    payment.planned_status = event.status;
    payment.due_ms = event.due_ms;
    payment.created_ms = event.at_ms;
    payment.paid_ms = event.at_ms;
    payment.lie = event.lie;
    const auto sale = payments_.find(event.sale_id);
    if (sale != payments_.end()) sale->second.refunded = sale->second.refunded + event.sum;
    by_order_[order_key(event.desk, event.order_number)] = event.payment_id;
    payments_[event.payment_id] = std::move(payment);
}

void Book::ended(const Event& event) {
    const auto found = payments_.find(event.payment_id);
    if (found == payments_.end()) return;
    Payment& payment = found->second;
    payment.due_ms = -1;
    if (event.kind == EventKind::Captured || event.kind == EventKind::Refunded) {
        payment.status = kOk;
        payment.paid_ms = event.at_ms;
        payment.captured = event.kind == EventKind::Captured;
        return;
    }
    payment.status = event.kind == EventKind::Failed ? event.status : kCancelled;
    if (event.kind == EventKind::Cancelled) payment.given_back = event.sum;
    // A reversal that came to nothing leaves the sale its remainder.
    const auto sale = payments_.find(payment.sale_id);
    if (sale != payments_.end()) sale->second.refunded = sale->second.refunded - payment.sum;
}

const Payment* Book::find(std::int64_t id) const {
    const auto found = payments_.find(id);
    return found == payments_.end() ? nullptr : &found->second;
}

const Payment* Book::find(std::string_view desk, std::string_view order_number) const {
    const auto found = by_order_.find(order_key(desk, order_number));
    return found == by_order_.end() ? nullptr : find(found->second);
}

Money Book::remainder(const Payment& sale) const {
    if (sale.type != kSale || sale.status != kOk) return {};
    return sale.sum - sale.refunded;
}

const DeskToken* Book::token(std::string_view desk) const {
    const auto found = tokens_.find(desk);
    return found == tokens_.end() ? nullptr : &found->second;
}

json::Value summary(const Book& book) {
    std::map<std::pair<std::string, std::string>, Order> orders;
    Order total;
    for (const auto& [id, payment] : book.payments()) {
        add_to(orders[{payment.desk, payment.order_number}], payment);
        add_to(total, payment);
    }
    json::Value list(json::Array{});
    for (const auto& [name, order] : orders) {
        json::Value document = sums_of(order);
        document.set("regNum", name.first).set("orderNumber", name.second);
        document.set("paymentIds", order.ids);
        list.push(document);
    }
    return json::object({{"orders", list}, {"totals", sums_of(total)}});
}

}  // namespace linuxcash::simulator::oplati
