// SPDX-License-Identifier: Apache-2.0
#include "core/pay.h"

#include <string>

#include "fakes/fake_gateway.h"
#include "fakes/machine_run.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::core;

namespace {

using Run = fakes::MachineRun<Pay, PayState>;

PayState fresh() {
    PayState state;
    state.payment.id.bytes[0] = 7;
    state.payment.sum = Money{2450, Currency{}};
    state.payment.order_number = "order-1";
    state.payment.receipt.uid = "uid-1";
    return state;
}

}  // namespace

// One line per input, its effects beside it.
TEST_GROUP(Pay) {
    fakes::FakeGateway gateway;
    Pay machine{gateway};
    Run run{machine, fresh()};

    void is(const char* expected, const std::string& effects) {
        STRCMP_EQUAL(expected, effects.c_str());
    }
    void to_charge() {
        is("send session", run.feed(Started{}));
        is("show, send ready", run.reply("s-1"));
        is("commit intent, send charge", run.reply("ready"));
    }
    void to_confirming() {
        to_charge();
        is("commit number, show, wake 5000", run.reply("pending 77"));
    }
    void to_doubting() {
        to_charge();
        is("show, send list", run.fail(Sent::Maybe));
    }
};

TEST(Pay, is_approved_after_the_buyer_joined_and_confirmed) {
    to_confirming();
    is("send query", run.time_passes(5'000));
    is("wake 5000", run.reply("pending 77"));
    is("send query", run.time_passes(5'000));
    is("commit end approved, finished approved", run.reply("paid 77"));
    STRCMP_EQUAL("77", run.finished.gateway_id.c_str());
    CHECK_FALSE(run.finished.slip.empty());
}

TEST(Pay, asks_again_until_the_buyer_has_joined) {
    is("send session", run.feed(Started{}));
    is("show, send ready", run.reply("s-1"));
    is("wake 3000", run.reply("not yet"));
    is("send ready", run.time_passes(3'000));
    is("wake 1000", run.reply("busy"));
    is("wake 5000", [&] {
        run.time_passes(1'000);
        return run.fail(Sent::Maybe);
    }());
    is("send ready", run.time_passes(5'000));
    is("commit intent, send charge", run.reply("ready"));
}

TEST(Pay, shows_the_qr_code_unchanged_with_its_time_limit) {
    is("send session", run.feed(Started{}));
    is("show, send ready", run.reply("s-1"));
    STRCMP_EQUAL("qr://1", run.shown.qr.c_str());
    LONGS_EQUAL(120'000, run.shown.limit_ms);
}

TEST(Pay, ends_without_debt_when_the_buyer_never_joins) {
    is("send session", run.feed(Started{}));
    is("show, send ready", run.reply("s-1"));
    is("wake 3000", run.reply("not yet"));
    is("finished cancelled", run.time_passes(120'000));
    CHECK(run.finished.reason == Reason::BuyerTimeout);
}

TEST(Pay, approves_at_once_a_charge_that_needs_no_confirmation) {
    to_charge();
    is("commit number, commit end approved, finished approved", run.reply("paid 77"));
}

TEST(Pay, is_declined_when_the_gateway_proves_it) {
    to_charge();
    is("commit end declined, finished declined", run.reply("declined"));
    LONGS_EQUAL(1, run.last_commit.closed.size());
    CHECK_FALSE(run.finished.owed);
}

TEST(Pay, is_refused_without_debt_when_no_byte_of_the_charge_left) {
    to_charge();
    is("commit end refused, finished refused", run.fail(Sent::None, FailureKind::Connect));
    STRCMP_EQUAL("Ошибка обращения к серверу", run.finished.text.russian().c_str());
    CHECK(run.finished.reason == Reason::NoLink);
}

TEST(Pay, finds_a_lost_charge_in_the_list_and_approves_it) {
    to_doubting();
    is("commit number, commit end approved, finished approved", run.reply("paid 77"));
}

TEST(Pay, goes_on_waiting_for_the_buyer_when_the_lost_charge_is_pending) {
    to_doubting();
    is("commit number, show, wake 5000", run.reply("pending 77"));
    is("send query", run.time_passes(5'000));
    is("commit end approved, finished approved", run.reply("paid 77"));
}

TEST(Pay, owes_an_undo_when_a_lost_charge_is_not_found_twice) {
    to_doubting();
    is("wake 5000", run.reply("gone"));
    is("send list", run.time_passes(5'000));
    is("commit end unknown, commit owed undo, finished unknown owed", run.reply("gone"));
    LONGS_EQUAL(0, run.last_commit.closed.size());
}

TEST(Pay, owes_an_undo_at_once_when_the_list_is_refused) {
    to_doubting();
    is("commit end unknown, commit owed undo, finished unknown owed", run.reply("unsupported"));
}

TEST(Pay, owes_an_undo_when_nothing_is_heard_in_time) {
    to_doubting();
    is("wake 5000", run.fail(Sent::Maybe));
    is("commit end unknown, commit owed undo, finished unknown owed", run.time_passes(30'000));
    CHECK(run.finished.reason == Reason::NoAnswer);
}

TEST(Pay, takes_a_server_error_on_the_charge_for_doubt) {
    to_charge();
    is("show, send list", run.reply("technical", 500));
}

TEST(Pay, never_believes_an_answer_about_another_payment) {
    to_charge();
    is("commit end unknown, commit owed undo, finished unknown owed", run.reply("conflict"));
    CHECK(run.finished.reason == Reason::Mismatch);
}

TEST(Pay, keeps_polling_through_faults_until_the_buyer_confirms) {
    to_confirming();
    is("send query", run.time_passes(5'000));
    is("wake 5000", run.fail(Sent::Maybe));
    is("send query", run.time_passes(5'000));
    is("wake 5000", run.reply("technical", 503));
    is("send query", run.time_passes(5'000));
    is("wake 5000", run.reply("gone"));
    is("send query", run.time_passes(5'000));
    is("commit end approved, finished approved", run.reply("paid 77"));
}

TEST(Pay, owes_an_undo_when_the_buyer_never_confirms) {
    to_confirming();
    is("commit end unknown, commit owed undo, finished unknown owed", run.time_passes(180'000));
    CHECK(run.finished.reason == Reason::BuyerTimeout);
}

TEST(Pay, cancelled_before_the_charge_costs_nothing) {
    is("send session", run.feed(Started{}));
    is("abort, finished cancelled", run.feed(Cancelled{}));
    is("", run.reply("s-1"));
    is("", run.feed(Cancelled{}));
}

TEST(Pay, cancelled_while_the_buyer_is_awaited_costs_nothing) {
    is("send session", run.feed(Started{}));
    is("show, send ready", run.reply("s-1"));
    is("abort, finished cancelled", run.feed(Cancelled{}));
}

TEST(Pay, cancelled_during_the_charge_owes_an_undo) {
    to_charge();
    is("commit end unknown, commit owed undo, abort, finished unknown owed", run.feed(Cancelled{}));
    is("", run.reply("paid 77"));
    CHECK(run.finished.reason == Reason::CancelledByCashier);
}

TEST(Pay, cancelled_while_in_doubt_owes_an_undo) {
    to_doubting();
    is("commit end unknown, commit owed undo, finished unknown owed", run.feed(Cancelled{}));
}

TEST(Pay, cancelled_while_the_buyer_confirms_owes_an_undo) {
    to_confirming();
    is("commit end unknown, commit owed undo, finished unknown owed", run.feed(Cancelled{}));
}

TEST(Pay, takes_no_money_when_the_journal_cannot_be_written) {
    is("send session", run.feed(Started{}));
    is("show, send ready", run.reply("s-1"));
    run.journal_fails = true;
    is("commit refused, finished refused", run.reply("ready"));
    CHECK(run.finished.reason == Reason::Journal);
}

TEST(Pay, is_never_approved_when_its_end_cannot_be_written) {
    to_confirming();
    is("send query", run.time_passes(5'000));
    run.journal_fails = true;
    is("commit refused, abort, finished unknown owed, wake 5000", run.reply("paid 77"));
    is("commit refused, wake 5000", run.time_passes(5'000));
    run.journal_fails = false;
    is("commit end unknown, commit owed undo", run.time_passes(5'000));
}

TEST(Pay, is_refused_while_the_gateway_owes) {
    is("finished refused", run.feed(Started{true, false}));
    STRCMP_EQUAL("временно недоступна", run.finished.text.russian().c_str());
}

TEST(Pay, probes_a_link_that_was_down) {
    is("send probe", run.feed(Started{false, true}));
    is("send session", run.reply("anything", 500));
}

TEST(Pay, is_refused_when_the_link_is_still_down) {
    is("send probe", run.feed(Started{false, true}));
    is("finished refused", run.fail(Sent::None, FailureKind::Connect));
    STRCMP_EQUAL("временно недоступна", run.finished.text.russian().c_str());
}

TEST(Pay, is_refused_when_the_first_request_fails) {
    is("send session", run.feed(Started{}));
    is("finished refused", run.fail(Sent::Maybe));
    STRCMP_EQUAL("Ошибка обращения к серверу", run.finished.text.russian().c_str());
}

TEST(Pay, tells_a_refused_token_in_its_own_words) {
    is("send session", run.feed(Started{}));
    is("finished refused", run.fail(Sent::None, FailureKind::Access));
    STRCMP_EQUAL("сбой", run.finished.text.russian().c_str());
    CHECK(run.finished.reason == Reason::Access);
}

TEST(Pay, refuses_a_currency_that_the_gateway_does_not_take) {
    run.state.payment.sum = Money{100, *Currency::parse("RUB")};
    is("finished refused", run.feed(Started{}));
    CHECK(run.finished.reason == Reason::Currency);
}

TEST(Pay, asks_for_the_buyers_code_first) {
    gateway.asks_for_code = true;
    gateway.prepares = false;
    is("ask", run.feed(Started{}));
    is("commit intent, send charge", run.feed(Answered{Value{"CODE"}}));
}

TEST(Pay, ends_when_the_cashier_closes_the_question) {
    gateway.asks_for_code = true;
    is("ask", run.feed(Started{}));
    is("abort, finished cancelled", run.feed(Answered{Dismissed{}}));
}

TEST(Pay, is_refused_when_the_host_cannot_ask) {
    gateway.asks_for_code = true;
    is("ask", run.feed(Started{}));
    is("finished refused", run.feed(Answered{NotSupported{}}));
    CHECK(run.finished.reason == Reason::Unsupported);
}

TEST(Pay, is_refused_when_silent_and_a_question_is_needed) {
    gateway.asks_for_code = true;
    run.state.silent = true;
    is("finished refused", run.feed(Started{}));
    CHECK(run.finished.reason == Reason::Silent);
}

TEST(Pay, ignores_a_reply_that_comes_too_late) {
    to_doubting();
    const Tag late = run.last_tag - 1;
    is("", run.feed(Replied{late, Reply{200, {}, "paid 77"}}));
}

TEST(Pay, after_a_restart_asks_what_happened) {
    run.state.payment.payment_id = "77";
    run.state.noted = true;
    is("show, send query", run.feed(Recovered{}));
    is("commit end approved, finished approved", run.reply("paid 77"));
}

TEST(Pay, after_a_restart_owes_an_undo_when_still_pending_in_time) {
    run.state.payment.payment_id = "77";
    is("show, send query", run.feed(Recovered{}));
    is("wake 5000", run.reply("pending 77"));
    is("commit number, commit end unknown, commit owed undo, finished unknown owed",
       run.time_passes(30'000));
}

TEST(Pay, after_a_restart_without_a_number_looks_into_the_list) {
    is("show, send list", run.feed(Recovered{}));
    is("commit end declined, finished declined", run.reply("declined"));
}
