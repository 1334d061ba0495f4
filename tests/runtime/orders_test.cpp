// SPDX-License-Identifier: Apache-2.0
// Refunds, cards and reconciliations through the engine.
#include <memory>
#include <string>

#include "fakes/fake_gateway.h"
#include "fakes/sim_ports.h"
#include "runtime/engine.h"

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

}  // namespace

// A register and its gateway: the test is the gateway and the power switch.
TEST_GROUP(Orders) {
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

    void power_on() {
        engine.reset();
        exchange = std::make_unique<fakes::SimExchange>();
        outbox = std::make_shared<Outbox>();
        engine =
            std::make_unique<Engine>(Ports{gateway, *exchange, store, secrets, clock, log}, outbox);
        CHECK(engine->start().ok());
        engine->turn(0);
    }
    void answer(const std::string& url, const std::string& body) {
        CHECK_TEXT(exchange->answer(url, Reply{200, {}, body}), url.c_str());
        engine->turn(0);
    }
    void lose(const std::string& url) {
        CHECK_TEXT(
            exchange->answer(
                url, Failure{FailureKind::Timeout, Sent::Maybe, Text::literal("нет ответа")}),
            url.c_str());
        engine->turn(0);
    }
    std::shared_ptr<Conversation> begun(const Begun& begun) {
        CHECK(std::holds_alternative<std::shared_ptr<Conversation>>(begun));
        engine->turn(0);
        return std::get<std::shared_ptr<Conversation>>(begun);
    }
    std::shared_ptr<Conversation> pay(std::uint8_t number, const char* uid = "uid-1") {
        PayOrder order;
        order.id = id(number);
        order.sum = Money{2450, Currency{}};
        order.receipt.uid = uid;
        return begun(engine->pay(order));
    }
    void paid(std::uint8_t number) {
        pay(number);
        answer("session", "s-1");
        answer("ready", "ready");
        answer("charge", "paid 77");
    }
    static RefundOrder order_of(std::uint8_t number, std::uint8_t target, std::int64_t minor) {
        RefundOrder order;
        order.id = id(number);
        order.target = id(target);
        order.sum = Money{minor, Currency{}};
        order.receipt.uid = "uid-2";
        return order;
    }
    std::shared_ptr<Conversation> refund(
        std::uint8_t number, std::uint8_t target, std::int64_t minor) {
        return begun(engine->refund(order_of(number, target, minor)));
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
    Finished refunded(std::uint8_t number, std::uint8_t target, std::int64_t minor) {
        auto conversation = refund(number, target, minor);
        answer("refund", "paid " + std::to_string(100 + number));
        return finished(conversation);
    }
};

TEST(Orders, a_refund_takes_two_synced_commits) {
    paid(1);
    const int before = store.synced_commits;
    CHECK(refunded(2, 1, 450).outcome == Outcome::Approved);
    LONGS_EQUAL(2, store.synced_commits - before);
}

TEST(Orders, refunds_never_exceed_the_payment_even_over_restarts) {
    paid(1);
    CHECK(refunded(2, 1, 2000).outcome == Outcome::Approved);
    power_on();

    const Finished end = finished(refund(3, 1, 451));

    CHECK(end.outcome == Outcome::Refused);
    CHECK(end.reason == Reason::Limit);
    CHECK(end.text.russian().find("4.50") != std::string::npos);
    CHECK(exchange->sent.empty());
    CHECK(refunded(4, 1, 450).outcome == Outcome::Approved);
}

TEST(Orders, a_refund_that_is_taken_back_leaves_its_sum_again) {
    paid(1);
    refunded(2, 1, 2450);
    UndoOrder undo;
    undo.id = id(3);
    undo.target = id(2);
    auto conversation = begun(engine->undo(undo));
    answer("query", "paid 102");
    answer("undo", "paid");
    answer("query", "declined");

    CHECK(finished(conversation).outcome == Outcome::Approved);
    CHECK(refunded(4, 1, 2450).outcome == Outcome::Approved);
}

TEST(Orders, what_the_cashier_sees_taken_back_needs_no_notice) {
    paid(1);
    refunded(2, 1, 2450);
    UndoOrder undo;
    undo.id = id(3);
    undo.target = id(2);
    auto conversation = begun(engine->undo(undo));
    answer("query", "paid 102");
    answer("undo", "paid");
    answer("query", "declined");

    CHECK_FALSE(outbox->next_notice().has_value());
}

TEST(Orders, a_second_begin_of_a_refund_replays_or_conflicts) {
    paid(1);
    refunded(2, 1, 450);

    CHECK(finished(refund(2, 1, 450)).outcome == Outcome::Approved);
    CHECK(std::get<NotBegun>(engine->refund(order_of(2, 1, 451))) == NotBegun::Conflict);
    CHECK(std::get<NotBegun>(engine->refund(order_of(1, 1, 2450))) == NotBegun::Conflict);
}

TEST(Orders, an_interrupted_refund_is_found_out_after_a_restart) {
    paid(1);
    refund(2, 1, 450);
    power_on();
    CHECK(outbox->next_notice()->text.russian().find("возврата") != std::string::npos);

    auto conversation = refund(2, 1, 450);
    answer("list", "paid 102");

    CHECK(finished(conversation).outcome == Outcome::Approved);
    STRCMP_EQUAL("102", engine->unclaimed().back().payment_id.c_str());
}

TEST(Orders, a_refund_in_doubt_blocks_until_it_is_taken_back) {
    paid(1);
    auto conversation = refund(2, 1, 450);
    lose("refund");
    answer("list", "gone");
    clock.now += 5'000;
    engine->turn(0);
    answer("list", "gone");
    CHECK(finished(conversation).owed);
    CHECK(finished(refund(3, 1, 450)).reason == Reason::Blocked);

    answer("list", "paid 102");
    answer("undo", "paid");
    answer("query", "declined");

    LONGS_EQUAL(0, engine->queue().size());
    CHECK(refunded(4, 1, 2450).outcome == Outcome::Approved);
}

TEST(Orders, a_payment_is_not_cancelled_while_a_refund_of_it_is_in_doubt) {
    paid(1);
    refund(2, 1, 450);
    lose("refund");
    engine->cancel(id(2));
    UndoOrder undo;
    undo.id = id(3);
    undo.target = id(1);

    CHECK(finished(begun(engine->undo(undo))).reason == Reason::Blocked);
}

TEST(Orders, a_payment_that_was_given_back_in_part_is_not_cancelled) {
    paid(1);
    refunded(2, 1, 450);
    UndoOrder undo;
    undo.id = id(3);
    undo.target = id(1);

    const Finished end = finished(begun(engine->undo(undo)));

    CHECK(end.reason == Reason::Limit);
    CHECK(end.text.russian().find("4.50") != std::string::npos);
    LONGS_EQUAL(0, engine->queue().size());
}

TEST(Orders, a_refund_is_no_payment_that_could_be_given_back) {
    paid(1);
    refunded(2, 1, 450);
    const std::size_t sent = exchange->sent.size();
    CHECK(finished(refund(3, 2, 450)).reason == Reason::Limit);
    LONGS_EQUAL(sent, exchange->sent.size());
}

TEST(Orders, an_undo_is_nothing_that_could_be_undone) {
    paid(1);
    UndoOrder undo;
    undo.id = id(2);
    undo.target = id(1);
    begun(engine->undo(undo));
    answer("query", "paid 77");
    answer("undo", "paid");
    answer("query", "declined");
    undo.id = id(3);
    undo.target = id(2);

    CHECK(finished(begun(engine->undo(undo))).reason == Reason::NotFound);
    LONGS_EQUAL(0, engine->queue().size());
}

TEST(Orders, a_receipt_in_another_currency_than_its_sum_is_refused) {
    paid(1);
    RefundOrder order = order_of(2, 1, 450);
    order.receipt.total = Money{450, *Currency::parse("USD")};
    const std::size_t sent = exchange->sent.size();
    CHECK(finished(begun(engine->refund(order))).reason == Reason::Currency);
    LONGS_EQUAL(sent, exchange->sent.size());
}

TEST(Orders, a_register_that_lost_its_journal_refunds_by_the_gateways_number) {
    RefundOrder order = order_of(2, 1, 450);
    CHECK(finished(begun(engine->refund(order))).reason == Reason::NotFound);

    order.id = id(3);
    order.gateway_id = "77";
    auto conversation = begun(engine->refund(order));
    answer("refund", "paid 103");
    CHECK(finished(conversation).outcome == Outcome::Approved);
}

TEST(Orders, a_payment_after_a_card_meets_the_buyer_only_once) {
    CardOrder order;
    order.id = id(1);
    order.receipt.uid = "uid-1";
    auto card = begun(engine->card(order));
    answer("session", "s-1");
    answer("ready", "ready 9070000000001000");
    engine->answer(id(1), Applied{});
    CHECK(finished(card).outcome == Outcome::Done);

    pay(2);
    STRCMP_EQUAL("charge", exchange->sent.back().c_str());
    LONGS_EQUAL(3, exchange->sent.size());
}

TEST(Orders, an_acquaintance_is_for_one_receipt_one_payment_and_not_for_long) {
    const auto meet = [&](std::uint8_t number) {
        CardOrder order;
        order.id = id(number);
        order.receipt.uid = "uid-1";
        auto card = begun(engine->card(order));
        answer("session", "s-1");
        answer("ready", "ready 9070000000001000");
        engine->answer(id(number), Applied{});
        CHECK(finished(card).outcome == Outcome::Done);
    };
    meet(1);
    pay(2, "uid-2");
    STRCMP_EQUAL("session", exchange->sent.back().c_str());
    engine->cancel(id(2));
    answer("session", "s-2");

    meet(3);
    clock.now += gateway.rules_.session_keep_ms + 1;
    pay(4);
    STRCMP_EQUAL("session", exchange->sent.back().c_str());
}

TEST(Orders, a_card_is_replayed_from_memory) {
    CardOrder order;
    order.id = id(1);
    order.receipt.uid = "uid-1";
    auto card = begun(engine->card(order));
    engine->cancel(id(1));
    CHECK(finished(card).outcome == Outcome::Cancelled);

    CHECK(finished(begun(engine->card(order))).outcome == Outcome::Cancelled);
    order.receipt.uid = "uid-2";
    CHECK(std::get<NotBegun>(engine->card(order)) == NotBegun::Conflict);
}

TEST(Orders, the_shift_is_compared_with_the_journal_of_its_label) {
    paid(1);
    TotalsOrder order;
    order.id = id(2);
    order.receipt.shift = 3;
    order.till = {{id(1), 17, Money{2450, Currency{}}}};
    auto conversation = begun(engine->totals(order));
    answer("list", "pay 77 order-x 24.50 paid");

    const Finished end = finished(conversation);
    CHECK(end.outcome == Outcome::Done);
    LONGS_EQUAL(0, end.comparison->differences.size());
    LONGS_EQUAL(1, end.comparison->ours.pays);
    LONGS_EQUAL(3, end.comparison->shift);
}

TEST(Orders, a_late_success_that_a_comparison_finds_is_taken_back_once) {
    auto conversation = pay(1);
    answer("session", "s-1");
    answer("ready", "ready");
    lose("charge");
    engine->cancel(id(1));
    CHECK(finished(conversation).owed);
    answer("list", "nobody waits for this one");
    answer("list", "declined");
    LONGS_EQUAL(0, engine->queue().size());

    TotalsOrder order;
    order.id = id(2);
    auto compared = begun(engine->totals(order));
    answer("list", "pay 77 order-" + id(1).brief() + " 24.50 paid");

    CHECK(finished(compared).level == Level::Warning);
    LONGS_EQUAL(1, engine->queue().size());
    answer("list", "paid 77");
    answer("undo", "paid");
    answer("query", "declined");
    LONGS_EQUAL(0, engine->queue().size());
}

TEST(Orders, plays_no_training) {
    paid(1);
    RefundOrder refund = order_of(2, 1, 450);
    refund.training = true;
    CHECK(finished(begun(engine->refund(refund))).reason == Reason::Training);
    CardOrder card;
    card.id = id(3);
    card.training = true;
    CHECK(finished(begun(engine->card(card))).reason == Reason::Training);
    TotalsOrder totals;
    totals.id = id(4);
    totals.training = true;
    CHECK(finished(begun(engine->totals(totals))).reason == Reason::Training);
}
