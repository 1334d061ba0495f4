// SPDX-License-Identifier: Apache-2.0
#include "terminal/slip_desk.h"

#include <memory>
#include <string>

#include "fakes/fake_printer.h"
#include "terminal/scene.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::terminal;
using fakes::FakePrinter;
using fakes::Step;
using fakes::StepKind;
using host::PrintEnd;

namespace {

void check_equal(const std::string& expected, const std::string& actual) {
    STRCMP_EQUAL(expected.c_str(), actual.c_str());
}

bool has(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

// A register whose printer takes slips and says later what became of them.
TEST_GROUP(SlipDesk) {
    Scene scene;
    FakePrinter* printer = nullptr;

    void setup() override {
        plug_in();
    }

    void plug_in() {
        scene.make_printer = [this] {
            auto fake = std::make_unique<FakePrinter>();
            printer = fake.get();
            return fake;
        };
        scene.restart();
    }

    // Sells a receipt for cash: one slip.
    void sell() {
        scene.open_receipt();
        scene.line(R"({"do":"pay","valutcode":1})");
    }

    void say(std::uint64_t job, PrintEnd end, const char* text = "") {
        printer->end(job, end, text);
        scene.pump();
    }

    std::string state_of(std::int64_t slip) {
        return std::string(till::name(scene.till->slip(slip)->printed));
    }
};

TEST(SlipDesk, a_receipt_closes_while_the_printer_stands_still) {
    sell();

    check_equal("closed", scene.last("receipt", "state"));
    check_equal("approved", scene.last("finished", "outcome"));
    LONGS_EQUAL(0, scene.count("slip"));
    LONGS_EQUAL(1, printer->jobs.size());
}

TEST(SlipDesk, a_slip_is_kept_as_in_doubt_until_its_end_is_known) {
    sell();
    check_equal("doubt", state_of(1));

    say(1, PrintEnd::Printed);

    check_equal("yes", state_of(1));
    check_equal("true", scene.last("slip", "printed"));
    LONGS_EQUAL(0, scene.count("notice"));
}

TEST(SlipDesk, a_printer_that_never_says_more_has_printed) {
    sell();
    say(1, PrintEnd::Sent);
    check_equal("yes", state_of(1));
}

TEST(SlipDesk, what_is_not_printed_is_owed_and_told_why) {
    sell();

    say(1, PrintEnd::NotPrinted, "нет бумаги");

    check_equal("owed", state_of(1));
    check_equal("owed", scene.last("slip", "printed"));
    check_equal("Слип 1: нет бумаги", scene.last("notice", "text"));
}

TEST(SlipDesk, what_is_owed_is_printed_when_the_printer_is_well_again) {
    sell();
    printer->become(host::PrinterState::PaperOut, "нет бумаги");
    say(1, PrintEnd::NotPrinted, "нет бумаги");
    check_equal(
        "Принтер: нет бумаги", scene.events[scene.events.size() - 3].string("text").value_or(""));

    printer->become(host::PrinterState::Ready);
    scene.pump();

    LONGS_EQUAL(2, printer->jobs.size());
    check_equal("doubt", state_of(1));
    CHECK_FALSE(has(printer->jobs[1].slip, "ПОВТОРНАЯ"));
    say(1, PrintEnd::Printed);
    check_equal("yes", state_of(1));
}

TEST(SlipDesk, what_may_be_on_paper_in_part_says_that_it_comes_again) {
    sell();
    say(1, PrintEnd::InDoubt, "связь прервана");
    check_equal("doubt", state_of(1));
    check_equal("owed", scene.last("slip", "printed"));

    printer->become(host::PrinterState::Unreachable, "нет связи");
    printer->become(host::PrinterState::Ready);
    scene.pump();

    CHECK(has(printer->jobs[1].slip, "ПОВТОРНАЯ ПЕЧАТЬ"));
}

TEST(SlipDesk, after_a_power_cut_a_slip_without_an_end_is_printed_again) {
    sell();

    plug_in();

    LONGS_EQUAL(1, printer->jobs.size());
    LONGS_EQUAL(1, printer->jobs[0].number);
    CHECK(has(printer->jobs[0].slip, "ПОВТОРНАЯ ПЕЧАТЬ"));
    say(1, PrintEnd::Printed);
    check_equal("yes", state_of(1));
}

TEST(SlipDesk, a_slip_that_no_paper_holds_is_not_tried_again) {
    sell();
    say(1, PrintEnd::Refused, "QR-код не помещается");
    check_equal("no", state_of(1));

    printer->become(host::PrinterState::PaperOut, "нет бумаги");
    printer->become(host::PrinterState::Ready);
    scene.pump();

    LONGS_EQUAL(1, printer->jobs.size());
}

TEST(SlipDesk, a_driver_that_takes_nothing_makes_slips_owed) {
    printer->takes = false;
    sell();
    check_equal("owed", state_of(1));
    check_equal("closed", scene.last("receipt", "state"));
}

TEST(SlipDesk, a_paper_roll_that_ends_soon_is_told_once) {
    printer->become(host::PrinterState::PaperNearEnd, "бумага заканчивается");
    printer->become(host::PrinterState::PaperNearEnd, "бумага заканчивается");
    scene.pump();

    LONGS_EQUAL(1, scene.count("notice"));
}

TEST(SlipDesk, an_operation_waits_for_a_slip_that_it_cannot_go_on_without) {
    scene.open_receipt();
    scene.world.pay_plans.push_back(
        {{Step{
             .kind = StepKind::Print, .slip = R"({"elements":[{"text":"QR"}]})", .required = true}},
         {}});
    scene.line(R"({"do":"pay","valutcode":20,"sum":"35.00"})");
    CHECK(scene.world.answers.empty());

    say(1, PrintEnd::Printed);

    LONGS_EQUAL(LC_ANSWER_PRINTED, scene.world.answers[0].kind);
    check_equal("approved", scene.last("finished", "outcome"));
}

TEST(SlipDesk, the_module_hears_that_a_required_slip_did_not_come_out) {
    scene.open_receipt();
    scene.world.pay_plans.push_back(
        {{Step{
             .kind = StepKind::Print, .slip = R"({"elements":[{"text":"QR"}]})", .required = true}},
         {}});
    scene.line(R"({"do":"pay","valutcode":20,"sum":"35.00"})");

    printer->become(host::PrinterState::CoverOpen, "открыта крышка");
    say(1, PrintEnd::NotPrinted, "открыта крышка");

    LONGS_EQUAL(LC_ANSWER_FAILED, scene.world.answers[0].kind);
    check_equal("открыта крышка", scene.world.answers[0].text);
    check_equal("no", state_of(1));
}

TEST(SlipDesk, an_operation_does_not_wait_for_a_slip_that_may_be_owed) {
    scene.open_receipt();
    scene.world.pay_plans.push_back(
        {{Step{.kind = StepKind::Print, .slip = R"({"elements":[{"text":"Слип"}]})"}}, {}});
    scene.line(R"({"do":"pay","valutcode":20,"sum":"35.00"})");

    LONGS_EQUAL(LC_ANSWER_OWED, scene.world.answers[0].kind);
    check_equal("approved", scene.last("finished", "outcome"));
    say(1, PrintEnd::Printed);
    LONGS_EQUAL(1, scene.world.answers.size());
}

TEST(SlipDesk, the_cashier_cancels_an_operation_that_waits_for_its_slip) {
    scene.open_receipt();
    scene.world.pay_plans.push_back(
        {{Step{
             .kind = StepKind::Print, .slip = R"({"elements":[{"text":"QR"}]})", .required = true}},
         {.outcome = LC_OUTCOME_CANCELLED}});
    scene.line(R"({"do":"pay","valutcode":20,"sum":"35.00"})");

    scene.line(R"({"answer":"cancel"})");
    say(1, PrintEnd::Printed);

    check_equal("cancelled", scene.last("finished", "outcome"));
    CHECK(scene.world.answers.empty());
}

TEST(SlipDesk, state_comes_after_the_slips_before_it) {
    sell();
    scene.events.clear();
    scene.line(R"({"do":"state"})");
    LONGS_EQUAL(0, scene.count("queue"));

    say(1, PrintEnd::Printed);

    check_equal("slip,receipt,shift,queue", scene.names());
}

TEST(SlipDesk, state_does_not_wait_long_for_a_printer_that_stands_still) {
    sell();
    scene.line(R"({"do":"state"})");
    scene.clock.now_ms += 2000;
    scene.pump();

    LONGS_EQUAL(1, scene.count("queue"));
}

TEST(SlipDesk, the_end_of_the_input_waits_for_the_last_slip) {
    sell();
    scene.session->end_of_input();
    scene.pump();
    CHECK_FALSE(scene.session->done());
    CHECK(has(scene.last("notice", "text"), "ждет"));

    say(1, PrintEnd::Printed);

    CHECK(scene.session->done());
}

TEST(SlipDesk, the_end_of_the_input_does_not_wait_long) {
    sell();
    scene.session->end_of_input();
    scene.clock.now_ms += 10'000;
    scene.pump();

    CHECK(scene.session->done());
    check_equal("doubt", state_of(1));
}

TEST(SlipDesk, who_interrupts_the_end_waits_no_more) {
    sell();
    scene.session->end_of_input();
    scene.session->interrupt();
    CHECK(scene.session->done());
}

TEST(SlipDesk, a_program_that_has_to_go_waits_for_no_printer) {
    sell();
    scene.session->stop();
    CHECK(scene.session->done());
    check_equal("doubt", state_of(1));
}

TEST(SlipDesk, a_real_printer_is_in_no_state_that_a_script_says) {
    scene.line(R"({"do":"printer","state":"paper-out"})");
    check_equal("настоящий", scene.last("error", "text"));
}

TEST(SlipDesk, cash_opens_the_drawer) {
    sell();
    LONGS_EQUAL(1, printer->drawers);
}

TEST(SlipDesk, money_that_is_no_cash_leaves_the_drawer_shut) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":30})");
    check_equal("closed", scene.last("receipt", "state"));
    LONGS_EQUAL(0, printer->drawers);
}

// ---- Again and again ----

TEST(SlipDesk, what_comes_out_in_part_again_and_again_is_left_to_people) {
    sell();
    for (int times = 0; times < 5; ++times) {
        say(1, PrintEnd::InDoubt, "связь прервана");
        printer->become(host::PrinterState::Unreachable, "нет связи");
        printer->become(host::PrinterState::Ready);
        scene.pump();
    }

    LONGS_EQUAL(3, printer->jobs.size());
    int told = 0;
    for (const json::Value& event : scene.events)
        told += has(event.string("text").value_or(""), "копия 1") ? 1 : 0;
    LONGS_EQUAL(1, told);
    check_equal("doubt", state_of(1));
}

TEST(SlipDesk, what_may_be_on_paper_still_may_when_the_next_try_prints_nothing) {
    sell();
    say(1, PrintEnd::InDoubt, "связь прервана");
    scene.line(R"({"do":"reprint","slip":1})");
    say(1, PrintEnd::NotPrinted, "нет бумаги");

    check_equal("doubt", state_of(1));
}

TEST(SlipDesk, each_printer_that_is_well_again_prints_what_is_owed) {
    sell();
    printer->become(host::PrinterState::PaperOut, "нет бумаги");
    printer->become(host::PrinterState::PaperOut, "нет бумаги", "kitchen");
    say(1, PrintEnd::NotPrinted, "нет бумаги");
    printer->become(host::PrinterState::Ready, "", "kitchen");
    scene.pump();
    say(1, PrintEnd::NotPrinted, "нет бумаги");

    printer->become(host::PrinterState::Ready);
    scene.pump();

    LONGS_EQUAL(3, printer->jobs.size());
}

TEST(SlipDesk, many_owed_slips_are_handed_over_a_few_at_a_time) {
    constexpr int kSlips = 45;
    for (int number = 1; number <= kSlips; ++number) {
        sell();
        say(static_cast<std::uint64_t>(number), PrintEnd::NotPrinted, "нет бумаги");
    }
    printer->become(host::PrinterState::PaperOut, "нет бумаги");
    printer->become(host::PrinterState::Ready);
    printer->jobs.clear();
    scene.pump();
    LONGS_EQUAL(20, printer->jobs.size());

    for (int number = 1; number <= kSlips; ++number)
        say(static_cast<std::uint64_t>(number), PrintEnd::Printed);

    LONGS_EQUAL(kSlips, printer->jobs.size());
    CHECK(scene.till->owed_slips()->empty());
}

// ---- Copies ----

TEST(SlipDesk, reprints_the_last_slip_as_a_copy) {
    sell();
    say(1, PrintEnd::Printed);
    scene.events.clear();
    scene.line(R"({"do":"reprint"})");
    check_equal("finished", scene.names());
    check_equal("done", scene.last("finished", "outcome"));
    say(2, PrintEnd::Printed);

    CHECK(has(printer->jobs[1].slip, "КОПИЯ"));
    check_equal("true", scene.last("slip", "printed"));
}

TEST(SlipDesk, a_reprint_that_stands_still_holds_up_no_payment) {
    sell();
    scene.line(R"({"do":"reprint"})");
    scene.line(R"({"do":"item","code":"1","name":"Хлеб","price":"1.00","quantity":"1"})");
    scene.line(R"({"do":"pay","valutcode":1})");

    check_equal("closed", scene.last("receipt", "state"));
    check_equal("2", scene.last("receipt", "number"));
}

TEST(SlipDesk, a_copy_that_did_not_come_out_is_not_owed) {
    sell();
    say(1, PrintEnd::Printed);
    scene.line(R"({"do":"reprint","slip":1})");
    say(2, PrintEnd::NotPrinted, "нет бумаги");

    check_equal("Слип 2: нет бумаги", scene.last("notice", "text"));
    check_equal("no", state_of(2));
}

TEST(SlipDesk, reprinting_an_owed_slip_prints_that_slip) {
    sell();
    say(1, PrintEnd::NotPrinted, "нет бумаги");
    scene.line(R"({"do":"reprint","slip":1})");
    say(1, PrintEnd::Printed);

    CHECK_FALSE(has(printer->jobs[1].slip, "КОПИЯ"));
    check_equal("yes", state_of(1));
}

TEST(SlipDesk, who_asks_for_an_owed_slip_again_is_told_again_why_it_does_not_come) {
    sell();
    say(1, PrintEnd::NotPrinted, "нет бумаги");
    scene.line(R"({"do":"reprint","slip":1})");
    check_equal("Слип передан на печать", scene.last("finished", "text"));
    scene.events.clear();
    say(1, PrintEnd::NotPrinted, "нет бумаги");

    check_equal("notice,slip", scene.names());
}

TEST(SlipDesk, a_copy_comes_behind_the_slip_that_is_being_printed) {
    sell();
    scene.line(R"({"do":"reprint"})");
    LONGS_EQUAL(2, printer->jobs.size());
    CHECK(has(printer->jobs[1].slip, "КОПИЯ"));
}

TEST(SlipDesk, refuses_to_reprint_what_there_is_not) {
    scene.line(R"({"do":"reprint"})");
    check_equal("слипов еще не было", scene.last("finished", "text"));
    scene.line(R"({"do":"reprint","slip":7})");
    check_equal("refused", scene.last("finished", "outcome"));
}
