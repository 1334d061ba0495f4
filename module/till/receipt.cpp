// SPDX-License-Identifier: Apache-2.0
#include "till/receipt.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "core/word_table.h"

namespace linuxcash::till {
namespace {

using std::string_view;

constexpr std::array kReceiptStates{
    std::pair{ReceiptState::Open, string_view("open")},
    std::pair{ReceiptState::Closed, string_view("closed")},
    std::pair{ReceiptState::Annulled, string_view("annulled")},
};
constexpr std::array kPaymentStates{
    std::pair{PaymentState::Added, string_view("added")},
    std::pair{PaymentState::Processed, string_view("processed")},
    std::pair{PaymentState::Cancelled, string_view("cancelled")},
    std::pair{PaymentState::Refunded, string_view("refunded")},
};
constexpr std::array kReceiptTypes{
    std::pair{core::ReceiptType::Sale, string_view("sale")},
    std::pair{core::ReceiptType::Refund, string_view("refund")},
};
constexpr std::array kLineTypes{
    std::pair{core::LineType::Goods, string_view("goods")},
    std::pair{core::LineType::Service, string_view("service")},
};
constexpr std::array kPaymentKinds{
    std::pair{core::PaymentKind::Cash, string_view("cash")},
    std::pair{core::PaymentKind::Card, string_view("card")},
    std::pair{core::PaymentKind::Other, string_view("other")},
};

auto members(const Line& line) {
    return std::tie(
        line.index, line.code, line.name, line.barcode, line.article, line.unit, line.type,
        line.quantity, line.price, line.discount, line.total, line.minimum_price, line.removed,
        line.sale_index);
}

// A processed payment, and one that was given back later by another receipt, paid this receipt.
bool counts(const Payment& payment) {
    return payment.state == PaymentState::Processed || payment.state == PaymentState::Refunded;
}

}  // namespace

string_view name(ReceiptState state) {
    return core::word_of(kReceiptStates, state);
}
std::optional<ReceiptState> parse_receipt_state(string_view word) {
    return core::of_word(kReceiptStates, word);
}
string_view name(PaymentState state) {
    return core::word_of(kPaymentStates, state);
}
std::optional<PaymentState> parse_payment_state(string_view word) {
    return core::of_word(kPaymentStates, word);
}
string_view name(core::ReceiptType type) {
    return core::word_of(kReceiptTypes, type);
}
std::optional<core::ReceiptType> parse_receipt_type(string_view word) {
    return core::of_word(kReceiptTypes, word);
}
string_view name(core::LineType type) {
    return core::word_of(kLineTypes, type);
}
std::optional<core::LineType> parse_line_type(string_view word) {
    return core::of_word(kLineTypes, word);
}
string_view name(core::PaymentKind kind) {
    return core::word_of(kPaymentKinds, kind);
}
std::optional<core::PaymentKind> parse_payment_kind(string_view word) {
    return core::of_word(kPaymentKinds, word);
}

bool operator==(const Line& left, const Line& right) {
    return members(left) == members(right);
}

Money Receipt::total() const {
    Money sum(0, currency);
    for (const Line& line : lines) {
        if (!line.removed) sum = sum + line.total;
    }
    return sum;
}

Money Receipt::paid() const {
    Money sum(0, currency);
    for (const Payment& each : payments) {
        if (counts(each)) sum = sum + each.sum;
    }
    // A change of zero may come without its currency.
    return change.is_zero() ? sum : sum - change;
}

Money Receipt::due() const {
    const Money rest = total() - paid();
    return rest.is_positive() ? rest : Money(0, currency);
}

const Payment* Receipt::payment(int payment_number) const {
    const auto found = std::ranges::find(payments, payment_number, &Payment::number);
    return found == payments.end() ? nullptr : &*found;
}

Payment* Receipt::payment(int payment_number) {
    const auto found = std::ranges::find(payments, payment_number, &Payment::number);
    return found == payments.end() ? nullptr : &*found;
}

int Receipt::next_payment_number() const {
    int last = 0;
    for (const Payment& each : payments)
        last = std::max(last, each.number);
    return last + 1;
}

}  // namespace linuxcash::till
