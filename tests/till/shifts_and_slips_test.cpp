// SPDX-License-Identifier: Apache-2.0
#include "scene.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::till {

TEST_GROUP(TillShifts) {
    Scene scene;
    Till till = scene.owner();
};

TEST(TillShifts, has_none_at_first) {
    CHECK_FALSE(till.last_shift()->has_value());
}

TEST(TillShifts, opens_closes_and_numbers_on) {
    const auto first = till.open_shift("2026-11-22", "Кассир 1", 100);
    LONGS_EQUAL(1, first->number);
    CHECK((*till.last_shift())->open);

    const auto closed = till.close_shift(200);
    CHECK_FALSE(closed->open);
    LONGS_EQUAL(200, closed->closed_at_ms);
    CHECK(**till.shift(1) == *closed);

    LONGS_EQUAL(2, till.open_shift("2026-11-22", "Кассир 2", 300)->number);
}

TEST(TillShifts, opens_no_second_one) {
    CHECK(till.open_shift("2026-11-22", "Кассир 1", 100).ok());

    CHECK(till.open_shift("2026-11-23", "Кассир 1", 200).error().code == ErrorCode::InvalidInput);
}

TEST(TillShifts, closes_none_that_is_not_open) {
    CHECK(till.close_shift(100).error().code == ErrorCode::InvalidInput);
}

TEST(TillShifts, stays_open_while_a_receipt_is) {
    CHECK(till.open_shift("2026-11-22", "Кассир 1", 100).ok());
    CHECK(till.save(open_sale()).ok());

    CHECK_FALSE(till.close_shift(200).ok());
    CHECK(till.save(closed_sale()).ok());
    CHECK(till.close_shift(200).ok());
}

TEST(TillShifts, takes_only_days_that_exist) {
    for (const char* date :
         {"", "22.11.2026", "2026-13-01", "2026-02-30", "2026-1-001", "2026--1-01"})
        CHECK(till.open_shift(date, "Кассир 1", 100).error().code == ErrorCode::InvalidInput);
}

TEST(TillShifts, is_not_for_guests) {
    Till guest = scene.guest();

    CHECK(guest.open_shift("2026-11-22", "Кассир 1", 100).error().code == ErrorCode::Denied);
    CHECK(guest.close_shift(100).error().code == ErrorCode::Denied);
}

TEST_GROUP(TillSlips) {
    Scene scene;
    Till till = scene.owner();

    Slip slip() const {
        Slip paper;
        paper.receipt_uid = "uid-1";
        paper.lines = {"Оплата О!плати", "", "Сумма  24.50"};
        paper.elements = R"([{"type":"text","text":"Оплата О!плати"},{"type":"cut"}])";
        paper.printed = Printed::Owed;
        paper.at_ms = 5;
        return paper;
    }
};

TEST(TillSlips, are_numbered_and_given_back) {
    const auto first = till.add_slip(slip());
    const auto second = till.add_slip(slip());

    LONGS_EQUAL(1, first->number);
    LONGS_EQUAL(2, second->number);
    CHECK(*till.slip(2) == *second);
    CHECK(second->lines == slip().lines);
}

TEST(TillSlips, are_owed_until_they_are_printed) {
    CHECK(till.add_slip(slip()).ok());
    CHECK(till.add_slip(slip()).ok());

    CHECK(till.mark_slip(1, Printed::Yes).ok());

    const auto owed = till.owed_slips();
    LONGS_EQUAL(1, owed->size());
    LONGS_EQUAL(2, owed->front().number);
}

TEST(TillSlips, take_no_elements_that_are_no_array) {
    Slip paper = slip();
    for (const char* elements : {"", "{}", "[", "text"}) {
        paper.elements = elements;
        CHECK(till.add_slip(paper).error().code == ErrorCode::InvalidInput);
    }
}

TEST(TillSlips, say_so_when_there_is_none) {
    CHECK(till.slip(1).error().code == ErrorCode::NotFound);
    CHECK(till.mark_slip(1, Printed::Yes).error().code == ErrorCode::NotFound);
}

TEST(TillSlips, are_not_for_guests_to_write) {
    Till guest = scene.guest();

    CHECK(guest.add_slip(slip()).error().code == ErrorCode::Denied);
    CHECK(guest.mark_slip(1, Printed::Yes).error().code == ErrorCode::Denied);
}

}  // namespace linuxcash::till
