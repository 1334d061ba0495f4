// SPDX-License-Identifier: Apache-2.0
#include "terminal/cards.h"

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

const char* const kCard =
    R"({"do":"action","command":"COMMAND_CARD","valutcode":20,"cardNumberType":5,"id":7})";
const char* const kSetCard = R"([{"edit":"set_card","number":"9070000000001000"}])";

}  // namespace

TEST_GROUP(Cards) {
    Scene scene;

    void setup() override {
        CHECK(scene.till->put_card_group({5, "Карты", 32, "[0-9]*"}).ok());
        scene.line(R"({"do":"login","cashier":"Анна"})");
        scene.line(R"({"do":"shift-open"})");
        scene.events.clear();
    }

    void check_equal(const std::string& wanted, const std::string& got) {
        STRCMP_EQUAL(wanted.c_str(), got.c_str());
    }

    void add_item() {
        scene.line(R"({"do":"item","code":"1","name":"Сок","price":"5.00","quantity":"1"})");
        scene.events.clear();
    }

    void plan_edit(const std::string& edits, int revision_off_by = 0) {
        scene.world.card_plans.push_back(
            {{Step{.kind = StepKind::Edit, .edits = edits, .revision_off_by = revision_off_by}},
             Ending{.outcome = LC_OUTCOME_DONE, .note = "сеанс 1"}});
    }

    void check_rejected(const char* line, const std::string& text) {
        scene.events.clear();
        scene.line(line);
        check_equal("error,finished", scene.names());
        check_equal(text, scene.last("finished", "text"));
        check_equal("refused", scene.last("finished", "outcome"));
    }
};

TEST(Cards, read_by_a_module_land_in_the_open_sale_and_are_stored) {
    add_item();
    plan_edit(kSetCard);
    scene.line(kCard);

    check_equal("receipt,receipt,finished", scene.names());
    check_equal("9070000000001000", scene.last("receipt", "card"));
    check_equal("done", scene.last("finished", "outcome"));
    check_equal("action", scene.last("finished", "do"));
    check_equal("20", scene.last("finished", "valutcode"));
    LONGS_EQUAL(LC_ANSWER_APPLIED, scene.world.answers[0].kind);
    const auto snapshot = json::parse(scene.world.answers[0].document);
    LONGS_EQUAL(2, snapshot->integer("revision").value_or(0));
    const auto receipt = scene.till->open_receipt();
    check_equal("9070000000001000", (*receipt)->card);
    check_equal("сеанс 1", (*receipt)->notes.at("fake"));
    check_equal("", scene.world.last_number);
}

TEST(Cards, open_a_sale_when_none_is_open_and_keep_its_name) {
    plan_edit(kSetCard);
    scene.line(kCard);
    const auto asked = json::parse(scene.world.last_receipt);
    const auto opened = scene.till->open_receipt();
    check_equal(asked->string("uid").value_or("?"), (*opened)->uid);
    add_item();
    scene.line(R"({"do":"pay","valutcode":20})");

    check_equal("closed", scene.last("receipt", "state"));
    check_equal("9070000000001000", scene.last("receipt", "card"));
    check_equal("сеанс 1", scene.world.last_note);
}

TEST(Cards, that_do_not_come_leave_no_receipt_behind) {
    scene.world.card_plans.push_back(
        {{},
         Ending{
             .outcome = LC_OUTCOME_DECLINED,
             .level = LC_LEVEL_ERROR,
             .text = "Карта не привязана"}});
    scene.line(kCard);

    check_equal("dialog,closed,finished", scene.names());
    check_equal("declined", scene.last("finished", "outcome"));
    check_equal("Карта не привязана", scene.last("finished", "text"));
    CHECK_FALSE(scene.till->open_receipt()->has_value());
    add_item();
    scene.line(R"({"do":"pay","valutcode":1})");
    check_equal("closed", scene.last("receipt", "state"));
    check_equal("1", scene.last("receipt", "number"));
}

TEST(Cards, are_begun_by_the_key_that_has_the_action) {
    CHECK(scene.till
              ->put_action({"F7", "COMMAND_CARD", {{"valutcode", "20"}, {"cardNumberType", "5"}}})
              .ok());
    plan_edit(kSetCard);
    scene.line(R"({"do":"key","key":"F7"})");

    check_equal("key", scene.last("finished", "do"));
    check_equal("done", scene.last("finished", "outcome"));
    check_rejected(R"({"do":"key","key":"F8"})", "на клавишу F8 ничего не назначено");
}

TEST(Cards, need_an_action_with_the_right_parameters) {
    check_rejected(
        R"({"do":"action","command":"COMMAND_DANCE"})",
        "команды действия COMMAND_DANCE касса не знает: есть COMMAND_CARD");
    check_rejected(
        R"({"do":"action","command":"COMMAND_CARD","valutcode":20})",
        "у действия COMMAND_CARD не задан параметр cardNumberType");
    check_rejected(
        R"({"do":"action","command":"COMMAND_CARD","valutcode":20,"cardNumberType":3})",
        "cardNumberType = 3 эта касса не умеет: карту добавляет платежная система при "
        "cardNumberType = 5");
    check_rejected(
        R"({"do":"action","command":"COMMAND_CARD","cardNumberType":5})",
        "у действия COMMAND_CARD не задан параметр valutcode");
    check_rejected(
        R"({"do":"action","command":"COMMAND_CARD","valutcode":"x","cardNumberType":5})",
        "параметр valutcode действия COMMAND_CARD не целое число: x");
    check_rejected(
        R"({"do":"action","command":"COMMAND_CARD","valutcode":77,"cardNumberType":5})",
        "нет типа оплаты 77");
    check_rejected(
        R"({"do":"action","command":"COMMAND_CARD","valutcode":1,"cardNumberType":5})",
        "у типа оплаты 1 нет платежной системы: карту читать нечем");

    LONGS_EQUAL(0, scene.world.count("card"));
}

TEST(Cards, need_a_card_group_that_takes_them_from_a_payment_system) {
    CHECK(scene.till->put_card_group({5, "Карты", 7, "[0-9]*"}).ok());

    check_rejected(
        kCard,
        "ни у одной группы карт не включен способ ввода «Получение данных от процессинга»: "
        "задайте в таблице Cardgroup inputmask = 32");
    LONGS_EQUAL(0, scene.world.count("card"));
}

TEST(Cards, need_a_module_that_reads_them) {
    scene.kill();
    const std::string mark = ",\"card\"";
    scene.world.description.erase(scene.world.description.find(mark), mark.size());
    scene.adopt();
    scene.boot();

    check_rejected(kCard, "платежная система Проверка не добавляет карты лояльности");
}

TEST(Cards, of_no_group_are_refused_and_the_number_stays_out_of_the_log) {
    CHECK(scene.till->put_card_group({5, "Карты", 32, "[0-9]{4}"}).ok());
    CHECK(scene.till->put_card_group({6, "Другие", 7, "[0-9]*"}).ok());
    plan_edit(kSetCard);
    scene.line(kCard);

    LONGS_EQUAL(LC_ANSWER_REFUSED, scene.world.answers[0].kind);
    CHECK(scene.world.answers[0].text.starts_with("карта "));
    CHECK_FALSE(scene.till->open_receipt()->has_value());
    for (const std::string& line : scene.business.lines) {
        CHECK_TEXT(line.find("9070000000001000") == std::string::npos, line.c_str());
    }
}

TEST(Cards, name_a_pattern_that_is_no_expression) {
    CHECK(scene.till->put_card_group({5, "Карты", 32, "[0-9"}).ok());
    plan_edit(kSetCard);
    scene.line(kCard);

    check_equal(
        "шаблон номера группы карт 5 не регулярное выражение: исправьте pattern в таблице "
        "Cardgroup",
        scene.world.answers[0].text);
}

TEST(Cards, are_put_in_with_a_note_or_not_at_all) {
    plan_edit(R"([{"edit":"set_card","number":"12"},{"edit":"set_note","note":"n"}])");
    scene.line(kCard);
    check_equal("12", scene.last("receipt", "card"));
    scene.line(R"({"do":"card-remove"})");
    plan_edit(R"([{"edit":"set_card","number":"13"},{"edit":"set_sum","sum":"1.00"}])");
    scene.line(kCard);

    check_equal("касса не умеет правку чека set_sum", scene.world.answers[1].text);
    check_equal("", (*scene.till->open_receipt())->card);
}

TEST(Cards, are_refused_for_a_receipt_that_has_changed) {
    add_item();
    plan_edit(kSetCard, -1);
    scene.line(kCard);

    check_equal("чек с тех пор изменился", scene.world.answers[0].text);
    check_equal("", (*scene.till->open_receipt())->card);
}

TEST(Cards, are_frozen_once_money_has_moved) {
    add_item();
    scene.line(R"({"do":"pay","valutcode":1,"sum":"1.00"})");
    scene.events.clear();
    scene.line(kCard);

    check_equal("refused", scene.last("finished", "outcome"));
    check_equal(
        "в чеке уже есть оплата: сначала отмените ее, потом меняйте карту",
        scene.last("finished", "text"));
    LONGS_EQUAL(0, scene.world.count("card"));
}

TEST(Cards, come_one_at_a_time_and_can_be_taken_out) {
    plan_edit(kSetCard);
    scene.line(kCard);
    scene.events.clear();
    scene.line(kCard);
    CHECK(scene.last("finished", "text").starts_with("в чеке уже есть карта "));
    CHECK(scene.last("finished", "text").find("9070000000001000") == std::string::npos);
    scene.line(R"({"do":"card-remove","id":3})");
    check_equal("none", scene.last("receipt", "card"));
    check_equal("3", scene.last("receipt", "id"));
    scene.line(R"({"do":"card-remove"})");

    check_equal("в чеке нет карты", scene.last("error", "text"));
}

TEST(Cards, do_not_go_into_refunds) {
    scene.line(R"({"do":"return-open"})");
    scene.line(kCard);

    check_equal(
        "карту добавляют в чек продажи, а открыт чек возврата", scene.last("finished", "text"));
}

TEST(Cards, are_given_up_with_the_cancel_key) {
    scene.world.cancel_ending.text = "Карта не добавлена";
    scene.world.card_plans.push_back({{Step{.kind = StepKind::Hold}}, {}});
    scene.line(kCard);
    scene.line(R"({"answer":"cancel"})");

    check_equal("cancelled", scene.last("finished", "outcome"));
    check_equal("Карта не добавлена", scene.last("finished", "text"));
}

TEST(Cards, keep_the_code_of_a_buyer_out_of_the_log_and_on_the_screen) {
    scene.world.card_plans.push_back(
        {{Step{.kind = StepKind::Show, .text = "Код 4711", .masked = true}}, {}});
    scene.line(kCard);

    check_equal("Код 4711", scene.last("show", "text"));
    bool logged = false;
    for (const std::string& line : scene.dialogs.lines) {
        CHECK_TEXT(line.find("4711") == std::string::npos, line.c_str());
        logged = logged || line.find("***") != std::string::npos;
    }
    CHECK(logged);
}
