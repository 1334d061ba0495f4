// SPDX-License-Identifier: Apache-2.0
#include "terminal/report_desk.h"

#include <fstream>
#include <string>

#include "terminal/scene.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::terminal;

TEST_GROUP(Reports) {
    Scene scene;

    void check_equal(const std::string& wanted, const std::string& got) {
        STRCMP_EQUAL(wanted.c_str(), got.c_str());
    }
    void check_printed(const std::string& part) {
        STRCMP_CONTAINS(part.c_str(), scene.last("slip", "lines").c_str());
    }

    // A sale of 25.00 through the module and 10.00 in cash.
    void trade() {
        scene.open_receipt();
        scene.line(R"({"do":"pay","valutcode":1,"sum":"10.00"})");
        scene.line(R"({"do":"pay","valutcode":20})");
        scene.events.clear();
    }

    // The site's templates from now on.
    void use_templates(const char* file, const std::string& text) {
        const auto folder = scene.folder.path() / "reports";
        std::filesystem::create_directories(folder);
        std::ofstream(folder / file) << text;
        scene.settings.reports = folder;
        scene.restart();
        scene.events.clear();
    }
};

TEST(Reports, print_the_open_shift_and_finish_once) {
    trade();
    scene.line(R"({"do":"report","name":"x","id":4})");

    check_equal("slip,finished", scene.names());
    check_equal("report", scene.last("finished", "do"));
    check_equal("done", scene.last("finished", "outcome"));
    check_equal("4", scene.last("finished", "id"));
    check_printed("X-ОТЧЁТ");
    check_printed("Продаж: 1");
    check_printed("25.00");
}

TEST(Reports, come_at_the_end_of_a_shift_and_again_later) {
    trade();
    scene.line(R"({"do":"shift-close"})");
    check_printed("Z-ОТЧЁТ");
    scene.line(R"({"do":"shift-open"})");
    scene.events.clear();

    scene.line(R"({"do":"report","name":"z","shift":1})");
    check_equal("slip,finished", scene.names());
    check_printed("Z-ОТЧЁТ");
    check_printed("ИТОГО ЗА СМЕНУ");
    check_printed("35.00 BYN");
}

TEST(Reports, that_cannot_be_made_say_why) {
    scene.line(R"({"do":"report","name":"x"})");
    check_equal("error,finished", scene.names());
    check_equal("refused", scene.last("finished", "outcome"));
    check_equal("ни одной смены еще не было", scene.last("finished", "text"));
    trade();
    scene.line(R"({"do":"report","name":"z","shift":1})");
    check_equal("refused", scene.last("finished", "outcome"));
    scene.events.clear();
    scene.line(R"({"do":"report","name":"y"})");
    check_equal("error", scene.names());
}

TEST(Reports, show_a_comparison_as_it_was_kept) {
    trade();
    scene.line(R"({"do":"report","name":"oplat"})");
    check_printed("сверки не было");
    fakes::Ending differs;
    differs.outcome = LC_OUTCOME_DONE;
    differs.details = R"({"title":"Банк","differences":[{"order_number":"1-1-1-AB","ours":"10.00",)"
                      R"("text":"шлюз не показал","remedy":"Позвоните в банк"}]})";
    scene.world.totals_plans.push_back({{}, differs});
    scene.line(R"({"do":"reconcile","valutcode":20})");
    check_printed("Позвоните в банк");
    const std::string first = scene.last("slip", "lines");

    scene.line(R"({"do":"report","name":"oplat","shift":1})");
    check_equal(first, scene.last("slip", "lines"));
}

TEST(Reports, show_an_empty_queue) {
    scene.line(R"({"do":"report","name":"queue"})");
    check_equal("slip,finished", scene.names());
    check_printed("Очередь пуста");
}

TEST(Reports, name_payment_systems_in_the_queue_as_cashiers_do) {
    scene.world.obligations =
        R"([{"operation":"00112233445566778899aabbccddeeff","kind":"undo","system":"fake",)"
        R"("sum":"24.50","age":60,"tries":3,"lastError":"нет связи","waitsForLink":true}])";
    scene.line(R"({"do":"report","name":"queue"})");
    check_printed("Отмена, Проверка");
    check_printed("Ничего делать не нужно");
}

TEST(Reports, send_for_the_administrator_when_a_debt_waits_for_more_than_the_link) {
    scene.world.obligations =
        R"([{"operation":"00112233445566778899aabbccddeeff","kind":"undo","system":"fake",)"
        R"("sum":"24.50","age":60,"tries":3,"lastError":"Токен отклонён"}])";
    scene.line(R"({"do":"report","name":"queue"})");
    check_printed("Позовите администратора");
    CHECK(scene.last("slip", "lines").find("Ничего делать") == std::string::npos);
}

TEST(Reports, are_printed_by_the_sites_template) {
    use_templates("x.xml", "<report><text>Своя смена {shift}</text></report>");
    trade();
    scene.line(R"({"do":"report","name":"x"})");
    check_equal("slip,finished", scene.names());
    check_printed(R"(["Своя смена 1"])");
}

TEST(Reports, a_broken_template_stops_no_receipt_and_is_told_once) {
    use_templates("receipt.xml", "<report>\n<txt>Спасибо</txt></report>");
    trade();
    LONGS_EQUAL(0, scene.count("notice"));  // trade() forgets its own events
    scene.line(R"({"do":"item","code":"1","name":"Хлеб","price":"2.00","quantity":"1"})");
    scene.line(R"({"do":"pay","valutcode":1})");
    check_equal("closed", scene.last("receipt", "state"));
    check_printed("НЕ ЯВЛЯЕТСЯ");
    LONGS_EQUAL(0, scene.count("notice"));
    bool logged = false;
    for (const std::string& line : scene.business.lines)
        logged =
            logged || line.find("receipt.xml:2: неизвестный элемент <txt>") != std::string::npos;
    CHECK(logged);
}

TEST(Reports, a_broken_template_is_told_to_the_administrator) {
    use_templates("x.xml", "<report>\n\n<text>{shft}</text></report>");
    trade();
    scene.line(R"({"do":"report","name":"x"})");
    check_equal("notice,slip,finished", scene.names());
    STRCMP_CONTAINS(
        "x.xml:3: нет поля «shft» (shft): возможно, shift", scene.last("notice", "text").c_str());
    check_equal("reports", scene.last("notice", "source"));
    check_printed("X-ОТЧЁТ");
}

// ---- Slips about operations that a module prints nothing of ----

TEST_GROUP(OperationSlips) {
    Scene scene;

    // What all slips of the last command show, one after the other.
    std::string printed() {
        std::string all;
        for (const json::Value& each : scene.events) {
            const json::Value* lines = each.find("lines");
            if (each.string("event") == "slip" && lines != nullptr) all += lines->str();
        }
        return all;
    }

    void pay(const fakes::Ending& ending) {
        scene.open_receipt();
        scene.world.pay_plans.push_back({{}, ending});
        scene.line(R"({"do":"pay","valutcode":20,"sum":"20.00"})");
    }
};

TEST(OperationSlips, are_printed_where_the_module_gives_none) {
    fakes::Ending silent;
    silent.slip.clear();
    pay(silent);
    STRCMP_CONTAINS("ОПЛАТА", printed().c_str());
    STRCMP_CONTAINS("20.00 BYN", printed().c_str());
    STRCMP_CONTAINS("500123", printed().c_str());
}

TEST(OperationSlips, are_not_printed_where_the_module_has_its_own) {
    fakes::Ending told;
    told.slip = R"({"elements":[{"text":"Слип модуля"}]})";
    pay(told);
    STRCMP_CONTAINS("Слип модуля", printed().c_str());
    CHECK(printed().find("ОПЛАТА") == std::string::npos);
}

TEST(OperationSlips, tell_the_buyer_of_an_unknown_outcome) {
    fakes::Ending unknown;
    unknown.outcome = LC_OUTCOME_UNKNOWN;
    unknown.owed = true;
    unknown.text = "Банк не ответил";
    pay(unknown);
    STRCMP_CONTAINS("ИСХОД ОПЛАТЫ НЕИЗВЕСТЕН", printed().c_str());
    STRCMP_CONTAINS("Банк не ответил", printed().c_str());
    STRCMP_CONTAINS("поставлена в очередь", printed().c_str());
}

TEST(OperationSlips, tell_the_buyer_of_an_undo) {
    pay({});
    scene.events.clear();
    scene.line(R"({"do":"payment-cancel"})");
    STRCMP_CONTAINS("ОТМЕНА ОПЛАТЫ", printed().c_str());
    STRCMP_CONTAINS("Оплата отменена.", printed().c_str());
}
