// SPDX-License-Identifier: Apache-2.0
#include "core/card.h"

#include <string>

#include "fakes/fake_gateway.h"
#include "fakes/machine_run.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::core;

TEST_GROUP(Card) {
    fakes::FakeGateway gateway;
    Card machine{gateway};
    fakes::MachineRun<Card, CardState> run{machine, CardState{}};

    void is(const char* expected, const std::string& effects) {
        STRCMP_EQUAL(expected, effects.c_str());
    }
    void says(const char* part) {
        CHECK_TEXT(
            run.finished.text.russian().find(part) != std::string::npos,
            run.finished.text.russian().c_str());
    }
    void to_buyer() {
        is("send session", run.feed(Started{}));
        is("show, send ready", run.reply("s-1"));
    }
};

TEST(Card, goes_into_the_receipt) {
    to_buyer();
    is("wake 3000", run.reply("not yet"));
    is("send ready", run.time_passes(3'000));
    is("set card 9070000000001000", run.reply("ready 9070000000001000"));
    is("finished done", run.feed(Answered{Applied{}}));
    says("1000");
    CHECK(run.finished.text.russian().find("9070000000001000") == std::string::npos);
}

TEST(Card, is_chosen_when_the_buyer_has_several) {
    to_buyer();
    is("choose of 2", run.reply("ready 111111111 222222222"));
    is("set card 222222222", run.feed(Answered{Chosen{1}}));
    is("finished done", run.feed(Answered{Applied{}}));
}

TEST(Card, that_the_buyer_does_not_have_is_refused_and_the_buyer_stays_known) {
    to_buyer();
    is("finished refused", run.reply("ready"));
    CHECK(run.finished.reason == Reason::NotFound);
    CHECK(run.state.identified);
}

TEST(Card, that_the_register_refuses_has_its_reason_told) {
    to_buyer();
    run.reply("ready 111111111");
    is("finished refused", run.feed(Answered{NotApplied{"номер не подходит"}}));
    says("номер не подходит");
}

TEST(Card, is_given_up_by_the_cashier_at_any_moment) {
    is("send session", run.feed(Started{}));
    is("abort, finished cancelled", run.feed(Cancelled{}));
    is("", run.feed(Cancelled{}));
}

TEST(Card, is_given_up_when_the_cashier_chooses_none) {
    to_buyer();
    run.reply("ready 111111111 222222222");
    is("abort, finished cancelled", run.feed(Answered{Dismissed{}}));
}

TEST(Card, waits_for_the_buyer_only_so_long) {
    to_buyer();
    run.reply("not yet");
    run.now += 120'000;
    is("finished cancelled", run.feed(TimeUp{run.last_wake}));
    CHECK(run.finished.reason == Reason::BuyerTimeout);
}

TEST(Card, asks_for_the_buyers_code_where_the_gateway_wants_it) {
    gateway.asks_for_code = true;
    is("ask", run.feed(Started{}));
    is("send session", run.feed(Answered{Value{"код"}}));
    STRCMP_EQUAL("код", run.state.payment.session["code"].c_str());
}

TEST(Card, asks_nobody_in_silence) {
    gateway.asks_for_code = true;
    run.state.silent = true;
    is("finished refused", run.feed(Started{}));
    CHECK(run.finished.reason == Reason::Silent);
}

TEST(Card, is_blocked_while_an_undo_is_owed) {
    is("finished refused", run.feed(Started{true, false}));
    CHECK(run.finished.reason == Reason::Blocked);
}

TEST(Card, tries_something_harmless_first_after_a_fault_of_the_link) {
    is("send probe", run.feed(Started{false, true}));
    is("finished refused", run.fail(Sent::None, FailureKind::Connect));
    STRCMP_EQUAL("временно недоступна", run.finished.text.russian().c_str());
}

TEST(Card, is_refused_with_the_gateways_words) {
    run.feed(Started{});
    is("finished refused", run.reply("no"));
    STRCMP_EQUAL("отказ", run.finished.text.russian().c_str());
}

TEST(Card, is_refused_by_a_gateway_that_has_none) {
    gateway.shows_cards = false;
    is("finished refused", run.feed(Started{}));
    CHECK(run.finished.reason == Reason::Unsupported);
}

TEST(Card, is_refused_where_the_register_cannot_take_it) {
    to_buyer();
    run.reply("ready 111111111");
    is("finished refused", run.feed(Answered{NotSupported{}}));
}
