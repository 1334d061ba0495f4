// SPDX-License-Identifier: Apache-2.0
#include "core/event.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::core;

TEST_GROUP(Event) {
    Event choose = Choose{{}, {}, {"а", "б"}};
    Event card = SetCard{1, "9070"};
};

TEST(Event, only_questions_wait_for_an_answer) {
    CHECK(is_question(Ask{}));
    CHECK(is_question(choose));
    CHECK(is_question(card));
    CHECK_FALSE(is_question(Show{}));
    CHECK_FALSE(is_question(Finished{}));
    CHECK_FALSE(answers(Value{}, Show{}));
}

TEST(Event, a_question_takes_a_value_and_nothing_that_belongs_to_others) {
    CHECK(answers(Value{"1"}, Ask{}));
    CHECK(answers(Dismissed{}, Ask{}));
    CHECK(answers(NotSupported{}, Ask{}));
    CHECK_FALSE(answers(Chosen{0}, Ask{}));
    CHECK_FALSE(answers(Applied{}, Ask{}));
}

TEST(Event, a_choice_takes_an_index_of_its_options) {
    CHECK(answers(Chosen{1}, choose));
    CHECK_FALSE(answers(Chosen{2}, choose));
    CHECK_FALSE(answers(Chosen{-1}, choose));
    CHECK_FALSE(answers(Value{"1"}, choose));
    CHECK(answers(Dismissed{}, choose));
}

TEST(Event, a_change_of_the_receipt_is_applied_or_not) {
    CHECK(answers(Applied{}, card));
    CHECK(answers(NotApplied{"чек закрыт"}, card));
    CHECK(answers(NotSupported{}, card));
    CHECK_FALSE(answers(Dismissed{}, card));
}
