// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "gateways/oplati/order_number.h"
#include "scene.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::oplati {

TEST_GROUP(OrderNumber) {
    const OperationId id = *OperationId::parse("9f00000000000000000000000000abcd");
};

TEST(OrderNumber, names_desk_shift_receipt_and_operation) {
    CHECK(order_number(id, receipt()) == "1-3-17-" + id.base32());
}

TEST(OrderNumber, leaves_room_for_the_refunds_key_whatever_the_numbers) {
    core::Receipt paper = receipt();
    paper.desk = "ABCDEFGHIJKL";
    paper.shift = std::numeric_limits<std::int64_t>::max();
    paper.number = std::numeric_limits<std::int64_t>::max();

    const std::string order = order_number(id, paper);

    CHECK(order == "ABCDEFGH-775807-54775807-" + id.base32());
    LONGS_EQUAL(35, order.size());
    LONGS_EQUAL(36, refund_number(order).size());
}

TEST(OrderNumber, is_ascii_whatever_the_desk_is_called) {
    core::Receipt paper = receipt();
    paper.desk = "К-1/а";
    CHECK(order_number(id, paper) == "1-3-17-" + id.base32());
    paper.desk = "касса";
    paper.shift = -5;
    CHECK(order_number(id, paper) == "0-0-17-" + id.base32());
}

TEST(OrderNumber, differs_for_each_operation_of_one_receipt) {
    OperationId other = id;
    other.bytes[0] = 1;

    CHECK(order_number(id, receipt()) != order_number(other, receipt()));
}

TEST_GROUP(ShiftLabel){};

TEST(ShiftLabel, is_the_day_and_the_number_of_the_shift) {
    CHECK(shift_label(receipt()) == "22112026-3");
}

TEST(ShiftLabel, is_the_number_alone_without_a_day) {
    core::Receipt paper = receipt();
    for (const char* date : {"", "22.11.2026", "2026-02-30", "2026-11-2x", "2026--1-01"}) {
        paper.shift_date = date;
        CHECK(shift_label(paper) == "3");
    }
}

}  // namespace linuxcash::oplati
