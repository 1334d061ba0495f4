// SPDX-License-Identifier: Apache-2.0
#include "terminal/annulments.h"

#include <string>

#include "terminal/scene.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::terminal;
using fakes::Ending;

namespace {

const Ending kQueued{
    .outcome = LC_OUTCOME_UNKNOWN,
    .owed = true,
    .level = LC_LEVEL_WARNING,
    .text = "Операция отмены в очереди"};
const Ending kRefused{
    .outcome = LC_OUTCOME_REFUSED, .level = LC_LEVEL_ERROR, .text = "Нельзя отменить"};

const char* const kAnnul = R"({"do":"annul","receipt":1,"id":7})";

}  // namespace

TEST_GROUP(Annulments) {
    Scene scene;

    void check_equal(const std::string& wanted, const std::string& got) {
        STRCMP_EQUAL(wanted.c_str(), got.c_str());
    }

    // Receipt 1 of 35.00: 10.00 through the module, 25.00 of 30.00 in cash.
    void sell() {
        scene.open_receipt();
        scene.line(R"({"do":"pay","valutcode":20,"sum":"10.00"})");
        scene.line(R"({"do":"pay","valutcode":1,"sum":"30.00"})");
        scene.events.clear();
    }

    void check_rejected(const char* line, const char* text) {
        scene.events.clear();
        scene.line(line);
        check_equal("error,finished", scene.names());
        check_equal(text, scene.last("error", "text"));
        check_equal("refused", scene.last("finished", "outcome"));
    }
};

TEST(Annulments, take_a_closed_sale_of_this_shift_back_with_all_its_payments) {
    sell();
    scene.line(kAnnul);

    check_equal("receipt,receipt,slip,finished", scene.names());
    check_equal("done", scene.last("finished", "outcome"));
    check_equal("annul", scene.last("finished", "do"));
    check_equal("annulled", scene.last("receipt", "state"));
    check_equal("1 cancelled 10.00;2 cancelled 30.00", scene.payments());
    LONGS_EQUAL(1, scene.world.count("undo"));
    CHECK(scene.world.last("undo").settled == LC_SETTLED_KEPT);
    CHECK((*scene.till->receipt(1))->state == till::ReceiptState::Annulled);
    CHECK(scene.till->open_operations()->empty());
    check_rejected(kAnnul, "чек 1 уже аннулирован");
}

TEST(Annulments, queue_what_the_gateway_cannot_hear_now) {
    sell();
    scene.world.undo_plans.push_back({{}, kQueued});
    scene.line(kAnnul);

    check_equal("done", scene.last("finished", "outcome"));
    check_equal("true", scene.last("finished", "owed"));
    check_equal("Операция отмены в очереди", scene.last("finished", "text"));
    check_equal("annulled", scene.last("receipt", "state"));
}

TEST(Annulments, leave_what_stays_in_the_closed_receipt_and_go_on_when_told_again) {
    sell();
    scene.world.undo_plans.push_back({{}, kRefused});
    scene.line(kAnnul);

    check_equal("refused", scene.last("finished", "outcome"));
    check_equal(
        "чек 1 не аннулирован, не все его деньги отменены: Нельзя отменить",
        scene.last("finished", "text"));
    check_equal("closed", scene.last("receipt", "state"));
    check_equal("1 processed 10.00;2 cancelled 30.00", scene.payments());
    scene.line(kAnnul);
    check_equal("annulled", scene.last("receipt", "state"));
}

// What the cashier counts out: nothing that went back before the receipt was closed, and less the
// change.
TEST(Annulments, print_what_the_closed_receipt_held) {
    scene.open_receipt();
    scene.line(R"({"do":"pay","valutcode":1,"sum":"7.77"})");
    scene.line(R"({"do":"payment-cancel"})");
    scene.line(R"({"do":"pay","valutcode":20,"sum":"10.00"})");
    scene.line(R"({"do":"pay","valutcode":1,"sum":"30.00"})");
    scene.events.clear();
    scene.line(kAnnul);

    const std::string slip = scene.last("slip", "lines");
    STRCMP_CONTAINS("АННУЛИРОВАН", slip.c_str());
    STRCMP_CONTAINS("10.00", slip.c_str());
    STRCMP_CONTAINS("30.00", slip.c_str());
    STRCMP_CONTAINS("Сдача", slip.c_str());
    CHECK(slip.find("7.77") == std::string::npos);
}

TEST(Annulments, tell_at_a_start_of_a_receipt_that_is_half_annulled) {
    sell();
    scene.world.undo_plans.push_back({{}, kRefused});
    scene.line(kAnnul);
    scene.restart();

    check_equal(
        "Чек 1 аннулирован не до конца, осталось 10.00: повторите аннулирование",
        scene.last("notice", "text"));
}

TEST(Annulments, need_a_closed_sale_of_this_shift_without_refunds) {
    sell();
    check_rejected(R"({"do":"annul","receipt":9})", "чека 9 в базе кассы нет");
    scene.line(R"({"do":"refund","receipt":1,"lines":[{"index":1,"quantity":"1"}]})");
    check_rejected(
        kAnnul,
        "по чеку 1 есть возврат 2, аннулировать его нельзя: верните остаток или отмените "
        "возврат");
    check_rejected(R"({"do":"annul","receipt":2})", "чек 2 - чек возврата: отмените возврат");
    scene.line(R"({"do":"refund-cancel","receipt":2})");
    scene.line(R"({"do":"shift-close"})");
    check_rejected(kAnnul, "смена не открыта: откройте смену");
    scene.line(R"({"do":"shift-open"})");
    check_rejected(kAnnul, "чек 1 закрыт в смене 1, аннулировать его нельзя: оформите возврат");

    LONGS_EQUAL(0, scene.world.count("undo"));
}

TEST(Annulments, wait_for_the_open_receipt_unless_it_is_the_one) {
    sell();
    scene.line(R"({"do":"item","code":"2","name":"Хлеб","price":"2.10","quantity":"1"})");
    check_rejected(kAnnul, "есть открытый чек 2: закройте или аннулируйте его");
    scene.line(R"({"do":"annul","receipt":2})");

    check_equal("annulled", scene.last("receipt", "state"));
    check_equal("2", scene.last("receipt", "number"));
}

TEST(Annulments, of_an_annulled_receipt_leave_nothing_to_refund) {
    sell();
    scene.line(kAnnul);
    check_rejected(
        R"({"do":"refund","receipt":1})", "чек 1 аннулирован: возвращать по нему нечего");
}

TEST(Annulments, take_back_a_receipt_that_cost_nothing) {
    scene.line(R"({"do":"login","cashier":"Анна"})");
    scene.line(R"({"do":"shift-open"})");
    scene.line(R"({"do":"item","code":"3","name":"Подарок","price":"0.00","quantity":"1"})");
    scene.line(R"({"do":"close"})");
    scene.line(kAnnul);

    check_equal("annulled", scene.last("receipt", "state"));
    check_equal("done", scene.last("finished", "outcome"));
}

TEST(Annulments, leave_the_next_sale_its_own_number) {
    sell();
    scene.line(kAnnul);
    scene.line(R"({"do":"item","code":"2","name":"Хлеб","price":"2.10","quantity":"1"})");

    check_equal("2", scene.last("receipt", "number"));
    check_equal("open", scene.last("receipt", "state"));
}
