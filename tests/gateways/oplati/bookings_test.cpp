// SPDX-License-Identifier: Apache-2.0
// The list of a shift, row by row.
#include <string>
#include <variant>
#include <vector>

#include "scene.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::oplati {
namespace {

using core::Booking;
using core::Bookings;
using core::OperationKind;
using core::Reading;
using core::Reason;
using core::Verdict;

}  // namespace

TEST_GROUP(OplatiBookings) {
    const Oplati gateway{token_settings()};

    Bookings rows(const std::string& body) {
        return std::get<Bookings>(gateway.read_bookings(reply(200, body)));
    }

    Booking row(const std::string& body) {
        const Bookings all = rows('[' + body + ']');
        LONGS_EQUAL(1, all.size());
        return all.front();
    }

    void check_status(const char* expected, const std::string& body) {
        STRCMP_EQUAL(expected, row(body).status.russian().c_str());
    }
};

TEST(OplatiBookings, hold_sales_and_reversals_in_the_lists_order) {
    const Bookings all = rows('[' + object(1) + ',' + reversal(1) + ']');

    LONGS_EQUAL(2, all.size());
    CHECK(all[0].kind == OperationKind::Pay);
    CHECK(all[0].payment_id == "500123");
    CHECK(all[0].order_number == "1-3-17-KW00000000");
    CHECK(all[0].sum == byn(2450));
    CHECK(all[0].verdict == Verdict::Paid);
    CHECK(all[1].kind == OperationKind::Refund);
    CHECK(all[1].payment_id == "500200");
    CHECK(all[1].sum == byn(1725));
    CHECK(all[1].verdict == Verdict::Paid);
}

TEST(OplatiBookings, may_be_none) {
    CHECK(rows("[]").empty());
}

TEST(OplatiBookings, say_each_status_in_words) {
    const std::vector<const char*> sale{"ожидает подтверждения",   "оплачено",
                                        "покупатель отказался",    "не хватило денег",
                                        "не подтверждено вовремя", "отменено"};
    const std::vector<const char*> refund{
        "выполняется", "возвращено", "отказано", "не хватило денег", "не подтверждено вовремя",
        "отменено"};
    for (std::size_t status = 0; status < sale.size(); ++status) {
        const Verdict verdict = status == 0   ? Verdict::Pending
                                : status == 1 ? Verdict::Paid
                                              : Verdict::Declined;
        check_status(sale[status], object(static_cast<int>(status)));
        check_status(refund[status], reversal(static_cast<int>(status)));
        CHECK(row(object(static_cast<int>(status))).verdict == verdict);
        CHECK(row(reversal(static_cast<int>(status))).verdict == verdict);
    }
}

TEST(OplatiBookings, keep_a_status_that_nobody_knows_in_sight) {
    const Booking entry = row(object(9));

    CHECK(entry.verdict == Verdict::Technical);
    CHECK(entry.payment_id == "500123");
    CHECK(entry.sum == byn(2450));
    STRCMP_EQUAL("неизвестное состояние 9", entry.status.russian().c_str());
}

TEST(OplatiBookings, keep_operations_that_the_register_does_not_make_in_sight) {
    for (const int type : {0, 2, 4, 7}) {
        const std::string kind = std::to_string(type);
        const Booking entry =
            row(replaced(object(1), "\"paymentType\":1", "\"paymentType\":" + kind));
        CHECK(entry.verdict == Verdict::Technical);
        CHECK(entry.payment_id == "500123");
        CHECK(entry.sum == byn(2450));
        CHECK(entry.kind == (type == 2 ? OperationKind::Refund : OperationKind::Pay));
        STRCMP_EQUAL(
            ("операция вида " + kind + ", которую касса не проводит, состояние 1").c_str(),
            entry.status.russian().c_str());
    }
    const Booking nameless = row(replaced(object(1), "\"paymentType\":1,", ""));
    CHECK(nameless.verdict == Verdict::Technical);
    STRCMP_EQUAL("вид операции не назван", nameless.status.russian().c_str());
}

TEST(OplatiBookings, hide_no_row_that_cannot_be_read) {
    const Bookings all = rows(
        R"([17,null,[],"x",{},)"
        R"({"paymentId":"5\u00071","orderNumber":8,"paymentType":3,"sum":"7.50"},)"
        + object(1) + ']');

    LONGS_EQUAL(7, all.size());
    for (std::size_t index = 0; index < 6; ++index) {
        CHECK(all[index].verdict == Verdict::Technical);
        STRCMP_EQUAL("непонятная строка списка", all[index].status.russian().c_str());
    }
    CHECK(all[5].kind == OperationKind::Refund);
    CHECK(all[5].payment_id == "5 1");
    CHECK(all[5].order_number == "8");
    CHECK(all[5].sum == byn(750));
    CHECK(all[6].verdict == Verdict::Paid);
}

TEST(OplatiBookings, count_no_money_that_cannot_be_read) {
    for (const char* sum :
         {"null", "\"24,50\"", "24.501", "2.45e1", "-24.50", "0", "{}", "99999999999999999999"}) {
        const Booking entry = row(replaced(object(1), "24.50", sum));
        CHECK(entry.verdict == Verdict::Technical);
        CHECK(entry.sum.is_zero());
        STRCMP_EQUAL("сумма не читается, состояние: оплачено", entry.status.russian().c_str());
        CHECK(row(replaced(object(2), "24.50", sum)).verdict == Verdict::Declined);
    }
    for (const char* sum : {"24.5", "\"24.50\"", "24.500"})
        CHECK(row(replaced(object(1), "24.50", sum)).sum == byn(2450));
}

TEST(OplatiBookings, know_a_row_without_an_order_number_by_the_vendors) {
    const Booking entry = row(replaced(object(1), ",\"orderNumber\":\"1-3-17-KW00000000\"", ""));

    CHECK(entry.verdict == Verdict::Paid);
    CHECK(entry.order_number.empty());
    CHECK(entry.payment_id == "500123");
}

TEST(OplatiBookings, are_not_had_when_the_list_is_refused_for_good) {
    for (const int status : {400, 401, 403, 404}) {
        for (const std::string& body : {error_document(), std::string()}) {
            const auto answer = gateway.read_bookings(reply(status, body));
            CHECK(std::get<Reading>(answer).verdict == Verdict::Technical);
            CHECK(std::get<Reading>(answer).reason == Reason::Unsupported);
            CHECK_FALSE(std::get<Reading>(answer).text.empty());
        }
    }
}

TEST(OplatiBookings, are_not_had_this_time_after_a_fault) {
    for (const auto& fault :
         {reply(408), reply(409, error_document()), reply(429, error_document()),
          reply(500, error_document()), reply(503), reply(403, "<html>"), reply(204), reply(200),
          reply(200, "null"), reply(200, "{}"), reply(200, "[{}"),
          reply(200, std::string(100'000, '['))}) {
        const auto answer = gateway.read_bookings(fault);
        CHECK(std::get<Reading>(answer).verdict == Verdict::Technical);
        CHECK(std::get<Reading>(answer).reason == Reason::None);
    }
}

}  // namespace linuxcash::oplati
