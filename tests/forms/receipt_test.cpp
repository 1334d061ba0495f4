// SPDX-License-Identifier: Apache-2.0
#include "forms/receipt.h"

#include <string>

#include "forms/forms.h"
#include "till/scene.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::forms;
using till::byn;

namespace {

till::Receipt sale() {
    till::Receipt receipt;
    receipt.number = 17;
    receipt.desk = "1";
    receipt.shift = 3;
    receipt.cashier = "Кассир 1";
    receipt.change = byn(50);
    receipt.lines = {till::milk(), till::milk()};
    receipt.lines[1].removed = true;
    receipt.payments = {till::wallet_payment(), till::wallet_payment()};
    receipt.payments[1].name = "Не прошла";
    receipt.payments[1].state = till::PaymentState::Cancelled;
    return receipt;
}

std::string printed(const char* form, const till::Receipt& receipt) {
    const auto filled = fill(library({}), form, receipt_data(receipt, 1'800'000'000'000));
    CHECK_TEXT(filled.ok(), filled ? "" : filled.error().text.russian().c_str());
    std::string all;
    for (const std::string& line : core::slip::plain_text(filled->slip, 32))
        all += line + "\n";
    return all;
}

void check_contains(const std::string& part, const std::string& paper) {
    STRCMP_CONTAINS(part.c_str(), paper.c_str());
}

}  // namespace

TEST_GROUP(ReceiptForm){};

TEST(ReceiptForm, shows_lines_discounts_total_payments_and_change) {
    const std::string paper = printed("receipt", sale());
    for (const char* line :
         {"НЕ ЯВЛЯЕТСЯ ФИСКАЛЬНЫМ\n", "Чек продажи 17\n", "Кассир: Кассир 1\n",
          "Касса 1                  Смена 3\n", "Молоко 1 л\n",
          "2 шт × 17.50              =35.00\n", "Скидка                     -0.50\n",
          "ИТОГО                  34.50 BYN\n", "О!плати                    24.50\n",
          "Сдача                       0.50\n"}) {
        check_contains(line, paper);
    }
}

TEST(ReceiptForm, leaves_out_what_was_removed_or_taken_back) {
    const std::string paper = printed("receipt", sale());
    LONGS_EQUAL(paper.find("Молоко"), paper.rfind("Молоко"));
    CHECK(paper.find("Не прошла") == std::string::npos);
}

TEST(ReceiptForm, shows_a_refund_with_its_rounding_and_a_line_without_a_unit) {
    till::Receipt receipt = sale();
    receipt.type = core::ReceiptType::Refund;
    receipt.change = byn(0);
    receipt.lines[0].unit.clear();
    receipt.lines[0].discount = byn(-1);
    const std::string paper = printed("receipt", receipt);
    check_contains("Чек возврата 17\n", paper);
    check_contains("2 × 17.50", paper);
    check_contains("Округление                 +0.01\n", paper);
    CHECK(paper.find("Скидка") == std::string::npos);
    CHECK(paper.find("Сдача") == std::string::npos);
}

TEST(ReceiptForm, of_an_annulment_shows_what_goes_back) {
    const std::string paper = printed("annulment", sale());
    check_contains("АННУЛИРОВАН\n", paper);
    check_contains("О!плати                    24.50\n", paper);
    check_contains("Сдача                       0.50\n", paper);
    CHECK(paper.find("ИТОГО") == std::string::npos);
}
