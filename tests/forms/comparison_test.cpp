// SPDX-License-Identifier: Apache-2.0
#include "forms/comparison.h"

#include <string>

#include "forms/forms.h"
#include "till/scene.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::forms;

namespace {

const Occasion kOccasion{"1", Currency(), 1'800'000'100'000};

const char* const kComparison =
    R"({"title":"О!плати","shift":1,"currency":"BYN",)"
    R"("ours":{"pays":{"count":5,"sum":"100.00"},"refunds":{"count":1,"sum":"5.00"},)"
    R"("total":"95.00"},)"
    R"("theirs":{"pays":{"count":4,"sum":"90.00"},"refunds":{"count":1,"sum":"5.00"},)"
    R"("total":"85.00"},)"
    R"("differences":[{"kind":"only_ours","operation":"9f00000000000000000000000000000000",)"
    R"("order_number":"1-3-17-ABCDEFGHIJ","gateway_id":"500123","receipt_number":17,)"
    R"("ours":"10.00","theirs":"","text":"Есть в журнале, нет у О!плати",)"
    R"("remedy":"Повторите сверку"},)"
    R"({"kind":"only_theirs","operation":"","order_number":"","gateway_id":"77",)"
    R"("receipt_number":0,"ours":"","theirs":"3.00","text":"Нет в журнале",)"
    R"("remedy":"Позвоните"}]})";

}  // namespace

TEST_GROUP(ComparisonForm) {
    till::Scene scene;
    till::Till till = scene.owner();
    till::Shift shift = *till.open_shift("2026-11-22", "Кассир 1", 1'800'000'000'000);

    void keep(const char* system, const char* outcome, const std::string& comparison) {
        till::Reconciliation made;
        made.system = system;
        made.valutcode = 20;
        made.shift = shift.number;
        made.outcome = outcome;
        made.text = std::string("слова о ") + outcome;
        made.comparison = comparison;
        made.at_ms = 1'800'000'050'000;
        CHECK(till.add_reconciliation(made).ok());
    }

    std::string paper() {
        const auto data = comparisons_data(till, shift, kOccasion);
        CHECK(data.ok());
        const auto filled = fill(library({}), "oplat", *data);
        CHECK_TEXT(filled.ok(), filled ? "" : filled.error().text.russian().c_str());
        std::string all;
        for (const std::string& line : core::slip::plain_text(filled->slip, 32))
            all += line + "\n";
        return all;
    }

    void check_contains(const std::string& part, const std::string& whole) {
        STRCMP_CONTAINS(part.c_str(), whole.c_str());
    }
};

TEST(ComparisonForm, lays_both_sides_and_each_difference_with_its_remedy) {
    keep("oplati", "done", kComparison);
    const std::string sheet = paper();
    check_contains("     Сверка итогов О!плати\n", sheet);
    check_contains(
        "В журнале кассы\nоплат: 5                  100.00\nвозвратов: 1                5.00\n"
        "итого                      95.00\nВ платёжной системе\n"
        "оплат: 4                   90.00\nвозвратов: 1                5.00\n"
        "итого                      85.00\n",
        sheet);
    check_contains(
        "1-3-17-ABCDEFGHIJ          10.00\nчек                           17\n"
        "Есть в журнале, нет у О!плати\nПовторите сверку\n",
        sheet);
    check_contains("77                          3.00\nНет в журнале\nПозвоните\n", sheet);
    check_contains("Расхождений: 2\n", sheet);
}

TEST(ComparisonForm, says_that_none_was_made_and_how_to_make_one) {
    const std::string sheet = paper();
    check_contains("За эту смену сверки не было.\n", sheet);
    check_contains("сверка", sheet);
}

TEST(ComparisonForm, shows_the_last_comparison_of_each_system) {
    keep("oplati", "done", R"({"title":"Старая","differences":[]})");
    keep("oplati", "done", R"({"title":"Новая","differences":[]})");
    keep("webmoney", "refused", "");
    const std::string sheet = paper();
    CHECK(sheet.find("Старая") == std::string::npos);
    check_contains("Сверка итогов Новая\n", sheet);
    check_contains("Расхождений нет\n", sheet);
    check_contains("Сверка итогов webmoney\n", sheet);
    check_contains("НЕ ВЫПОЛНЕНА\nслова о refused\n", sheet);
}

TEST(ComparisonForm, prefers_one_that_was_made_to_a_later_one_that_failed) {
    keep("oplati", "refused", "");
    keep("oplati", "done", R"({"title":"Сделана","differences":[]})");
    keep("oplati", "refused", "");
    const std::string sheet = paper();
    check_contains("Сверка итогов Сделана\n", sheet);
    CHECK(sheet.find("НЕ ВЫПОЛНЕНА") == std::string::npos);
}

TEST(ComparisonForm, survives_a_comparison_that_is_no_document) {
    keep("oplati", "done", "не JSON");
    keep("webmoney", "done", R"({"ours":7,"differences":[1,{"ours":"x","receipt_number":"y"}]})");
    check_contains("Сверка итогов oplati\n", paper());
}
