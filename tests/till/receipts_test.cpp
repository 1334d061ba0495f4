// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "scene.h"
#include "store/database.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::till {

TEST_GROUP(TillReceipts) {
    Scene scene;
    Till till = scene.owner();

    std::int64_t number_from(const std::string& sql) {
        auto database = store::Database::open(scene.places().till());
        CHECK(database.ok());
        auto statement = database->prepare(sql);
        CHECK(statement.ok());
        const auto row = statement->step();
        CHECK(row.ok() && *row);
        return statement->integer(0);
    }
};

TEST(TillReceipts, gives_back_the_open_receipt_as_it_was_saved) {
    Receipt receipt = open_sale();
    receipt.payments = {wallet_payment()};
    receipt.notes["oplati"] = "заметка";
    receipt.lines.push_back(milk());
    receipt.lines.back().removed = true;
    receipt.lines.push_back(milk());
    receipt.lines.back().index = 2;
    receipt.lines.back().quantity = *Decimal::parse("0.732");
    receipt.lines.back().type = core::LineType::Service;
    receipt.lines.back().minimum_price.reset();

    CHECK(till.save(receipt).ok());

    const auto loaded = till.open_receipt();
    CHECK(loaded.ok() && loaded->has_value());
    CHECK(**loaded == receipt);
}

TEST(TillReceipts, survives_a_restart) {
    CHECK(till.save(open_sale()).ok());
    { const Till gone = std::move(till); }
    till = scene.owner();

    CHECK(**till.open_receipt() == open_sale());
}

TEST(TillReceipts, replaces_the_whole_receipt_at_each_save) {
    Receipt receipt = open_sale();
    receipt.payments = {wallet_payment()};
    receipt.notes["oplati"] = "заметка";
    CHECK(till.save(receipt).ok());
    receipt.lines.clear();
    receipt.payments.clear();
    receipt.notes.clear();
    receipt.card.clear();
    receipt.revision = 2;

    CHECK(till.save(receipt).ok());

    CHECK(**till.open_receipt() == receipt);
}

TEST(TillReceipts, has_no_open_receipt_once_it_is_closed) {
    CHECK(till.save(open_sale()).ok());
    CHECK(till.save(closed_sale()).ok());

    CHECK_FALSE(till.open_receipt()->has_value());
    CHECK(**till.receipt(1) == closed_sale());
    CHECK(**till.receipt_by_uid("uid-1") == closed_sale());
}

TEST(TillReceipts, finds_nothing_where_there_is_nothing) {
    CHECK_FALSE(till.open_receipt()->has_value());
    CHECK_FALSE(till.receipt(7)->has_value());
    CHECK_FALSE(till.receipt_by_uid("x")->has_value());
    CHECK(till.receipts_of_shift(1)->empty());
}

TEST(TillReceipts, numbers_on_from_the_last_receipt_of_any_kind) {
    LONGS_EQUAL(1, *till.next_receipt_number());
    CHECK(till.save(closed_sale(1)).ok());
    Receipt refund = closed_sale(2);
    refund.type = core::ReceiptType::Refund;
    CHECK(till.save(refund).ok());

    LONGS_EQUAL(3, *till.next_receipt_number());
}

TEST(TillReceipts, refuses_a_second_open_receipt) {
    CHECK(till.save(open_sale(1)).ok());

    const auto saved = till.save(open_sale(2));

    CHECK_FALSE(saved.ok());
    CHECK(saved.error().code == ErrorCode::InvalidInput);
    CHECK_FALSE(till.receipt(2)->has_value());
}

TEST(TillReceipts, refuses_a_number_that_is_another_receipts) {
    CHECK(till.save(closed_sale(1)).ok());
    Receipt other = closed_sale(1);
    other.uid = "uid-other";

    CHECK_FALSE(till.save(other).ok());
}

TEST(TillReceipts, refuses_to_renumber_a_receipt) {
    CHECK(till.save(open_sale(1)).ok());
    Receipt renumbered = open_sale(1);
    renumbered.number = 5;

    CHECK_FALSE(till.save(renumbered).ok());
}

TEST(TillReceipts, lets_only_payments_of_a_closed_receipt_change) {
    CHECK(till.save(closed_sale()).ok());
    Receipt refunded = closed_sale();
    refunded.payments.front().state = PaymentState::Refunded;
    Receipt tampered = closed_sale();
    tampered.lines.front().total = byn(1);
    Receipt reopened = closed_sale();
    reopened.state = ReceiptState::Open;

    CHECK(till.save(refunded).ok());
    CHECK_FALSE(till.save(tampered).ok());
    CHECK_FALSE(till.save(reopened).ok());
    CHECK(**till.receipt(1) == refunded);
}

TEST(TillReceipts, lets_a_closed_sale_be_annulled_for_good) {
    CHECK(till.save(closed_sale()).ok());
    Receipt annulled = closed_sale();
    annulled.state = ReceiptState::Annulled;

    CHECK(till.save(annulled).ok());
    CHECK_FALSE(till.save(closed_sale()).ok());
    CHECK(**till.receipt(1) == annulled);
}

TEST(TillReceipts, lists_a_shift_in_order) {
    CHECK(till.save(closed_sale(1)).ok());
    CHECK(till.save(closed_sale(2)).ok());
    Receipt next_shift = closed_sale(3);
    next_shift.shift = 2;
    CHECK(till.save(next_shift).ok());

    const auto receipts = till.receipts_of_shift(1);

    LONGS_EQUAL(2, receipts->size());
    CHECK(receipts->at(1) == closed_sale(2));
}

TEST(TillReceipts, lists_the_refunds_of_a_sale_but_not_annulled_ones) {
    CHECK(till.save(closed_sale(1)).ok());
    Receipt refund = closed_sale(2);
    refund.type = core::ReceiptType::Refund;
    refund.sale_uid = "uid-1";
    refund.lines.front().sale_index = 1;
    refund.payments.front().refunds_payment = 1;
    CHECK(till.save(refund).ok());
    Receipt annulled = refund;
    annulled.uid = "uid-3";
    annulled.number = 3;
    annulled.state = ReceiptState::Annulled;
    CHECK(till.save(annulled).ok());

    const auto refunds = till.refunds_of("uid-1");

    LONGS_EQUAL(1, refunds->size());
    CHECK(refunds->front() == refund);
}

TEST(TillReceipts, refuses_a_note_over_its_limit_and_keeps_one_at_it) {
    Receipt receipt = open_sale();
    receipt.notes["oplati"] = std::string(kNoteLimit, 'x');
    CHECK(till.save(receipt).ok());

    receipt.notes["oplati"] += 'x';

    CHECK_FALSE(till.save(receipt).ok());
}

TEST(TillReceipts, refuses_a_payment_note_over_its_limit) {
    Receipt receipt = open_sale();
    receipt.payments = {wallet_payment()};
    receipt.payments.front().note = std::string(kNoteLimit + 1, 'x');

    CHECK_FALSE(till.save(receipt).ok());
}

TEST(TillReceipts, refuses_payments_out_of_order_and_foreign_money) {
    Receipt receipt = open_sale();
    receipt.payments = {wallet_payment(), wallet_payment()};
    CHECK_FALSE(till.save(receipt).ok());

    receipt.payments = {wallet_payment()};
    receipt.payments.front().sum = Money(100, *Currency::parse("RUB"));
    CHECK_FALSE(till.save(receipt).ok());

    receipt = open_sale();
    receipt.lines.front().price = Money(100, *Currency::parse("RUB"));
    CHECK_FALSE(till.save(receipt).ok());
}

TEST(TillReceipts, keeps_another_currency) {
    Receipt receipt;
    receipt.uid = "rouble";
    receipt.number = 1;
    receipt.shift = 1;
    receipt.currency = *Currency::parse("RUB");
    receipt.change = Money(0, receipt.currency);

    CHECK(till.save(receipt).ok());

    CHECK(**till.open_receipt() == receipt);
}

TEST(TillReceipts, writes_the_codes_that_back_offices_read) {
    CHECK(till.save(closed_sale()).ok());

    LONGS_EQUAL(1, number_from("SELECT doctype FROM document"));
    LONGS_EQUAL(4450, number_from("SELECT sum(sumb) FROM moneyitem WHERE opcode = 70"));
    LONGS_EQUAL(1000, number_from("SELECT sumb FROM moneyitem WHERE opcode = 72 AND valcode = 1"));
    LONGS_EQUAL(1, number_from("SELECT count(*) FROM goodsitem WHERE opcode = 50"));
}

TEST(TillReceipts, gives_no_opcode_to_a_payment_that_holds_no_money) {
    Receipt receipt = open_sale();
    receipt.payments = {wallet_payment()};
    receipt.payments.front().state = PaymentState::Cancelled;

    CHECK(till.save(receipt).ok());

    LONGS_EQUAL(1, number_from("SELECT count(*) FROM moneyitem WHERE opcode IS NULL"));
}

TEST(TillReceipts, tells_the_kinds_of_refunds_apart) {
    Receipt refund = closed_sale();
    refund.type = core::ReceiptType::Refund;
    CHECK(till.save(refund).ok());
    LONGS_EQUAL(2, number_from("SELECT doctype FROM document"));
    LONGS_EQUAL(1, number_from("SELECT count(*) FROM moneyitem WHERE opcode = 76"));

    Receipt by_sale = closed_sale(2);
    by_sale.type = core::ReceiptType::Refund;
    by_sale.sale_uid = "uid-9";
    CHECK(till.save(by_sale).ok());
    LONGS_EQUAL(25, number_from("SELECT doctype FROM document WHERE checknum = 2"));
    LONGS_EQUAL(2, number_from("SELECT count(*) FROM moneyitem WHERE opcode = 100"));
}

TEST(TillReceipts, remembers_that_a_refund_was_left_open) {
    Receipt refund = open_sale();
    refund.type = core::ReceiptType::Refund;
    refund.held = true;

    CHECK(till.save(refund).ok());

    CHECK((*till.open_receipt())->held);
}

TEST(TillReceipts, stores_a_refund_and_its_sale_together_or_neither) {
    Receipt sale = closed_sale(1);
    CHECK(till.save(sale).ok());
    sale.payments[0].state = PaymentState::Refunded;
    Receipt refund = closed_sale(2);
    refund.type = core::ReceiptType::Refund;
    refund.sale_uid = sale.uid;
    Receipt wrong = refund;
    wrong.number = 0;

    CHECK_FALSE(till.save_together({sale, wrong}, {}).ok());
    CHECK((*till.receipt(1))->payments[0].state == PaymentState::Processed);

    CHECK(till.save_together({sale, refund}, {}).ok());
    CHECK((*till.receipt(1))->payments[0].state == PaymentState::Refunded);
    CHECK(**till.receipt(2) == refund);
}

TEST(TillReceipts, shows_a_guest_what_the_owner_saved_and_lets_it_save_nothing) {
    CHECK(till.save(closed_sale()).ok());
    Till guest = scene.guest();

    CHECK(**guest.receipt(1) == closed_sale());
    const auto saved = guest.save(closed_sale(2));
    CHECK_FALSE(saved.ok());
    CHECK(saved.error().code == ErrorCode::Denied);
}

TEST(TillReceipts, names_a_receipt_that_cannot_be_read) {
    CHECK(till.save(closed_sale()).ok());
    {
        auto database = store::Database::open(scene.places().till());
        CHECK(database->execute("UPDATE moneyitem SET state = 'x'").ok());
    }

    const auto loaded = till.receipt(1);

    CHECK_FALSE(loaded.ok());
    CHECK(loaded.error().code == ErrorCode::Damaged);
}

}  // namespace linuxcash::till
