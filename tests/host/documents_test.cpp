// SPDX-License-Identifier: Apache-2.0
#include "host/documents.h"

#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::host;

TEST_GROUP(HostDocuments){};

TEST(HostDocuments, reads_a_description_with_its_settings) {
    const auto description = read_description(
        R"({"name":"oplati","title":"О!плати","version":"0.1.0",
            "types":[{"key":"","title":"О!плати"}],"currencies":["BYN"],
            "abilities":["payment/1"],"operations":["pay","undo"],"later":1,
            "settings":[{"section":"Main","key":"timeout","type":"integer","default":"10","min":1,
            "max":120,"unit":"с","secret":false,"file":"settings","doc":"Время ожидания"},
            {"section":"Main","key":"mode","type":"choice",
             "choices":[{"value":"2","doc":"QR"}]}]})");

    CHECK(description.ok());
    STRCMP_EQUAL("О!плати", description->title.c_str());
    CHECK(description->has_operation("undo"));
    CHECK_FALSE(description->has_operation("refund"));
    LONGS_EQUAL(120, *description->settings[0].max);
    CHECK(description->settings[1].type == SettingType::Choice);
    STRCMP_EQUAL("2", description->settings[1].choices[0].value.c_str());
}

TEST(HostDocuments, refuses_a_description_without_a_name_or_with_a_strange_setting) {
    CHECK_FALSE(read_description("").ok());
    CHECK_FALSE(read_description("[]").ok());
    CHECK_FALSE(read_description(R"({"title":"x"})").ok());
    CHECK_FALSE(read_description(R"({"name":"x","settings":[{"key":"k","type":"date"}]})").ok());
    CHECK_FALSE(read_description(R"({"name":"x","settings":[{"type":"string"}]})").ok());
}

TEST(HostDocuments, reads_unclaimed_operations) {
    const auto list = read_unclaimed(
        R"([{"operation":"00112233445566778899aabbccddeeff","kind":"pay","type":20,"receipt":"u1",
             "receipt_number":17,"sum":"24.50","currency":"BYN","outcome":"approved","owed":false,
             "gateway_id":"500123","slip":{"elements":[]}},
            {"operation":"10112233445566778899aabbccddeeff","outcome":"pending","sum":"1.00",
             "currency":"XXX"}])");

    CHECK(list.ok());
    LONGS_EQUAL(2, list->size());
    CHECK((*list)[0].outcome == Outcome::Approved);
    LONGS_EQUAL(2450, (*list)[0].sum->minor());
    CHECK((*list)[0].slip.find("elements") != nullptr);
    CHECK_FALSE((*list)[1].outcome.has_value());
    CHECK_FALSE((*list)[1].sum.has_value());
}

TEST(HostDocuments, refuses_lists_of_another_shape) {
    CHECK_FALSE(read_unclaimed("{}").ok());
    CHECK_FALSE(read_unclaimed(R"([{"kind":"pay"}])").ok());
    CHECK_FALSE(read_obligations("nonsense").ok());
    CHECK_FALSE(read_obligations(R"(["x"])").ok());
}

TEST(HostDocuments, reads_obligations) {
    const auto list = read_obligations(
        R"([{"operation":"00112233445566778899aabbccddeeff","kind":"undo","system":"oplati",
             "type":20,"receipt":"u1","receipt_number":17,"sum":"24.50","age":12,"tries":3,
             "lastError":"Ошибка обращения к серверу","waitsForLink":true,"blocks":true},
            {"operation":"00112233445566778899aabbccddeefe","lastError":"Токен отклонён"}])");

    CHECK(list.ok());
    CHECK((*list)[0].waits_for_link);
    CHECK_FALSE((*list)[1].waits_for_link);
    LONGS_EQUAL(12, (*list)[0].age_s);
    CHECK((*list)[0].blocks);
    STRCMP_EQUAL("24.50", (*list)[0].sum.c_str());
    STRCMP_EQUAL("Ошибка обращения к серверу", (*list)[0].last_error.c_str());
}

TEST(HostDocuments, takes_numbers_out_of_range_as_nothing) {
    const auto list = read_obligations(
        R"([{"operation":"00112233445566778899aabbccddeeff","type":99999999999999}])");

    CHECK(list.ok());
    LONGS_EQUAL(0, (*list)[0].type);
}
