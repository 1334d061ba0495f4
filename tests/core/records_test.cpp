// SPDX-License-Identifier: Apache-2.0
#include "core/records.h"

#include <string>

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::core;

namespace {

OperationId id(std::uint8_t number) {
    OperationId id;
    id.bytes[15] = number;
    return id;
}

Intent intent() {
    Intent intent;
    intent.sum = Money{2450, Currency{}};
    return intent;
}

Ended ended(Outcome outcome) {
    return {outcome, Reason::None, ""};
}

}  // namespace

TEST_GROUP(Records){
    static Operation one(const std::vector<Fact>& facts){std::vector<Record> records;
for (const Fact& fact : facts)
    records.push_back({id(1), fact, 1});
Result<std::vector<Operation>> operations = fold(records);
CHECK(operations.ok());
LONGS_EQUAL(1, operations->size());
return operations->front();
}
static void damaged(const std::vector<Fact>& facts) {
    std::vector<Record> records;
    for (const Fact& fact : facts)
        records.push_back({id(1), fact, 1});
    Result<std::vector<Operation>> operations = fold(records);
    CHECK_FALSE(operations.ok());
    CHECK(operations.error().code == ErrorCode::Damaged);
    CHECK(operations.error().text.russian().find(id(1).hex()) != std::string::npos);
}
}
;

TEST(Records, fold_into_operations_in_order_of_their_intents) {
    Result<std::vector<Operation>> operations =
        fold({{id(2), intent(), 1}, {id(1), intent(), 2}, {id(2), Learned{"77"}, 3}});
    CHECK(operations.ok());
    CHECK(operations->at(0).id == id(2));
    STRCMP_EQUAL("77", operations->at(0).payment_id.c_str());
    CHECK(operations->at(1).id == id(1));
}

TEST(Records, an_intent_without_an_end_is_in_doubt) {
    const Operation operation = one({intent()});
    CHECK(operation.unclaimed());
    CHECK_FALSE(operation.closed());
}

TEST(Records, an_approval_stays_unclaimed_until_it_is_settled) {
    CHECK(one({intent(), ended(Outcome::Approved)}).unclaimed());
    const Operation kept = one({intent(), ended(Outcome::Approved), HostSettled{Settled::Kept}});
    CHECK_FALSE(kept.unclaimed());
    CHECK(kept.closed());
}

TEST(Records, a_declined_payment_is_closed_at_once) {
    CHECK(one({intent(), ended(Outcome::Declined)}).closed());
}

TEST(Records, an_unknown_payment_is_open_until_its_debt_is_discharged) {
    const Operation owing = one({intent(), ended(Outcome::Unknown), Owed{}});
    CHECK(owing.owes());
    CHECK_FALSE(owing.closed());
    CHECK(one({intent(), ended(Outcome::Unknown), Owed{}, Discharged{"отменён"}}).closed());
}

TEST(Records, an_approval_that_was_taken_back_is_claimed_by_nobody) {
    const Operation taken =
        one({intent(), ended(Outcome::Approved), Owed{}, Discharged{"отменён"}});
    CHECK_FALSE(taken.unclaimed());
    CHECK(taken.closed());
}

TEST(Records, an_undo_may_become_a_refund_and_keeps_its_age) {
    std::vector<Record> records{
        {id(1), intent(), 1},
        {id(1), ended(Outcome::Unknown), 2},
        {id(1), Owed{}, 3},
        {id(1), Owed{ObligationKind::Refund, "R-1"}, 9}};
    Result<std::vector<Operation>> operations = fold(records);
    CHECK(operations.ok());
    CHECK(operations->front().owed->kind == ObligationKind::Refund);
    CHECK(operations->front().owed_at_ms == 3);
}

TEST(Records, refuse_what_cannot_have_happened) {
    damaged({Learned{"77"}});
    damaged({intent(), intent()});
    damaged({intent(), ended(Outcome::Approved), ended(Outcome::Unknown)});
    damaged({intent(), Discharged{"?"}});
    damaged({intent(), Owed{}, Discharged{"a"}, Discharged{"b"}});
    damaged({intent(), HostSettled{Settled::Kept}, HostSettled{Settled::Undone}});
}

TEST(Records, a_debt_may_come_again_after_it_was_discharged) {
    Operation operation =
        one({intent(), ended(Outcome::Unknown), Owed{}, Discharged{"не найден"}, Owed{}});

    CHECK(operation.owes());
    CHECK_FALSE(operation.closed());
}

TEST(Records, of_a_payment_may_be_refunded_what_no_refund_has_taken) {
    Operation payment = one({intent(), ended(Outcome::Approved)});
    const auto refund = [](std::int64_t minor, std::vector<Fact> facts) {
        Intent back;
        back.kind = OperationKind::Refund;
        back.sum = Money{minor, Currency{}};
        facts.insert(facts.begin(), back);
        return one(facts);
    };
    const auto left = [&](const std::vector<Operation>& about) {
        return left_to_refund(payment, about).minor();
    };

    LONGS_EQUAL(2450, left({}));
    LONGS_EQUAL(2000, left({refund(450, {ended(Outcome::Approved)})}));
    LONGS_EQUAL(2000, left({refund(450, {})}));
    LONGS_EQUAL(2000, left({refund(450, {ended(Outcome::Unknown), Owed{}})}));
    LONGS_EQUAL(
        2450, left({refund(450, {ended(Outcome::Unknown), Owed{}, Discharged{"отменён"}})}));
    LONGS_EQUAL(2450, left({refund(450, {ended(Outcome::Declined)})}));
    LONGS_EQUAL(0, left({refund(2450, {ended(Outcome::Approved)}), refund(1, {})}));
}

TEST(Records, nothing_is_left_of_a_payment_that_is_taken_back) {
    LONGS_EQUAL(0, left_to_refund(one({intent(), ended(Outcome::Declined)}), {}).minor());
    LONGS_EQUAL(0, left_to_refund(one({intent()}), {}).minor());
    LONGS_EQUAL(0, left_to_refund(one({intent(), ended(Outcome::Approved), Owed{}}), {}).minor());
    LONGS_EQUAL(
        0,
        left_to_refund(one({intent(), ended(Outcome::Approved), Owed{}, Discharged{"отменён"}}), {})
            .minor());
}

TEST(Records, every_word_reads_back) {
    for (auto kind :
         {OperationKind::Pay, OperationKind::Undo, OperationKind::Refund,
          OperationKind::RefundUndo}) {
        CHECK(parse_operation_kind(name(kind)) == kind);
    }
    for (auto kind : {ObligationKind::Undo, ObligationKind::Refund, ObligationKind::Confirm}) {
        CHECK(parse_obligation_kind(name(kind)) == kind);
    }
    for (auto settled : {Settled::Kept, Settled::Undone})
        CHECK(parse_settled(name(settled)) == settled);
    for (int reason = 0; reason <= static_cast<int>(Reason::Internal); ++reason) {
        CHECK(parse_reason(name(static_cast<Reason>(reason))) == static_cast<Reason>(reason));
    }
    for (int outcome = 0; outcome <= static_cast<int>(Outcome::Done); ++outcome) {
        CHECK(parse_outcome(name(static_cast<Outcome>(outcome))) == static_cast<Outcome>(outcome));
    }
    CHECK_FALSE(parse_outcome("paid").has_value());
}
