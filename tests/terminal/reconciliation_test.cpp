// SPDX-License-Identifier: Apache-2.0
#include "terminal/reconciliation.h"

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

const Ending kDiffers{
    .outcome = LC_OUTCOME_DONE,
    .level = LC_LEVEL_WARNING,
    .text = "Итоги не сошлись",
    .slip = R"({"elements":[{"text":"Сверка итогов"}]})",
    .details = R"({"shift":1,"differences":[{"kind":"only_ours","receipt_number":1,"ours":"10.00",)"
               R"("theirs":"","order_number":"1-1-1-AB",)"
               R"("text":"шлюз такой оплаты не показал","remedy":"Позвоните в банк"},)"
               R"({"kind":"only_theirs","receipt_number":0,"ours":"","theirs":"5.00",)"
               R"("text":"касса такой оплаты не знает"},{"kind":"sum","text":"итоги разные"}]})"};
const Ending kAgrees{
    .outcome = LC_OUTCOME_DONE,
    .text = "Итоги сошлись",
    .slip = R"({"elements":[{"text":"Сверка итогов"}]})",
    .details = R"({"shift":1,"differences":[]})"};
const Ending kNoLink{
    .outcome = LC_OUTCOME_REFUSED,
    .level = LC_LEVEL_ERROR,
    .text = "Ошибка обращения к серверу",
    .reason = "no_link"};

const char* const kReconcile = R"({"do":"reconcile","valutcode":20,"id":7})";

}  // namespace

TEST_GROUP(Reconciliation) {
    Scene scene;

    void check_equal(const std::string& wanted, const std::string& got) {
        STRCMP_EQUAL(wanted.c_str(), got.c_str());
    }

    // A sale of 25.00 through the module and 10.00 in cash, of which 8.75 came back through the
    // module.
    void trade() {
        scene.open_receipt();
        scene.line(R"({"do":"pay","valutcode":1,"sum":"10.00"})");
        scene.line(R"({"do":"pay","valutcode":20})");
        scene.line(
            R"({"do":"refund","receipt":1,"valutcode":20,"lines":[{"index":1,"quantity":"0.5"}]})");
        scene.events.clear();
    }

    bool logged(const std::string& text) {
        for (const std::string& line : scene.business.lines) {
            if (line.find(text) != std::string::npos) return true;
        }
        return false;
    }
};

TEST(Reconciliation, tells_the_module_what_stands_in_receipts_of_the_shift) {
    trade();
    scene.line(kReconcile);

    const auto totals = json::parse(scene.world.last_totals);
    check_equal("BYN", totals->string("currency").value_or(""));
    const json::Array& payments = *totals->array("payments");
    LONGS_EQUAL(2, payments.size());
    check_equal("pay", payments[0].string("kind").value_or(""));
    check_equal("25.00", payments[0].string("sum").value_or(""));
    LONGS_EQUAL(1, payments[0].integer("receipt_number").value_or(0));
    check_equal("refund", payments[1].string("kind").value_or(""));
    check_equal("8.75", payments[1].string("sum").value_or(""));
    LONGS_EQUAL(2, payments[1].integer("receipt_number").value_or(0));
    check_equal("500123", payments[1].string("gateway_id").value_or(""));
    check_equal("{}", scene.world.last_receipt);
    check_equal("1 " + (*scene.till->shift(1))->date, scene.world.last_shift);
}

TEST(Reconciliation, leaves_out_what_was_taken_back_and_keeps_what_was_refunded) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":20,"sum":"5.00"})");
    scene.line(R"({"do":"payment-cancel"})");
    scene.line(R"({"do":"pay","valutcode":20})");
    scene.line(R"({"do":"refund","receipt":1})");
    scene.line(kReconcile);

    const auto totals = json::parse(scene.world.last_totals);
    LONGS_EQUAL(2, totals->array("payments")->size());
    check_equal("35.00", totals->array("payments")->front().string("sum").value_or(""));
}

TEST(Reconciliation, prints_the_report_and_keeps_the_comparison) {
    trade();
    scene.world.totals_plans.push_back({{}, kAgrees});
    scene.line(kReconcile);

    check_equal("dialog,closed,slip,finished", scene.names());
    check_equal("done", scene.last("finished", "outcome"));
    check_equal("Итоги сошлись", scene.last("finished", "text"));
    check_equal("7", scene.last("finished", "id"));
    const auto kept = scene.till->reconciliations(1);
    LONGS_EQUAL(1, kept->size());
    check_equal("done", kept->front().outcome);
    check_equal(R"({"shift":1,"differences":[]})", kept->front().comparison);
    check_equal(scene.last("slip", "slip"), std::to_string(kept->front().slip));
}

TEST(Reconciliation, is_told_once_and_the_log_keeps_each_difference) {
    trade();
    scene.world.totals_plans.push_back({{}, kDiffers});
    scene.line(kReconcile);

    check_equal("dialog,closed,slip,finished", scene.names());
    check_equal("warning", scene.last("dialog", "level"));
    check_equal("Итоги не сошлись", scene.last("dialog", "text"));
    check_equal("done", scene.last("finished", "outcome"));
    CHECK(logged("чек 1, заказ 1-1-1-AB: шлюз такой оплаты не показал"));
    CHECK(logged("чек 0, заказ : касса такой оплаты не знает"));
}

TEST(Reconciliation, says_why_it_could_not_be_made_and_can_be_repeated_for_an_earlier_shift) {
    trade();
    scene.world.totals_plans.push_back({{}, kNoLink});
    scene.line(kReconcile);
    check_equal("refused", scene.last("finished", "outcome"));
    check_equal("Ошибка обращения к серверу", scene.last("finished", "text"));
    CHECK(scene.last("slip", "lines").find("НЕ ВЫПОЛНЕНА") != std::string::npos);
    scene.line(R"({"do":"shift-close"})");
    scene.line(R"({"do":"shift-open"})");
    scene.line(R"({"do":"reconcile","valutcode":20,"shift":1})");

    check_equal("done", scene.last("finished", "outcome"));
    check_equal("1 " + (*scene.till->shift(1))->date, scene.world.last_shift);
    LONGS_EQUAL(3, scene.till->reconciliations(1)->size());
}

TEST(Reconciliation, needs_a_type_that_can_and_a_shift_that_was) {
    scene.line(kReconcile);
    check_equal("ни одной смены еще не было", scene.last("finished", "text"));
    trade();
    scene.line(R"({"do":"reconcile","valutcode":1})");
    check_equal("у типа оплаты 1 нет сверки итогов", scene.last("finished", "text"));
    scene.line(R"({"do":"reconcile","valutcode":20,"shift":9})");
    check_equal("смены 9 в базе кассы нет", scene.last("finished", "text"));
    scene.line(R"({"do":"reconcile","valutcode":77})");
    check_equal("типа оплаты 77 нет", scene.last("finished", "text"));

    check_equal("refused", scene.last("finished", "outcome"));
    LONGS_EQUAL(0, scene.world.count("totals"));
}

// ---- At the end of the shift ----

TEST(Reconciliation, is_made_before_the_shift_closes) {
    trade();
    scene.world.totals_plans.push_back({{}, kDiffers});
    scene.line(R"({"do":"shift-close","id":9})");

    check_equal("dialog,closed,slip,shift,slip,finished", scene.names());
    check_equal("closed", scene.last("shift", "state"));
    check_equal("shift-close", scene.last("finished", "do"));
    check_equal("done", scene.last("finished", "outcome"));
    check_equal("9", scene.last("shift", "id"));
}

TEST(Reconciliation, that_fails_never_keeps_the_shift_open) {
    trade();
    scene.world.totals_plans.push_back({{}, kNoLink});
    scene.line(R"({"do":"shift-close"})");

    check_equal("closed", scene.last("shift", "state"));
    check_equal("done", scene.last("finished", "outcome"));
    check_equal("Ошибка обращения к серверу", scene.last("finished", "text"));
    check_equal("error", scene.last("dialog", "level"));
    const auto kept = scene.till->reconciliations(1);
    const auto slip = scene.till->slip(kept->front().slip);
    CHECK(slip->elements.find("НЕ ВЫПОЛНЕНА") != std::string::npos);
    CHECK(logged("Сверка итогов fake за смену 1 не выполнена"));
}

TEST(Reconciliation, can_be_given_up_and_the_shift_closes_all_the_same) {
    trade();
    scene.world.cancel_ending = {.outcome = LC_OUTCOME_CANCELLED, .text = "Сверка прервана"};
    scene.world.totals_plans.push_back({{Step{.kind = StepKind::Hold}}, {}});
    scene.line(R"({"do":"shift-close"})");
    scene.line(R"({"do":"state"})");
    LONGS_EQUAL(0, scene.count("shift"));
    scene.line(R"({"answer":"cancel"})");

    check_equal("closed", scene.last("shift", "state"));
    LONGS_EQUAL(1, scene.count("finished"));
}

TEST(Reconciliation, leaves_modules_alone_that_did_nothing_in_the_shift) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":1})");
    scene.line(R"({"do":"shift-close"})");

    LONGS_EQUAL(0, scene.world.count("totals"));
    check_equal("closed", scene.last("shift", "state"));
}

TEST(Reconciliation, looks_at_a_module_whose_payments_all_failed) {
    scene.open_receipt();
    scene.world.pay_plans.push_back({{}, Ending{.outcome = LC_OUTCOME_DECLINED}});
    scene.line(R"({"do":"pay","valutcode":20})");
    scene.line(R"({"do":"pay","valutcode":1})");
    scene.line(R"({"do":"shift-close"})");

    LONGS_EQUAL(1, scene.world.count("totals"));
}
