// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "scene.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::till {

TEST_GROUP(Receipt){};

TEST(Receipt, totals_the_lines_that_were_not_removed) {
    Receipt receipt = open_sale();
    receipt.lines.push_back(milk());
    receipt.lines.back().removed = true;

    CHECK(receipt.total() == byn(3450));
}

TEST(Receipt, owes_what_processed_payments_left) {
    Receipt receipt = open_sale();
    receipt.payments = {wallet_payment()};

    CHECK(receipt.due() == byn(1000));
}

TEST(Receipt, counts_no_payment_without_money) {
    Receipt receipt = open_sale();
    for (const PaymentState state : std::array{PaymentState::Added, PaymentState::Cancelled}) {
        receipt.payments = {wallet_payment()};
        receipt.payments.front().state = state;

        CHECK(receipt.paid().is_zero());
    }
}

TEST(Receipt, was_paid_even_by_what_was_refunded_later) {
    Receipt receipt = closed_sale();
    receipt.payments.front().state = PaymentState::Refunded;

    CHECK(receipt.due().is_zero());
}

TEST(Receipt, takes_the_change_off_what_was_paid) {
    CHECK(closed_sale().paid() == byn(3450));
    CHECK(closed_sale().due().is_zero());
}

TEST(Receipt, never_owes_less_than_nothing) {
    Receipt receipt = closed_sale();
    receipt.change = byn(0);

    CHECK(receipt.due().is_zero());
}

TEST(Receipt, works_in_another_currency_with_an_untouched_change) {
    Receipt receipt;
    receipt.currency = *Currency::parse("RUB");

    CHECK(receipt.due() == Money(0, receipt.currency));
}

TEST(Receipt, finds_payments_by_their_numbers_and_never_repeats_one) {
    Receipt receipt = closed_sale();

    POINTERS_EQUAL(&receipt.payments[1], receipt.payment(2));
    POINTERS_EQUAL(nullptr, receipt.payment(3));
    LONGS_EQUAL(3, receipt.next_payment_number());
}

TEST(Receipt, has_a_word_for_every_value_and_reads_it_back) {
    for (const auto state :
         std::array{ReceiptState::Open, ReceiptState::Closed, ReceiptState::Annulled})
        CHECK(parse_receipt_state(name(state)) == state);
    for (const auto state : std::array{
             PaymentState::Added, PaymentState::Processed, PaymentState::Cancelled,
             PaymentState::Refunded})
        CHECK(parse_payment_state(name(state)) == state);
    for (const auto type : std::array{core::ReceiptType::Sale, core::ReceiptType::Refund})
        CHECK(parse_receipt_type(name(type)) == type);
    for (const auto type : std::array{core::LineType::Goods, core::LineType::Service})
        CHECK(parse_line_type(name(type)) == type);
    for (const auto kind :
         std::array{core::PaymentKind::Cash, core::PaymentKind::Card, core::PaymentKind::Other})
        CHECK(parse_payment_kind(name(kind)) == kind);
    for (const auto printed : std::array{Printed::Yes, Printed::No, Printed::Owed})
        CHECK(parse_printed(name(printed)) == printed);
    CHECK_FALSE(parse_receipt_state("новый").has_value());
}

}  // namespace linuxcash::till
