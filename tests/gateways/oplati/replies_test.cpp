// SPDX-License-Identifier: Apache-2.0
// The table of README.md, row by row: what each reply proves.
#include <functional>
#include <string>
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

void check_paid(const Reading& reading) {
    CHECK(reading.verdict == Verdict::Paid);
    STRCMP_EQUAL("500123", reading.payment_id.c_str());
}

void check_verdict(Verdict expected, const Reader& read, const Reply& given) {
    const Reading reading = read(given);
    if (reading.verdict == expected) return;
    const std::string said =
        "HTTP " + std::to_string(given.status) + ' ' + given.body.substr(0, 200);
    FAIL(said.c_str());
}

}  // namespace

TEST_GROUP(OplatiReplies) {
    const Oplati gateway{token_settings()};
    core::Payment asked = payment();

    const Reader charge = [this](const Reply& each) { return gateway.read_charge(asked, each); };
    const Reader query = [this](const Reply& each) { return gateway.read_query(asked, each); };
    const Reader list = [this](const Reply& each) { return gateway.read_list(asked, each); };
    const Reader undo = [this](const Reply& each) { return gateway.read_undo(asked, each); };
    const Reader refund = [](const Reply& each) {
        return Oplati{token_settings()}.read_refund(back(), each);
    };
};

// ---- The payment object ----

TEST(OplatiReplies, prove_a_payment_by_status_1_with_our_sum) {
    check_paid(charge(reply(200, object(1))));
    check_paid(query(reply(200, object(1))));
}

TEST(OplatiReplies, wait_at_status_0_and_remember_the_number) {
    const Reading reading = charge(reply(200, object(0)));

    CHECK(reading.verdict == Verdict::Pending);
    STRCMP_EQUAL("500123", reading.payment_id.c_str());
}

TEST(OplatiReplies, prove_each_final_refusal_with_its_reason) {
    const std::vector<std::pair<int, Reason>> finals{
        {2, Reason::DeclinedByBuyer},
        {3, Reason::NotEnoughMoney},
        {4, Reason::BuyerTimeout},
        {5, Reason::CancelledByGateway}};
    for (const auto& [status, reason] : finals) {
        const Reading reading = charge(reply(200, object(status)));
        CHECK(reading.verdict == Verdict::Declined);
        CHECK(reading.reason == reason);
        CHECK(reading.text.russian().find("Деньги не списаны") != std::string::npos);
    }
}

TEST(OplatiReplies, prove_nothing_by_a_status_that_nobody_published) {
    for (const int status : {-1, 6, 7, 100}) {
        const Reading reading = charge(reply(200, object(status)));
        CHECK(reading.verdict == Verdict::Technical);
        STRCMP_EQUAL("500123", reading.payment_id.c_str());
    }
}

TEST(OplatiReplies, read_numbers_written_as_texts_exactly) {
    for (const char* sum : {"24.5", "24.50", "24.500", "\"24.50\"", "\"24.5\""})
        check_paid(charge(reply(200, replaced(object(1), "24.50", sum))));
    check_paid(charge(reply(200, replaced(object(1), "500123", "\"500123\""))));
}

TEST(OplatiReplies, do_without_members_that_may_be_absent) {
    check_paid(charge(reply(200, R"({"paymentId":500123,"sum":24.50,"status":1})")));
}

TEST(OplatiReplies, see_a_conflict_in_another_sum) {
    for (const char* sum : {"24.51", "0.01", "2450", "-24.50", "\"24.49\"", "24.501"})
        for (const int status : {0, 1, 9}) {
            const auto other = reply(200, replaced(object(status), "24.50", sum));
            check_verdict(Verdict::Conflict, charge, other);
            check_verdict(Verdict::Conflict, query, other);
        }
}

TEST(OplatiReplies, see_a_conflict_in_another_order_and_learn_nothing_from_it) {
    for (const int status : {0, 1, 2, 5, 9}) {
        const Reading reading =
            charge(reply(200, replaced(object(status), "KW00000000", "KW00000001")));
        CHECK(reading.verdict == Verdict::Conflict);
        CHECK(reading.reason == Reason::Mismatch);
        STRCMP_EQUAL("", reading.payment_id.c_str());
    }
}

TEST(OplatiReplies, learn_the_number_of_our_own_order_even_with_another_sum) {
    STRCMP_EQUAL(
        "500123", charge(reply(200, replaced(object(1), "24.50", "1"))).payment_id.c_str());
    STRCMP_EQUAL(
        "", charge(reply(200, R"({"paymentId":500123,"sum":1,"status":1})")).payment_id.c_str());
}

TEST(OplatiReplies, see_a_conflict_in_another_payment_than_the_one_asked_for) {
    asked.payment_id = "500999";

    check_verdict(Verdict::Conflict, query, reply(200, object(1)));
}

TEST(OplatiReplies, see_a_conflict_in_an_operation_of_another_kind) {
    const auto reversal = reply(200, replaced(object(1), "\"paymentType\":1", "\"paymentType\":3"));

    check_verdict(Verdict::Conflict, charge, reversal);
    check_verdict(Verdict::Conflict, query, reversal);
}

TEST(OplatiReplies, prove_no_payment_without_a_readable_sum) {
    for (const char* sum :
         {"null", "\"\"", "\"24,50\"", "2.45e1", "{}", "[24.50]", "true", "\"+24.50\""})
        check_verdict(Verdict::Technical, charge, reply(200, replaced(object(1), "24.50", sum)));
    check_verdict(Verdict::Technical, charge, reply(200, R"({"paymentId":500123,"status":1})"));
}

TEST(OplatiReplies, prove_nothing_by_garbage) {
    for (const std::string& body : garbage()) {
        check_verdict(Verdict::Technical, charge, reply(200, body));
        check_verdict(Verdict::Technical, query, reply(200, body));
        check_verdict(Verdict::Technical, refund, reply(200, body));
    }
    check_verdict(Verdict::Technical, charge, reply(200));
    check_verdict(Verdict::Technical, query, reply(200));
    check_verdict(Verdict::Technical, refund, reply(200));
}

// ---- Errors ----

TEST(OplatiReplies, prove_that_a_refused_charge_moved_nothing) {
    for (const int status : {400, 401, 402, 403, 404, 405, 422}) {
        const Reading reading = charge(reply(status, error_document()));
        CHECK(reading.verdict == Verdict::Declined);
        STRCMP_EQUAL("Русские слова", reading.text.russian().c_str());
    }
    CHECK(charge(reply(400, error_document())).reason == Reason::GatewayRefused);
    CHECK(charge(reply(401, error_document())).reason == Reason::Access);
}

TEST(OplatiReplies, name_the_code_when_a_refusal_has_no_words) {
    STRCMP_EQUAL(
        "О!плати отказала в операции, код 17",
        charge(reply(400, R"({"code":17})")).text.russian().c_str());
    STRCMP_EQUAL(
        "О!плати отказала в операции, HTTP 400",
        charge(reply(400, R"({"devMessage":"x"})")).text.russian().c_str());
}

TEST(OplatiReplies, prove_nothing_by_busy_conflict_or_fault) {
    for (const int status : {408, 409, 429, 500, 502, 503, 504}) {
        for (const std::string& body : {error_document(), std::string(), std::string("<html>")}) {
            check_verdict(Verdict::Technical, charge, reply(status, body));
            check_verdict(Verdict::Technical, refund, reply(status, body));
            check_verdict(Verdict::Technical, query, reply(status, body));
        }
    }
}

TEST(OplatiReplies, prove_nothing_by_a_strangers_refusal) {
    for (const std::string& body :
         {std::string(), std::string("<html>404</html>"), std::string("{}"),
          std::string(R"({"message":"no route"})"), std::string(100'000, '[')}) {
        for (const int status : {400, 403, 404}) {
            check_verdict(Verdict::Technical, charge, reply(status, body));
            check_verdict(Verdict::Technical, query, reply(status, body));
            check_verdict(Verdict::Technical, undo, reply(status, body));
            check_verdict(Verdict::Technical, refund, reply(status, body));
        }
    }
}

TEST(OplatiReplies, prove_nothing_by_a_status_line_that_the_protocol_does_not_have) {
    for (const int status : {0, 100, 201, 204, 206, 301, 304, 600}) {
        for (const Reader& read : {charge, query, list, undo, refund})
            check_verdict(Verdict::Technical, read, reply(status, object(1)));
    }
}

TEST(OplatiReplies, describe_a_fault_for_the_log) {
    STRCMP_EQUAL(
        "HTTP 500, code 400, internalCode SOME_CODE: developers' words",
        charge(reply(500, error_document())).text.russian().c_str());
    STRCMP_EQUAL(
        "HTTP 500, code 400, internalCode SOME_CODE: developers' words",
        gateway.error_detail(reply(500, error_document())).russian().c_str());
}

// ---- Query ----

TEST(OplatiReplies, know_a_payment_as_gone_when_oplati_says_so) {
    check_verdict(Verdict::Gone, query, reply(404, error_document("PAYMENT_NOT_FOUND")));
}

TEST(OplatiReplies, prove_nothing_when_a_question_is_refused) {
    for (const int status : {400, 401, 403})
        check_verdict(Verdict::Technical, query, reply(status, error_document()));
}

// ---- List ----

TEST(OplatiReplies, find_our_order_in_the_list) {
    const std::string other = replaced(object(1), "KW00000000", "KW11111111");

    check_paid(list(reply(200, "[" + other + "," + object(1) + "]")));
    check_verdict(Verdict::Pending, list, reply(200, "[" + object(0) + "]"));
    check_verdict(Verdict::Declined, list, reply(200, "[" + object(2) + "]"));
}

TEST(OplatiReplies, know_an_order_as_gone_when_a_good_list_has_it_not) {
    const std::string other = replaced(object(1), "KW00000000", "KW11111111");

    check_verdict(Verdict::Gone, list, reply(200, "[]"));
    check_verdict(Verdict::Gone, list, reply(200, "[" + other + "]"));
}

TEST(OplatiReplies, prove_nothing_by_a_list_that_cannot_be_read_whole) {
    for (const char* body :
         {"", "null", "{}", "[", "garbage", "[{}]", "[17]", R"([{"orderNumber":7}])"})
        check_verdict(Verdict::Technical, list, reply(200, body));
    check_verdict(
        Verdict::Technical, list,
        reply(200, R"([{"orderNumber":"1-3-17-KW00000000","status":1}])"));
}

TEST(OplatiReplies, find_our_order_beside_rows_that_cannot_be_read) {
    check_paid(list(reply(200, "[{}," + object(1) + "]")));
}

TEST(OplatiReplies, see_a_conflict_in_two_paid_rows_of_one_order) {
    const std::string second = replaced(object(1), "500123", "500124");

    check_verdict(Verdict::Conflict, list, reply(200, "[" + object(1) + "," + second + "]"));
}

TEST(OplatiReplies, let_a_paid_row_outweigh_a_declined_one) {
    const std::string declined = replaced(object(2), "500123", "500124");

    check_paid(list(reply(200, "[" + declined + "," + object(1) + "]")));
    check_paid(list(reply(200, "[" + object(1) + "," + declined + "]")));
}

TEST(OplatiReplies, see_a_conflict_when_our_order_is_there_with_another_sum) {
    check_verdict(
        Verdict::Conflict, list, reply(200, "[" + replaced(object(1), "24.50", "5") + "]"));
}

TEST(OplatiReplies, say_when_the_list_is_refused_for_good) {
    for (const int status : {400, 401, 403, 404}) {
        for (const std::string& body : {error_document(), std::string()}) {
            const Reading reading = list(reply(status, body));
            CHECK(reading.verdict == Verdict::Technical);
            CHECK(reading.reason == Reason::Unsupported);
        }
        CHECK(list(reply(status, "<html>")).reason == Reason::None);
    }
    for (const int status : {408, 409, 429, 500, 503}) {
        const Reading reading = list(reply(status, error_document()));
        CHECK(reading.verdict == Verdict::Technical);
        CHECK(reading.reason == Reason::None);
    }
}

TEST(OplatiReplies, find_the_sale_beside_a_reversal_that_repeats_its_number) {
    std::string repeated = replaced(object(1), "\"paymentType\":1", "\"paymentType\":3");
    repeated = replaced(repeated, "500123", "500200");

    check_paid(list(reply(200, "[" + object(1) + "," + repeated + "]")));
    check_paid(list(reply(200, "[" + repeated + "," + object(1) + "]")));
    check_verdict(Verdict::Conflict, list, reply(200, "[" + repeated + "]"));
}

// ---- Undo ----

TEST(OplatiReplies, take_an_accepted_cancel_as_done) {
    for (const char* body : {"", " \r\n", "{}", R"({"result":"ok"})"})
        check_verdict(Verdict::Paid, undo, reply(200, body));
    check_verdict(Verdict::Paid, undo, reply(200, object(5)));
}

TEST(OplatiReplies, take_no_cancel_as_done_while_the_payment_lives) {
    check_verdict(Verdict::Pending, undo, reply(200, object(0)));
    check_verdict(Verdict::Pending, undo, reply(200, object(1)));
    check_verdict(Verdict::Technical, undo, reply(200, object(7)));
}

TEST(OplatiReplies, need_no_cancel_of_what_was_declined) {
    for (const int status : {2, 3, 4})
        check_verdict(Verdict::Declined, undo, reply(200, object(status)));
}

TEST(OplatiReplies, care_for_no_sum_of_what_never_happened) {
    for (const int status : {2, 3, 4, 5})
        check_verdict(
            Verdict::Declined, query, reply(200, replaced(object(status), "24.50", "24.51")));
}

TEST(OplatiReplies, see_a_conflict_in_a_refusal_of_another_sum_that_may_not_be_ours) {
    check_verdict(
        Verdict::Conflict, charge, reply(200, R"({"paymentId":500123,"sum":1,"status":2})"));
    asked.payment_id = "500123";
    check_verdict(
        Verdict::Declined, query, reply(200, R"({"paymentId":500123,"sum":1,"status":2})"));
}

TEST(OplatiReplies, take_no_cancel_of_another_payment_for_ours) {
    check_verdict(
        Verdict::Conflict, undo, reply(200, replaced(object(5), "KW00000000", "KW00000001")));
    check_verdict(Verdict::Conflict, undo, reply(200, replaced(object(1), "24.50", "24.51")));
}

TEST(OplatiReplies, prove_no_cancel_by_garbage) {
    for (const char* body :
         {"OK", "<html>", "[]", "null", "1", R"({"status":5})", R"({"paymentId":1})",
          R"({"paymentId":{},"status":5})"})
        check_verdict(Verdict::Technical, undo, reply(200, body));
}

TEST(OplatiReplies, know_that_a_cancel_found_nothing_or_was_refused_by_the_state_of_things) {
    check_verdict(Verdict::Gone, undo, reply(404, error_document("PAYMENT_NOT_FOUND")));
    check_verdict(Verdict::Conflict, undo, reply(409, error_document()));
    check_verdict(Verdict::Technical, undo, reply(409, "<html>"));
    for (const int status : {400, 401, 403, 405, 408, 429, 500, 503})
        check_verdict(Verdict::Technical, undo, reply(status, error_document()));
}

}  // namespace linuxcash::oplati
