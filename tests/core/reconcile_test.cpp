// SPDX-License-Identifier: Apache-2.0
#include "core/reconcile.h"

#include <string>
#include <vector>

#include "fakes/fake_gateway.h"
#include "fakes/machine_run.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::core;

namespace {

OperationId id(std::uint8_t number) {
    OperationId id;
    id.bytes[15] = number;
    return id;
}

Money money(std::int64_t minor) {
    return {minor, Currency{}};
}

Operation operation(std::uint8_t number, Outcome outcome, std::int64_t minor = 1000) {
    Operation operation;
    operation.id = id(number);
    operation.intent.sum = money(minor);
    operation.intent.order_number = "order-" + std::to_string(number);
    operation.intent.receipt_number = number;
    operation.payment_id = std::to_string(500 + number);
    operation.ended = Ended{outcome, Reason::None, ""};
    return operation;
}

Booking booking(std::uint8_t number, Verdict verdict, std::int64_t minor = 1000) {
    return {
        OperationKind::Pay,
        std::to_string(500 + number),
        "order-" + std::to_string(number),
        money(minor),
        verdict,
        Text::literal("так")};
}

}  // namespace

TEST_GROUP(Compare) {
    Books books;

    // "kind of each difference", with blanks between them.
    std::string differences() {
        std::string words;
        for (const Difference& each : compare({}, books).comparison.differences)
            words += (words.empty() ? "" : " ") + std::string(name(each.kind));
        return words;
    }
    void is(const char* expected) {
        STRCMP_EQUAL(expected, differences().c_str());
    }
    void keep(const Operation& operation) {
        books.journal.push_back(operation);
        books.till.push_back({operation.id, 1, operation.intent.sum});
    }
};

TEST(Compare, finds_nothing_where_the_books_agree) {
    keep(operation(1, Outcome::Approved));
    books.journal.push_back(operation(2, Outcome::Declined));
    books.gateway = {booking(1, Verdict::Paid), booking(2, Verdict::Declined)};

    is("");
    const Comparison comparison = compare({}, books).comparison;
    LONGS_EQUAL(1, comparison.ours.pays);
    CHECK(comparison.ours == comparison.theirs);
}

TEST(Compare, finds_a_payment_by_its_order_when_its_number_was_never_learned) {
    Operation payment = operation(1, Outcome::Approved);
    payment.payment_id.clear();
    keep(payment);
    books.gateway = {booking(1, Verdict::Paid)};
    is("");
}

TEST(Compare, names_other_sums) {
    keep(operation(1, Outcome::Approved));
    books.gateway = {booking(1, Verdict::Paid, 999)};
    is("sum");
}

TEST(Compare, names_what_the_gateway_does_not_call_paid) {
    keep(operation(1, Outcome::Approved));
    books.gateway = {booking(1, Verdict::Declined)};
    is("status");
}

TEST(Compare, names_what_only_we_have) {
    keep(operation(1, Outcome::Approved));
    is("only_ours");
}

TEST(Compare, names_what_only_they_have_unless_nothing_moved) {
    books.gateway = {
        booking(1, Verdict::Paid), booking(2, Verdict::Pending), booking(3, Verdict::Technical),
        booking(4, Verdict::Declined)};
    is("only_theirs only_theirs only_theirs");
    LONGS_EQUAL(1, compare({}, books).comparison.theirs.pays);
}

TEST(Compare, names_what_is_owed_and_what_is_undecided) {
    Operation owed = operation(1, Outcome::Unknown);
    owed.owed = Owed{};
    Operation running = operation(2, Outcome::Unknown);
    running.ended.reset();
    books.journal = {owed, running};
    books.gateway = {booking(1, Verdict::Paid), booking(2, Verdict::Pending)};
    is("owed undecided");
    CHECK(compare({}, books).late.empty());
}

TEST(Compare, finds_a_success_that_was_proven_absent_before) {
    Operation absent = operation(1, Outcome::Unknown);
    absent.owed = Owed{};
    absent.discharged = Discharged{"не найден"};
    books.journal = {absent, operation(2, Outcome::Declined)};
    books.gateway = {booking(1, Verdict::Paid), booking(2, Verdict::Paid)};

    is("owed owed");
    books.gateway[1].verdict = Verdict::Pending;
    is("owed owed");
    const Findings findings = compare({}, books);
    LONGS_EQUAL(2, findings.late.size());
    CHECK(findings.late.front() == id(1));
}

TEST(Compare, agrees_about_a_late_payment_that_was_given_back) {
    Operation late = operation(1, Outcome::Unknown);
    late.owed = Owed{ObligationKind::Refund, "order-1-R"};
    late.discharged = Discharged{"возвращена"};
    books.journal = {late};
    Booking back = booking(9, Verdict::Paid);
    back.kind = OperationKind::Refund;
    back.order_number = "order-1-R";
    books.gateway = {booking(1, Verdict::Paid), back};

    is("");
    const Comparison comparison = compare({}, books).comparison;
    LONGS_EQUAL(1, comparison.ours.refunds);
    CHECK(comparison.ours == comparison.theirs);

    books.gateway.pop_back();
    is("status");
}

TEST(Compare, counts_refunds_apart) {
    keep(operation(1, Outcome::Approved));
    Operation refund = operation(2, Outcome::Approved, 300);
    refund.intent.kind = OperationKind::Refund;
    keep(refund);
    Booking back = booking(2, Verdict::Paid, 300);
    back.kind = OperationKind::Refund;
    books.gateway = {booking(1, Verdict::Paid), back};

    is("");
    LONGS_EQUAL(300, compare({}, books).comparison.ours.refunded.minor());
}

TEST(Compare, a_refund_that_repeats_the_number_of_its_sale_is_no_payment) {
    keep(operation(1, Outcome::Approved));
    Booking back = booking(1, Verdict::Paid);
    back.kind = OperationKind::Refund;
    books.gateway = {back};
    is("only_ours only_theirs");
}

TEST(Compare, names_what_only_the_journal_or_only_the_till_has) {
    books.journal = {operation(1, Outcome::Approved)};
    books.gateway = {booking(1, Verdict::Paid)};
    books.till = {{id(7), 7, money(100)}};
    is("not_in_till not_in_journal");
}

TEST(Compare, says_what_to_do_about_each) {
    books.gateway = {booking(1, Verdict::Paid)};
    for (const Difference& each : compare({}, books).comparison.differences) {
        CHECK_FALSE(each.text.empty());
        CHECK_FALSE(each.remedy.empty());
    }
    CHECK(slip_of(compare({}, books).comparison).elements.size() > 10);
}

TEST_GROUP(Reconcile) {
    fakes::FakeGateway gateway;
    Reconcile machine{gateway};
    fakes::MachineRun<Reconcile, ReconcileState> run{machine, ReconcileState{}};

    void is(const char* expected, const std::string& effects) {
        STRCMP_EQUAL(expected, effects.c_str());
    }
};

TEST(Reconcile, compares_when_the_list_has_come) {
    is("show, send list", run.feed(Started{}));
    is("finished done", run.reply("pay 501 order-1 10.00 paid"));
    CHECK(run.finished.level == Level::Warning);
    LONGS_EQUAL(1, run.finished.comparison->differences.size());
    CHECK_FALSE(run.finished.slip.empty());
}

TEST(Reconcile, is_content_with_an_empty_shift) {
    run.feed(Started{});
    is("finished done", run.reply(""));
    CHECK(run.finished.level == Level::Info);
}

TEST(Reconcile, owes_the_undo_of_a_success_that_came_late) {
    Operation absent = operation(1, Outcome::Unknown);
    absent.owed = Owed{};
    absent.discharged = Discharged{"не найден"};
    run.state.books.journal = {absent};
    run.feed(Started{});
    is("commit owed undo, finished done", run.reply("pay 501 order-1 10.00 paid"));
}

TEST(Reconcile, that_could_not_be_made_says_so_and_may_be_repeated) {
    run.feed(Started{});
    is("finished refused", run.fail(Sent::None, FailureKind::Connect));
    CHECK(run.finished.reason == Reason::NoLink);
    CHECK(run.finished.text.russian().find("можно повторить") != std::string::npos);

    run.state = {};
    run.feed(Started{});
    is("finished refused", run.reply("unsupported"));
}

TEST(Reconcile, is_cancelled_by_the_cashier) {
    run.feed(Started{});
    is("abort, finished cancelled", run.feed(Cancelled{}));
    is("", run.reply(""));
}
