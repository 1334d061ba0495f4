// SPDX-License-Identifier: Apache-2.0
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <utility>

#include "scene.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::till {
namespace {

Operation pay(std::uint8_t number = 1) {
    Operation operation;
    operation.id = id_of(number);
    operation.kind = core::OperationKind::Pay;
    operation.system = "oplati";
    operation.valutcode = 20;
    operation.sum = byn(2450);
    operation.receipt_uid = "uid-1";
    operation.receipt_number = 1;
    operation.payment = 1;
    return operation;
}

}  // namespace

TEST_GROUP(TillOperations) {
    Scene scene;
    Till till = scene.owner();
};

TEST(TillOperations, lists_those_of_a_shift_whatever_became_of_them) {
    Operation elsewhere = pay(2);
    elsewhere.receipt_uid = "uid-2";
    Receipt later = closed_sale(2);
    later.shift = 2;
    CHECK(till.save(closed_sale(1)).ok());
    CHECK(till.save(later).ok());
    CHECK(till.begin_operation(pay()).ok());
    CHECK(till.begin_operation(elsewhere).ok());
    CHECK(till.close_operation(id_of(1)).ok());

    const auto listed = till.operations_of_shift(1);

    LONGS_EQUAL(1, listed->size());
    CHECK(listed->front().id == id_of(1));
}

TEST(TillOperations, finds_after_a_restart_what_had_begun) {
    Operation undo = pay(2);
    undo.kind = core::OperationKind::Undo;
    undo.target = id_of(1);
    CHECK(till.begin_operation(pay()).ok());
    CHECK(till.begin_operation(undo).ok());
    { const Till gone = std::move(till); }
    till = scene.owner();

    const auto open = till.open_operations();

    LONGS_EQUAL(2, open->size());
    CHECK(open->at(0) == pay());
    CHECK(open->at(1) == undo);
}

TEST(TillOperations, finds_what_a_killed_register_had_begun_and_decided) {
    { const Till gone = std::move(till); }
    const pid_t child = ::fork();
    if (child == 0) {
        Till register_to_kill = scene.owner();
        const bool stored =
            register_to_kill.begin_operation(pay(1)).ok()
            && register_to_kill.save(closed_sale(), {{id_of(1), core::Settled::Kept}}).ok()
            && register_to_kill.begin_operation(pay(2)).ok();
        if (stored) ::raise(SIGKILL);
        ::_exit(1);
    }
    int status = 0;
    LONGS_EQUAL(child, ::waitpid(child, &status, 0));
    CHECK(WIFSIGNALED(status));

    till = scene.owner();

    const auto open = till.open_operations();
    LONGS_EQUAL(2, open->size());
    CHECK(open->at(0).word == core::Settled::Kept);
    CHECK_FALSE(open->at(1).word.has_value());
    CHECK(**till.receipt(1) == closed_sale());
}

TEST(TillOperations, refuses_to_begin_a_known_operation) {
    CHECK(till.begin_operation(pay()).ok());

    const auto again = till.begin_operation(pay());

    CHECK_FALSE(again.ok());
    CHECK(again.error().code == ErrorCode::InvalidInput);
}

TEST(TillOperations, stores_our_word_with_the_receipt) {
    CHECK(till.begin_operation(pay()).ok());

    CHECK(till.save(closed_sale(), {{id_of(1), core::Settled::Kept}}).ok());

    CHECK(till.operation(id_of(1))->word == core::Settled::Kept);
    LONGS_EQUAL(1, till.open_operations()->size());
}

TEST(TillOperations, saves_nothing_of_a_receipt_whose_word_is_refused) {
    CHECK_FALSE(till.save(closed_sale(), {{id_of(9), core::Settled::Kept}}).ok());

    CHECK_FALSE(till.receipt(1)->has_value());
}

TEST(TillOperations, never_changes_a_word) {
    CHECK(till.begin_operation(pay()).ok());
    CHECK(till.put_word({id_of(1), core::Settled::Undone}).ok());

    CHECK(till.put_word({id_of(1), core::Settled::Undone}).ok());
    const auto other = till.put_word({id_of(1), core::Settled::Kept});

    CHECK_FALSE(other.ok());
    CHECK(other.error().code == ErrorCode::InvalidInput);
    CHECK(till.operation(id_of(1))->word == core::Settled::Undone);
}

TEST(TillOperations, lists_no_operation_that_the_module_knows_our_word_on) {
    CHECK(till.begin_operation(pay()).ok());

    CHECK(till.close_operation(id_of(1)).ok());

    CHECK(till.open_operations()->empty());
    CHECK(till.operation(id_of(1)).ok());
}

TEST(TillOperations, says_so_when_an_operation_is_unknown) {
    CHECK(till.operation(id_of(1)).error().code == ErrorCode::NotFound);
    CHECK(till.put_word({id_of(1), core::Settled::Kept}).error().code == ErrorCode::NotFound);
    CHECK(till.close_operation(id_of(1)).error().code == ErrorCode::NotFound);
}

TEST(TillOperations, lets_a_guest_look_only) {
    CHECK(till.begin_operation(pay()).ok());
    Till guest = scene.guest();

    LONGS_EQUAL(1, guest.open_operations()->size());
    CHECK(guest.begin_operation(pay(2)).error().code == ErrorCode::Denied);
    CHECK(guest.put_word({id_of(1), core::Settled::Kept}).error().code == ErrorCode::Denied);
    CHECK(guest.close_operation(id_of(1)).error().code == ErrorCode::Denied);
}

}  // namespace linuxcash::till
