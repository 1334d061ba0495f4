// SPDX-License-Identifier: Apache-2.0
#include "terminal/screen.h"

#include <sstream>
#include <string>

#include "terminal/big_digits.h"
#include "terminal/scene.h"
#include "terminal/screen_command.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::terminal;
using fakes::Ending;
using fakes::Step;
using fakes::StepKind;

namespace {

template <typename Kind>
Kind typed(const std::string& line) {
    const Typed read = read_typed(line, Currency());
    const auto* input = std::get_if<Input>(&read);
    CHECK_TEXT(input != nullptr, line.c_str());
    const Action& action = std::get<Command>(input->what).action;
    CHECK_TEXT(std::holds_alternative<Kind>(action), line.c_str());
    return std::get<Kind>(action);
}

}  // namespace

TEST_GROUP(ScreenCommand){};

TEST(ScreenCommand, reads_what_a_cashier_types) {
    STRCMP_EQUAL("Анна Иванова", typed<Login>("вход  Анна Иванова ").cashier.c_str());
    typed<ShiftOpen>("смена открыть");
    typed<ShiftClose>("смена закрыть");
    LONGS_EQUAL(2, typed<Storno>("с 2").index);
    typed<PaymentTypes>("оплата");
    LONGS_EQUAL(20, typed<Pay>("о 20").valutcode);
    LONGS_EQUAL(5050, typed<Pay>("оплата 1 50,50").sum->minor());
    LONGS_EQUAL(3, *typed<PaymentCancel>("вернуть 3").payment);
    typed<Annul>("аннулировать");
    typed<Close>("закрыть");
    typed<State>("чек");
}

TEST(ScreenCommand, reads_an_item_with_price_quantity_and_name) {
    const Item item = typed<Item>("товар 1001 17,50*0.732 Сыр «Голландский» 45 %");

    STRCMP_EQUAL("1001", item.code.c_str());
    LONGS_EQUAL(1750, item.price.minor());
    STRCMP_EQUAL("0.732", item.quantity.str().c_str());
    STRCMP_EQUAL("Сыр «Голландский» 45 %", item.name.c_str());
    STRCMP_EQUAL("1", typed<Item>("т 5 2.00").quantity.str().c_str());
}

TEST(ScreenCommand, reads_what_belongs_to_refunds_shifts_and_cards) {
    LONGS_EQUAL(17, typed<RefundLook>("возврат 17").receipt);
    typed<ReturnOpen>("возврат без чека");
    LONGS_EQUAL(18, typed<RefundCancel>("отменить 18").receipt);
    LONGS_EQUAL(17, *typed<Annul>("аннулировать 17").receipt);
    CHECK_FALSE(typed<Annul>("а").receipt.has_value());
    LONGS_EQUAL(20, typed<Reconcile>("сверка 20").valutcode);
    STRCMP_EQUAL("x", typed<Report>("отчет x").name.c_str());
    STRCMP_EQUAL("x", typed<Report>("отчёт Х").name.c_str());
    STRCMP_EQUAL("queue", typed<Report>("отчет очередь").name.c_str());
    STRCMP_EQUAL("oplat", typed<Report>("отчет сверка").name.c_str());
    LONGS_EQUAL(3, *typed<Report>("отчет z 3").shift);
    LONGS_EQUAL(12, *typed<Reprint>("копия 12").slip);
    CHECK_FALSE(typed<Reprint>("копия").slip.has_value());
    LONGS_EQUAL(3, *typed<Reconcile>("св 20 3").shift);
    STRCMP_EQUAL("F7", typed<Key>("клавиша F7").key.c_str());
    STRCMP_EQUAL("F7", typed<Key>("F7").key.c_str());
    typed<CardRemove>("карта убрать");
}

TEST(ScreenCommand, reads_a_refund_of_all_or_of_some_lines) {
    const Refund all = typed<Refund>("возврат 17 всё тип 20");
    LONGS_EQUAL(17, all.receipt);
    CHECK_FALSE(all.lines.has_value());
    LONGS_EQUAL(20, *all.valutcode);

    const Refund some = typed<Refund>("возврат 17 1*0,5 3");
    LONGS_EQUAL(2, some.lines->size());
    STRCMP_EQUAL("0.5", some.lines->front().quantity->str().c_str());
    LONGS_EQUAL(3, some.lines->back().index);
    CHECK_FALSE(some.lines->back().quantity.has_value());
    for (const char* line :
         {"возврат 17 всё 1*2", "возврат 17 1*х", "возврат 17 тип", "возврат 17 тип 20", "возврат",
          "возврат без", "отменить", "аннулировать х", "сверка", "сверка 20 х", "клавиша", "отчет",
          "отчет y", "отчет z x", "копия х", "карта"}) {
        CHECK_TEXT(std::holds_alternative<NotUnderstood>(read_typed(line, Currency())), line);
    }
}

TEST(ScreenCommand, takes_a_function_key_for_its_action_and_not_for_cancel) {
    STRCMP_EQUAL("F7", typed<Key>("\x1B[18~").key.c_str());
    STRCMP_EQUAL("F1", typed<Key>("\x1BOP").key.c_str());
    CHECK_FALSE(is_cancel("\x1B[18~"));
}

TEST_GROUP(BigDigits){};

TEST(BigDigits, draw_a_code_large) {
    const auto lines = big_digits("17");

    LONGS_EQUAL(5, lines.size());
    STRCMP_EQUAL("  ██    ██████", lines[0].c_str());
    STRCMP_EQUAL("██████      ██", lines[4].c_str());
}

TEST(BigDigits, draw_nothing_but_short_codes) {
    CHECK(big_digits("").empty());
    CHECK(big_digits("12a").empty());
    CHECK(big_digits("123456789").empty());
}

TEST(BigDigits, find_the_code_in_a_text) {
    STRCMP_EQUAL("0471", code_in("Чек 12: код 0471, 87 с").c_str());
    STRCMP_EQUAL("", code_in("без кода").c_str());
}

TEST(ScreenCommand, takes_escape_and_a_word_for_the_cancel_key) {
    for (const char* line : {"отмена", "  отмена", "\x1B", "\x1B[A"}) {
        const Typed read = read_typed(line, Currency());
        CHECK(std::holds_alternative<GivenCancel>(std::get<Given>(std::get<Input>(read).what)));
    }
}

TEST(ScreenCommand, says_how_to_type_what_it_did_not_understand) {
    for (const char* line :
         {"вход", "смена", "товар", "товар 1", "товар 1 дорого", "сторно", "сторно х", "оплата х",
          "оплата 1 х", "вернуть х", "танцевать"}) {
        CHECK_TEXT(std::holds_alternative<NotUnderstood>(read_typed(line, Currency())), line);
    }
    CHECK(std::holds_alternative<NothingTyped>(read_typed("  ", Currency())));
    CHECK(std::holds_alternative<HelpWish>(read_typed("?", Currency())));
    CHECK(std::holds_alternative<ExitWish>(read_typed("выход", Currency())));
}

TEST_GROUP(Screen) {
    Scene scene;
    std::ostringstream out;
    std::vector<bool> echo;
    Screen screen{
        out,
        scene.clock,
        {Currency(), [](const std::string& msgid) { return msgid; }, true,
         [this](bool visible) { echo.push_back(visible); }}};

    void type(const std::string& line) {
        screen.line({line, false}, *scene.session);
        scene.pump();
    }

    void open() {
        scene.shows = [this](const Event& event) { screen.show(event); };
        type("вход Анна");
        type("смена открыть");
        type("товар 1001 17.50*2 Молоко");
    }

    bool shown(const std::string& text) const {
        return out.str().find(text) != std::string::npos;
    }
};

TEST(Screen, sells_for_cash_with_typed_words) {
    open();
    CHECK(shown("Молоко"));
    CHECK(shown("К оплате"));
    type("оплата 1 50");

    CHECK(shown("Сдача"));
    CHECK(shown("Чек 1, закрыт"));
    CHECK(shown("Выполнено"));
}

TEST(Screen, draws_the_qr_and_counts_the_seconds) {
    open();
    scene.world.pay_plans.push_back(
        {{Step{.kind = StepKind::Show, .text = "Отсканируйте", .qr = "QR", .seconds_left = 87},
          Step{.kind = StepKind::Hold}},
         {}});
    type("оплата 20");
    screen.tick(*scene.session);
    CHECK(shown("Отсканируйте"));
    CHECK(shown("█"));
    CHECK(shown("Осталось 87 с"));
    scene.clock.now_ms += 2000;
    screen.tick(*scene.session);
    CHECK(shown("Осталось 85 с"));
    type("отмена");

    CHECK(shown("Отменено, деньги остались у покупателя"));
}

TEST(Screen, takes_a_typed_line_for_the_open_question) {
    open();
    scene.world.pay_plans.push_back(
        {{Step{.kind = StepKind::Ask, .text = "Код", .accepts = LC_ACCEPT_SCAN, .masked = true},
          Step{.kind = StepKind::Choose, .text = "Верно?", .options = R"(["Да","Нет"])"}},
         {}});
    type("оплата 20");
    type("12345");
    CHECK(shown("2. Нет"));
    type("2");

    STRCMP_EQUAL("12345", scene.world.answers[0].text.c_str());
    LONGS_EQUAL(1, scene.world.answers[1].index);
    LONGS_EQUAL(2, echo.size());
    CHECK_FALSE(echo[0]);
    CHECK(echo[1]);
}

TEST(Screen, writes_terminal_escapes_from_outside_out) {
    open();
    scene.world.pay_plans.push_back(
        {{}, Ending{.outcome = LC_OUTCOME_DECLINED, .text = "нет\x1B[2J\x1B]0;x\x07\nвторая"}});
    type("оплата 20");

    CHECK(shown("нет\\x1B[2J\\x1B]0;x\\x07\n"));
    CHECK(shown("  вторая\n") || shown(" вторая\n"));
    LONGS_EQUAL(std::string::npos, out.str().find('\x1B'));
}

TEST(Screen, never_invites_a_second_payment_when_the_outcome_is_unknown) {
    open();
    scene.world.pay_plans.push_back({{}, Ending{.outcome = LC_OUTCOME_UNKNOWN, .owed = true}});
    type("оплата 20");

    CHECK(shown("если деньги списаны, они вернутся покупателю"));
}

TEST(Screen, keeps_the_last_warning_at_the_top_of_the_receipt) {
    open();
    scene.world.notices.push_back(
        {.level = LC_LEVEL_WARNING, .topic = "queue", .text = "В очереди 1 отмена"});
    scene.pump();
    const auto before = out.str().size();
    type("чек");

    const std::string after = out.str().substr(before);
    CHECK(after.starts_with("! В очереди 1 отмена\n"));
}

TEST(Screen, prompts_once_and_only_when_it_waits_for_the_cashier) {
    open();
    const auto before = out.str().size();
    screen.prompt(*scene.session);
    screen.prompt(*scene.session);

    STRCMP_EQUAL("> ", out.str().substr(before).c_str());
}

TEST(Screen, ends_when_told) {
    type("выход");

    CHECK(screen.wants_exit());
}

TEST(Screen, says_of_a_refused_undo_nothing_that_is_true_of_payments_only) {
    open();
    type("оплата 20 10");
    scene.world.undo_plans.push_back({{}, Ending{.outcome = LC_OUTCOME_REFUSED}});
    const auto before = out.str().size();
    type("вернуть");

    const std::string after = out.str().substr(before);
    CHECK(after.find("Не выполнено\n") != std::string::npos);
    CHECK(after.find("не списаны") == std::string::npos);
}

TEST(Screen, asks_what_to_give_back_and_refunds_what_was_chosen) {
    open();
    type("оплата 20");
    type("возврат 1");
    CHECK(shown("Чек продажи 1, осталось вернуть:"));
    CHECK(shown("Что вернуть?"));
    screen.prompt(*scene.session);
    CHECK(out.str().ends_with("? "));
    type("1*х");
    CHECK(shown("«1*х» не понято"));
    type("1*0,5");

    CHECK(shown("Чек возврата 2, закрыт"));
    CHECK(shown("8.75"));
    LONGS_EQUAL(1, scene.world.count("refund"));
}

TEST(Screen, begins_no_refund_when_the_cashier_thinks_better_of_it) {
    open();
    type("оплата 20");
    type("возврат 1");
    type("отмена");
    CHECK(shown("Возврат не начат"));
    type("чек");

    LONGS_EQUAL(0, scene.world.count("refund"));
    CHECK(shown("Чек 1, закрыт"));
}

TEST(Screen, takes_an_interrupt_for_cancel_while_it_asks_what_to_give_back) {
    open();
    type("оплата 20");
    type("возврат 1");
    screen.interrupt();
    CHECK(shown("Возврат не начат"));
    CHECK(!shown("наберите «выход»"));
    type("чек");
    screen.interrupt();

    LONGS_EQUAL(0, scene.world.count("refund"));
    CHECK(shown("Чек 1, закрыт"));
    CHECK(shown("наберите «выход»"));
}

TEST(Screen, says_where_the_money_of_a_refund_is) {
    open();
    type("оплата 20");
    scene.world.refund_plans.push_back({{}, Ending{.outcome = LC_OUTCOME_UNKNOWN, .owed = true}});
    type("возврат 1 всё");

    CHECK(shown("Исход возврата неизвестен: если деньги ушли, возврат будет отменен"));
}

TEST(Screen, draws_the_code_for_the_buyer_large) {
    open();
    scene.world.pay_plans.push_back(
        {{Step{.kind = StepKind::Show, .text = "Код подтверждения: 17", .masked = true}}, {}});
    type("оплата 20");

    CHECK(shown("Код подтверждения: 17"));
    CHECK(shown("  ██    ██████\n"));
}

TEST(Screen, ignores_a_function_key_while_a_question_waits) {
    open();
    scene.world.pay_plans.push_back({{Step{.kind = StepKind::Ask, .text = "Код"}}, {}});
    type("оплата 20");
    type("\x1B[18~");

    CHECK(shown("сначала ответьте на вопрос или отмените его"));
    LONGS_EQUAL(0, scene.world.answers.size());
}
