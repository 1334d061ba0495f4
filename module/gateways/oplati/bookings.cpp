// SPDX-License-Identifier: Apache-2.0
#include "gateways/oplati/bookings.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "gateways/oplati/error_body.h"
#include "gateways/oplati/payment_object.h"
#include "gateways/oplati/wire.h"

namespace linuxcash::oplati {
namespace {

using core::OperationKind;
using core::Verdict;

std::string text_of(const json::Value& row, std::string_view key) {
    const json::Value* member = row.find(key);
    return member == nullptr ? std::string{} : shown(member->scalar_text().value_or(""));
}

// By the way the money goes: types 2 and 3 give it to the buyer.
OperationKind kind_of(std::optional<std::int64_t> type) {
    const bool back = type == wire::kReversalType || type == wire::kPurchaseType;
    return back ? OperationKind::Refund : OperationKind::Pay;
}

std::optional<Money> positive_sum(const json::Value& row) {
    const auto sum = Money::parse(text_of(row, "sum"), Currency{});
    if (!sum || !sum->is_positive() || !sum->is_plausible()) return std::nullopt;
    return sum;
}

// Why the row is not understood; nullopt when it is.
std::optional<Text> riddle(
    const json::Value& row, const std::optional<PaymentObject>& object,
    const std::optional<StatusMeaning>& meaning) {
    if (!object) return tr("непонятная строка списка");
    if (!object->payment_type) return tr("вид операции не назван");
    if (object->payment_type != wire::kSaleType && object->payment_type != wire::kReversalType) {
        return tr(
            "операция вида %1, которую касса не проводит, состояние %2", *object->payment_type,
            object->status);
    }
    if (!meaning) return tr("неизвестное состояние %1", object->status);
    // Of what came to nothing the sum does not matter.
    if (meaning->verdict != Verdict::Declined && !positive_sum(row)) {
        return tr("сумма не читается, состояние: %1", meaning->brief);
    }
    return std::nullopt;
}

core::Booking booking(const json::Value& row) {
    const auto object = read_payment(row);
    core::Booking entry;
    entry.kind = kind_of(row.integer("paymentType"));
    entry.payment_id = object ? object->payment_id : text_of(row, "paymentId");
    entry.order_number = text_of(row, "orderNumber");
    entry.sum = positive_sum(row).value_or(Money{});
    const auto meaning = object ? meaning_of(object->status, entry.kind) : std::nullopt;
    if (auto reason = riddle(row, object, meaning)) {
        entry.status = *std::move(reason);
        return entry;
    }
    entry.verdict = meaning->verdict;
    entry.status = meaning->brief;
    return entry;
}

}  // namespace

core::Bookings bookings(const json::Array& rows) {
    core::Bookings entries;
    entries.reserve(rows.size());
    for (const json::Value& row : rows)
        entries.push_back(booking(row));
    return entries;
}

}  // namespace linuxcash::oplati
