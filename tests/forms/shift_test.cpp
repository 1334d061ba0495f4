// SPDX-License-Identifier: Apache-2.0
#include "forms/shift.h"

#include <string>

#include "forms/forms.h"
#include "forms/queue.h"
#include "till/scene.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::forms;
using till::byn;
using till::Payment;
using till::PaymentState;
using till::Receipt;
using till::ReceiptState;

namespace {

const Occasion kOccasion{"1", Currency(), 1'800'000'100'000};

Payment paid(int number, const char* name, core::PaymentKind kind, std::int64_t kopecks) {
    Payment payment;
    payment.number = number;
    payment.valutcode = kind == core::PaymentKind::Cash ? till::kCashValutcode : 20;
    payment.kind = kind;
    payment.name = name;
    payment.sum = byn(kopecks);
    payment.state = PaymentState::Processed;
    return payment;
}

}  // namespace

TEST_GROUP(ShiftForm) {
    till::Scene scene;
    till::Till till = scene.owner();

    Receipt receipt(std::int64_t number, core::ReceiptType type, std::int64_t kopecks) {
        Receipt made;
        made.uid = "uid" + std::to_string(number);
        made.number = number;
        made.type = type;
        made.shift = till.last_shift()->value().number;
        made.desk = "1";
        made.cashier = "Кассир 1";
        made.currency = Currency();
        made.change = byn(0);
        till::Line line = till::milk();
        line.quantity = Decimal(1, 0);
        line.price = byn(kopecks + 50);
        line.total = byn(kopecks);
        line.minimum_price.reset();
        made.lines = {line};
        made.opened_at_ms = 1'800'000'000'000;
        return made;
    }

    void save(Receipt made, ReceiptState state) {
        CHECK(till.save(made).ok());
        made.state = state;
        made.closed_at_ms = made.opened_at_ms + 1000;
        ++made.revision;
        const auto saved = till.save(made);
        CHECK_TEXT(saved.ok(), saved ? "" : saved.error().text.russian().c_str());
    }

    // 35.00 for cash with 5.00 change and by wallet 10.00; 4.00 back by wallet; 9.00 annulled.
    void trade() {
        CHECK(till.open_shift("2026-11-22", "Кассир 1", 1'800'000'000'000).ok());
        Receipt sale = receipt(1, core::ReceiptType::Sale, 3500);
        sale.payments = {
            paid(1, "Наличные", core::PaymentKind::Cash, 3000),
            paid(2, "О!плати", core::PaymentKind::Other, 1000)};
        sale.change = byn(500);
        save(sale, ReceiptState::Closed);
        Receipt back = receipt(2, core::ReceiptType::Refund, 400);
        back.payments = {paid(1, "О!плати", core::PaymentKind::Other, 400)};
        save(back, ReceiptState::Closed);
        save(receipt(3, core::ReceiptType::Sale, 900), ReceiptState::Annulled);
    }

    std::string paper(const char* form, const till::Shift& shift) {
        const auto data = shift_data(till, shift, kOccasion);
        CHECK(data.ok());
        const auto filled = fill(library({}), form, *data);
        CHECK_TEXT(filled.ok(), filled ? "" : filled.error().text.russian().c_str());
        std::string all;
        for (const std::string& line : core::slip::plain_text(filled->slip, 32))
            all += line + "\n";
        return all;
    }

    void check_contains(const std::string& part, const std::string& whole) {
        STRCMP_CONTAINS(part.c_str(), whole.c_str());
    }

    std::string refusal(const char* form, std::optional<std::int64_t> number) {
        const auto shift = shift_for(till, form, number);
        CHECK_FALSE(shift.ok());
        return shift.error().text.russian();
    }
};

TEST(ShiftForm, adds_up_sales_refunds_and_payment_types) {
    trade();
    const std::string x = paper("x", *shift_for(till, "x", std::nullopt));
    for (const char* line :
         {"X-ОТЧЁТ\n", "Касса 1                  Смена 1\n", "Продаж: 1                  35.00\n",
          "Возвратов: 1                4.00\n", "Аннулировано: 1             9.00\n",
          "Скидки                      0.50\n", "ИТОГО ЗА СМЕНУ         31.00 BYN\n",
          "Наличные\n  оплат: 1                 25.00\n  итого                    25.00\n",
          "О!плати\n  оплат: 1                 10.00\n  возвратов: 1              4.00\n"
          "  итого                     6.00\n",
          "Наличных за смену          25.00\n", "Чеки                       1 – 3\n",
          "Продажи с начала           35.00\n", "в том числе до смены        0.00\n"}) {
        check_contains(line, x);
    }
    CHECK(x.find("Смена закрыта") == std::string::npos);
}

TEST(ShiftForm, tells_refunds_that_did_not_come_about_from_annulled_sales) {
    trade();
    save(receipt(4, core::ReceiptType::Refund, 300), ReceiptState::Annulled);
    const std::string x = paper("x", *shift_for(till, "x", std::nullopt));
    check_contains("Аннулировано: 1             9.00\n", x);
    check_contains("Отменено возвратов: 1       3.00\n", x);
}

TEST(ShiftForm, does_not_speak_of_cancelled_refunds_where_there_are_none) {
    trade();
    const std::string x = paper("x", *shift_for(till, "x", std::nullopt));
    CHECK(x.find("Отменено возвратов") == std::string::npos);
}

TEST(ShiftForm, of_an_empty_shift_says_so) {
    CHECK(till.open_shift("2026-11-22", "Кассир 1", 1'800'000'000'000).ok());
    const std::string x = paper("x", *shift_for(till, "x", 1));
    check_contains("Продаж: 0", x);
    check_contains("Оплат и возвратов не было\n", x);
    CHECK(x.find("Чеки") == std::string::npos);
}

TEST(ShiftForm, of_a_closed_shift_can_be_repeated_while_the_next_is_open) {
    trade();
    CHECK(till.close_shift(1'800'000'050'000).ok());
    CHECK(till.open_shift("2026-11-23", "Кассир 2", 1'800'000'060'000).ok());
    const auto last_closed = shift_for(till, "z", std::nullopt);
    LONGS_EQUAL(1, last_closed->number);
    const std::string z = paper("z", *shift_for(till, "z", 1));
    check_contains("Z-ОТЧЁТ\n", z);
    check_contains("Смена закрыта", z);
    check_contains("ИТОГО ЗА СМЕНУ         31.00 BYN\n", z);
    const std::string x = paper("x", *shift_for(till, "x", std::nullopt));
    check_contains("в том числе до смены       35.00\n", x);
}

TEST(ShiftForm, that_cannot_be_made_says_what_to_do) {
    STRCMP_EQUAL("ни одной смены еще не было", refusal("x", std::nullopt).c_str());
    trade();
    STRCMP_EQUAL("смены 7 в базе кассы нет", refusal("z", 7).c_str());
    const char* still_open =
        "смена 1 еще открыта: Z-отчет печатается при ее закрытии, до него возьмите X-отчет";
    STRCMP_EQUAL(still_open, refusal("z", 1).c_str());
    STRCMP_EQUAL(still_open, refusal("z", std::nullopt).c_str());
    CHECK(till.close_shift(1'800'000'050'000).ok());
    STRCMP_EQUAL(
        "смена 1 закрыта: X-отчет бывает только у открытой, возьмите Z-отчет",
        refusal("x", 1).c_str());
    STRCMP_EQUAL(
        "смена не открыта: X-отчет бывает только у открытой смены",
        refusal("x", std::nullopt).c_str());
}

TEST_GROUP(QueueForm){Debt debt(){Debt made;
made.kind = "undo";
made.system = "О!плати";
made.receipt = 17;
made.sum = "24.50";
made.age_s = 60;
made.tries = 3;
made.last_error = "Ошибка обращения к серверу";
made.waits_for_link = true;
made.operation = "9f00";
return made;
}

std::string paper(const std::vector<Debt>& debts) {
    const auto filled = fill(library({}), "queue", queue_data(debts, kOccasion));
    CHECK_TEXT(filled.ok(), filled ? "" : filled.error().text.russian().c_str());
    std::string all;
    for (const std::string& line : core::slip::plain_text(filled->slip, 32))
        all += line + "\n";
    return all;
}

void check_contains(const std::string& part, const std::string& whole) {
    STRCMP_CONTAINS(part.c_str(), whole.c_str());
}
}
;

TEST(QueueForm, lists_debts_and_adds_them_up) {
    const std::string sheet = paper({debt(), debt()});
    for (const char* line :
         {"Отмена, О!плати        24.50 BYN\n", "чек                           17\n",
          "попыток                        3\n", "Ошибка обращения к серверу\n",
          "Всего: 2                   49.00\n"}) {
        check_contains(line, sheet);
    }
}

TEST(QueueForm, asks_nothing_of_anybody_while_it_only_waits_for_the_link) {
    Debt untried = debt();
    untried.tries = 0;
    untried.last_error.clear();
    untried.waits_for_link = false;
    const std::string sheet = paper({debt(), untried});
    check_contains("Ничего делать не нужно", sheet);
    CHECK(sheet.find("администратора") == std::string::npos);
}

TEST(QueueForm, sends_for_the_administrator_when_one_error_is_not_of_the_link) {
    Debt refused = debt();
    refused.last_error = "Токен кассы отклонён";
    refused.waits_for_link = false;
    const std::string sheet = paper({debt(), refused});
    check_contains("Позовите администратора:", sheet);
    check_contains("paysysctl queue explain", sheet);
    CHECK(sheet.find("Ничего делать не нужно") == std::string::npos);
}
