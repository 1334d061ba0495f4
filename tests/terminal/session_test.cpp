// SPDX-License-Identifier: Apache-2.0
#include "terminal/session.h"

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
    .text = "Недостаточно средств",
    .reason = "not_enough_money"};
const Ending kUnknown{
    .outcome = LC_OUTCOME_UNKNOWN,
    .owed = true,
    .level = LC_LEVEL_WARNING,
    .text = "Отмена в очереди",
    .reason = "no_answer"};
const Ending kRefused{
    .outcome = LC_OUTCOME_REFUSED,
    .level = LC_LEVEL_ERROR,
    .text = "Нельзя отменить",
    .reason = "gateway_refused"};

const char* const kPay = R"({"do":"pay","valutcode":20,"id":7})";

}  // namespace

TEST_GROUP(Session) {
    Scene scene;

    void check_equal(const std::string& wanted, const std::string& got) {
        STRCMP_EQUAL(wanted.c_str(), got.c_str());
    }
};

// ---- Shifts and lines ----

TEST(Session, wants_a_cashier_and_a_shift_before_it_sells) {
    scene.line(R"({"do":"shift-open"})");
    check_equal("error,finished", scene.names());
    scene.line(R"({"do":"login","cashier":"Анна"})");
    scene.line(R"({"do":"item","code":"1","name":"Сок","price":"1.00","quantity":"1"})");

    check_equal("смена не открыта: откройте смену", scene.last("error", "text"));
    LONGS_EQUAL(1, scene.count("finished"));
}

TEST(Session, opens_a_sale_with_the_first_item) {
    scene.open_receipt();
    scene.line(
        R"({"do":"item","code":"2","name":"Хлеб","price":"2.10","quantity":"0.500","id":"x"})");

    check_equal("receipt", scene.names());
    check_equal("36.05", scene.last("receipt", "total"));
    check_equal("open", scene.last("receipt", "state"));
    check_equal("x", scene.last("receipt", "id"));
}

TEST(Session, removes_a_line_and_keeps_the_numbers_of_the_others) {
    scene.open_receipt();
    scene.line(R"({"do":"item","code":"2","name":"Хлеб","price":"2.10","quantity":"1"})");
    scene.line(R"({"do":"storno","index":1})");

    check_equal("2.10", scene.last("receipt", "total"));
    scene.line(R"({"do":"storno","index":1})");
    check_equal("в чеке нет строки 1", scene.last("error", "text"));
}

TEST(Session, closes_no_shift_over_an_open_receipt) {
    scene.open_receipt();
    scene.line(R"({"do":"shift-close"})");

    check_equal("error,finished", scene.names());
    check_equal("refused", scene.last("finished", "outcome"));
}

TEST(Session, finishes_each_listed_command_once_even_if_it_cannot_do_it) {
    scene.open_receipt();
    for (const char* word :
         {"card", "phone", "subtotal", "bonus", "balance", "reprint", "prepay"}) {
        scene.events.clear();
        scene.line(std::string(R"({"do":")") + word + R"("})");

        check_equal("error,finished", scene.names());
        check_equal(word, scene.last("finished", "do"));
    }
}

TEST(Session, goes_on_after_a_malformed_line_and_tells_at_the_end) {
    scene.line("{broken");
    scene.line(R"({"do":"fly","id":3})");

    LONGS_EQUAL(2, scene.count("error"));
    check_equal("3", scene.last("error", "id"));
    LONGS_EQUAL(2, scene.script->exit_code());
    scene.open_receipt();
    scene.line(R"({"do":"state"})");
    check_equal("receipt,shift,queue", scene.names());
}

// ---- Cash ----

TEST(Session, gives_change_from_cash_and_closes_the_paid_receipt) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":1,"sum":"50.00","id":7})");

    check_equal("receipt,slip,receipt,finished", scene.names());
    check_equal("closed", scene.last("receipt", "state"));
    check_equal("15.00", scene.last("receipt", "change"));
    check_equal("approved", scene.last("finished", "outcome"));
    check_equal("7", scene.last("finished", "id"));
    CHECK_FALSE(scene.till->open_receipt()->has_value());
}

TEST(Session, takes_no_more_than_the_rest_from_anything_but_cash) {
    scene.open_receipt();
    for (const char* type : {"20", "30"}) {
        scene.events.clear();
        scene.line(std::string(R"({"do":"pay","valutcode":)") + type + R"(,"sum":"35.01"})");

        check_equal("error,finished", scene.names());
    }
    LONGS_EQUAL(0, scene.world.count("pay"));
}

TEST(Session, pays_in_parts_and_freezes_the_lines_meanwhile) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":1,"sum":"5.00"})");
    scene.line(R"({"do":"storno","index":1})");
    check_equal(
        "в чеке уже есть оплата: сначала отмените ее, потом меняйте товары",
        scene.last("error", "text"));
    scene.line(R"({"do":"pay","valutcode":30,"sum":"10.00"})");
    check_equal("20.00", scene.last("receipt", "due"));
    scene.line(R"({"do":"pay","valutcode":20})");

    check_equal("closed", scene.last("receipt", "state"));
    check_equal("1 processed 5.00;2 processed 10.00;3 processed 20.00", scene.payments());
}

// ---- Payments through a module ----

TEST(Session, stores_an_approved_payment_before_it_says_kept_and_closes_the_receipt) {
    scene.open_receipt();
    scene.world.pay_plans.push_back(
        {{},
         Ending{
             .slip = R"({"elements":[{"text":"Оплата О!плати"}]})",
             .report_info = R"({"text":"500123","card_type":"O"})",
             .note = "заметка"}});
    scene.line(kPay);

    check_equal("receipt,slip,slip,receipt,finished", scene.names());
    check_equal("approved", scene.last("finished", "outcome"));
    check_equal("35.00", scene.last("finished", "sum"));
    check_equal("20", scene.last("finished", "valutcode"));
    CHECK(scene.world.last("pay").settled == LC_SETTLED_KEPT);
    const auto receipt = scene.till->receipt(1);
    const till::Payment& payment = (*receipt)->payments[0];
    check_equal("Оплата О!плати\n", payment.slip_text);
    check_equal("500123", payment.report_text);
    check_equal("500123", payment.gateway_id);
    check_equal("заметка", (*receipt)->notes.at("fake"));
    check_equal(payment.operation->hex(), scene.last("finished", "operation"));
    CHECK(scene.till->open_operations()->empty());
}

TEST(Session, shows_the_qr_once_and_again_only_when_it_changes) {
    scene.open_receipt();
    const Step first{.kind = StepKind::Show, .text = "Отсканируйте", .qr = "A", .seconds_left = 9};
    Step second = first;
    second.seconds_left = 8;
    Step third = second;
    third.qr = "B";
    scene.world.pay_plans.push_back({{first, second, third}, {}});
    scene.line(kPay);

    LONGS_EQUAL(2, scene.count("show"));
    check_equal("B", scene.last("show", "qr"));
    check_equal("customer", scene.last("show", "where"));
    check_equal("8", scene.last("show", "secondsLeft"));
    check_equal(scene.last("show", "dialog"), scene.last("closed", "dialog"));
}

TEST(Session, tells_a_decline_and_leaves_the_receipt_open) {
    scene.open_receipt();
    scene.world.pay_plans.push_back({{}, kDeclined});
    scene.line(kPay);

    check_equal("dialog,closed,finished", scene.names());
    check_equal("error", scene.last("dialog", "level"));
    check_equal("Недостаточно средств", scene.last("dialog", "text"));
    check_equal("declined", scene.last("finished", "outcome"));
    check_equal("not_enough_money", scene.last("finished", "reason"));
    CHECK(scene.world.last("pay").settled == LC_SETTLED_UNDONE);
    CHECK(scene.till->open_operations()->empty());
    scene.line(R"({"do":"state"})");
    check_equal("35.00", scene.last("receipt", "due"));
}

TEST(Session, adds_no_line_for_an_unknown_outcome) {
    scene.open_receipt();
    scene.world.pay_plans.push_back({{}, kUnknown});
    scene.line(kPay);

    check_equal("unknown", scene.last("finished", "outcome"));
    check_equal("true", scene.last("finished", "owed"));
    LONGS_EQUAL(0, scene.count("receipt"));
    CHECK(scene.world.last("pay").settled == LC_SETTLED_UNDONE);
}

TEST(Session, refuses_a_type_whose_module_does_not_work_and_still_sells_for_cash) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":21})");
    check_equal("dialog,closed,finished", scene.names());
    check_equal("refused", scene.last("finished", "outcome"));
    check_equal("not_configured", scene.last("finished", "reason"));

    scene.line(R"({"do":"pay","valutcode":1})");

    check_equal("closed", scene.last("receipt", "state"));
}

TEST(Session, tells_at_the_start_why_a_module_does_not_work) {
    scene.world.create_status = LC_NOT_CONFIGURED;
    scene.world.error_text = "не задан regNum";
    scene.restart();

    check_equal("не задан regNum", scene.last("notice", "text"));
    scene.line(R"({"do":"payment-types"})");
    CHECK(scene.last("payment-types").str().find("не задан regNum") != std::string::npos);
}

TEST(Session, forgets_an_operation_that_the_module_did_not_begin) {
    scene.open_receipt();
    scene.world.begin_status = LC_BUSY;
    scene.line(kPay);

    check_equal("refused", scene.last("finished", "outcome"));
    CHECK(scene.till->open_operations()->empty());
}

TEST(Session, takes_back_a_payment_of_another_sum_than_asked) {
    scene.open_receipt();
    scene.world.pay_plans.push_back({{}, Ending{.sum_off_by = 1}});
    scene.line(kPay);

    LONGS_EQUAL(1, scene.world.count("undo"));
    check_equal("cancelled", scene.last("finished", "outcome"));
    CHECK(scene.world.last("pay").settled == LC_SETTLED_UNDONE);
    LONGS_EQUAL(0, scene.count("receipt"));
}

TEST(Session, pays_a_receipt_with_two_module_payments_and_cash_and_names_the_others_to_each) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":20,"sum":"10.00"})");
    scene.line(R"({"do":"pay","valutcode":20,"sum":"5.00"})");
    scene.line(R"({"do":"pay","valutcode":1,"sum":"50.00"})");

    check_equal("closed", scene.last("receipt", "state"));
    check_equal("1 processed 10.00;2 processed 5.00;3 processed 50.00", scene.payments());
    check_equal("30.00", scene.last("receipt", "change"));
    const auto document = json::parse(scene.world.last_receipt);
    LONGS_EQUAL(1, document->array("payments")->size());
    check_equal("10.00", document->array("payments")->front().string("sum").value_or(""));
}

// ---- Dialogs ----

TEST(Session, passes_a_scanned_code_to_the_module_and_keeps_it_out_of_the_log) {
    scene.open_receipt();
    scene.world.pay_plans.push_back(
        {{Step{.kind = StepKind::Ask, .text = "Код покупателя", .accepts = LC_ACCEPT_SCAN}}, {}});
    scene.line(kPay);
    check_equal("ask", scene.last("dialog", "kind"));
    check_equal(R"(["scan"])", scene.last("dialog", "accept"));
    scene.line(R"({"answer":"value","text":"9112000012345678","by":"scanner"})");

    check_equal("approved", scene.last("finished", "outcome"));
    check_equal("9112000012345678", scene.world.answers[0].text);
    for (const std::string& line : scene.dialogs.lines) {
        CHECK_TEXT(line.find("9112000012345678") == std::string::npos, line.c_str());
    }
}

TEST(Session, answers_a_dialog_with_what_was_given_beforehand) {
    scene.open_receipt();
    scene.world.pay_plans.push_back(
        {{Step{.kind = StepKind::Choose, .options = R"(["Да","Нет"])"},
          Step{.kind = StepKind::Ask, .accepts = LC_ACCEPT_PHONE}},
         {}});
    scene.line(R"({"on":"phone","text":"+375291234567"})");
    scene.line(R"({"on":"choice","index":1})");
    scene.line(kPay);

    check_equal("approved", scene.last("finished", "outcome"));
    LONGS_EQUAL(1, scene.world.answers[0].index);
    LONGS_EQUAL(LC_ACCEPT_PHONE, scene.world.answers[1].entered_by);
}

TEST(Session, keeps_a_dialog_open_over_answers_that_do_not_fit) {
    scene.open_receipt();
    scene.world.pay_plans.push_back(
        {{Step{.kind = StepKind::Ask, .accepts = LC_ACCEPT_DECIMAL, .max = "10.00"}}, {}});
    scene.line(kPay);
    for (const char* answer :
         {R"({"answer":"value","text":"abc"})", R"({"answer":"value","text":"10.01"})",
          R"({"answer":"choice","index":0})", R"({"answer":"ok"})",
          R"({"answer":"value","text":"5","by":"scanner"})"}) {
        scene.events.clear();
        scene.line(answer);

        check_equal("error", scene.names());
    }
    scene.line(R"({"answer":"value","text":"10.00"})");
    check_equal("approved", scene.last("finished", "outcome"));
}

TEST(Session, says_that_there_is_nothing_to_answer_or_cancel) {
    scene.line(R"({"answer":"cancel","id":4})");

    check_equal("error", scene.names());
    check_equal("4", scene.last("error", "id"));
}

TEST(Session, cancels_a_running_payment_and_lets_commands_wait_for_its_end) {
    scene.open_receipt();
    scene.world.pay_plans.push_back({{Step{.kind = StepKind::Hold}}, {}});
    scene.line(kPay);
    scene.line(R"({"do":"queue"})");
    check_equal("", scene.names());
    scene.line(R"({"answer":"cancel"})");

    check_equal("dialog,closed,finished,queue", scene.names());
    check_equal("cancelled", scene.last("finished", "outcome"));
    check_equal("none", scene.last("queue", "id"));
}

TEST(Session, cancels_the_operation_when_the_input_ends) {
    scene.open_receipt();
    scene.world.pay_plans.push_back({{Step{.kind = StepKind::Hold}}, {}});
    scene.line(kPay);
    scene.session->end_of_input();
    scene.pump();

    check_equal("cancelled", scene.last("finished", "outcome"));
    CHECK(scene.session->done());
}

TEST(Session, does_what_waits_before_the_end_of_the_input_counts) {
    scene.open_receipt();
    scene.world.pay_plans.push_back({{Step{.kind = StepKind::Hold}}, {}});
    scene.line(kPay);
    scene.line(R"({"do":"state"})");
    scene.session->end_of_input();
    scene.pump();
    CHECK_FALSE(scene.session->done());
    scene.world.release_hold = true;
    scene.pump();

    check_equal("closed", scene.last("receipt", "state"));
    CHECK(scene.session->done());
}

TEST(Session, waits_in_real_time) {
    scene.line(R"({"do":"wait","ms":500})");
    scene.line(R"({"do":"queue"})");
    scene.clock.now_ms += 499;
    scene.pump();
    check_equal("", scene.names());
    scene.clock.now_ms += 1;
    scene.pump();

    check_equal("queue", scene.names());
}

TEST(Session, prints_what_a_module_asks_and_refuses_its_edits) {
    scene.open_receipt();
    scene.world.pay_plans.push_back(
        {{Step{.kind = StepKind::Print, .slip = R"({"elements":[{"text":"Слип"}]})"},
          Step{.kind = StepKind::Edit}},
         {}});
    scene.line(kPay);

    LONGS_EQUAL(LC_ANSWER_PRINTED, scene.world.answers[0].kind);
    LONGS_EQUAL(LC_ANSWER_REFUSED, scene.world.answers[1].kind);
    check_equal("approved", scene.last("finished", "outcome"));
}

TEST(Session, answers_what_it_does_not_know_with_unsupported) {
    scene.open_receipt();
    scene.world.pay_plans.push_back({{Step{.kind = StepKind::Strange}}, {}});
    scene.line(kPay);

    check_equal("refused", scene.last("finished", "outcome"));
}

// ---- The printer ----

TEST(Session, owes_slips_while_the_printer_is_in_trouble) {
    scene.open_receipt();
    scene.line(R"({"do":"printer","state":"paper-out"})");
    scene.line(R"({"do":"pay","valutcode":1})");
    check_equal("owed", scene.last("slip", "printed"));
    check_equal("closed", scene.last("receipt", "state"));
    scene.events.clear();
    scene.line(R"({"do":"printer","state":"ok"})");

    check_equal("slip", scene.names());
    check_equal("true", scene.last("slip", "printed"));
    CHECK(scene.till->owed_slips()->empty());
}

TEST(Session, tells_the_module_when_a_required_slip_did_not_come_out) {
    scene.open_receipt();
    scene.line(R"({"do":"printer","state":"unplugged"})");
    scene.world.pay_plans.push_back(
        {{Step{.kind = StepKind::Print, .required = true}, Step{.kind = StepKind::Print}}, {}});
    scene.line(kPay);

    LONGS_EQUAL(LC_ANSWER_FAILED, scene.world.answers[0].kind);
    check_equal("принтер не подключен", scene.world.answers[0].text);
    LONGS_EQUAL(LC_ANSWER_OWED, scene.world.answers[1].kind);
}

// ---- Taking back ----

TEST(Session, takes_a_payment_back) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":20,"sum":"10.00"})");
    scene.events.clear();
    scene.line(R"({"do":"payment-cancel","payment":1})");

    check_equal("receipt,slip,finished", scene.names());
    check_equal("1 cancelled 10.00", scene.payments());
    check_equal("approved", scene.last("finished", "outcome"));
    check_equal("35.00", scene.last("receipt", "due"));
    CHECK(scene.till->open_operations()->empty());
}

TEST(Session, counts_a_payment_as_cancelled_when_the_module_owes_the_undo) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":20,"sum":"10.00"})");
    scene.world.undo_plans.push_back({{}, kUnknown});
    scene.line(R"({"do":"payment-cancel"})");

    check_equal("1 cancelled 10.00", scene.payments());
    check_equal("unknown", scene.last("finished", "outcome"));
    check_equal("true", scene.last("finished", "owed"));
    check_equal("warning", scene.last("dialog", "level"));
}

TEST(Session, keeps_a_payment_whose_undo_was_refused) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":20,"sum":"10.00"})");
    scene.world.undo_plans.push_back({{}, kRefused});
    scene.line(R"({"do":"payment-cancel"})");

    check_equal("1 processed 10.00", scene.payments());
    check_equal("refused", scene.last("finished", "outcome"));
    scene.line(R"({"do":"annul"})");
    check_equal("annulled", scene.last("receipt", "state"));
}

TEST(Session, takes_cash_back_at_once) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":1,"sum":"10.00"})");
    scene.line(R"({"do":"payment-cancel"})");

    check_equal("1 cancelled 10.00", scene.payments());
    scene.line(R"({"do":"payment-cancel"})");
    check_equal("в чеке нет такой оплаты", scene.last("error", "text"));
}

TEST(Session, begins_an_undo_silently_when_told_so) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":20,"sum":"10.00"})");
    scene.line(R"({"do":"payment-cancel","silent":true})");

    LONGS_EQUAL(LC_FLAG_SILENT, scene.world.last_flags);
}

TEST(Session, annuls_a_receipt_with_all_its_payments) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":20,"sum":"10.00"})");
    scene.line(R"({"do":"pay","valutcode":1,"sum":"5.00"})");
    scene.line(R"({"do":"pay","valutcode":20,"sum":"2.00"})");
    scene.line(R"({"do":"annul"})");

    LONGS_EQUAL(2, scene.world.count("undo"));
    check_equal("annulled", scene.last("receipt", "state"));
    check_equal("1 cancelled 10.00;2 cancelled 5.00;3 cancelled 2.00", scene.payments());
    check_equal("done", scene.last("finished", "outcome"));
    check_equal("annul", scene.last("finished", "do"));
    LONGS_EQUAL(1, scene.world.count("settle undone") + 1);
}

TEST(Session, keeps_the_receipt_open_when_a_payment_cannot_be_taken_back) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":20,"sum":"10.00"})");
    scene.world.undo_plans.push_back({{}, kRefused});
    scene.line(R"({"do":"annul"})");

    check_equal("refused", scene.last("finished", "outcome"));
    CHECK(scene.till->open_receipt()->has_value());
    scene.line(R"({"do":"pay","valutcode":1})");
    check_equal("closed", scene.last("receipt", "state"));
}

// ---- The fiscal step ----

TEST(Session, takes_every_payment_back_when_the_fiscal_receipt_fails) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":20,"sum":"10.00"})");
    scene.line(R"({"do":"fiscal","fail":"next"})");
    scene.line(R"({"do":"pay","valutcode":1})");

    LONGS_EQUAL(1, scene.world.count("undo"));
    check_equal("1 cancelled 10.00;2 cancelled 25.00", scene.payments());
    check_equal("open", scene.last("receipt", "state"));
    check_equal("cancelled", scene.last("finished", "outcome"));
    scene.line(R"({"do":"pay","valutcode":1})");
    check_equal("closed", scene.last("receipt", "state"));
}

TEST(Session, leaves_a_payment_that_stays_after_a_failed_fiscal_receipt_for_another_close) {
    scene.open_receipt();
    scene.line(R"({"do":"fiscal","fail":"next"})");
    scene.world.undo_plans.push_back({{}, kRefused});
    scene.line(kPay);
    check_equal("1 processed 35.00", scene.payments());
    check_equal("open", scene.last("receipt", "state"));
    check_equal("approved", scene.last("finished", "outcome"));
    scene.line(R"({"do":"close"})");

    check_equal("closed", scene.last("receipt", "state"));
    check_equal("done", scene.last("finished", "outcome"));
}

TEST(Session, switches_the_failing_fiscal_step_off_again) {
    scene.open_receipt();
    scene.line(R"({"do":"fiscal","fail":"next"})");
    scene.line(R"({"do":"fiscal","fail":"off"})");
    scene.line(R"({"do":"pay","valutcode":1})");

    check_equal("closed", scene.last("receipt", "state"));
}

TEST(Session, closes_only_what_owes_nothing) {
    scene.open_receipt();
    scene.line(R"({"do":"close"})");
    check_equal("чек не оплачен, осталось 35.00", scene.last("error", "text"));
    scene.line(R"({"do":"storno","index":1})");
    scene.line(R"({"do":"item","code":"3","name":"Подарок","price":"0.00","quantity":"1"})");
    scene.line(R"({"do":"close"})");

    check_equal("closed", scene.last("receipt", "state"));
}

// ---- Modules outside operations ----

TEST(Session, tells_notices_of_modules_without_an_id) {
    scene.world.notices.push_back(
        {.level = LC_LEVEL_WARNING, .topic = "queue", .text = "В очереди 1 отмена"});
    scene.pump();

    check_equal("В очереди 1 отмена", scene.last("notice", "text"));
    check_equal("fake", scene.last("notice", "source"));
    check_equal("warning", scene.last("notice", "level"));
}

TEST(Session, lists_and_pushes_what_is_owed) {
    scene.world.obligations =
        R"([{"operation":"00112233445566778899aabbccddeeff","kind":"undo","system":"fake",)"
        R"("sum":"24.50","age":172800,"tries":3,"lastError":"нет связи","blocks":true}])";
    scene.line(R"({"do":"queue"})");
    const json::Value queue = scene.last("queue");
    const json::Value& first = queue.array("obligations")->front();
    check_equal("нет связи", first.string("lastError").value_or(""));
    LONGS_EQUAL(172800, first.integer("age").value_or(0));

    scene.line(R"({"do":"queue-push"})");

    LONGS_EQUAL(1, scene.world.count("push"));
    check_equal("done", scene.last("finished", "outcome"));
}

TEST(Session, warns_of_old_messages_in_the_queue_once) {
    scene.world.obligations =
        R"([{"operation":"00112233445566778899aabbccddeeff","kind":"undo","age":172800}])";
    scene.clock.now_ms += 61'000;
    scene.pump();
    scene.clock.now_ms += 61'000;
    scene.pump();

    LONGS_EQUAL(1, scene.count("notice"));
    CHECK(scene.last("notice", "text").starts_with("В очереди есть старые сообщения ("));
}

TEST(Session, begins_the_day_with_what_is_owed) {
    scene.world.obligations =
        R"([{"operation":"00112233445566778899aabbccddeeff","kind":"undo","age":90},)"
        R"({"operation":"10112233445566778899aabbccddeeff","kind":"undo","age":15}])";
    scene.restart();

    check_equal(
        "Ждут отправки отмены и возвраты: 2, дольше всех 90 с", scene.last("notice", "text"));
}

TEST(Session, forgets_what_waits_and_cancels_what_runs_when_the_program_has_to_go) {
    scene.open_receipt();
    scene.world.pay_plans.push_back({{Step{.kind = StepKind::Hold}}, {}});
    scene.line(kPay);
    scene.line(R"({"do":"pay","valutcode":1})");
    scene.session->stop();
    scene.pump();

    CHECK(scene.session->done());
    LONGS_EQUAL(1, scene.count("finished"));
    CHECK(scene.till->open_receipt()->has_value());
}
