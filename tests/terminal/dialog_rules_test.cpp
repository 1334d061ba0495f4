// SPDX-License-Identifier: Apache-2.0
#include "terminal/dialog_rules.h"

#include <string>

#include "linuxcash/paysystem.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::terminal;

namespace {

host::Ask ask(std::int32_t accepts) {
    host::Ask made;
    made.accepts = host::Inputs(accepts);
    return made;
}

// "scan", "number", …, or "none".
std::string way(const host::Ask& dialog, const char* text, const char* by) {
    const auto value = accept_value(dialog, {text, by});
    return value ? std::string(host::name(value->entered_by)) : "none";
}

}  // namespace

TEST_GROUP(DialogRules){};

TEST(DialogRules, tells_the_module_how_a_value_came_in) {
    STRCMP_EQUAL("scan", way(ask(LC_ACCEPT_SCAN | LC_ACCEPT_TEXT), "abc", "scanner").c_str());
    STRCMP_EQUAL("text", way(ask(LC_ACCEPT_SCAN | LC_ACCEPT_TEXT), "abc", "keyboard").c_str());
    STRCMP_EQUAL("card", way(ask(LC_ACCEPT_CARD), "123", "reader").c_str());
    STRCMP_EQUAL("card", way(ask(LC_ACCEPT_CARD), "123", "keyboard").c_str());
    STRCMP_EQUAL("scan", way(ask(LC_ACCEPT_SCAN), "123", "").c_str());
    STRCMP_EQUAL("number", way(ask(LC_ACCEPT_NUMBER | LC_ACCEPT_TEXT), "007", "").c_str());
    STRCMP_EQUAL("text", way(ask(LC_ACCEPT_NUMBER | LC_ACCEPT_TEXT), "x7", "").c_str());
}

TEST(DialogRules, refuses_ways_that_the_dialog_does_not_take) {
    STRCMP_EQUAL("none", way(ask(LC_ACCEPT_TEXT), "1", "scanner").c_str());
    STRCMP_EQUAL("none", way(ask(LC_ACCEPT_SCAN), "1", "keyboard").c_str());
    STRCMP_EQUAL("none", way(ask(LC_ACCEPT_TEXT), "1", "reader").c_str());
}

TEST(DialogRules, checks_the_shape_of_numbers_and_phones) {
    STRCMP_EQUAL("none", way(ask(LC_ACCEPT_NUMBER), "1.5", "").c_str());
    STRCMP_EQUAL("none", way(ask(LC_ACCEPT_NUMBER), "", "").c_str());
    STRCMP_EQUAL("decimal", way(ask(LC_ACCEPT_DECIMAL), "1.5", "").c_str());
    STRCMP_EQUAL("none", way(ask(LC_ACCEPT_DECIMAL), "1e5", "").c_str());
    STRCMP_EQUAL("phone", way(ask(LC_ACCEPT_PHONE), "+375291234567", "").c_str());
    STRCMP_EQUAL("none", way(ask(LC_ACCEPT_PHONE), "12345", "").c_str());
    STRCMP_EQUAL("none", way(ask(LC_ACCEPT_PHONE), "+375-29", "").c_str());
}

TEST(DialogRules, keeps_to_length_and_limits) {
    host::Ask dialog = ask(LC_ACCEPT_TEXT);
    dialog.max_length = 3;
    STRCMP_EQUAL("text", way(dialog, "абв", "").c_str());
    STRCMP_EQUAL("none", way(dialog, "абвг", "").c_str());

    dialog = ask(LC_ACCEPT_DECIMAL);
    dialog.min = "1";
    dialog.max = "10.00";
    STRCMP_EQUAL("decimal", way(dialog, "10", "").c_str());
    STRCMP_EQUAL("none", way(dialog, "10.01", "").c_str());
    STRCMP_EQUAL("none", way(dialog, "0.99", "").c_str());
}

TEST(DialogRules, uses_each_prepared_answer_once_and_in_order) {
    std::deque<Prepared> prepared{
        {host::Input::Phone, "1", 0, false},
        {host::Input::Scan, "2", 0, false},
        {std::nullopt, "", 1, false},
        {host::Input::Scan, "3", 0, false}};
    const host::Ask dialog = ask(LC_ACCEPT_SCAN);

    STRCMP_EQUAL("2", take_prepared(prepared, dialog)->text.c_str());
    STRCMP_EQUAL("3", take_prepared(prepared, dialog)->text.c_str());
    CHECK_FALSE(take_prepared(prepared, dialog).has_value());
    LONGS_EQUAL(1, take_prepared_choice(prepared)->index);
    CHECK_FALSE(take_prepared_choice(prepared).has_value());
    LONGS_EQUAL(1, prepared.size());
}

TEST(DialogRules, knows_what_logs_must_not_show) {
    CHECK(is_sensitive(ask(LC_ACCEPT_CARD)));
    CHECK(is_sensitive(ask(LC_ACCEPT_SCAN)));
    CHECK(is_sensitive(ask(LC_ACCEPT_PHONE)));
    CHECK_FALSE(is_sensitive(ask(LC_ACCEPT_DECIMAL)));
    host::Ask masked = ask(LC_ACCEPT_TEXT);
    masked.masked = true;
    CHECK(is_sensitive(masked));
}
