// SPDX-License-Identifier: Apache-2.0
// A refund is a payment of its own: what replies prove of it.
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "scene.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::oplati {
namespace {

using core::Reading;
using core::Reason;
using core::Reply;
using core::Verdict;

using Reader = std::function<Reading(const Reply&)>;

}  // namespace

TEST_GROUP(OplatiRefunds) {
    const Oplati gateway{token_settings()};
    core::Payment given = back();

    const Reader refund = [this](const Reply& each) { return gateway.read_refund(given, each); };
    const Reader query = [this](const Reply& each) { return gateway.read_query(given, each); };
    const Reader list = [this](const Reply& each) {
        return gateway.read_list(given, reply(each.status, '[' + each.body + ']'));
    };
    const Reader undo = [this](const Reply& each) { return gateway.read_undo(given, each); };

    void check(Verdict expected, const Reader& read, const std::string& body) {
        const Reading reading = read(reply(200, body));
        if (reading.verdict == expected) return;
        FAIL((body + ": " + reading.text.russian()).c_str());
    }
};

TEST(OplatiRefunds, are_proven_by_status_1_and_have_a_number_of_their_own) {
    for (const Reader& read : {refund, query, list}) {
        const Reading reading = read(reply(200, reversal(1)));
        CHECK(reading.verdict == Verdict::Paid);
        STRCMP_EQUAL("500200", reading.payment_id.c_str());
        STRCMP_EQUAL("Возвращено О!плати", reading.text.russian().c_str());
    }
}

TEST(OplatiRefunds, wait_at_status_0_and_remember_the_number) {
    for (const Reader& read : {refund, query, list}) {
        const Reading reading = read(reply(200, reversal(0)));
        CHECK(reading.verdict == Verdict::Pending);
        STRCMP_EQUAL("500200", reading.payment_id.c_str());
    }
}

TEST(OplatiRefunds, prove_each_final_refusal_in_the_words_of_a_refund) {
    const std::vector<std::pair<int, Reason>> finals{
        {2, Reason::GatewayRefused},
        {3, Reason::NotEnoughMoney},
        {4, Reason::BuyerTimeout},
        {5, Reason::CancelledByGateway}};
    for (const Reader& read : {refund, query, list}) {
        for (const auto& [status, reason] : finals) {
            const Reading reading = read(reply(200, reversal(status)));
            CHECK(reading.verdict == Verdict::Declined);
            CHECK(reading.reason == reason);
            STRCMP_CONTAINS("Деньги не возвращены", reading.text.russian().c_str());
        }
    }
}

TEST(OplatiRefunds, prove_nothing_by_a_status_that_nobody_published) {
    for (const Reader& read : {refund, query, list, undo}) {
        for (const int status : {-1, 6, 9})
            check(Verdict::Technical, read, reversal(status));
    }
}

TEST(OplatiRefunds, see_a_conflict_in_another_sum_or_a_payment_instead_of_a_reversal) {
    const std::string sale = replaced(reversal(1), "\"paymentType\":3", "\"paymentType\":1");
    for (const Reader& read : {refund, query, list}) {
        check(Verdict::Conflict, read, replaced(reversal(1), "17.25", "17.24"));
        check(Verdict::Conflict, read, sale);
    }
}

TEST(OplatiRefunds, see_a_conflict_in_another_order_and_learn_nothing_from_it) {
    for (const Reader& read : {refund, query}) {
        const Reading reading = read(reply(200, replaced(reversal(1), "M000000000", "M000000001")));
        CHECK(reading.verdict == Verdict::Conflict);
        STRCMP_EQUAL("", reading.payment_id.c_str());
    }
}

TEST(OplatiRefunds, see_a_conflict_in_another_refund_than_the_one_asked_for) {
    given.payment_id = "500999";

    check(Verdict::Conflict, query, reversal(1));
}

TEST(OplatiRefunds, care_for_no_sum_of_what_never_happened) {
    for (const int status : {2, 3, 4, 5})
        check(Verdict::Declined, refund, replaced(reversal(status), "17.25", "1.00"));
}

TEST(OplatiRefunds, prove_no_refund_without_a_readable_sum) {
    for (const char* sum : {"null", "\"\"", "\"17,25\"", "1.725e1", "{}"})
        check(Verdict::Technical, refund, replaced(reversal(1), "17.25", sum));
}

TEST(OplatiRefunds, are_gone_when_a_good_list_has_only_the_sale) {
    const Reading reading = list(reply(200, object(1)));

    CHECK(reading.verdict == Verdict::Gone);
    STRCMP_EQUAL("О!плати не знает такого возврата", reading.text.russian().c_str());
}

TEST(OplatiRefunds, see_a_conflict_in_two_done_rows_of_one_order) {
    check(Verdict::Conflict, list, reversal(1) + ',' + replaced(reversal(1), "500200", "500201"));
}

TEST(OplatiRefunds, are_refused_in_oplatis_words_and_nothing_moved) {
    const Reading reading = refund(reply(400, error_document("REVERSAL_ABOVE_REMAINDER")));

    CHECK(reading.verdict == Verdict::Declined);
    STRCMP_EQUAL("Русские слова", reading.text.russian().c_str());
}

TEST(OplatiRefunds, are_taken_back_when_the_cancel_is_accepted) {
    for (const std::string& body : {std::string(), std::string("{}"), reversal(5)}) {
        const Reading reading = undo(reply(200, body));
        CHECK(reading.verdict == Verdict::Paid);
        STRCMP_EQUAL("Возврат О!плати отменён", reading.text.russian().c_str());
    }
}

TEST(OplatiRefunds, are_not_taken_back_while_they_stand) {
    for (const int status : {0, 1})
        check(Verdict::Pending, undo, reversal(status));
    STRCMP_EQUAL(
        "О!плати приняла отмену, но возврат ещё числится выполненным",
        undo(reply(200, reversal(1))).text.russian().c_str());
}

TEST(OplatiRefunds, need_no_cancel_when_they_never_happened) {
    for (const int status : {2, 3, 4})
        check(Verdict::Declined, undo, reversal(status));
    CHECK(undo(reply(404, error_document())).verdict == Verdict::Gone);
}

}  // namespace linuxcash::oplati
