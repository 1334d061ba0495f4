// SPDX-License-Identifier: Apache-2.0
#include "runtime/engine.h"

#include <memory>
#include <string>

#include "fakes/fake_gateway.h"
#include "fakes/sim_ports.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::core;
using namespace linuxcash::runtime;

namespace {

constexpr std::chrono::milliseconds kNoWait{0};

OperationId id(std::uint8_t number) {
    OperationId id;
    id.bytes[15] = number;
    return id;
}

PayOrder order(std::uint8_t number, std::int64_t minor = 2450) {
    PayOrder order;
    order.id = id(number);
    order.sum = Money{minor, Currency{}};
    order.type = 20;
    order.receipt.uid = "uid-1";
    order.receipt.number = 17;
    order.cashier = "Кассир 1";
    return order;
}

}  // namespace

// A register and its gateway: the test is the gateway and the power switch.
TEST_GROUP(Engine) {
    fakes::FakeGateway gateway;
    fakes::SimClock clock;
    fakes::SimStore store;
    fakes::SimSecrets secrets;
    fakes::SimLog log;
    std::unique_ptr<fakes::SimExchange> exchange;
    std::shared_ptr<Outbox> outbox;
    std::unique_ptr<Engine> engine;

    void setup() override {
        power_on();
    }

    // What was committed stays, everything else is gone.
    void power_on() {
        engine.reset();
        exchange = std::make_unique<fakes::SimExchange>();
        outbox = std::make_shared<Outbox>();
        engine =
            std::make_unique<Engine>(Ports{gateway, *exchange, store, secrets, clock, log}, outbox);
        CHECK(engine->start().ok());
        engine->turn(0);
    }
    void answer(const std::string& url, const std::string& body, int status = 200) {
        CHECK_TEXT(exchange->answer(url, Reply{status, {}, body}), url.c_str());
        engine->turn(0);
    }
    void lose(const std::string& url, Sent sent = Sent::Maybe) {
        CHECK_TEXT(
            exchange->answer(url, Failure{FailureKind::Timeout, sent, Text::literal("нет ответа")}),
            url.c_str());
        engine->turn(0);
    }
    void time_passes(Millis ms) {
        clock.now += ms;
        engine->turn(0);
    }
    std::shared_ptr<Conversation> pay(const PayOrder& order) {
        Begun begun = engine->pay(order);
        CHECK(std::holds_alternative<std::shared_ptr<Conversation>>(begun));
        engine->turn(0);
        return std::get<std::shared_ptr<Conversation>>(begun);
    }
    std::shared_ptr<Conversation> undo(std::uint8_t number, std::uint8_t target) {
        UndoOrder order;
        order.id = id(number);
        order.target = id(target);
        order.cashier = "Кассир 1";
        Begun begun = engine->undo(order);
        CHECK(std::holds_alternative<std::shared_ptr<Conversation>>(begun));
        engine->turn(0);
        return std::get<std::shared_ptr<Conversation>>(begun);
    }
    static Finished finished(const std::shared_ptr<Conversation>& conversation) {
        for (int i = 0; i < 10; ++i) {
            std::optional<NumberedEvent> event = conversation->next(kNoWait);
            if (!event) break;
            if (const auto* end = std::get_if<Finished>(&event->event)) return *end;
        }
        FAIL("no finished event");
        return {};
    }
    void to_charge() {
        answer("session", "s-1");
        answer("ready", "ready");
    }
    std::shared_ptr<Conversation> paid(std::uint8_t number) {
        auto conversation = pay(order(number));
        to_charge();
        answer("charge", "paid 77");
        return conversation;
    }
    std::string notices() {
        std::string topics;
        while (std::optional<Notice> notice = outbox->next_notice())
            topics += notice->topic + " ";
        return topics;
    }
};

TEST(Engine, takes_two_synced_commits_for_an_approved_payment) {
    auto conversation = paid(1);

    CHECK(finished(conversation).outcome == Outcome::Approved);
    LONGS_EQUAL(2, store.synced_commits);
}

TEST(Engine, has_the_intent_in_the_journal_before_the_charge_leaves) {
    pay(order(1));
    answer("session", "s-1");
    CHECK(store.records.empty());

    answer("ready", "ready");

    LONGS_EQUAL(1, store.records.size());
    STRCMP_EQUAL("charge", exchange->sent.back().c_str());
}

TEST(Engine, sends_no_charge_when_the_journal_refuses_the_intent) {
    auto conversation = pay(order(1));
    answer("session", "s-1");
    store.fails = true;

    answer("ready", "ready");

    CHECK(finished(conversation).outcome == Outcome::Refused);
    STRCMP_EQUAL("ready", exchange->sent.back().c_str());
}

TEST(Engine, a_second_begin_with_the_same_id_attaches) {
    auto first = pay(order(1));
    auto second = pay(order(1));
    to_charge();
    answer("charge", "paid 77");

    CHECK(finished(second).outcome == Outcome::Approved);
    LONGS_EQUAL(3, exchange->sent.size());
    CHECK(first == second);
}

TEST(Engine, a_known_id_replays_its_end_and_sends_nothing) {
    paid(1);
    const std::size_t sent = exchange->sent.size();

    Finished replayed = finished(pay(order(1)));

    CHECK(replayed.outcome == Outcome::Approved);
    STRCMP_EQUAL("77", replayed.gateway_id.c_str());
    LONGS_EQUAL(sent, exchange->sent.size());
}

TEST(Engine, a_known_id_replays_its_end_after_a_restart_too) {
    paid(1);
    CHECK(engine->settle(id(1), Settled::Kept) == SettleResult::Done);
    power_on();

    CHECK(finished(pay(order(1))).outcome == Outcome::Approved);
    CHECK(exchange->sent.empty());
}

TEST(Engine, a_refused_payment_is_replayed_from_memory) {
    auto conversation = pay(order(1));
    lose("session");
    CHECK(finished(conversation).reason == Reason::NoLink);

    CHECK(finished(pay(order(1))).reason == Reason::NoLink);
    LONGS_EQUAL(1, exchange->sent.size());
}

TEST(Engine, a_known_id_with_another_sum_or_receipt_is_a_conflict) {
    paid(1);
    PayOrder other = order(1);
    other.receipt.uid = "uid-2";

    CHECK(std::get<NotBegun>(engine->pay(order(1, 100))) == NotBegun::Conflict);
    CHECK(std::get<NotBegun>(engine->pay(other)) == NotBegun::Conflict);
}

TEST(Engine, a_second_payment_meanwhile_is_busy) {
    pay(order(1));

    CHECK(std::get<NotBegun>(engine->pay(order(2))) == NotBegun::Busy);
}

TEST(Engine, recovers_a_payment_that_was_killed_after_its_intent) {
    pay(order(1));
    to_charge();
    power_on();
    STRCMP_EQUAL("recovering ", notices().c_str());

    answer("list", "paid 77");

    STRCMP_EQUAL("recovered ", notices().c_str());
    LONGS_EQUAL(1, engine->unclaimed().size());
    CHECK(engine->unclaimed().front().ended->outcome == Outcome::Approved);
}

TEST(Engine, lists_an_unclaimed_approval_until_it_is_settled_even_over_restarts) {
    paid(1);
    power_on();
    LONGS_EQUAL(1, engine->unclaimed().size());

    CHECK(engine->settle(id(1), Settled::Kept) == SettleResult::Done);

    LONGS_EQUAL(0, engine->unclaimed().size());
    power_on();
    LONGS_EQUAL(0, engine->unclaimed().size());
    CHECK(exchange->sent.empty());
}

TEST(Engine, a_second_different_word_of_the_host_is_a_conflict) {
    paid(1);
    CHECK(engine->settle(id(1), Settled::Kept) == SettleResult::Done);

    CHECK(engine->settle(id(1), Settled::Kept) == SettleResult::Done);
    CHECK(engine->settle(id(1), Settled::Undone) == SettleResult::Conflict);
}

TEST(Engine, new_payments_wait_for_recovery) {
    pay(order(1));
    to_charge();
    power_on();

    auto conversation = pay(order(2));
    LONGS_EQUAL(1, exchange->sent.size());
    answer("list", "declined");

    STRCMP_EQUAL("session", exchange->sent.back().c_str());
    to_charge();
    answer("charge", "paid 78");
    CHECK(finished(conversation).outcome == Outcome::Approved);
}

TEST(Engine, a_host_attaches_to_the_payment_that_is_being_recovered) {
    pay(order(1));
    to_charge();
    power_on();

    auto conversation = pay(order(1));
    answer("list", "paid 77");

    CHECK(finished(conversation).outcome == Outcome::Approved);
}

TEST(Engine, an_unknown_payment_is_taken_back_in_the_background) {
    auto conversation = pay(order(1));
    to_charge();
    engine->cancel(id(1));
    Finished end = finished(conversation);
    CHECK(end.outcome == Outcome::Unknown);
    CHECK(end.owed);
    LONGS_EQUAL(1, engine->queue().size());

    answer("charge", "paid 77");
    answer("list", "paid 77");
    answer("undo", "paid");
    answer("query", "declined");

    LONGS_EQUAL(0, engine->queue().size());
    STRCMP_EQUAL("delivered released ", notices().c_str());
}

TEST(Engine, a_cancelled_charge_runs_on_to_its_reply) {
    pay(order(1));
    to_charge();

    engine->cancel(id(1));
    engine->turn(0);

    LONGS_EQUAL(0, exchange->aborted);
    CHECK_FALSE(engine->quiet());
}

TEST(Engine, a_cancelled_poll_is_torn_off) {
    pay(order(1));
    answer("session", "s-1");

    engine->cancel(id(1));
    engine->turn(0);

    LONGS_EQUAL(1, exchange->aborted);
}

TEST(Engine, a_debt_survives_restarts_until_it_is_proven_done) {
    pay(order(1));
    to_charge();
    engine->cancel(id(1));
    power_on();
    lose("list", Sent::None);
    power_on();
    answer("list", "paid 77");
    power_on();
    answer("query", "paid 77");
    answer("undo", "paid");
    answer("query", "declined");
    power_on();

    LONGS_EQUAL(0, engine->queue().size());
    CHECK(exchange->sent.empty());
}

TEST(Engine, is_blocked_while_it_owes_and_tries_to_get_free) {
    pay(order(1));
    to_charge();
    engine->cancel(id(1));
    engine->turn(0);
    answer("charge", "paid 77");
    lose("list");

    CHECK(finished(pay(order(2))).reason == Reason::Blocked);

    STRCMP_EQUAL("list", exchange->sent.back().c_str());
    LONGS_EQUAL(2, engine->queue().front().tries);
}

TEST(Engine, probes_the_link_after_a_failure) {
    auto first = pay(order(1));
    lose("session", Sent::None);

    auto second = pay(order(2));
    STRCMP_EQUAL("probe", exchange->sent.back().c_str());
    answer("probe", "", 400);

    STRCMP_EQUAL("session", exchange->sent.back().c_str());
}

TEST(Engine, takes_back_an_approved_payment_by_the_hosts_word) {
    paid(1);
    CHECK(engine->settle(id(1), Settled::Kept) == SettleResult::Done);

    auto conversation = undo(2, 1);
    answer("query", "paid 77");
    answer("undo", "paid");
    answer("query", "declined");

    CHECK(finished(conversation).outcome == Outcome::Approved);
    LONGS_EQUAL(0, engine->queue().size());
    power_on();
    CHECK(exchange->sent.empty());
}

TEST(Engine, queues_the_undo_when_the_link_is_down) {
    paid(1);

    auto conversation = undo(2, 1);
    lose("query", Sent::None);

    Finished end = finished(conversation);
    CHECK(end.outcome == Outcome::Unknown);
    CHECK(end.owed);
    STRCMP_EQUAL("отмена в очереди", end.text.russian().c_str());
    LONGS_EQUAL(1, engine->queue().size());
}

TEST(Engine, an_undo_killed_half_way_goes_on_and_is_not_doubled) {
    paid(1);
    undo(2, 1);
    power_on();

    auto conversation = undo(2, 1);
    answer("query", "paid 77");
    answer("undo", "paid");
    answer("query", "declined");

    CHECK(finished(conversation).outcome == Outcome::Approved);
    LONGS_EQUAL(0, engine->queue().size());
}

TEST(Engine, refuses_to_undo_what_it_never_knew) {
    CHECK(finished(undo(2, 1)).reason == Reason::NotFound);
}

TEST(Engine, plays_no_training_payments) {
    PayOrder training = order(1);
    training.training = true;

    CHECK(finished(pay(training)).reason == Reason::Training);
    CHECK(exchange->sent.empty());
}

TEST(Engine, saves_a_rotated_token_before_the_reply_is_acted_on) {
    gateway.needs_token = true;
    pay(order(1));
    CHECK(exchange->answer("token", Reply{200, {{"token", "T1"}}, ""}));
    engine->turn(0);
    STRCMP_EQUAL("T1", secrets.stored->reveal().c_str());

    secrets.fails = true;
    CHECK(exchange->answer("session", Reply{200, {{"token", "T2"}}, "s-1"}));
    engine->turn(0);

    LONGS_EQUAL(2, exchange->sent.size());
}

TEST(Engine, grants_an_administrators_wish_to_push) {
    pay(order(1));
    to_charge();
    engine->cancel(id(1));
    engine->turn(0);
    answer("charge", "paid 77");
    lose("list");
    const std::size_t sent = exchange->sent.size();

    store.wishes.push_back({1, "push"});
    time_passes(1'000);

    LONGS_EQUAL(sent + 1, exchange->sent.size());
}

TEST(Engine, a_wall_clock_that_jumps_changes_nothing) {
    auto conversation = pay(order(1));
    clock.wall = 0;
    to_charge();
    answer("charge", "pending 77");
    clock.wall = 9'000'000'000'000;
    time_passes(5'000);
    answer("query", "paid 77");

    CHECK(finished(conversation).outcome == Outcome::Approved);
}

TEST(Engine, an_unsaved_end_is_told_as_unknown_and_saved_later) {
    auto conversation = pay(order(1));
    to_charge();
    store.fails = true;
    answer("charge", "paid 77");
    CHECK(finished(conversation).outcome == Outcome::Unknown);

    store.fails = false;
    time_passes(5'000);

    LONGS_EQUAL(1, engine->queue().size());
}

TEST(Engine, an_unsaved_end_is_told_again_to_whoever_asks_again) {
    pay(order(1));
    to_charge();
    store.fails = true;
    answer("charge", "paid 77");

    const Finished again = finished(pay(order(1)));

    CHECK(again.outcome == Outcome::Unknown);
    CHECK(again.reason == Reason::Journal);
}

TEST(Engine, tidies_only_when_the_host_has_had_time_to_settle) {
    pay(order(1));
    to_charge();
    answer("charge", "paid 77");
    LONGS_EQUAL(0, store.tidied);

    time_passes(1'000);
    time_passes(1'000);

    LONGS_EQUAL(1, store.tidied);
}

TEST(Engine, what_the_host_gave_up_while_the_disk_refused_is_taken_back_after_a_restart) {
    pay(order(1));
    to_charge();
    store.fails = true;
    answer("charge", "paid 77");
    store.fails = false;
    CHECK(engine->settle(id(1), Settled::Undone) == SettleResult::Done);

    power_on();

    LONGS_EQUAL(0, engine->unclaimed().size());
    LONGS_EQUAL(1, engine->queue().size());
    answer("list", "paid 77");
    answer("undo", "paid");
    answer("query", "declined");
    LONGS_EQUAL(0, engine->queue().size());
}

TEST(Engine, starts_nothing_new_while_it_winds_down) {
    pay(order(1));
    to_charge();
    engine->wind_down();

    answer("charge", "technical", 500);

    STRCMP_EQUAL("charge", exchange->sent.back().c_str());
    CHECK(engine->quiet());
}

TEST(Engine, a_charge_cancelled_while_it_waits_for_a_token_never_goes_out) {
    gateway.needs_token = true;
    gateway.prepares = false;
    pay(order(1));

    engine->cancel(id(1));
    CHECK(exchange->answer("token", Reply{200, {{"token", "t-1"}}, {}}));
    engine->turn(0);

    for (const std::string& url : exchange->sent)
        CHECK(url != "charge");
}

TEST(Engine, an_end_that_is_not_saved_yet_blocks_like_a_debt) {
    pay(order(1));
    to_charge();
    store.fails = true;
    answer("charge", "paid 77");
    store.fails = false;

    CHECK(finished(pay(order(2))).reason == Reason::Blocked);
}

TEST(Engine, an_end_that_is_not_saved_after_a_restart_either_is_told_all_the_same) {
    pay(order(1));
    to_charge();
    store.fails = true;
    answer("charge", "paid 77");
    store.fails = false;
    CHECK(engine->settle(id(1), Settled::Undone) == SettleResult::Done);
    store.fails = true;
    power_on();

    const Finished before = finished(pay(order(1)));
    CHECK(before.outcome == Outcome::Unknown);
    CHECK(before.owed);
    store.fails = false;
    clock.now += 5'000;
    engine->turn(0);

    STRCMP_EQUAL(before.text.russian().c_str(), finished(pay(order(1))).text.russian().c_str());
    LONGS_EQUAL(1, engine->queue().size());
}

TEST(Engine, what_the_host_gives_up_during_recovery_is_taken_back) {
    pay(order(1));
    to_charge();
    power_on();

    CHECK(engine->settle(id(1), Settled::Undone) == SettleResult::Done);
    engine->turn(0);

    LONGS_EQUAL(1, engine->queue().size());
    answer("list", "paid 77");  // to the recovery, which nobody waits for any more
    answer("list", "paid 77");
    answer("undo", "paid");
    answer("query", "declined");
    LONGS_EQUAL(0, engine->queue().size());
}

TEST(Engine, a_resumed_undo_goes_on_while_the_disk_refuses) {
    paid(1);
    undo(2, 1);
    power_on();
    store.fails = true;

    auto conversation = undo(2, 1);
    store.fails = false;
    answer("query", "paid 77");
    answer("undo", "paid");
    answer("query", "declined");

    CHECK(finished(conversation).outcome == Outcome::Approved);
}
