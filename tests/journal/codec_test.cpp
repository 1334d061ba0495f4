// SPDX-License-Identifier: Apache-2.0
#include "journal/codec.h"

#include <string>

#include "journal/workbench.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::Currency;
using linuxcash::ErrorCode;
using linuxcash::Money;
using linuxcash::core::Discharged;
using linuxcash::core::Ended;
using linuxcash::core::Fact;
using linuxcash::core::HostSettled;
using linuxcash::core::Intent;
using linuxcash::core::Learned;
using linuxcash::core::ObligationKind;
using linuxcash::core::OperationKind;
using linuxcash::core::Outcome;
using linuxcash::core::Owed;
using linuxcash::core::Reason;
using linuxcash::core::Settled;
using linuxcash::journal::decode;
using linuxcash::journal::encode;
using linuxcash::journal::expect;
using linuxcash::journal::intent;
using linuxcash::journal::kind_of;
using linuxcash::journal::operation;

namespace {

constexpr const char* kIntent =
    R"({"kind":"pay","type":20,"receipt":"r-1","number":7,"shift":"3",)"
    R"("sum":"24.50","currency":"BYN","order":"1-3-7-0000000000","cashier":"Кассир 1"})";

// Written and read again it is the same; gives what was written.
std::string there_and_back(const Fact& fact) {
    const std::string body = expect(encode(fact));
    CHECK(expect(decode(kind_of(fact), body)) == fact);
    return std::string(kind_of(fact)) + " " + body;
}

std::string refusal(const char* kind, const std::string& body) {
    const auto fact = decode(kind, body);
    CHECK(!fact.ok());
    CHECK(fact.error().code == ErrorCode::Damaged);
    return fact.error().text.russian();
}

}  // namespace

TEST_GROUP(Codec){};

TEST(Codec, an_intent_is_written_exactly) {
    STRCMP_EQUAL((std::string("intent ") + kIntent).c_str(), there_and_back(intent()).c_str());
}

TEST(Codec, an_intent_keeps_target_kind_and_currency) {
    Intent refund = intent();
    refund.kind = OperationKind::RefundUndo;
    refund.target = operation(0xAB);
    refund.sum = Money(1, *Currency::parse("RUB"));
    refund.receipt_number = 9'007'199'254'740'993;  // no floating point would keep it

    STRCMP_CONTAINS(
        R"("number":9007199254740993,"shift":"3","sum":"0.01","currency":"RUB")",
        there_and_back(refund).c_str());
}

TEST(Codec, the_other_facts_are_written_exactly) {
    STRCMP_EQUAL(R"(learned {"payment":"42"})", there_and_back(Learned{"42"}).c_str());
    STRCMP_EQUAL(
        R"(ended {"outcome":"declined","reason":"not_enough_money","text":"Мало \"денег\"\n"})",
        there_and_back(Ended{Outcome::Declined, Reason::NotEnoughMoney, "Мало \"денег\"\n"})
            .c_str());
    STRCMP_EQUAL(
        R"(owed {"what":"refund","order":"x"})",
        there_and_back(Owed{ObligationKind::Refund, "x"}).c_str());
    STRCMP_EQUAL(R"(discharged {"how":""})", there_and_back(Discharged{}).c_str());
    STRCMP_EQUAL(
        R"(settled {"word":"undone"})", there_and_back(HostSettled{Settled::Undone}).c_str());
}

TEST(Codec, every_word_of_every_list_comes_back) {
    for (int i = 0; i <= static_cast<int>(Outcome::Done); ++i)
        (void)there_and_back(Ended{static_cast<Outcome>(i), Reason::None, ""});
    for (int i = 0; i <= static_cast<int>(Reason::Internal); ++i)
        (void)there_and_back(Ended{Outcome::Unknown, static_cast<Reason>(i), ""});
    for (int i = 0; i <= static_cast<int>(ObligationKind::Confirm); ++i)
        (void)there_and_back(Owed{static_cast<ObligationKind>(i), ""});
}

TEST(Codec, members_of_later_versions_are_passed_over) {
    CHECK(expect(decode("learned", R"({"new":{"a":[1]},"payment":"42"})")) == Fact(Learned{"42"}));
}

TEST(Codec, a_missing_member_is_named) {
    STRCMP_CONTAINS("нет поля payment", refusal("learned", "{}").c_str());
}

TEST(Codec, a_member_of_another_type_is_named) {
    STRCMP_CONTAINS("поля payment", refusal("learned", R"({"payment":42})").c_str());
}

TEST(Codec, each_member_of_an_intent_is_needed) {
    const std::string whole = kIntent;
    for (const char* member :
         {"kind", "type", "receipt", "number", "shift", "sum", "currency", "order", "cashier"}) {
        std::string body = whole;
        body.replace(body.find("\"" + std::string(member) + "\":") + 1, 1, "X");

        STRCMP_CONTAINS(member, refusal("intent", body).c_str());
    }
}

TEST(Codec, wrong_values_are_named) {
    const auto with = [](const std::string& from, const std::string& to) {
        std::string body = kIntent;
        return body.replace(body.find(from), from.size(), to);
    };

    STRCMP_CONTAINS("поля sum", refusal("intent", with("24.50", "24.505")).c_str());
    STRCMP_CONTAINS("поля currency", refusal("intent", with("BYN", "XXX")).c_str());
    STRCMP_CONTAINS("поля kind", refusal("intent", with("pay", "buy")).c_str());
    STRCMP_CONTAINS("поля type", refusal("intent", with(":20", ":3000000000")).c_str());
    STRCMP_CONTAINS("поля number", refusal("intent", with(":7", ":7.0")).c_str());
    STRCMP_CONTAINS("поля target", refusal("intent", with("{", R"({"target":"ab",)")).c_str());
}

TEST(Codec, an_unknown_kind_is_damage) {
    STRCMP_CONTAINS("«surprise»", refusal("surprise", "{}").c_str());
}

TEST(Codec, what_is_not_json_is_damage) {
    (void)refusal("learned", "payment=42");
    (void)refusal("learned", "");
    (void)refusal("learned", "[]");
}

TEST(Codec, text_that_could_not_be_read_again_is_not_written) {
    const auto body = encode(Learned{"\xFF\xFE"});

    CHECK(!body.ok());
    CHECK(body.error().code == ErrorCode::InvalidInput);
}
