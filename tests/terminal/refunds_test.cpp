// SPDX-License-Identifier: Apache-2.0
#include "terminal/refunds.h"

#include <string>

#include "terminal/scene.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::terminal;
using fakes::Ending;
using fakes::Step;
using fakes::StepKind;

namespace {

const Ending kDeclined{
    .outcome = LC_OUTCOME_DECLINED,
    .level = LC_LEVEL_ERROR,
    .text = "Ошибка обращения к серверу",
    .reason = "no_link"};
const Ending kUnknown{
    .outcome = LC_OUTCOME_UNKNOWN, .owed = true, .level = LC_LEVEL_ERROR, .reason = "no_answer"};
const Ending kQueued{
    .outcome = LC_OUTCOME_UNKNOWN,
    .owed = true,
    .level = LC_LEVEL_WARNING,
    .text = "Операция отмены в очереди"};
const Ending kRefused{
    .outcome = LC_OUTCOME_REFUSED, .level = LC_LEVEL_ERROR, .text = "Нельзя отменить"};

const char* const kRefund = R"({"do":"refund","receipt":1,"id":7})";

}  // namespace

TEST_GROUP(Refunds) {
    Scene scene;

    void check_equal(const std::string& wanted, const std::string& got) {
        STRCMP_EQUAL(wanted.c_str(), got.c_str());
    }

    // Receipt 1 of 35.00: 10.00 in cash, 25.00 through the module.
    void sell_mixed() {
        scene.open_receipt();
        scene.line(R"({"do":"pay","valutcode":1,"sum":"10.00"})");
        scene.line(R"({"do":"pay","valutcode":20})");
        scene.events.clear();
    }

    // Receipt 1 of 35.00 through the module.
    void sell() {
        scene.open_receipt();
        scene.line(R"({"do":"pay","valutcode":20})");
        scene.events.clear();
    }

    // "1 refunded 10.00;2 processed 25.00" of a receipt as it is stored.
    std::string stored(std::int64_t number) {
        const auto receipt = scene.till->receipt(number);
        std::string all(till::name((*receipt)->state));
        for (const till::Payment& each : (*receipt)->payments) {
            all += ";" + std::to_string(each.number) + " " + std::string(till::name(each.state))
                   + " " + each.sum.str();
        }
        return all;
    }

    void check_rejected(const char* line, const char* text) {
        scene.events.clear();
        scene.line(line);
        check_equal("error,finished", scene.names());
        check_equal(text, scene.last("error", "text"));
        check_equal("refused", scene.last("finished", "outcome"));
        check_equal(text, scene.last("finished", "text"));
    }
};

TEST(Refunds, gives_all_that_is_left_back_by_the_payments_of_the_sale) {
    sell_mixed();
    scene.line(kRefund);

    check_equal("receipt,receipt,receipt,receipt,slip,receipt,finished", scene.names());
    check_equal("approved", scene.last("finished", "outcome"));
    check_equal("35.00", scene.last("finished", "sum"));
    check_equal("7", scene.last("finished", "id"));
    check_equal("refund", scene.last("receipt", "type"));
    check_equal("2", scene.last("receipt", "number"));
    check_equal("closed;1 processed 10.00;2 processed 25.00", stored(2));
    check_equal("closed;1 refunded 10.00;2 refunded 25.00", stored(1));
    LONGS_EQUAL(2500, scene.world.last("refund").minor);
    CHECK(scene.world.last("refund").settled == LC_SETTLED_KEPT);
    CHECK(scene.till->open_operations()->empty());
}

TEST(Refunds, names_the_payment_and_the_sale_to_the_module) {
    sell();
    scene.line(kRefund);

    const auto sale = scene.till->receipt(1);
    const fakes::JournalEntry& refund = scene.world.last("refund");
    CHECK(refund.target == (*sale)->payments[0].operation);
    check_equal("500123", scene.world.last_gateway_id);
    const auto document = json::parse(scene.world.last_receipt);
    check_equal("refund", document->string("type").value_or(""));
    check_equal((*sale)->uid, document->string("sale_uid").value_or(""));
    const auto stored_refund = scene.till->receipt(2);
    LONGS_EQUAL(1, (*stored_refund)->lines[0].sale_index);
    LONGS_EQUAL(1, (*stored_refund)->payments[0].refunds_payment);
}

TEST(Refunds, gives_a_receipt_back_in_parts_until_nothing_is_left) {
    sell();
    scene.line(R"({"do":"refund","receipt":1,"lines":[{"index":1,"quantity":"0.5"}]})");
    check_equal("closed;1 processed 8.75", stored(2));
    check_equal("closed;1 processed 35.00", stored(1));
    scene.line(R"({"do":"refund","receipt":1,"lines":[{"index":1,"quantity":"1"}]})");
    scene.line(R"({"do":"refund","receipt":1})");

    check_equal("closed;1 processed 8.75", stored(4));
    check_equal("closed;1 refunded 35.00", stored(1));
    check_rejected(kRefund, "возвращать нечего: чек уже возвращен целиком");
    LONGS_EQUAL(3, scene.world.count("refund"));
}

TEST(Refunds, go_on_after_a_restart_and_in_a_later_shift) {
    sell();
    scene.line(R"({"do":"shift-close"})");
    scene.restart();
    check_rejected(kRefund, "кассир не зарегистрирован: выполните вход");
    scene.line(R"({"do":"login","cashier":"Анна"})");
    check_rejected(kRefund, "смена не открыта: откройте смену");
    scene.line(R"({"do":"shift-open"})");
    scene.line(kRefund);

    check_equal("approved", scene.last("finished", "outcome"));
    LONGS_EQUAL(2, (*scene.till->receipt(2))->shift);
}

TEST(Refunds, give_back_by_the_type_that_is_named) {
    sell_mixed();
    scene.line(
        R"({"do":"refund","receipt":1,"lines":[{"index":1,"quantity":"1"}],"valutcode":20})");

    check_equal("closed;1 processed 17.50", stored(2));
    LONGS_EQUAL(1750, scene.world.last("refund").minor);
    check_rejected(
        R"({"do":"refund","receipt":1,"valutcode":20})",
        "по типу оплаты 20 в чеке осталось 7.50, а возвращается 17.50");
    check_rejected(
        R"({"do":"refund","receipt":1,"valutcode":30})", "чек не оплачивался типом оплаты 30");
}

TEST(Refunds, give_back_by_the_payments_that_are_named) {
    sell_mixed();
    scene.line(R"({"do":"refund","receipt":1,"lines":[{"index":1,"quantity":"1"}],)"
               R"("payments":[{"valutcode":20,"sum":"12.50"},{"valutcode":1,"sum":"5.00"}]})");

    check_equal("closed;1 processed 12.50;2 processed 5.00", stored(2));
    check_rejected(
        R"({"do":"refund","receipt":1,"payments":[{"valutcode":20,"sum":"12.50"}]})",
        "оплаты на 12.50 меньше суммы возврата 17.50: такой чек можно только оставить открытым");
    check_rejected(
        R"({"do":"refund","receipt":1,"payments":[{"valutcode":20,"sum":"17.51"}]})",
        "оплаты на 17.51 больше суммы возврата 17.50");
}

TEST(Refunds, of_what_cannot_come_back_are_refused_before_anything_is_sent) {
    sell();
    check_rejected(R"({"do":"refund","receipt":9})", "чека 9 в базе кассы нет");
    scene.line(R"({"do":"refund","receipt":1,"lines":[{"index":1,"quantity":"1"}]})");
    check_rejected(
        R"({"do":"refund","receipt":2})", "чек 2 - чек возврата: вернуть можно только продажу");
    scene.line(R"({"do":"item","code":"2","name":"Хлеб","price":"2.10","quantity":"1"})");
    check_rejected(kRefund, "есть открытый чек 3: закройте или аннулируйте его");
    scene.line(R"({"do":"annul"})");
    check_rejected(
        R"({"do":"refund","receipt":3})", "чек 3 аннулирован: возвращать по нему нечего");

    LONGS_EQUAL(1, scene.world.count("refund"));
    LONGS_EQUAL(4, *scene.till->next_receipt_number());
}

TEST(Refunds, do_not_begin_while_the_module_does_not_work) {
    sell_mixed();
    scene.with_module = false;
    scene.restart();
    scene.events.clear();
    scene.line(kRefund);

    check_equal("dialog,closed,finished", scene.names());
    check_equal("refused", scene.last("finished", "outcome"));
    LONGS_EQUAL(2, *scene.till->next_receipt_number());
}

TEST(Refunds, that_are_declined_take_the_other_parts_back_and_leave_an_annulled_receipt) {
    sell_mixed();
    scene.world.refund_plans.push_back({{}, kDeclined});
    scene.line(kRefund);

    check_equal("declined", scene.last("finished", "outcome"));
    check_equal("Ошибка обращения к серверу", scene.last("finished", "text"));
    check_equal("no_link", scene.last("finished", "reason"));
    check_equal("annulled;1 cancelled 10.00", stored(2));
    check_equal("closed;1 processed 10.00;2 processed 25.00", stored(1));
    check_equal("annulled", scene.last("receipt", "state"));
    CHECK(scene.world.last("refund").settled == LC_SETTLED_UNDONE);
    CHECK(scene.till->open_operations()->empty());
    scene.line(kRefund);
    check_equal("approved", scene.last("finished", "outcome"));
}

TEST(Refunds, of_unknown_outcome_are_not_counted_and_say_so) {
    sell();
    scene.world.refund_plans.push_back({{}, kUnknown});
    scene.line(kRefund);

    check_equal("unknown", scene.last("finished", "outcome"));
    check_equal("true", scene.last("finished", "owed"));
    check_equal(
        "исход возврата неизвестен: он не засчитан, его отмена поставлена в очередь",
        scene.last("finished", "text"));
    check_equal("annulled", stored(2));
    check_equal("closed;1 processed 35.00", stored(1));
}

TEST(Refunds, can_be_cancelled_while_they_run) {
    sell();
    scene.world.refund_plans.push_back({{Step{.kind = StepKind::Hold}}, {}});
    scene.line(kRefund);
    scene.line(R"({"answer":"cancel"})");

    check_equal("cancelled", scene.last("finished", "outcome"));
    check_equal("annulled", stored(2));
}

TEST(Refunds, take_a_part_back_through_its_module_when_a_later_one_fails) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":20,"sum":"10.00"})");
    scene.line(R"({"do":"pay","valutcode":20})");
    scene.world.refund_plans.push_back({{}, Ending{}});
    scene.world.refund_plans.push_back({{}, kDeclined});
    scene.line(kRefund);

    check_equal("annulled;1 cancelled 10.00", stored(2));
    LONGS_EQUAL(1, scene.world.count("refund_undo"));
    CHECK(scene.world.last("refund_undo").settled == LC_SETTLED_KEPT);
}

TEST(Refunds, stay_open_when_a_given_part_cannot_be_taken_back) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":20,"sum":"10.00"})");
    scene.line(R"({"do":"pay","valutcode":20})");
    scene.world.refund_plans.push_back({{}, Ending{}});
    scene.world.refund_plans.push_back({{}, kDeclined});
    scene.world.refund_undo_plans.push_back({{}, kRefused});
    scene.line(kRefund);

    check_equal("refused", scene.last("finished", "outcome"));
    check_equal("open;1 processed 10.00", stored(2));
    scene.line(R"({"do":"pay","valutcode":20})");
    check_equal("closed;1 processed 10.00;2 processed 25.00", stored(2));
    check_equal("closed;1 refunded 10.00;2 refunded 25.00", stored(1));
}

TEST(Refunds, take_back_a_refund_of_another_sum_than_asked) {
    sell();
    scene.world.refund_plans.push_back({{}, Ending{.sum_off_by = 1}});
    scene.line(kRefund);

    LONGS_EQUAL(1, scene.world.count("refund_undo"));
    check_equal("cancelled", scene.last("finished", "outcome"));
    check_equal("annulled", stored(2));
    CHECK(scene.world.last("refund").settled == LC_SETTLED_UNDONE);
}

TEST(Refunds, do_not_happen_when_the_fiscal_receipt_fails) {
    sell_mixed();
    scene.line(R"({"do":"fiscal","fail":"next"})");
    scene.line(kRefund);

    check_equal("cancelled", scene.last("finished", "outcome"));
    check_equal("annulled;1 cancelled 10.00;2 cancelled 25.00", stored(2));
    LONGS_EQUAL(1, scene.world.count("refund_undo"));
    check_equal("closed;1 processed 10.00;2 processed 25.00", stored(1));
}

TEST(Refunds, are_begun_silently_when_told_so) {
    sell();
    scene.line(R"({"do":"refund","receipt":1,"silent":true})");

    LONGS_EQUAL(LC_FLAG_SILENT, scene.world.last_flags);
}

// ---- A refund receipt that stays open ----

TEST(Refunds, held_stay_open_until_they_are_closed) {
    sell();
    scene.line(R"({"do":"refund","receipt":1,"hold":true})");
    check_equal("approved", scene.last("finished", "outcome"));
    check_equal("open;1 processed 35.00", stored(2));
    scene.restart();
    check_equal("open;1 processed 35.00", stored(2));
    scene.line(R"({"do":"close"})");

    check_equal("closed;1 processed 35.00", stored(2));
    check_equal("closed;1 refunded 35.00", stored(1));
}

TEST(Refunds, held_have_their_payments_cancelled_and_paid_anew) {
    sell_mixed();
    scene.line(R"({"do":"refund","receipt":1,"hold":true})");
    scene.line(R"({"do":"payment-cancel"})");
    check_equal("open;1 processed 10.00;2 cancelled 25.00", stored(2));
    check_equal("approved", scene.last("finished", "outcome"));
    LONGS_EQUAL(1, scene.world.count("refund_undo"));
    LONGS_EQUAL(0, scene.world.count("undo"));
    scene.line(R"({"do":"payment-types"})");
    LONGS_EQUAL(1, scene.last("payment-types").array("types")->size());
    check_equal("20", scene.last("payment-types").array("types")->front().find("valutcode")->str());
    scene.line(R"({"do":"pay","valutcode":20})");

    check_equal("closed;1 processed 10.00;2 cancelled 25.00;3 processed 25.00", stored(2));
}

TEST(Refunds, held_take_no_more_than_is_left_and_no_other_lines) {
    sell();
    scene.line(
        R"({"do":"refund","receipt":1,"hold":true,"payments":[{"valutcode":20,"sum":"5.00"}]})");
    check_rejected(
        R"({"do":"pay","valutcode":20,"sum":"30.01"})",
        "сумма 30.01 больше остатка возврата 30.00");
    scene.events.clear();
    scene.line(R"({"do":"pay","valutcode":1})");
    check_equal("dialog,closed,finished", scene.names());
    check_equal("чек не оплачивался типом оплаты 1", scene.last("finished", "text"));
    scene.line(R"({"do":"payment-cancel"})");
    scene.line(R"({"do":"storno","index":1})");

    check_equal(
        "товары в чеке возврата берутся из чека продажи и не меняются",
        scene.last("error", "text"));
}

TEST(Refunds, held_are_annulled_with_what_they_gave) {
    sell_mixed();
    scene.line(R"({"do":"refund","receipt":1,"hold":true})");
    scene.line(R"({"do":"annul"})");

    check_equal("annulled;1 cancelled 10.00;2 cancelled 25.00", stored(2));
    check_equal("done", scene.last("finished", "outcome"));
    LONGS_EQUAL(1, scene.world.count("refund_undo"));
    scene.line(kRefund);
    check_equal("approved", scene.last("finished", "outcome"));
}

TEST(Refunds, held_stay_open_when_they_are_declined) {
    sell();
    scene.world.refund_plans.push_back({{}, kDeclined});
    scene.line(R"({"do":"refund","receipt":1,"hold":true})");

    check_equal("declined", scene.last("finished", "outcome"));
    check_equal("open", stored(2));
}

TEST(Refunds, held_are_not_closed_while_money_is_missing) {
    sell();
    scene.world.refund_plans.push_back({{}, kDeclined});
    scene.line(R"({"do":"refund","receipt":1,"hold":true})");
    scene.line(R"({"do":"close"})");

    check_equal(
        "деньги возвращены не полностью, осталось вернуть 35.00", scene.last("error", "text"));
}

// ---- Cancelling a closed refund ----

TEST(Refunds, that_are_closed_are_cancelled_and_give_the_sale_its_rest_back) {
    sell_mixed();
    scene.line(kRefund);
    scene.events.clear();
    scene.line(R"({"do":"refund-cancel","receipt":2,"id":8})");

    check_equal("approved", scene.last("finished", "outcome"));
    check_equal("8", scene.last("finished", "id"));
    check_equal("annulled;1 cancelled 10.00;2 cancelled 25.00", stored(2));
    check_equal("closed;1 processed 10.00;2 processed 25.00", stored(1));
    CHECK(scene.last("slip", "lines").find("АННУЛИРОВАН") != std::string::npos);
    CHECK(scene.till->open_operations()->empty());
    scene.line(kRefund);
    check_equal("approved", scene.last("finished", "outcome"));
}

TEST(Refunds, are_cancelled_by_the_queue_when_the_gateway_is_away) {
    sell();
    scene.line(kRefund);
    scene.world.refund_undo_plans.push_back({{}, kQueued});
    scene.line(R"({"do":"refund-cancel","receipt":2})");

    check_equal("unknown", scene.last("finished", "outcome"));
    check_equal("true", scene.last("finished", "owed"));
    check_equal("Операция отмены в очереди", scene.last("finished", "text"));
    check_equal("warning", scene.last("dialog", "level"));
    check_equal("annulled;1 cancelled 35.00", stored(2));
}

TEST(Refunds, stay_when_their_cancel_is_refused) {
    sell_mixed();
    scene.line(kRefund);
    scene.world.refund_undo_plans.push_back({{}, kRefused});
    scene.line(R"({"do":"refund-cancel","receipt":2})");

    check_equal("refused", scene.last("finished", "outcome"));
    check_equal("closed;1 processed 10.00;2 processed 25.00", stored(2));
    check_equal("closed;1 refunded 10.00;2 refunded 25.00", stored(1));
    scene.line(R"({"do":"refund-cancel","receipt":2})");
    check_equal("annulled;1 cancelled 10.00;2 cancelled 25.00", stored(2));
}

TEST(Refunds, are_cancelled_only_when_they_are_closed_refunds) {
    sell();
    check_rejected(
        R"({"do":"refund-cancel","receipt":1})",
        "чек 1 - чек продажи: отменяется только чек возврата");
    check_rejected(R"({"do":"refund-cancel","receipt":5})", "чека 5 в базе кассы нет");
    scene.line(R"({"do":"refund","receipt":1,"hold":true})");
    check_rejected(
        R"({"do":"refund-cancel","receipt":2})",
        "есть открытый чек 2: закройте или аннулируйте его");
    scene.line(R"({"do":"annul"})");
    check_rejected(R"({"do":"refund-cancel","receipt":2})", "чек 2 уже аннулирован");
}

// ---- A refund without a sale ----

TEST(Refunds, without_a_sale_give_cash) {
    scene.line(R"({"do":"login","cashier":"Анна"})");
    scene.line(R"({"do":"shift-open"})");
    scene.line(R"({"do":"return-open"})");
    check_equal("refund", scene.last("receipt", "type"));
    scene.line(R"({"do":"item","code":"1","name":"Сок","price":"5.00","quantity":"1"})");
    scene.line(R"({"do":"pay","valutcode":1})");

    check_equal("approved", scene.last("finished", "outcome"));
    check_equal("closed;1 processed 5.00", stored(1));
    CHECK(scene.last("slip", "lines").find("Чек возврата 1") != std::string::npos);
}

TEST(Refunds, without_a_sale_are_refused_by_a_module_that_gives_nothing_freely) {
    scene.line(R"({"do":"login","cashier":"Анна"})");
    scene.line(R"({"do":"shift-open"})");
    scene.line(R"({"do":"return-open"})");
    scene.line(R"({"do":"item","code":"1","name":"Сок","price":"5.00","quantity":"1"})");
    scene.line(R"({"do":"payment-types"})");
    LONGS_EQUAL(2, scene.last("payment-types").array("types")->size());
    scene.events.clear();
    scene.line(R"({"do":"pay","valutcode":20})");

    check_equal("dialog,closed,finished", scene.names());
    check_equal("refused", scene.last("finished", "outcome"));
    check_equal(
        "Оплата чеков возврата через платежную систему Проверка не доступна",
        scene.last("finished", "text"));
    check_equal("error", scene.last("dialog", "level"));
    LONGS_EQUAL(0, scene.world.count("refund_free"));
    check_equal("open", stored(1));
}

TEST(Refunds, without_a_sale_go_through_a_module_that_can) {
    scene.kill();
    const auto place = scene.world.description.find("\"refund\",");
    scene.world.description.insert(place, "\"refund_free\",");
    scene.adopt();
    scene.boot();
    scene.line(R"({"do":"login","cashier":"Анна"})");
    scene.line(R"({"do":"shift-open"})");
    scene.line(R"({"do":"return-open"})");
    scene.line(R"({"do":"item","code":"1","name":"Сок","price":"5.00","quantity":"1"})");
    scene.line(R"({"do":"pay","valutcode":20})");

    check_equal("closed;1 processed 5.00", stored(1));
    LONGS_EQUAL(1, scene.world.count("refund_free"));
}

TEST(Refunds, without_a_sale_wait_for_the_open_receipt) {
    scene.open_receipt();
    scene.line(R"({"do":"return-open"})");

    check_equal("error", scene.names());
    check_equal("есть открытый чек 1: закройте или аннулируйте его", scene.last("error", "text"));
}
