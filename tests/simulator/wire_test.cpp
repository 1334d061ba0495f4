// SPDX-License-Identifier: Apache-2.0
#include "simulator/oplati/wire.h"

#include <string>

#include "simulator/till.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::simulator;
using namespace linuxcash::simulator::oplati;

namespace {

const std::string kDetails =
    R"("details":{"amountTotal":10.00,"items":[{"type":1,"name":"x","cost":10.00}]})";

Result<ChargeOrder> charge(const std::string& body, bool strict = false) {
    HttpRequest request;
    request.headers = {{"content-type", "application/json; charset=utf-8"}};
    request.body = body;
    return parse_charge(request, {"OPL000011111", strict});
}

std::string with(const std::string& members) {
    return "{" + members + "," + kDetails + "}";
}

}  // namespace

TEST_GROUP(OplatiWire){};

TEST(OplatiWire, a_whole_charge_is_read) {
    const auto order = charge(with(
        R"("sum":10.00,"orderNumber":"A-1","sessionId":7,"shift":"s","regNum":"OPL000011111")"));

    LONGS_EQUAL(1000, order->sum.minor());
    STRCMP_EQUAL("A-1", order->order_number.c_str());
    LONGS_EQUAL(7, *order->session_id);
    STRCMP_EQUAL("s", order->shift.c_str());
}

TEST(OplatiWire, a_sum_may_be_a_string_as_some_clients_send_it) {
    LONGS_EQUAL(
        1000, charge(with(R"("sum":"10.00","orderNumber":"A","authCode":"c")"))->sum.minor());
}

TEST(OplatiWire, a_charge_without_what_it_needs_is_refused) {
    for (const char* members :
         {R"("orderNumber":"A","sessionId":7)", R"("sum":0.00,"orderNumber":"A","sessionId":7)",
          R"("sum":-1.00,"orderNumber":"A","sessionId":7)",
          R"("sum":1.005,"orderNumber":"A","sessionId":7)",
          R"("sum":1e1,"orderNumber":"A","sessionId":7)",
          R"("sum":99999999999999.00,"orderNumber":"A","sessionId":7)",
          R"("sum":10.00,"sessionId":7)", R"("sum":10.00,"orderNumber":"","sessionId":7)",
          R"("sum":10.00,"orderNumber":"a b","sessionId":7)",
          R"("sum":10.00,"orderNumber":"1234567890123456789012345678901234567","sessionId":7)",
          R"("sum":10.00,"orderNumber":"A")",
          R"("sum":10.00,"orderNumber":"A","sessionId":7,"authCode":"c")",
          R"("sum":10.00,"orderNumber":"A","authCode":"")",
          R"("sum":10.00,"orderNumber":"A","sessionId":7,"shift":1)",
          R"("sum":10.00,"orderNumber":"A","sessionId":7,"regNum":"OPL000099999")"}) {
        CHECK_FALSE_TEXT(charge(with(members)).ok(), members);
    }
}

TEST(OplatiWire, details_need_a_total_and_items) {
    const std::string head = R"({"sum":10.00,"orderNumber":"A","sessionId":7)";
    for (const char* details :
         {"", R"(,"details":{})", R"(,"details":{"amountTotal":10.00})",
          R"(,"details":{"amountTotal":10.00,"items":[]})",
          R"(,"details":{"amountTotal":9.00,"items":[{"type":1,"name":"x","cost":9.00}]})",
          R"(,"details":{"amountTotal":10.00,"items":[{"type":5,"name":"x","cost":10.00}]})",
          R"(,"details":{"amountTotal":10.00,"items":[{"type":1,"name":"","cost":10.00}]})",
          R"(,"details":{"amountTotal":10.00,"items":[{"type":1,"name":"x"}]})"}) {
        CHECK_FALSE_TEXT(charge(head + details + "}").ok(), details);
    }
}

TEST(OplatiWire, arithmetic_is_checked_only_when_asked) {
    const std::string body =
        R"({"sum":10.00,"orderNumber":"A","sessionId":7,"details":{"amountTotal":10.00,)"
        R"("items":[{"type":1,"name":"x","cost":9.00}]}})";

    CHECK(charge(body).ok());
    CHECK_FALSE(charge(body, true).ok());
}

TEST(OplatiWire, discounts_and_mixed_payments_add_up) {
    const std::string body =
        R"({"sum":6.00,"orderNumber":"A","sessionId":7,"details":{"amountTotal":9.50,)"
        R"("payments":[{"type":1,"sum":6.00},{"type":3,"sum":3.50}],)"
        R"("items":[{"type":1,"name":"x","cost":10.00,)"
        R"("modifiers":[{"type":1,"sum":1.00},{"type":2,"sum":0.50}]}]}})";

    CHECK(charge(body, true).ok());
}

TEST(OplatiWire, the_own_part_of_a_mixed_payment_must_be_the_sum) {
    const std::string body =
        R"({"sum":6.00,"orderNumber":"A","sessionId":7,"details":{"amountTotal":9.50,)"
        R"("payments":[{"type":1,"sum":5.00},{"type":3,"sum":4.50}],)"
        R"("items":[{"type":1,"name":"x","cost":9.50}]}})";

    CHECK_FALSE(charge(body, true).ok());
}

TEST(OplatiWire, another_payment_of_the_receipt_may_be_oplatis_too) {
    const std::string body =
        R"({"sum":6.00,"orderNumber":"A","sessionId":7,"details":{"amountTotal":9.50,)"
        R"("payments":[{"type":1,"sum":6.00},{"type":1,"sum":3.50}],)"
        R"("items":[{"type":1,"name":"x","cost":9.50}]}})";

    CHECK(charge(body, true).ok());
}

TEST(OplatiWire, a_body_that_is_no_json_object_is_refused) {
    for (const char* body : {"", "nonsense", "[]", R"({"sum":1,"sum":2})"}) {
        CHECK_FALSE(charge(body).ok());
    }
}

TEST(OplatiWire, a_body_of_another_type_is_refused) {
    HttpRequest request;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    request.body = "{}";

    CHECK_FALSE(parse_body(request).ok());
}

TEST(OplatiWire, a_sum_is_a_number_with_two_places) {
    Payment payment;
    payment.sum = *Money::parse("24.5", Currency());

    const std::string text = payment_document(payment, false).str();

    CHECK(text.find("\"sum\":24.50,") != std::string::npos);
}
