// SPDX-License-Identifier: Apache-2.0
// Refunds, comparisons and loyalty cards through the real module, judged on the gateway's ledger.
#include <string>

#include "entry/shop.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::entry::test;

TEST_GROUP(ModuleAbilities) {
    Shop shop;
    std::string totals = R"({"currency":"BYN","payments":[]})";

    lc_id paid(std::uint8_t seed, std::int64_t minor) {
        const Sale sale(seed, minor);
        LONGS_EQUAL(LC_OUTCOME_APPROVED, shop.pay(sale).finish().outcome);
        return sale.id;
    }
    Ending refund(std::uint8_t seed, const lc_id& target, std::int64_t minor) {
        const Sale back(seed, minor);
        lc_refund_request request{};
        request.request = back.request().request;
        request.request.size = sizeof request;
        request.target = target;
        request.sum = back.request().sum;
        lc_operation* operation = nullptr;
        LONGS_EQUAL(LC_OK, payment().refund(shop.instance(), &request, &operation));
        return Talk(operation).finish();
    }
    lc_totals_request totals_request(std::uint8_t seed) const {
        lc_totals_request request{};
        request.request.size = sizeof request;
        request.request.id = id_of(seed);
        request.request.cashier = "Кассир 1";
        request.request.receipt = "{}";
        request.shift = 3;
        request.shift_date = "2026-11-22";
        request.totals = totals.c_str();
        return request;
    }
    Ending compare(std::uint8_t seed) {
        const lc_totals_request request = totals_request(seed);
        lc_operation* operation = nullptr;
        LONGS_EQUAL(LC_OK, reconciliation().totals(shop.instance(), &request, &operation));
        return Talk(operation).finish();
    }
    Talk card(const Sale& sale) {
        lc_card_request request{};
        request.request = sale.request().request;
        request.request.size = sizeof request;
        request.number = "";
        lc_operation* operation = nullptr;
        LONGS_EQUAL(LC_OK, loyalty().card(shop.instance(), &request, &operation));
        return Talk(operation);
    }
    // The next event that is no show.
    static const lc_event* question(Talk & talk) {
        const lc_event* event = talk.event();
        while (event->kind == LC_EVENT_SHOW)
            event = talk.event();
        return event;
    }
    static lc_status react(const Talk& talk, const lc_event* event, std::int32_t kind) {
        lc_answer answer{};
        answer.size = sizeof answer;
        answer.event = event->number;
        answer.kind = kind;
        answer.text = "чек заморожен";
        answer.document = "{}";
        return module().conversation->answer(talk.handle(), &answer);
    }
};

TEST(ModuleAbilities, refund_gives_back_a_part_and_never_more_than_is_left) {
    shop.open();
    const lc_id sale = paid(1, 2450);

    const Ending part = refund(20, sale, 450);
    LONGS_EQUAL(LC_OUTCOME_APPROVED, part.outcome);
    LONGS_EQUAL(450, part.sum.minor);
    CHECK_FALSE(part.gateway_id.empty());
    CHECK(part.slip.find("Возврат") != std::string::npos);
    STRCMP_EQUAL("20.00", shop.kept().c_str());

    const Ending more = refund(40, sale, 2001);
    LONGS_EQUAL(LC_OUTCOME_REFUSED, more.outcome);
    STRCMP_EQUAL("limit", more.reason.c_str());
    LONGS_EQUAL(LC_OUTCOME_APPROVED, refund(60, sale, 2000).outcome);
    STRCMP_EQUAL("0.00", shop.kept().c_str());
}

TEST(ModuleAbilities, refund_goes_on_after_a_restart) {
    shop.open();
    const lc_id sale = paid(1, 2450);
    refund(20, sale, 450);
    shop.close();
    LONGS_EQUAL(LC_OK, shop.create());
    shop.start();

    LONGS_EQUAL(LC_OUTCOME_REFUSED, refund(40, sale, 2450).outcome);
    LONGS_EQUAL(LC_OUTCOME_APPROVED, refund(60, sale, 2000).outcome);
}

TEST(ModuleAbilities, refund_undo_gives_the_sale_its_money_again) {
    shop.open();
    const lc_id sale = paid(1, 2450);
    refund(20, sale, 450);

    lc_operation* operation = nullptr;
    const lc_undo_request request = undo_request(40, id_of(20));
    LONGS_EQUAL(LC_OK, payment().refund_undo(shop.instance(), &request, &operation));
    const Ending undone = Talk(operation).finish();

    LONGS_EQUAL(LC_OUTCOME_APPROVED, undone.outcome);
    STRCMP_EQUAL("24.50", shop.kept().c_str());
    LONGS_EQUAL(LC_OUTCOME_APPROVED, refund(60, sale, 2450).outcome);
}

TEST(ModuleAbilities, a_refund_whose_reply_was_lost_is_made_once) {
    shop.open();
    const lc_id sale = paid(1, 2450);
    shop.rule(R"({"on":"reversal","fault":"reset"})");

    LONGS_EQUAL(LC_OUTCOME_APPROVED, refund(20, sale, 450).outcome);
    LONGS_EQUAL(1, shop.requests_of("reversal"));
    STRCMP_EQUAL("20.00", shop.kept().c_str());
}

TEST(ModuleAbilities, totals_find_nothing_where_the_books_agree) {
    shop.open();
    const lc_id sale = paid(1, 2450);
    refund(20, sale, 450);
    totals = R"({"currency":"BYN","payments":[{"operation":")" + hex(sale)
             + R"(","kind":"pay","receipt_number":1,"sum":"24.50","gateway_id":""},{"operation":")"
             + hex(id_of(20))
             + R"(","kind":"refund","receipt_number":20,"sum":"4.50","gateway_id":""}]})";

    const Ending end = compare(40);

    LONGS_EQUAL(LC_OUTCOME_DONE, end.outcome);
    STRCMP_EQUAL("Сверка итогов О!плати за смену 3: расхождений нет", end.text.c_str());
    const auto details = json::parse(end.details);
    CHECK(details.ok());
    STRCMP_EQUAL("20.00", details->find("ours")->string("total").value_or("").c_str());
    STRCMP_EQUAL("20.00", details->find("theirs")->string("total").value_or("").c_str());
    CHECK(details->array("differences")->empty());
    CHECK(end.slip.find("Расхождений нет") != std::string::npos);
}

TEST(ModuleAbilities, totals_name_what_the_till_does_not_have) {
    shop.open();
    paid(1, 2450);

    const Ending end = compare(40);

    LONGS_EQUAL(LC_LEVEL_WARNING, end.level);
    const auto details = json::parse(end.details);
    const json::Value& difference = details->array("differences")->front();
    STRCMP_EQUAL("not_in_till", difference.string("kind").value_or("").c_str());
    STRCMP_EQUAL("24.50", difference.string("ours").value_or("").c_str());
    CHECK_FALSE(difference.string("remedy").value_or("").empty());
}

TEST(ModuleAbilities, totals_that_cannot_be_compared_are_refused_and_repeatable) {
    shop.bank.reports_in_token_mode = false;
    shop.open();
    paid(1, 2450);
    LONGS_EQUAL(LC_OUTCOME_REFUSED, compare(40).outcome);
    shop.close_bank();
    const Ending away = compare(60);
    LONGS_EQUAL(LC_OUTCOME_REFUSED, away.outcome);
    STRCMP_EQUAL("no_link", away.reason.c_str());
}

TEST(ModuleAbilities, totals_want_a_good_document) {
    shop.open();
    lc_operation* operation = nullptr;
    for (const char* wrong :
         {"", "[]", "{}", R"({"payments":[{"operation":"x","sum":"1.00"}]})",
          R"({"payments":[{"operation":"00112233445566778899aabbccddeeff","sum":"1.001"}]})"}) {
        totals = wrong;
        const lc_totals_request request = totals_request(40);
        LONGS_EQUAL_TEXT(
            LC_INVALID, reconciliation().totals(shop.instance(), &request, &operation), wrong);
    }
}

TEST(ModuleAbilities, a_card_is_put_into_the_receipt_and_the_buyer_scans_once) {
    shop.bank.buyer.loyalty_cards =
        *json::parse(R"([{"number":"9070000000001000","name":"Скидка"}])");
    shop.open();
    const Sale sale(1, 2450);
    Talk talk = card(sale);

    const lc_event* event = question(talk);
    LONGS_EQUAL(LC_EVENT_EDIT, event->kind);
    const auto* edit = reinterpret_cast<const lc_event_edit*>(event);
    LONGS_EQUAL(1, edit->revision);
    STRCMP_EQUAL(R"([{"edit":"set_card","number":"9070000000001000"}])", edit->edits);
    LONGS_EQUAL(LC_INVALID, react(talk, event, LC_ANSWER_CANCEL));
    LONGS_EQUAL(LC_OK, react(talk, event, LC_ANSWER_APPLIED));
    const Ending end = talk.finish();
    LONGS_EQUAL(LC_OUTCOME_DONE, end.outcome);
    CHECK(end.text.find("9070000000001000") == std::string::npos);

    Sale payment_of_it = sale;
    payment_of_it.id = id_of(20);
    const Ending payment_end = shop.pay(payment_of_it).finish();
    LONGS_EQUAL(LC_OUTCOME_APPROVED, payment_end.outcome);
    LONGS_EQUAL(1, shop.requests_of("demand"));
}

TEST(ModuleAbilities, a_card_that_the_register_refuses_is_told) {
    shop.bank.buyer.loyalty_cards = *json::parse(R"([{"number":"9070000000001000"}])");
    shop.open();
    Talk talk = card(Sale(1));
    const lc_event* event = question(talk);
    LONGS_EQUAL(LC_OK, react(talk, event, LC_ANSWER_REFUSED));
    const Ending end = talk.finish();
    LONGS_EQUAL(LC_OUTCOME_REFUSED, end.outcome);
    CHECK(end.text.find("чек заморожен") != std::string::npos);
}

TEST(ModuleAbilities, one_of_several_cards_is_chosen) {
    shop.bank.buyer.loyalty_cards =
        *json::parse(R"([{"number":"9070000000001000"},{"number":"9070000000002000"}])");
    shop.open();
    Talk talk = card(Sale(1));
    const lc_event* event = question(talk);
    LONGS_EQUAL(LC_EVENT_CHOOSE, event->kind);
    lc_answer answer{};
    answer.size = sizeof answer;
    answer.event = event->number;
    answer.kind = LC_ANSWER_CHOICE;
    answer.index = 2;
    LONGS_EQUAL(LC_INVALID, module().conversation->answer(talk.handle(), &answer));
    answer.index = 1;
    LONGS_EQUAL(LC_OK, module().conversation->answer(talk.handle(), &answer));
    event = question(talk);
    const auto* edit = reinterpret_cast<const lc_event_edit*>(event);
    STRCMP_EQUAL(R"([{"edit":"set_card","number":"9070000000002000"}])", edit->edits);
    react(talk, event, LC_ANSWER_APPLIED);
    LONGS_EQUAL(LC_OUTCOME_DONE, talk.finish().outcome);
}

TEST(ModuleAbilities, a_buyer_without_a_card_is_told) {
    shop.open();
    const Ending end = card(Sale(1)).finish();
    LONGS_EQUAL(LC_OUTCOME_REFUSED, end.outcome);
    STRCMP_EQUAL("not_found", end.reason.c_str());
}

TEST(ModuleAbilities, the_confirmation_code_is_masked) {
    shop.settings = "mode = 1\nready_pace_ms = 10\nstatus_pace_ms = 10\n";
    shop.open();
    Talk talk = shop.pay(Sale(1, 2450));
    const lc_event* event = talk.event();
    LONGS_EQUAL(LC_EVENT_SHOW, event->kind);
    const auto* show = reinterpret_cast<const lc_event_show*>(event);
    LONGS_EQUAL(1, show->masked);
    LONGS_EQUAL(LC_OUTCOME_APPROVED, talk.finish().outcome);
}
