// SPDX-License-Identifier: Apache-2.0
#include "world/their_books.h"

namespace linuxcash::world {
namespace {

// "24.50" of the ledger in kopecks; it always writes two places.
std::int64_t kopecks(const json::Value& event) {
    std::int64_t sum = 0;
    for (const char each : event.string("sum").value_or("")) {
        if (each != '.') sum = sum * 10 + (each - '0');
    }
    return sum;
}

}  // namespace

bool TheirBooks::read(const std::vector<json::Value>& events) {
    bool moved = false;
    for (; read_ < events.size(); ++read_)
        moved = take(events[read_]) || moved;
    return moved;
}

bool TheirBooks::take(const json::Value& event) {
    const std::string kind = event.string("event").value_or("");
    if (kind == "token" || kind == "token-reset") return false;
    const std::string order = event.string("orderNumber").value_or("");
    const std::int64_t sale_id = event.integer("saleId").value_or(0);
    last_ = kind + ' ' + order + ' ' + event.string("sum").value_or("");
    if (kind == "created") {
        if (sale_id != 0) {
            reversals_[order].sale_id = sale_id;
        } else {
            order_by_id_[event.integer("paymentId").value_or(0)] = order;
            sales_[order].order_number = order;
        }
        return false;
    }
    if (kind == "captured") {
        ++sales_[order].captures;
        sales_[order].captured += kopecks(event);
    } else if (kind == "cancelled") {
        sales_[order].returned += kopecks(event);
    } else if (kind == "refunded") {
        ++reversals_[order].done;
        reversals_[order].returned += kopecks(event);
        sales_[order_by_id_[sale_id]].returned += kopecks(event);
    } else if (kind == "refund-cancelled") {
        reversals_[order].returned -= kopecks(event);
        sales_[order_by_id_[sale_id]].returned -= kopecks(event);
    }
    return kind != "failed";
}

std::int64_t TheirBooks::kept(const std::string& order_number) const {
    const auto found = sales_.find(order_number);
    return found == sales_.end() ? 0 : found->second.kept();
}

std::int64_t TheirBooks::captured(const std::string& order_number) const {
    const auto found = sales_.find(order_number);
    return found == sales_.end() ? 0 : found->second.captured;
}

std::int64_t TheirBooks::returned(const std::string& refund_number) const {
    const auto found = reversals_.find(refund_number);
    return found == reversals_.end() ? 0 : found->second.returned;
}

}  // namespace linuxcash::world
