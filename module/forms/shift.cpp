// SPDX-License-Identifier: Apache-2.0
#include "forms/shift.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "forms/forms.h"
#include "forms/shapes.h"

namespace linuxcash::forms {

using reports::Kind;
using reports::Record;
using reports::Value;
using reports::Values;

Fields shift_fields() {
    return {
        {"now", Kind::Time},
        {"desk"},
        {"shift", Kind::Number},
        {"state"},
        {"opened", Kind::Time},
        {"closed", Kind::Time},
        {"cashier"},
        {"currency"},
        {"sales", Kind::Record, {{"count", Kind::Number}, {"sum", Kind::Money}}},
        {"refunds", Kind::Record, {{"count", Kind::Number}, {"sum", Kind::Money}}},
        {"annulled", Kind::Record, {{"count", Kind::Number}, {"sum", Kind::Money}}},
        {"cancelled_refunds", Kind::Record, {{"count", Kind::Number}, {"sum", Kind::Money}}},
        {"discount", Kind::Money},
        {"total", Kind::Money},
        {"types",
         Kind::List,
         {{"name"},
          {"kind"},
          {"taken_count", Kind::Number},
          {"taken", Kind::Money},
          {"given_count", Kind::Number},
          {"given", Kind::Money},
          {"total", Kind::Money}}},
        {"cash", Kind::Money},
        {"first_receipt", Kind::Number},
        {"last_receipt", Kind::Number},
        {"total_before", Kind::Money},
        {"total_after", Kind::Money}};
}

namespace {

// What one payment type has brought and given back.
struct TypeSums {
    int valutcode = 0;
    std::string name;
    core::PaymentKind kind = core::PaymentKind::Other;
    int taken_count = 0;
    Money taken;
    int given_count = 0;
    Money given;
};

struct Sums {
    int sales = 0;
    int refunds = 0;
    int annulled = 0;  // sales
    Money annulled_sum;
    int cancelled_refunds = 0;  // did not come about, or were annulled
    Money cancelled_refunds_sum;
    Money discount;
    std::vector<TypeSums> types;
    std::int64_t first_receipt = 0;
    std::int64_t last_receipt = 0;
};

TypeSums& sums_of(Sums& sums, const till::Payment& payment, Currency currency) {
    const auto found =
        std::find_if(sums.types.begin(), sums.types.end(), [&](const TypeSums& each) {
            return each.valutcode == payment.valutcode && each.name == payment.name;
        });
    if (found != sums.types.end()) return *found;
    TypeSums fresh;
    fresh.valutcode = payment.valutcode;
    fresh.name = payment.name;
    fresh.kind = payment.kind;
    fresh.taken = fresh.given = Money(0, currency);
    return sums.types.emplace_back(std::move(fresh));
}

// What was taken stays taken when a refund receipt gives it back.
bool stands(const till::Payment& payment) {
    return payment.state == till::PaymentState::Processed
           || payment.state == till::PaymentState::Refunded;
}

void add_payments(Sums& sums, const till::Receipt& receipt) {
    const bool sale = receipt.type == core::ReceiptType::Sale;
    Money change = receipt.change;
    for (const till::Payment& payment : receipt.payments) {
        if (!stands(payment)) continue;
        TypeSums& type = sums_of(sums, payment, receipt.currency);
        ++(sale ? type.taken_count : type.given_count);
        Money& side = sale ? type.taken : type.given;
        side = side + payment.sum;
        if (payment.kind != core::PaymentKind::Cash) continue;
        // Change is cash that went back at once.
        side = side - change;
        change = Money(0, receipt.currency);
    }
}

void add_receipt(Sums& sums, const till::Receipt& receipt) {
    if (receipt.state == till::ReceiptState::Open) return;
    if (sums.first_receipt == 0) sums.first_receipt = receipt.number;
    sums.last_receipt = receipt.number;
    if (receipt.state == till::ReceiptState::Annulled) {
        const bool sale = receipt.type == core::ReceiptType::Sale;
        ++(sale ? sums.annulled : sums.cancelled_refunds);
        Money& sum = sale ? sums.annulled_sum : sums.cancelled_refunds_sum;
        sum = sum + receipt.total();
        return;
    }
    ++(receipt.type == core::ReceiptType::Sale ? sums.sales : sums.refunds);
    for (const till::Line& line : receipt.lines) {
        const bool counts = !line.removed && line.discount.is_positive();
        if (counts && receipt.type == core::ReceiptType::Sale)
            sums.discount = sums.discount + line.discount;
    }
    add_payments(sums, receipt);
}

Record counted(int count, Money sum) {
    Record record;
    record.set("count", Value::of(count)).set("sum", sum);
    return record;
}

Values types_data(std::vector<TypeSums> types) {
    std::sort(types.begin(), types.end(), [](const TypeSums& left, const TypeSums& right) {
        return left.valutcode < right.valutcode;
    });
    Values list;
    for (const TypeSums& type : types) {
        Record record;
        record.set("name", type.name).set("kind", std::string(till::name(type.kind)));
        record.set("taken_count", Value::of(type.taken_count)).set("taken", type.taken);
        record.set("given_count", Value::of(type.given_count)).set("given", type.given);
        record.set("total", type.taken - type.given);
        list.emplace_back(std::move(record));
    }
    return list;
}

}  // namespace

Result<till::Shift> shift_of(till::Till& till, std::optional<std::int64_t> number) {
    Result<std::optional<till::Shift>> shift = number ? till.shift(*number) : till.last_shift();
    if (!shift) return shift.error();
    if (*shift) return **shift;
    return Error{
        ErrorCode::NotFound,
        number ? tr("смены %1 в базе кассы нет", *number) : tr("ни одной смены еще не было")};
}

Result<till::Shift> shift_for(
    till::Till& till, std::string_view form, std::optional<std::int64_t> number) {
    Result<till::Shift> shift = shift_of(till, number);
    if (!shift) return shift;
    const bool wants_open = form == "x";
    if (shift->open == wants_open) return shift;
    if (wants_open) {
        return Error{
            ErrorCode::InvalidInput,
            number ? tr(
                "смена %1 закрыта: X-отчет бывает только у открытой, возьмите Z-отчет",
                shift->number)
                   : tr("смена не открыта: X-отчет бывает только у открытой смены")};
    }
    // Without a number the last that is closed is meant.
    if (!number && shift->number > 1) return shift_for(till, form, shift->number - 1);
    return Error{
        ErrorCode::InvalidInput,
        tr("смена %1 еще открыта: Z-отчет печатается при ее закрытии, до него возьмите X-отчет",
           shift->number)};
}

Result<Record> shift_data(till::Till& till, const till::Shift& shift, const Occasion& occasion) {
    const auto totals = till.shift_sums(shift.number, occasion.currency);
    if (!totals) return totals.error();
    const auto receipts = till.receipts_of_shift(shift.number);
    if (!receipts) return receipts.error();
    Sums sums;
    sums.annulled_sum = sums.cancelled_refunds_sum = sums.discount = Money(0, occasion.currency);
    for (const till::Receipt& receipt : *receipts) {
        if (receipt.currency == occasion.currency) add_receipt(sums, receipt);
    }
    Record data;
    data.set("now", local_time(occasion.now_ms)).set("desk", occasion.desk);
    data.set("shift", Value::of(shift.number)).set("state", shift.open ? "open" : "closed");
    data.set("opened", local_time(shift.opened_at_ms)).set("cashier", shift.cashier);
    if (!shift.open) data.set("closed", local_time(shift.closed_at_ms));
    data.set("currency", std::string(occasion.currency.code()));
    data.set("sales", counted(sums.sales, totals->sold));
    data.set("refunds", counted(sums.refunds, totals->refunded));
    data.set("annulled", counted(sums.annulled, sums.annulled_sum));
    data.set("cancelled_refunds", counted(sums.cancelled_refunds, sums.cancelled_refunds_sum));
    data.set("discount", sums.discount).set("total", totals->sold - totals->refunded);
    data.set("types", types_data(std::move(sums.types))).set("cash", totals->cash);
    data.set("first_receipt", Value::of(sums.first_receipt));
    data.set("last_receipt", Value::of(sums.last_receipt));
    data.set("total_before", totals->sold_before);
    data.set("total_after", totals->sold_before + totals->sold);
    return data;
}

}  // namespace linuxcash::forms
