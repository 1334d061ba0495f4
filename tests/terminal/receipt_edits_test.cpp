// SPDX-License-Identifier: Apache-2.0
#include "terminal/receipt_edits.h"

#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::terminal;

namespace {

Money byn(std::int64_t minor) {
    return Money(minor, Currency());
}

Item item(const char* price, const char* quantity, const char* discount = "0") {
    Item made;
    made.code = "1";
    made.name = "Товар";
    made.price = *Money::parse(price, Currency());
    made.quantity = *Decimal::parse(quantity);
    made.discount = *Money::parse(discount, Currency());
    return made;
}

till::Payment payment(std::int64_t minor, core::PaymentKind kind) {
    till::Payment made;
    made.kind = kind;
    made.sum = byn(minor);
    return made;
}

till::PaymentType type(core::PaymentKind kind, const char* system) {
    till::PaymentType made;
    made.valutcode = 5;
    made.kind = kind;
    made.system = system;
    return made;
}

}  // namespace

TEST_GROUP(ReceiptEdits) {
    till::Receipt receipt;
    LineLimits limits;

    void check_refused(const Item& wrong) {
        CHECK_FALSE(add_item(receipt, wrong, limits).ok());
        CHECK(receipt.lines.empty());
    }
};

TEST(ReceiptEdits, rounds_the_sum_of_a_line_half_away_from_zero) {
    CHECK(add_item(receipt, item("1.01", "0.5"), limits).ok());

    LONGS_EQUAL(51, receipt.total().minor());
}

TEST(ReceiptEdits, takes_the_discount_off_the_line) {
    CHECK(add_item(receipt, item("10.00", "2", "3.50"), limits).ok());

    LONGS_EQUAL(1650, receipt.total().minor());
}

TEST(ReceiptEdits, refuses_impossible_lines) {
    check_refused(item("1.00", "0"));
    check_refused(item("1.00", "-1"));
    check_refused(item("1.00", "1.0001"));
    check_refused(item("-1.00", "1"));
    check_refused(item("1.00", "1", "1.01"));
    check_refused(item("1.00", "1", "-0.01"));
    check_refused(item("90000000000.00", "999999"));
    check_refused(item("10000000001.00", "1"));
}

TEST(ReceiptEdits, keeps_to_the_greatest_discount) {
    limits.max_discount_percent = 10;
    check_refused(item("10.00", "1", "1.01"));

    CHECK(add_item(receipt, item("10.00", "1", "1.00"), limits).ok());
}

TEST(ReceiptEdits, keeps_to_the_minimum_price_unless_told_otherwise) {
    Item cheap = item("10.00", "2", "4.02");
    cheap.minimum_price = byn(800);
    check_refused(cheap);
    limits.respect_minimum_price = false;

    CHECK(add_item(receipt, cheap, limits).ok());
}

TEST(ReceiptEdits, never_uses_the_number_of_a_removed_line_again) {
    CHECK(add_item(receipt, item("1.00", "1"), limits).ok());
    CHECK(add_item(receipt, item("2.00", "1"), limits).ok());
    CHECK(remove_line(receipt, 2).ok());
    CHECK(add_item(receipt, item("3.00", "1"), limits).ok());

    LONGS_EQUAL(3, receipt.lines.back().index);
    LONGS_EQUAL(400, receipt.total().minor());
    CHECK_FALSE(remove_line(receipt, 2).ok());
    CHECK_FALSE(remove_line(receipt, 4).ok());
}

TEST(ReceiptEdits, holds_no_more_lines_than_its_limit) {
    for (std::size_t count = 0; count < kLinesMax; ++count) {
        CHECK(add_item(receipt, item("0.01", "1"), limits).ok());
    }

    CHECK_FALSE(add_item(receipt, item("0.01", "1"), limits).ok());
}

TEST(ReceiptEdits, counts_change_from_cash_alone) {
    CHECK(add_item(receipt, item("35.00", "1"), limits).ok());
    add_payment(receipt, payment(3000, core::PaymentKind::Other));
    add_payment(receipt, payment(2000, core::PaymentKind::Cash));

    LONGS_EQUAL(1500, receipt.change.minor());
    CHECK(is_paid(receipt));
    cancel_payment(receipt, 1);
    LONGS_EQUAL(0, receipt.change.minor());
    LONGS_EQUAL(1500, receipt.due().minor());
}

TEST(ReceiptEdits, freezes_lines_as_long_as_there_is_money) {
    CHECK(add_item(receipt, item("35.00", "1"), limits).ok());
    add_payment(receipt, payment(1000, core::PaymentKind::Cash));

    CHECK_FALSE(add_item(receipt, item("1.00", "1"), limits).ok());
    CHECK_FALSE(remove_line(receipt, 1).ok());
    cancel_payment(receipt, 1);
    CHECK(remove_line(receipt, 1).ok());
}

TEST(ReceiptEdits, pays_the_rest_when_no_sum_is_named) {
    CHECK(add_item(receipt, item("35.00", "1"), limits).ok());
    const auto module = type(core::PaymentKind::Other, "oplati");

    LONGS_EQUAL(3500, payable(receipt, module, std::nullopt)->minor());
    LONGS_EQUAL(1000, payable(receipt, module, byn(1000))->minor());
}

TEST(ReceiptEdits, lets_only_cash_exceed_the_rest) {
    CHECK(add_item(receipt, item("35.00", "1"), limits).ok());

    CHECK(payable(receipt, type(core::PaymentKind::Cash, ""), byn(3501)).ok());
    CHECK_FALSE(payable(receipt, type(core::PaymentKind::Card, ""), byn(3501)).ok());
    CHECK_FALSE(payable(receipt, type(core::PaymentKind::Cash, "oplati"), byn(3501)).ok());
}

TEST(ReceiptEdits, refuses_sums_that_pay_nothing) {
    const auto cash = type(core::PaymentKind::Cash, "");
    CHECK_FALSE(payable(receipt, cash, byn(100)).ok());
    CHECK(add_item(receipt, item("35.00", "1"), limits).ok());

    CHECK_FALSE(payable(receipt, cash, byn(0)).ok());
    CHECK_FALSE(payable(receipt, cash, byn(-1)).ok());
    CHECK_FALSE(payable(receipt, cash, byn(kLineMinorMax + 1)).ok());
}

TEST(ReceiptEdits, gives_no_change_in_a_refund) {
    CHECK(add_item(receipt, item("35.00", "1"), limits).ok());
    receipt.type = core::ReceiptType::Refund;

    CHECK(payable(receipt, type(core::PaymentKind::Cash, ""), byn(3500)).ok());
    CHECK_FALSE(payable(receipt, type(core::PaymentKind::Cash, ""), byn(3501)).ok());
}

TEST(ReceiptEdits, leaves_the_lines_of_a_refund_by_sale_as_they_are) {
    CHECK(add_item(receipt, item("35.00", "1"), limits).ok());
    receipt.type = core::ReceiptType::Refund;
    CHECK(add_item(receipt, item("1.00", "1"), limits).ok());
    receipt.sale_uid = "sale";

    CHECK_FALSE(add_item(receipt, item("1.00", "1"), limits).ok());
    CHECK_FALSE(remove_line(receipt, 1).ok());
}

TEST(ReceiptEdits, annuls_a_closed_receipt_with_its_last_money) {
    CHECK(add_item(receipt, item("35.00", "1"), limits).ok());
    add_payment(receipt, payment(1000, core::PaymentKind::Other));
    add_payment(receipt, payment(2500, core::PaymentKind::Cash));
    receipt.state = till::ReceiptState::Closed;

    cancel_payment(receipt, 2);
    CHECK(receipt.state == till::ReceiptState::Closed);
    cancel_payment(receipt, 1);
    CHECK(receipt.state == till::ReceiptState::Annulled);
}
