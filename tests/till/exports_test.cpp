// SPDX-License-Identifier: Apache-2.0
#include "scene.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::till {

TEST_GROUP(TillExports) {
    Scene scene;
    Till till = scene.owner();

    void open_shift(std::int64_t at_ms = 1'700'000'000'000) {
        CHECK(till.open_shift("2023-11-14", "Кассир 1", at_ms).ok());
    }
    static Receipt annulled(Receipt receipt) {
        receipt.state = ReceiptState::Annulled;
        ++receipt.revision;
        return receipt;
    }
    static Receipt refund_of_sale(std::int64_t number) {
        Receipt refund = closed_sale(number);
        refund.type = core::ReceiptType::Refund;
        refund.sale_uid = "uid-1";
        refund.payments.erase(refund.payments.begin());
        refund.payments.front().sum = byn(1000);
        refund.change = byn(0);
        return refund;
    }
};

TEST(TillExports, an_open_receipt_is_not_for_the_back_office) {
    CHECK(till.save(open_sale()).ok());

    CHECK(till.unexported_receipts(10)->empty());
    CHECK_FALSE(till.mark_receipt_exported(1).ok());
}

TEST(TillExports, a_closed_receipt_waits_until_it_is_marked) {
    CHECK(till.save(closed_sale()).ok());
    LONGS_EQUAL(1, till.unexported_receipts(10)->front());

    CHECK(till.mark_receipt_exported(1).ok());

    CHECK(till.unexported_receipts(10)->empty());
}

TEST(TillExports, a_receipt_stays_told_when_its_payments_are_marked_later) {
    Receipt receipt = closed_sale();
    CHECK(till.save(receipt).ok());
    CHECK(till.mark_receipt_exported(1).ok());
    receipt.payments.front().state = PaymentState::Refunded;

    CHECK(till.save(receipt).ok());

    CHECK(till.unexported_receipts(10)->empty());
}

TEST(TillExports, a_receipt_that_was_told_is_told_again_when_it_is_annulled) {
    CHECK(till.save(closed_sale()).ok());
    CHECK(till.mark_receipt_exported(1).ok());

    CHECK(till.save(annulled(closed_sale())).ok());

    LONGS_EQUAL(1, till.unexported_receipts(10)->front());
}

TEST(TillExports, gives_no_more_receipts_than_asked_for) {
    for (const int number : {1, 2, 3})
        CHECK(till.save(closed_sale(number)).ok());

    const auto numbers = till.unexported_receipts(2);

    LONGS_EQUAL(2, numbers->size());
    LONGS_EQUAL(1, numbers->front());
}

TEST(TillExports, a_guest_marks_nothing) {
    CHECK(till.save(closed_sale()).ok());

    CHECK_FALSE(scene.guest().mark_receipt_exported(1).ok());
    CHECK_FALSE(scene.guest().mark_shift_exported(1).ok());
}

TEST(TillExports, a_shift_waits_from_its_end_until_it_is_marked) {
    open_shift();
    CHECK(till.unexported_shifts()->empty());
    CHECK_FALSE(till.mark_shift_exported(1).ok());
    CHECK(till.close_shift(1'700'000'100'000).ok());
    LONGS_EQUAL(1, till.unexported_shifts()->front().number);

    CHECK(till.mark_shift_exported(1).ok());

    CHECK(till.unexported_shifts()->empty());
}

TEST(TillExports, a_receipt_annulled_after_its_shift_was_told_goes_with_a_later_one) {
    open_shift();
    CHECK(till.save(closed_sale()).ok());
    CHECK(till.close_shift(1'700'000'100'000).ok());
    CHECK(till.mark_shift_exported(1).ok());
    CHECK(till.annulled_since_filed()->empty());

    CHECK(till.save(annulled(closed_sale())).ok());

    LONGS_EQUAL(1, till.annulled_since_filed()->front());
    open_shift();
    CHECK(till.close_shift(1'700'000'200'000).ok());
    CHECK(till.mark_shift_exported(2).ok());
    CHECK(till.annulled_since_filed()->empty());
}

TEST(TillExports, finds_the_shifts_of_a_span_of_time) {
    open_shift(1000);
    CHECK(till.close_shift(2000).ok());
    open_shift(3000);

    LONGS_EQUAL(2, till.shifts_between(0, 5000)->size());
    LONGS_EQUAL(1, till.shifts_between(2001, 5000)->size());
    LONGS_EQUAL(1, till.shifts_between(0, 3000)->size());
    CHECK(till.shifts_between(2500, 3000)->empty());
    LONGS_EQUAL(2, till.shifts_between(9000, 9001)->front().number);
}

TEST(TillExports, sums_a_shift_without_what_was_annulled) {
    Receipt earlier = closed_sale(1);
    Receipt sale = closed_sale(2);
    sale.shift = 2;
    Receipt gone = annulled(closed_sale(3));
    gone.shift = 2;
    Receipt refund = refund_of_sale(4);
    refund.shift = 2;
    for (const Receipt& each : {earlier, sale, gone, refund})
        CHECK(till.save(each).ok());

    const auto sums = till.shift_sums(2, Currency{});

    CHECK(sums.ok());
    CHECK(sums->sold_before == byn(3450));
    CHECK(sums->sold == byn(3450));
    CHECK(sums->refunded == byn(3450));
    CHECK(sums->cash == byn(2000 - 1000 - 1000));
}

}  // namespace linuxcash::till
