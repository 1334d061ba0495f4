// SPDX-License-Identifier: Apache-2.0
// The machine of payments, giving money back.
#include "core/pay.h"

#include <string>

#include "fakes/fake_gateway.h"
#include "fakes/machine_run.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::core;

namespace {

using Run = fakes::MachineRun<Pay, PayState>;

PayState fresh(const std::string& sale_number) {
    PayState state;
    state.payment.kind = OperationKind::Refund;
    state.payment.id.bytes[0] = 8;
    state.payment.sum = Money{450, Currency{}};
    state.payment.order_number = "order-2";
    state.payment.receipt.uid = "uid-2";
    Payment& sale = state.sale.emplace();
    sale.id.bytes[0] = 7;
    sale.sum = Money{2450, Currency{}};
    sale.order_number = "order-1";
    sale.payment_id = sale_number;
    return state;
}

}  // namespace

TEST_GROUP(Refund) {
    fakes::FakeGateway gateway;
    Pay machine{gateway};
    Run run{machine, fresh("77")};

    void is(const char* expected, const std::string& effects) {
        STRCMP_EQUAL(expected, effects.c_str());
    }
    void says(const char* part) {
        CHECK_TEXT(
            run.finished.text.russian().find(part) != std::string::npos,
            run.finished.text.russian().c_str());
    }
};

TEST(Refund, needs_no_buyer) {
    is("commit intent, send refund", run.feed(Started{}));
    is("commit number, commit end approved, finished approved", run.reply("paid 78"));
    STRCMP_EQUAL("78", run.finished.gateway_id.c_str());
    LONGS_EQUAL(450, run.finished.sum.minor());
    CHECK_FALSE(run.finished.slip.empty());
}

TEST(Refund, names_the_payment_that_it_gives_back) {
    run.feed(Started{});

    const auto& intent = std::get<Intent>(run.last_commit.facts.front().second);
    CHECK(intent.kind == OperationKind::Refund);
    CHECK(intent.target == run.state.sale->id);
    STRCMP_EQUAL("order-2", intent.order_number.c_str());
}

TEST(Refund, finds_the_number_of_a_payment_whose_reply_was_lost) {
    run.state = fresh("");

    is("send list", run.feed(Started{}));
    is("commit intent, send refund", run.reply("paid 77"));
    STRCMP_EQUAL("77", run.state.sale->payment_id.c_str());
}

TEST(Refund, of_a_payment_that_the_gateway_does_not_know_is_refused) {
    run.state = fresh("");
    run.feed(Started{});

    is("finished refused", run.reply("gone"));
    CHECK(run.finished.reason == Reason::NotFound);
}

TEST(Refund, is_refused_when_the_list_cannot_be_asked) {
    run.state = fresh("");
    run.feed(Started{});
    is("finished refused", run.fail(Sent::Maybe));
    CHECK(run.finished.reason == Reason::NoLink);

    run.state = fresh("");
    run.feed(Started{});
    is("finished refused", run.reply("unsupported"));
}

TEST(Refund, waits_until_the_gateway_has_carried_it_out) {
    run.feed(Started{});
    is("commit number, show, wake 5000", run.reply("pending 78"));
    is("send query", run.time_passes(5'000));
    is("commit end approved, finished approved", run.reply("paid 78"));
}

TEST(Refund, that_the_gateway_declines_gives_nothing_back) {
    run.feed(Started{});
    is("commit end declined, finished declined", run.reply("declined"));
}

TEST(Refund, whose_reply_was_lost_is_looked_for_and_counts_when_found) {
    run.feed(Started{});
    is("show, send list", run.fail(Sent::Maybe));
    is("commit number, commit end approved, finished approved", run.reply("paid 78"));
}

TEST(Refund, whose_outcome_stays_unknown_is_not_counted_and_its_undo_is_owed) {
    run.feed(Started{});
    run.fail(Sent::Maybe);
    is("wake 5000", run.reply("gone"));
    is("send list", run.time_passes(5'000));
    is("commit end unknown, commit owed undo, finished unknown owed", run.reply("gone"));
    says("Возврат не засчитан");
}

TEST(Refund, that_could_not_be_sent_owes_nothing) {
    run.feed(Started{});
    is("commit end refused, finished refused", run.fail(Sent::None, FailureKind::Connect));
    CHECK(run.finished.reason == Reason::NoLink);
}

TEST(Refund, is_cancelled_for_nothing_before_it_was_sent) {
    run.state = fresh("");
    run.feed(Started{});
    is("abort, finished cancelled", run.feed(Cancelled{}));
    says("Деньги не возвращены");
}

TEST(Refund, that_is_cancelled_on_its_way_is_owed_an_undo) {
    run.feed(Started{});
    is("commit end unknown, commit owed undo, abort, finished unknown owed", run.feed(Cancelled{}));
    says("Возврат Гейт отменён кассиром");
}

TEST(Refund, is_blocked_while_an_undo_is_owed) {
    is("finished refused", run.feed(Started{true, false}));
    CHECK(run.finished.reason == Reason::Blocked);
}

TEST(Refund, tries_something_harmless_first_after_a_fault_of_the_link) {
    is("send probe", run.feed(Started{false, true}));
    is("commit intent, send refund", run.reply("ok"));
}

TEST(Refund, is_asked_for_after_a_restart) {
    run.state.intended = true;
    is("show, send list", run.feed(Recovered{}));
    is("commit number, commit end approved, finished approved", run.reply("paid 78"));
}

TEST(Refund, gives_nothing_back_when_the_journal_refuses) {
    run.journal_fails = true;
    is("commit refused, finished refused", run.feed(Started{}));
    CHECK(run.finished.reason == Reason::Journal);
}
