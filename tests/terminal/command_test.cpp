// SPDX-License-Identifier: Apache-2.0
#include "terminal/command.h"

#include <string>
#include <variant>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::terminal;

namespace {

template <typename Kind>
Kind action_of(const std::string& line) {
    const auto read = read_input(line, Currency());
    const auto* input = std::get_if<Input>(&read);
    CHECK_TEXT(input != nullptr, line.c_str());
    const Command& command = std::get<Command>(input->what);
    CHECK_TEXT(std::holds_alternative<Kind>(command.action), line.c_str());
    return std::get<Kind>(command.action);
}

template <typename Kind>
Kind given(const std::string& line) {
    const auto read = read_input(line, Currency());
    CHECK_TEXT(std::holds_alternative<Input>(read), line.c_str());
    return std::get<Kind>(std::get<Given>(std::get<Input>(read).what));
}

Prepared prepared(const std::string& line) {
    const auto read = read_input(line, Currency());
    CHECK_TEXT(std::holds_alternative<Input>(read), line.c_str());
    return std::get<Prepared>(std::get<Input>(read).what);
}

std::string fault(const std::string& line) {
    const auto read = read_input(line, Currency());
    const auto* malformed = std::get_if<Malformed>(&read);
    return malformed == nullptr ? "understood" : malformed->text.russian();
}

}  // namespace

TEST_GROUP(Command){};

TEST(Command, reads_an_item_with_all_its_members) {
    const Item item = action_of<Item>(
        R"({"do":"item","code":"1001","name":"Молоко","price":"17.50","quantity":"0.732",)"
        R"("barcode":"481","article":"A-1","unit":"кг","type":"service","minimumPrice":"15",)"
        R"("discount":"1.25"})");

    STRCMP_EQUAL("Молоко", item.name.c_str());
    LONGS_EQUAL(1750, item.price.minor());
    STRCMP_EQUAL("0.732", item.quantity.str().c_str());
    STRCMP_EQUAL("кг", item.unit.c_str());
    CHECK(item.type == core::LineType::Service);
    LONGS_EQUAL(1500, item.minimum_price->minor());
    LONGS_EQUAL(125, item.discount.minor());
}

TEST(Command, reads_a_payment_with_and_without_a_sum) {
    LONGS_EQUAL(2450, action_of<Pay>(R"({"do":"pay","valutcode":20,"sum":"24.5"})").sum->minor());
    CHECK_FALSE(action_of<Pay>(R"({"do":"pay","valutcode":1})").sum.has_value());
}

TEST(Command, reads_the_rest_of_the_commands) {
    STRCMP_EQUAL("Анна", action_of<Login>(R"({"do":"login","cashier":"Анна"})").cashier.c_str());
    LONGS_EQUAL(3, action_of<Storno>(R"({"do":"storno","index":3})").index);
    LONGS_EQUAL(500, action_of<Wait>(R"({"do":"wait","ms":500})").ms);
    CHECK(action_of<Fiscal>(R"({"do":"fiscal","fail":"next"})").fail_next);
    CHECK_FALSE(action_of<Fiscal>(R"({"do":"fiscal","fail":"off"})").fail_next);
    CHECK(
        action_of<Printer>(R"({"do":"printer","state":"cover-open"})").state
        == PrinterState::CoverOpen);
    const auto cancel =
        action_of<PaymentCancel>(R"({"do":"payment-cancel","payment":2,"silent":true})");
    LONGS_EQUAL(2, *cancel.payment);
    CHECK(cancel.silent);
    action_of<Annul>(R"({"do":"annul"})");
    action_of<Close>(R"({"do":"close"})");
    action_of<State>(R"({"do":"state"})");
    LONGS_EQUAL(7, *action_of<Reprint>(R"({"do":"reprint","slip":7})").slip);
    CHECK_FALSE(action_of<Reprint>(R"({"do":"reprint"})").slip.has_value());
}

TEST(Command, knows_the_commands_that_this_version_cannot_carry_out) {
    action_of<Unavailable>(R"({"do":"card","number":"9070000000001000","by":"scanner"})");
}

TEST(Command, reads_a_refund_with_its_lines) {
    const auto refund = action_of<Refund>(
        R"({"do":"refund","receipt":17,"lines":[{"index":1,"quantity":"0.5"},{"index":2}],)"
        R"("valutcode":20,"hold":true,"silent":true})");

    LONGS_EQUAL(17, refund.receipt);
    LONGS_EQUAL(2, refund.lines->size());
    STRCMP_EQUAL("0.5", refund.lines->front().quantity->str().c_str());
    CHECK_FALSE(refund.lines->back().quantity.has_value());
    LONGS_EQUAL(20, *refund.valutcode);
    CHECK(refund.hold);
    CHECK(refund.silent);
}

TEST(Command, reads_a_refund_with_its_payments) {
    const auto refund = action_of<Refund>(
        R"({"do":"refund","receipt":17,"payments":[{"valutcode":20,"sum":"10.00"}]})");

    CHECK_FALSE(refund.lines.has_value());
    LONGS_EQUAL(1, refund.payments.size());
    LONGS_EQUAL(1000, refund.payments[0].sum.minor());
}

TEST(Command, names_what_is_wrong_with_a_refund) {
    for (const char* line :
         {R"({"do":"refund"})", R"({"do":"refund","receipt":0})",
          R"({"do":"refund","receipt":1,"lines":{}})",
          R"({"do":"refund","receipt":1,"lines":[{"quantity":"1"}]})",
          R"({"do":"refund","receipt":1,"lines":[7]})",
          R"({"do":"refund","receipt":1,"payments":[{"valutcode":20}]})",
          R"({"do":"refund","receipt":1,"valutcode":1,"payments":[{"valutcode":1,"sum":"1"}]})"}) {
        const auto read = read_input(line, Currency());
        CHECK_TEXT(std::holds_alternative<Malformed>(read), line);
    }
}

TEST(Command, reads_what_belongs_to_closed_receipts_shifts_and_cards) {
    LONGS_EQUAL(17, *action_of<Annul>(R"({"do":"annul","receipt":17})").receipt);
    LONGS_EQUAL(18, action_of<RefundCancel>(R"({"do":"refund-cancel","receipt":18})").receipt);
    action_of<ReturnOpen>(R"({"do":"return-open"})");
    const auto report = action_of<Report>(R"({"do":"report","name":"z","shift":3})");
    STRCMP_EQUAL("z", report.name.c_str());
    LONGS_EQUAL(3, *report.shift);
    CHECK_FALSE(action_of<Report>(R"({"do":"report","name":"queue"})").shift.has_value());
    const auto reconcile = action_of<Reconcile>(R"({"do":"reconcile","valutcode":20,"shift":3})");
    LONGS_EQUAL(20, reconcile.valutcode);
    LONGS_EQUAL(3, *reconcile.shift);
    STRCMP_EQUAL("F7", action_of<Key>(R"({"do":"key","key":"F7"})").key.c_str());
    action_of<CardRemove>(R"({"do":"card-remove"})");
}

TEST(Command, reads_an_action_with_its_parameters_as_texts) {
    const auto action = action_of<RunAction>(
        R"({"do":"action","command":"COMMAND_CARD","valutcode":20,"cardNumberType":"5","id":1})");

    STRCMP_EQUAL("COMMAND_CARD", action.command.c_str());
    LONGS_EQUAL(2, action.parameters.size());
    STRCMP_EQUAL("20", action.parameters.at("valutcode").c_str());
    STRCMP_EQUAL("5", action.parameters.at("cardNumberType").c_str());
    CHECK(std::holds_alternative<Malformed>(
        read_input(R"({"do":"action","command":"C","x":[1]})", Currency())));
}

TEST(Command, knows_which_commands_have_a_finish) {
    for (const char* word : {"pay", "annul", "shift-open", "queue-push", "reprint", "close"}) {
        CHECK_TEXT(has_finish(word), word);
    }
    for (const char* word : {"login", "item", "state", "queue", "wait", "printer", "unknown"}) {
        CHECK_FALSE_TEXT(has_finish(word), word);
    }
}

TEST(Command, keeps_the_id_as_it_was_written) {
    const auto read = read_input(R"({"do":"state","id":{"n":1.50}})", Currency());

    STRCMP_EQUAL(R"({"n":1.50})", std::get<Input>(read).id.str().c_str());
    const auto malformed = read_input(R"({"do":"nothing","id":"x"})", Currency());
    STRCMP_EQUAL("\"x\"", std::get<Malformed>(malformed).id.str().c_str());
}

TEST(Command, reads_answers) {
    const auto value = given<GivenValue>(R"({"answer":"value","text":"123","by":"scanner"})");
    STRCMP_EQUAL("123", value.text.c_str());
    STRCMP_EQUAL("scanner", value.by.c_str());
    LONGS_EQUAL(2, given<GivenChoice>(R"({"answer":"choice","index":2})").index);
    given<GivenOk>(R"({"answer":"ok"})");
    given<GivenCancel>(R"({"answer":"cancel"})");
}

TEST(Command, reads_answers_given_beforehand) {
    CHECK(prepared(R"({"on":"scan","text":"123"})").input == host::Input::Scan);
    CHECK_FALSE(prepared(R"({"on":"choice","index":1})").input.has_value());
    CHECK(prepared(R"({"on":"text","cancel":true})").cancel);
}

TEST(Command, names_what_is_wrong_with_a_line) {
    struct Case {
        const char* line;
        const char* part;
    };
    for (const Case& wrong : {
             Case{"", "не разобрана"},
             Case{"{", "не разобрана"},
             Case{"[]", "не объект"},
             Case{"{}", "одно из полей"},
             Case{R"({"do":"state","answer":"ok"})", "одно из полей"},
             Case{R"({"do":5})", "поле «do» не строка"},
             Case{R"({"do":"fly"})", "неизвестная команда «fly»"},
             Case{R"({"do":"pay"})", "нет поля «valutcode»"},
             Case{R"({"do":"pay","valutcode":"20"})", "не целое число"},
             Case{R"({"do":"pay","valutcode":0})", "не целое число"},
             Case{R"({"do":"pay","valutcode":20,"sum":24.5})", "поле «sum» не строка"},
             Case{R"({"do":"pay","valutcode":20,"sum":"24.505"})", "не сумма"},
             Case{R"({"do":"pay","valutcode":20,"sum":"1e3"})", "не сумма"},
             Case{R"({"do":"item","code":"1","name":"","price":"1","quantity":"1"})", "пустое"},
             Case{
                 R"({"do":"item","code":"1","name":"x","price":"1","quantity":"1,5"})", "не число"},
             Case{
                 R"({"do":"item","code":"1","name":"x","price":"1","quantity":"1","type":"z"})",
                 "type"},
             Case{R"({"do":"payment-cancel","silent":1})", "не true"},
             Case{R"({"do":"wait","ms":-1})", "от 0"},
             Case{R"({"do":"fiscal","fail":"always"})", "fail"},
             Case{R"({"do":"printer","state":"burning"})", "state"},
             Case{R"({"answer":"maybe"})", "неизвестный ответ"},
             Case{R"({"answer":"value"})", "нет поля «text»"},
             Case{R"({"answer":"value","text":"1","by":"telepathy"})", "by"},
             Case{R"({"on":"dream","text":"1"})", "неизвестный вид"},
             Case{R"({"on":"choice"})", "index"},
         }) {
        const std::string text = fault(wrong.line);

        CHECK_TEXT(text.find(wrong.part) != std::string::npos, text.c_str());
    }
}

TEST(Command, refuses_a_text_that_is_too_long) {
    const std::string line = R"({"do":"login","cashier":")" + std::string(5000, 'a') + R"("})";

    STRCMP_EQUAL("команда login: поле «cashier» слишком длинное", fault(line).c_str());
}

TEST(Command, writes_escapes_of_an_unknown_word_out) {
    STRCMP_EQUAL("неизвестная команда «\\x1B[2J»", fault(R"({"do":"\u001b[2J"})").c_str());
}
