// SPDX-License-Identifier: Apache-2.0
#include "sales/request.h"

#include <string>

#include "scene.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::sales {

namespace {

constexpr std::int64_t kDayMs = 86'400'000;
// Midnight of 2023-11-15, three hours east.
constexpr std::int64_t kMidnight = 1'699'995'600'000;

}  // namespace

TEST_GROUP(SalesRequest) {
    MinskTime zone;

    static std::string complaint(const std::string& text) {
        const auto spans = parse_request(text);
        return spans ? "none" : spans.error().text.russian();
    }
};

TEST(SalesRequest, includes_the_first_and_the_last_day) {
    const auto spans = parse_request("###\n15.11.2023-16.11.2023");

    CHECK(spans.ok());
    LONGS_EQUAL(1, spans->size());
    CHECK((spans->front() == Span{kMidnight, kMidnight + 2 * kDayMs}));
}

TEST(SalesRequest, may_name_several_spans) {
    const auto spans = parse_request("###\n15.11.2023-15.11.2023\n01.12.2023-01.01.2024\n");

    LONGS_EQUAL(2, spans->size());
}

TEST(SalesRequest, may_come_from_another_system) {
    CHECK(parse_request("\xEF\xBB\xBF###\r\n 15.11.2023-16.11.2023 \r\n\r\n").ok());
}

TEST(SalesRequest, names_the_line_that_is_wrong) {
    STRCMP_CONTAINS("строка 2", complaint("###\nвчера").c_str());
    STRCMP_CONTAINS("ДД.ММ.ГГГГ", complaint("###\nвчера").c_str());
    STRCMP_CONTAINS("строка 1", complaint("15.11.2023-16.11.2023").c_str());
}

TEST(SalesRequest, refuses_days_that_do_not_exist) {
    for (const char* days :
         {"31.02.2023-01.03.2023", "00.01.2023-01.03.2023", "01.13.2023-01.13.2023",
          "1.11.2023-2.11.2023", "15.11.23-16.11.23", "-1.11.2023-15.11.2023"})
        CHECK(complaint(std::string("###\n") + days) != "none");
}

TEST(SalesRequest, refuses_a_span_that_ends_before_it_begins) {
    CHECK(complaint("###\n16.11.2023-15.11.2023") != "none");
}

TEST(SalesRequest, refuses_a_request_for_nothing) {
    STRCMP_CONTAINS("###", complaint("").c_str());
    CHECK(complaint("###\n") != "none");
}

TEST(SalesRequest, quotes_no_more_than_a_piece_of_a_long_line) {
    CHECK(complaint("###\n" + std::string(5000, 'x')).size() < 300);
}

}  // namespace linuxcash::sales
