// SPDX-License-Identifier: Apache-2.0
#include "core/undo.h"

#include <string>

#include "fakes/fake_gateway.h"
#include "fakes/machine_run.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::core;

namespace {

using Run = fakes::MachineRun<Undo, UndoState>;

Payment payment(const std::string& number) {
    Payment payment;
    payment.id.bytes[0] = 7;
    payment.sum = Money{2450, Currency{}};
    payment.order_number = "order-1";
    payment.payment_id = number;
    return payment;
}

constexpr Millis kStart = 1'000'000;

}  // namespace

TEST_GROUP(Undo) {
    fakes::FakeGateway gateway;
    Undo machine{gateway};
    Run run{machine, machine.state_for(payment("77"), Owed{}, kStart)};

    void is(const char* expected, const std::string& effects) {
        STRCMP_EQUAL(expected, effects.c_str());
    }
    void without_number() {
        run.state = machine.state_for(payment(""), Owed{}, kStart);
    }
};

TEST(Undo, queries_cancels_and_queries_again) {
    is("send query", run.feed(Started{}));
    is("send undo", run.reply("paid 77"));
    is("send query", run.reply("paid"));
    is("commit discharged, report done", run.reply("declined"));
    LONGS_EQUAL(1, run.last_commit.closed.size());
}

TEST(Undo, has_nothing_to_do_when_the_payment_never_was) {
    is("send query", run.feed(Started{}));
    is("commit discharged, report done", run.reply("declined"));
}

TEST(Undo, works_without_the_gateways_number) {
    without_number();
    is("send list", run.feed(Started{}));
    is("commit number, send undo", run.reply("paid 77"));
    is("send query", run.reply("paid"));
    is("commit discharged, report done", run.reply("declined"));
}

TEST(Undo, takes_the_word_of_the_cancel_where_lists_are_refused) {
    without_number();
    is("send list", run.feed(Started{}));
    is("send undo", run.reply("unsupported"));
    is("send list", run.reply("paid"));
    is("commit discharged, report done", run.reply("unsupported"));
}

TEST(Undo, backs_off_while_the_link_is_down) {
    is("send query", run.feed(Started{}));
    is("wake 5000, report no link", run.fail(Sent::None));
    is("send query", run.time_passes(5'000));
    is("wake 10000, report no link", run.fail(Sent::None));
    is("send query", run.time_passes(10'000));
    is("wake 30000, report no link", run.fail(Sent::None));
    is("send query", run.time_passes(30'000));
    is("wake 60000, report no link", run.fail(Sent::None));
    is("send query", run.time_passes(60'000));
    is("wake 60000, report no link", run.fail(Sent::None));
    LONGS_EQUAL(5, run.state.tries);
}

TEST(Undo, is_tried_at_once_when_pushed) {
    is("send query", run.feed(Started{}));
    is("wake 5000, report no link", run.fail(Sent::None));
    is("send query", run.feed(Pushed{}));
    is("", run.feed(Pushed{}));
    is("", run.time_passes(5'000));
}

TEST(Undo, does_not_believe_not_found_before_the_charge_had_its_time) {
    without_number();
    is("send list", run.feed(Started{}));
    is("send undo", run.reply("gone"));
    is("wake 5000, report later", run.reply("gone", 404));
    is("send list", run.time_passes(5'000));
    is("send undo", run.reply("gone"));
    is("wake 10000, report later", run.reply("gone", 404));
    is("send list", run.time_passes(70'000));
    is("send undo", run.reply("gone"));
    is("commit discharged, report done", run.reply("gone", 404));
}

TEST(Undo, does_not_believe_a_cancel_of_what_was_never_seen_before_the_charge_had_its_time) {
    without_number();
    is("send list", run.feed(Started{}));
    is("send undo", run.reply("gone"));
    is("send list", run.reply("paid"));
    is("wake 5000, report later", run.reply("gone"));
    is("send list", run.time_passes(70'000));
    is("send undo", run.reply("gone"));
    is("send list", run.reply("paid"));
    is("commit discharged, report done", run.reply("gone"));
}

TEST(Undo, wants_a_second_not_found_even_late) {
    without_number();
    run.now += 10'000'000;
    is("send list", run.feed(Started{}));
    is("send undo", run.reply("gone"));
    is("wake 5000, report later", run.reply("gone", 404));
    is("send list", run.time_passes(5'000));
    is("send undo", run.reply("gone"));
    is("commit discharged, report done", run.reply("gone", 404));
}

TEST(Undo, catches_a_charge_that_came_after_the_first_not_found) {
    without_number();
    is("send list", run.feed(Started{}));
    is("send undo", run.reply("gone"));
    is("wake 5000, report later", run.reply("gone", 404));
    is("send list", run.time_passes(5'000));
    is("commit number, send undo", run.reply("paid 77"));
    is("send query", run.reply("paid"));
    is("commit discharged, report done", run.reply("declined"));
}

TEST(Undo, refunds_once_what_the_cancel_cannot_take_back) {
    is("send query", run.feed(Started{}));
    is("send undo", run.reply("paid 77"));
    is("send query", run.reply("conflict", 409));
    is("commit owed refund, send refund", run.reply("paid 77"));
    is("commit discharged, report done", run.reply("paid 78"));
}

TEST(Undo, gives_a_lagging_query_a_second_chance_before_it_refunds) {
    is("send query", run.feed(Started{}));
    is("send undo", run.reply("paid 77"));
    is("send query", run.reply("paid"));
    is("wake 5000, report later", run.reply("paid 77"));
    is("send query", run.time_passes(5'000));
    is("send undo", run.reply("paid 77"));
    is("send query", run.reply("paid"));
    is("commit owed refund, send refund", run.reply("paid 77"));
}

TEST(Undo, looks_for_a_refund_whose_reply_was_lost_before_sending_it_again) {
    run.state = machine.state_for(payment("77"), Owed{ObligationKind::Refund, "order-1-R"}, kStart);
    is("send list", run.feed(Recovered{}));
    is("commit discharged, report done", run.reply("paid 78"));
}

TEST(Undo, sends_a_refund_again_under_its_own_key_when_it_never_arrived) {
    run.state = machine.state_for(payment("77"), Owed{ObligationKind::Refund, "order-1-R"}, kStart);
    is("send list", run.feed(Recovered{}));
    is("send refund", run.reply("gone"));
    is("wake 5000, report no link", run.fail(Sent::Maybe));
    is("send list", run.time_passes(5'000));
    is("commit discharged, report done", run.reply("paid 78"));
}

TEST(Undo, finds_that_an_early_cancel_came_late_when_its_refund_is_refused) {
    is("send query", run.feed(Started{}));
    is("send undo", run.reply("paid 77"));
    is("send query", run.reply("conflict"));
    is("commit owed refund, send refund", run.reply("paid"));
    is("send query", run.reply("declined"));
    is("wake 5000, report later", run.reply("paid"));
    is("send list", run.time_passes(5'000));
    is("send refund", run.reply("gone"));
    is("send query", run.reply("declined"));
    is("commit discharged, report done", run.reply("declined"));
}

TEST(Undo, sends_no_refund_that_is_not_in_the_journal) {
    is("send query", run.feed(Started{}));
    is("send undo", run.reply("paid 77"));
    is("send query", run.reply("conflict", 409));
    run.journal_fails = true;
    is("commit refused, wake 5000, report later", run.reply("paid 77"));
    CHECK(run.state.kind == ObligationKind::Undo);
}

TEST(Undo, stays_owed_when_its_end_cannot_be_written) {
    is("send query", run.feed(Started{}));
    run.journal_fails = true;
    is("commit refused, wake 5000, report later", run.reply("declined"));
    CHECK(run.state.phase == UndoPhase::Waiting);
}

TEST(Undo, waits_while_the_token_is_refused) {
    is("send query", run.feed(Started{}));
    is("send undo", run.reply("paid 77"));
    is("wake 5000, report later", run.fail(Sent::None, FailureKind::Access));
}

TEST(Undo, tells_an_error_of_the_link_from_one_that_needs_somebody) {
    run.feed(Started{});
    run.fail(Sent::None);
    CHECK(run.state.waits_for_link);
    run.feed(Pushed{});
    run.fail(Sent::None, FailureKind::Access);
    CHECK_FALSE(run.state.waits_for_link);
    for (const auto kind : {FailureKind::Timeout, FailureKind::Resolve, FailureKind::Broken}) {
        run.feed(Pushed{});
        run.fail(Sent::None, kind);
        CHECK(run.state.waits_for_link);
    }
    for (const auto kind :
         {FailureKind::Tls, FailureKind::Storage, FailureKind::TooLarge, FailureKind::Access}) {
        run.feed(Pushed{});
        run.fail(Sent::None, kind);
        CHECK_FALSE(run.state.waits_for_link);
    }
}

TEST(Undo, of_a_refund_never_becomes_another_refund) {
    Payment refund = payment("78");
    refund.kind = OperationKind::Refund;
    run.state = machine.state_for(refund, Owed{}, kStart);
    is("send query", run.feed(Started{}));
    is("send undo", run.reply("paid 78"));
    is("send query", run.reply("paid"));
    for (int i = 0; i < 5; ++i) {
        const std::string effects = run.reply("paid 78");
        CHECK_TEXT(effects.find("report later") != std::string::npos, effects.c_str());
        run.time_passes(60'000);
        run.reply("paid 78");
        run.reply("paid");
    }
    is("commit discharged, report done", run.reply("declined"));
}

// ---- Takeback ----

TEST_GROUP(Takeback) {
    fakes::FakeGateway gateway;
    Takeback machine{gateway};
    fakes::MachineRun<Takeback, TakebackState> run{machine, fresh()};

    static TakebackState fresh() {
        TakebackState state;
        state.id.bytes[0] = 9;
        state.target.id.bytes[0] = 7;
        state.target.intent.sum = Money{2450, Currency{}};
        state.target.ended = Ended{Outcome::Approved, Reason::None, ""};
        return state;
    }
    void is(const char* expected, const std::string& effects) {
        STRCMP_EQUAL(expected, effects.c_str());
    }
};

TEST(Takeback, makes_the_debt_durable_and_has_it_tried_at_once) {
    is("commit intent, commit owed undo, show, push, wake 30000", run.feed(Started{}));
    is("commit end approved, finished approved", run.feed(Reported{true, false}));
}

TEST(Takeback, leaves_the_rest_to_the_queue_when_the_link_is_down) {
    run.feed(Started{});
    is("commit end unknown, finished unknown owed", run.feed(Reported{false, true}));
    STRCMP_EQUAL("отмена в очереди", run.finished.text.russian().c_str());
    CHECK(run.finished.level == Level::Warning);
}

TEST(Takeback, lets_the_cashier_go_at_once) {
    run.feed(Started{});
    is("commit end unknown, finished unknown owed", run.feed(Cancelled{}));
}

TEST(Takeback, does_not_keep_the_cashier_waiting_for_ever) {
    run.feed(Started{});
    is("commit end unknown, finished unknown owed", run.time_passes(30'000));
}

TEST(Takeback, does_not_owe_twice) {
    run.state.target.ended = Ended{Outcome::Unknown, Reason::NoAnswer, ""};
    run.state.target.owed = Owed{};
    is("commit intent, show, push, wake 30000", run.feed(Started{}));
}

TEST(Takeback, of_a_payment_that_is_taken_back_already_is_done) {
    run.state.target.owed = Owed{};
    run.state.target.discharged = Discharged{"платёж отменён"};
    is("finished approved", run.feed(Started{}));
}

TEST(Takeback, of_a_refund_says_so) {
    run.state.target.intent.kind = OperationKind::Refund;
    run.feed(Started{});
    const auto& intent = std::get<Intent>(run.last_commit.facts.front().second);
    CHECK(intent.kind == OperationKind::RefundUndo);
    run.feed(Reported{true, false});
    STRCMP_EQUAL("Возврат Гейт отменён", run.finished.text.russian().c_str());
}

TEST(Takeback, of_a_declined_payment_has_nothing_to_do) {
    run.state.target.ended = Ended{Outcome::Declined, Reason::DeclinedByBuyer, ""};
    is("finished approved", run.feed(Started{}));
}

TEST(Takeback, is_refused_when_the_journal_cannot_be_written) {
    run.journal_fails = true;
    is("commit refused, finished refused", run.feed(Started{}));
}
