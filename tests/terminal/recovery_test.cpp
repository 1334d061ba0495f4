// SPDX-License-Identifier: Apache-2.0
#include "terminal/recovery.h"

#include <string>

#include "terminal/scene.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::terminal;
using fakes::Ending;
using fakes::Step;
using fakes::StepKind;

namespace {

const char* const kPay = R"({"do":"pay","valutcode":20})";

const Ending kRefused{
    .outcome = LC_OUTCOME_REFUSED, .level = LC_LEVEL_ERROR, .text = "Нельзя", .reason = "limit"};

}  // namespace

TEST_GROUP(RecoveryOfRegister) {
    Scene scene;

    void check_equal(const std::string& wanted, const std::string& got) {
        STRCMP_EQUAL(wanted.c_str(), got.c_str());
    }

    // A payment was begun and the register killed before anything ended.
    void kill_while_paying() {
        scene.open_receipt();
        scene.world.pay_plans.push_back({{Step{.kind = StepKind::Hold}}, {}});
        scene.line(kPay);
        scene.session.reset();  // gives the conversation back without its end
        scene.world.last("pay").ending.reset();
    }

    void approve_in_the_journal() {
        scene.world.last("pay").ending = Ending{};
    }
};

TEST(RecoveryOfRegister, restores_the_open_receipt_and_the_shift) {
    scene.open_receipt();
    scene.restart();

    check_equal("receipt,shift", scene.names());
    check_equal("35.00", scene.last("receipt", "due"));
    scene.line(R"({"do":"item","code":"2","name":"Хлеб","price":"2.10","quantity":"1"})");
    check_equal("37.10", scene.last("receipt", "total"));
}

TEST(RecoveryOfRegister, tells_nothing_when_there_is_nothing) {
    scene.restart();

    check_equal("", scene.names());
}

TEST(RecoveryOfRegister, claims_an_approved_payment_for_the_restored_receipt_and_closes_it) {
    kill_while_paying();
    approve_in_the_journal();
    scene.restart();

    check_equal("slip,notice,receipt,shift,slip,receipt", scene.names());
    check_equal("closed", scene.last("receipt", "state"));
    check_equal("1 processed 35.00", scene.payments());
    CHECK(scene.world.last("pay").settled == LC_SETTLED_KEPT);
    CHECK(scene.till->open_operations()->empty());
    LONGS_EQUAL(1, scene.world.count("pay"));
}

TEST(RecoveryOfRegister, follows_a_payment_that_still_runs) {
    kill_while_paying();
    scene.restart();

    check_equal("notice,notice,receipt,shift,slip,receipt", scene.names());
    check_equal("1 processed 35.00", scene.payments());
    LONGS_EQUAL(2, scene.world.count("pay"));
    CHECK(scene.world.order.size() == 1);
}

TEST(RecoveryOfRegister, lets_commands_wait_until_it_is_done_and_takes_a_cancel) {
    kill_while_paying();
    scene.kill();
    scene.events.clear();
    scene.world.pending_ending = Ending{.outcome = LC_OUTCOME_APPROVED};
    scene.boot();
    scene.line(R"({"do":"state"})");

    check_equal("closed", scene.last("receipt", "state"));
    check_equal("queue", scene.events.back().string("event").value_or(""));
}

TEST(RecoveryOfRegister, settles_a_payment_that_the_module_knows_nothing_of) {
    kill_while_paying();
    scene.world.journal.clear();
    scene.world.order.clear();
    scene.restart();

    check_equal("notice,receipt,shift", scene.names());
    check_equal("35.00", scene.last("receipt", "due"));
    CHECK(scene.till->open_operations()->empty());
    LONGS_EQUAL(1, scene.world.count("pay"));
}

TEST(RecoveryOfRegister, settles_a_payment_whose_outcome_is_unknown_as_undone) {
    kill_while_paying();
    scene.world.last("pay").ending = Ending{.outcome = LC_OUTCOME_UNKNOWN, .owed = true};
    scene.restart();

    check_equal("35.00", scene.last("receipt", "due"));
    CHECK(scene.world.last("pay").settled == LC_SETTLED_UNDONE);
}

TEST(RecoveryOfRegister, takes_an_approved_payment_back_when_its_receipt_has_ended) {
    kill_while_paying();
    scene.with_module = false;
    scene.restart();
    CHECK(scene.last("notice", "text").find("не платите еще раз") != std::string::npos);
    scene.line(R"({"do":"pay","valutcode":1})");
    approve_in_the_journal();
    scene.with_module = true;
    scene.restart();

    LONGS_EQUAL(1, scene.world.count("undo"));
    CHECK(scene.world.last("pay").settled == LC_SETTLED_UNDONE);
    CHECK(scene.till->open_operations()->empty());
    scene.restart();
    LONGS_EQUAL(1, scene.world.count("undo"));
}

TEST(RecoveryOfRegister, keeps_trying_at_each_start_what_could_not_be_taken_back) {
    kill_while_paying();
    scene.with_module = false;
    scene.restart();
    scene.line(R"({"do":"annul"})");
    approve_in_the_journal();
    scene.with_module = true;
    scene.world.undo_plans.push_back({{}, kRefused});
    scene.restart();
    CHECK(scene.last("notice", "text").find("не удалась") != std::string::npos);
    CHECK_FALSE(scene.world.last("pay").settled.has_value());
    scene.restart();

    CHECK(scene.world.last("pay").settled == LC_SETTLED_UNDONE);
}

TEST(RecoveryOfRegister, names_a_payment_of_a_receipt_that_it_never_had) {
    OperationId stranger;
    stranger.bytes[0] = 99;
    scene.world.journal[stranger] = {
        .kind = "pay",
        .type = 20,
        .receipt_uid = "elsewhere",
        .minor = 700,
        .currency = "BYN",
        .ending = Ending{}};
    scene.world.order.push_back(stranger);
    scene.restart();

    check_equal("notice", scene.names());
    CHECK(scene.last("notice", "text").find("7.00") != std::string::npos);
    LONGS_EQUAL(0, scene.world.count("undo"));
    CHECK_FALSE(scene.world.last("pay").settled.has_value());
}

TEST(RecoveryOfRegister, claims_a_payment_of_its_receipt_even_when_the_operation_was_lost) {
    scene.open_receipt();
    const std::string uid = (*scene.till->open_receipt())->uid;
    OperationId stranger;
    stranger.bytes[0] = 99;
    scene.world.journal[stranger] = {
        .kind = "pay",
        .type = 20,
        .receipt_uid = uid,
        .minor = 3500,
        .currency = "BYN",
        .ending = Ending{}};
    scene.world.order.push_back(stranger);
    scene.restart();

    check_equal("1 processed 35.00", scene.payments());
    check_equal("closed", scene.last("receipt", "state"));
}

TEST(RecoveryOfRegister, resumes_an_undo_under_its_own_id) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":20,"sum":"10.00"})");
    scene.world.undo_plans.push_back({{Step{.kind = StepKind::Hold}}, {}});
    scene.line(R"({"do":"payment-cancel"})");
    scene.session.reset();
    scene.restart();

    check_equal("1 cancelled 10.00", scene.payments());
    CHECK(scene.till->open_operations()->empty());
    int undos = 0;
    for (const auto& [id, entry] : scene.world.journal)
        undos += entry.kind == "undo" ? 1 : 0;
    LONGS_EQUAL(1, undos);
}

TEST(RecoveryOfRegister, closes_a_receipt_that_was_paid_but_not_closed) {
    scene.open_receipt();
    scene.line(R"({"do":"fiscal","fail":"next"})");
    scene.world.undo_plans.push_back({{}, kRefused});
    scene.line(kPay);
    check_equal("open", scene.last("receipt", "state"));
    scene.restart();

    check_equal("closed", scene.last("receipt", "state"));
}

TEST(RecoveryOfRegister, concludes_nothing_while_the_module_does_not_work) {
    kill_while_paying();
    scene.with_module = false;
    scene.restart();

    LONGS_EQUAL(1, scene.till->open_operations()->size());
    check_equal("35.00", scene.last("receipt", "due"));
}

TEST(RecoveryOfRegister, says_its_word_again_when_the_module_did_not_hear_it) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":20,"sum":"10.00"})");
    scene.world.last("pay").settled.reset();
    scene.restart();

    CHECK(scene.world.last("pay").settled == LC_SETTLED_KEPT);
    check_equal("1 processed 10.00", scene.payments());
    LONGS_EQUAL(0, scene.world.count("undo"));
}

TEST(RecoveryOfRegister, prints_slips_that_were_owed) {
    scene.open_receipt();
    scene.line(R"({"do":"printer","state":"cover-open"})");
    scene.line(R"({"do":"pay","valutcode":1})");
    scene.restart();

    check_equal("shift,slip", scene.names());
    check_equal("true", scene.last("slip", "printed"));
}
