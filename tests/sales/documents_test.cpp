// SPDX-License-Identifier: Apache-2.0
#include "sales/documents.h"

#include "scene.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::sales {

using till::byn;
using till::closed_sale;

TEST_GROUP(SalesDocuments) {
    MinskTime zone;
    till::Receipt receipt = closed_sale(17);

    static till::Receipt refund() {
        till::Receipt back = closed_sale(18);
        back.type = core::ReceiptType::Refund;
        back.sale_uid = "uid-17";
        back.change = byn(0);
        return back;
    }
};

TEST(SalesDocuments, a_sale_has_the_head_that_back_offices_read) {
    const json::Value document = receipt_document(receipt);

    STRCMP_EQUAL("1", text_at(document, "docType").c_str());
    STRCMP_EQUAL("17", text_at(document, "docNum").c_str());
    STRCMP_EQUAL("1", text_at(document, "shift").c_str());
    CHECK(document.find("cashCode")->kind() == json::Kind::String);
    STRCMP_EQUAL("1", text_at(document, "cashCode").c_str());
    STRCMP_EQUAL("Кассир 1", text_at(document, "userCode").c_str());
    STRCMP_EQUAL("2023-11-15T01:13:20", text_at(document, "timeBeg").c_str());
    STRCMP_EQUAL("2023-11-15T01:13:21", text_at(document, "timeEnd").c_str());
    STRCMP_EQUAL("34.50", text_at(document, "docSum").c_str());
    STRCMP_EQUAL("uid-17", text_at(document, "identifier").c_str());
    STRCMP_EQUAL("", text_at(document, "sourceidentifier").c_str());
}

TEST(SalesDocuments, goods_bear_exact_decimals) {
    receipt.lines.front().quantity = *Decimal::parse("0.732");

    const json::Value goods = item(receipt_document(receipt), "inventPositions");

    STRCMP_EQUAL("1", text_at(goods, "posNum").c_str());
    STRCMP_EQUAL("1001", text_at(goods, "inventCode").c_str());
    STRCMP_EQUAL("4810000000017", text_at(goods, "barCode").c_str());
    STRCMP_EQUAL("50", text_at(goods, "opCode").c_str());
    CHECK(goods.find("quant")->kind() == json::Kind::Number);
    STRCMP_EQUAL("0.732", text_at(goods, "quant").c_str());
    STRCMP_EQUAL("17.50", text_at(goods, "price").c_str());
    STRCMP_EQUAL("35.00", text_at(goods, "baseSum").c_str());
    STRCMP_EQUAL("34.50", text_at(goods, "posSum").c_str());
    STRCMP_EQUAL("0.50", text_at(goods, "disc_abs").c_str());
}

TEST(SalesDocuments, a_discount_tells_the_sum_it_was_taken_of) {
    const json::Value goods = item(receipt_document(receipt), "inventPositions");

    const json::Value discount = item(goods, "discountPositions");

    STRCMP_EQUAL("summ", text_at(discount, "discType").c_str());
    STRCMP_EQUAL("0.50", text_at(discount, "discSum").c_str());
    STRCMP_EQUAL("35.00", text_at(discount, "checkSum").c_str());
}

TEST(SalesDocuments, a_line_without_a_discount_lists_none) {
    receipt.lines.front().discount = byn(0);

    const json::Value goods = item(receipt_document(receipt), "inventPositions");

    LONGS_EQUAL(0, count(goods, "discountPositions"));
}

TEST(SalesDocuments, a_payment_bears_what_integrators_read) {
    receipt.payments.front().custom_data.clear();

    const json::Value money = item(receipt_document(receipt), "moneyPositions");

    STRCMP_EQUAL("20", text_at(money, "valCode").c_str());
    STRCMP_EQUAL("70", text_at(money, "opCode").c_str());
    STRCMP_EQUAL("24.50", text_at(money, "sumB").c_str());
    STRCMP_EQUAL("****1234", text_at(money, "cardnum").c_str());
    STRCMP_EQUAL("Оплата О!плати\nСумма 24.50", text_at(money, "slip").c_str());
    STRCMP_EQUAL("500123", text_at(money, "additionaldata").c_str());
}

TEST(SalesDocuments, further_data_of_a_payment_follow_its_id) {
    receipt.payments.front().report_text = "отчёт";

    const json::Value money = item(receipt_document(receipt), "moneyPositions");

    STRCMP_EQUAL("500123; отчёт; стол 5", text_at(money, "additionaldata").c_str());
}

TEST(SalesDocuments, cash_has_neither_card_nor_id) {
    const json::Value cash = item(receipt_document(receipt), "moneyPositions", 1);

    STRCMP_EQUAL("1", text_at(cash, "valCode").c_str());
    CHECK(cash.find("cardnum")->kind() == json::Kind::Null);
    STRCMP_EQUAL("", text_at(cash, "additionaldata").c_str());
}

TEST(SalesDocuments, change_is_a_line_of_its_own) {
    const json::Value change = item(receipt_document(receipt), "moneyPositions", 2);

    STRCMP_EQUAL("1", text_at(change, "valCode").c_str());
    STRCMP_EQUAL("72", text_at(change, "opCode").c_str());
    STRCMP_EQUAL("10.00", text_at(change, "sumB").c_str());
}

TEST(SalesDocuments, a_payment_that_was_undone_has_failed) {
    receipt.payments.front().state = till::PaymentState::Cancelled;

    const json::Value document = receipt_document(receipt);

    LONGS_EQUAL(2, count(document, "moneyPositions"));
    STRCMP_EQUAL("20", text_at(item(document, "failedMoneyPositions"), "valCode").c_str());
    STRCMP_EQUAL("24.50", text_at(item(document, "failedMoneyPositions"), "sumB").c_str());
}

TEST(SalesDocuments, a_payment_that_never_moved_money_is_not_told) {
    receipt.payments.front().state = till::PaymentState::Added;

    const json::Value document = receipt_document(receipt);

    LONGS_EQUAL(2, count(document, "moneyPositions"));
    LONGS_EQUAL(0, count(document, "failedMoneyPositions"));
}

TEST(SalesDocuments, a_payment_that_another_receipt_gave_back_still_paid_this_one) {
    const std::string before = receipt_document(receipt).str();
    receipt.payments.front().state = till::PaymentState::Refunded;

    STRCMP_EQUAL(before.c_str(), receipt_document(receipt).str().c_str());
}

TEST(SalesDocuments, a_removed_line_is_a_storno) {
    receipt.lines.push_back(till::milk());
    receipt.lines.back().index = 2;
    receipt.lines.back().removed = true;

    const json::Value document = receipt_document(receipt);

    LONGS_EQUAL(1, count(document, "inventPositions"));
    STRCMP_EQUAL("2", text_at(item(document, "stornoPositions"), "posNum").c_str());
}

TEST(SalesDocuments, the_loyalty_card_is_told) {
    const json::Value card = item(receipt_document(receipt), "cardPositions");

    STRCMP_EQUAL("9070000000001000", text_at(card, "number").c_str());
}

TEST(SalesDocuments, a_receipt_without_a_card_lists_none) {
    receipt.card.clear();

    LONGS_EQUAL(0, count(receipt_document(receipt), "cardPositions"));
}

TEST(SalesDocuments, a_refund_by_a_sale_names_the_sale) {
    const json::Value document = receipt_document(refund());

    STRCMP_EQUAL("25", text_at(document, "docType").c_str());
    STRCMP_EQUAL("uid-17", text_at(document, "sourceidentifier").c_str());
    STRCMP_EQUAL("58", text_at(item(document, "inventPositions"), "opCode").c_str());
    STRCMP_EQUAL("100", text_at(item(document, "moneyPositions"), "opCode").c_str());
}

TEST(SalesDocuments, a_refund_without_a_sale_names_none) {
    till::Receipt back = refund();
    back.sale_uid.clear();

    const json::Value document = receipt_document(back);

    STRCMP_EQUAL("2", text_at(document, "docType").c_str());
    STRCMP_EQUAL("74", text_at(item(document, "moneyPositions"), "opCode").c_str());
}

TEST(SalesDocuments, an_annulled_sale_shows_it_to_every_reader) {
    receipt.state = till::ReceiptState::Annulled;
    for (till::Payment& payment : receipt.payments)
        payment.state = till::PaymentState::Cancelled;
    receipt.change = byn(0);

    const json::Value document = receipt_document(receipt);

    STRCMP_EQUAL("8", text_at(document, "docType").c_str());
    LONGS_EQUAL(0, count(document, "moneyPositions"));
    STRCMP_EQUAL("70", text_at(item(document, "failedMoneyPositions"), "opCode").c_str());
    LONGS_EQUAL(1, count(document, "inventPositions"));
    LONGS_EQUAL(1, count(document, "stornoPositions"));
}

TEST(SalesDocuments, an_annulled_refund_is_one_too) {
    till::Receipt back = refund();
    back.state = till::ReceiptState::Annulled;

    const json::Value document = receipt_document(back);

    STRCMP_EQUAL("7", text_at(document, "docType").c_str());
    LONGS_EQUAL(0, count(document, "moneyPositions"));
    LONGS_EQUAL(2, count(document, "failedMoneyPositions"));
}

TEST(SalesDocuments, every_list_is_there_though_it_is_empty) {
    const json::Value document = receipt_document(receipt);

    for (const char* list :
         {"failedMoneyPositions", "stornoPositions", "couponPositions", "certificatePositions"})
        LONGS_EQUAL(0, count(document, list));
    for (const char* list : {"bonusPositions", "taxes"})
        LONGS_EQUAL(0, count(item(document, "inventPositions"), list));
}

TEST(SalesDocuments, a_shift_tells_its_sums) {
    ShiftFacts facts;
    facts.shift.number = 3;
    facts.shift.opened_at_ms = 1'700'000'000'000;
    facts.shift.closed_at_ms = 1'700'000'001'000;
    facts.sums = {byn(100'00), byn(50'00), byn(20'00), byn(-5'00)};
    facts.desk = "7";
    facts.cashiers = {"Иванова Анна"};

    const json::Value document = shift_document(facts);

    STRCMP_EQUAL("7", text_at(document, "cashCode").c_str());
    STRCMP_EQUAL("3", text_at(document, "shift").c_str());
    STRCMP_EQUAL("2023-11-15T01:13:20", text_at(document, "timeBeg").c_str());
    STRCMP_EQUAL("2023-11-15T01:13:21", text_at(document, "timeEnd").c_str());
    STRCMP_EQUAL("30.00", text_at(document, "sumGain").c_str());
    const json::Value device = item(document, "kkms");
    STRCMP_EQUAL("-5.00", text_at(device, "sumCashEnd").c_str());
    STRCMP_EQUAL("100.00", text_at(device, "sumProtectedBeg").c_str());
    STRCMP_EQUAL("150.00", text_at(device, "sumProtectedEnd").c_str());
    STRCMP_EQUAL("20.00", text_at(device, "sumBack").c_str());
    STRCMP_EQUAL("", text_at(device, "serialNum").c_str());
    STRCMP_EQUAL("Иванова Анна", text_at(item(document, "users"), "usercode").c_str());
    STRCMP_EQUAL("Иванова Анна", text_at(item(document, "users"), "username").c_str());
}

TEST(SalesDocuments, an_open_shift_has_no_end) {
    ShiftFacts facts;
    facts.shift.open = true;
    facts.sums = {byn(0), byn(0), byn(0), byn(0)};

    CHECK(shift_document(facts).find("timeEnd")->kind() == json::Kind::Null);
}

}  // namespace linuxcash::sales
