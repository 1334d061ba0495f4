// SPDX-License-Identifier: Apache-2.0
// The buyer's loyalty card in every mode, and the payment that follows in the same session.
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "gateways/oplati/charge_body.h"
#include "gateways/oplati/loyalty_cards.h"
#include "scene.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::oplati {
namespace {

using core::Call;
using core::Preparation;
using core::Prepared;
using core::Progress;
using core::Question;
using core::Ready;
using core::Refusal;
using core::TryAgain;

constexpr const char* kCards =
    R"("loyaltyCards":[{"number":"2200000000017","name":"Клуб"},{"number":2200000000024}])";

std::string document(const std::string& members) {
    return '{' + members + '}';
}

std::vector<core::LoyaltyCard> cards_of(const std::string& array) {
    return loyalty_cards(*json::parse(document("\"loyaltyCards\":" + array)));
}

}  // namespace

TEST_GROUP(OplatiCards) {
    core::Payment asked = payment();

    void learn(const Prepared& outcome) {
        for (const auto& [key, value] : std::get<Progress>(outcome).learned)
            asked.session[key] = value;
    }

    void check_cards(const Prepared& outcome) {
        const auto& cards = std::get<Progress>(outcome).cards;
        LONGS_EQUAL(2, cards.size());
        CHECK(cards.front() == (core::LoyaltyCard{"2200000000017", "Клуб"}));
        CHECK(cards.back() == (core::LoyaltyCard{"2200000000024", ""}));
    }

    // The code is scanned and shown to O!плати, which answers so.
    Prepared shown_to(const Oplati& gateway, const core::Reply& answer) {
        asked.session[kAuthCode] = " Фис12\r\n";
        return gateway.prepared(asked, "demandPayment", answer);
    }
};

// ---- Sessions: static and dynamic code ----

TEST(OplatiCards, come_with_the_buyer_of_a_session) {
    for (const Mode mode : {Mode::StaticCode, Mode::DynamicCode}) {
        const Oplati gateway{token_settings(mode)};
        asked.session.clear();
        const bool pin = mode == Mode::StaticCode;

        const auto opening = std::get<Call>(gateway.prepare_card(asked));
        CHECK(opening.request.body == (pin ? R"({"paymentMode":1})" : R"({"paymentMode":3})"));
        learn(gateway.prepared(
            asked, opening.step,
            reply(
                200,
                pin ? R"({"sessionId":7,"pin":"04"})" : R"({"sessionId":7,"dynamicQR":"q"})")));
        const auto asking = std::get<Call>(gateway.prepare_card(asked));
        CHECK(asking.request.url.ends_with("/pos/consumerStatus?sessionId=7"));
        const auto there = gateway.prepared(
            asked, asking.step,
            reply(200, document(R"("isConsumerReady":true,)" + std::string(kCards))));
        learn(there);

        check_cards(there);
        CHECK(std::holds_alternative<Ready>(gateway.prepare_card(asked)));
    }
}

TEST(OplatiCards, leave_the_session_to_the_payment_that_follows) {
    for (const Mode mode : {Mode::StaticCode, Mode::DynamicCode, Mode::BuyersCode}) {
        const Oplati gateway{token_settings(mode)};
        asked.session = {{kSessionId, "7"}, {kReady, "1"}};
        if (mode == Mode::BuyersCode) asked.session[kAuthCode] = "code";

        CHECK(std::holds_alternative<Ready>(gateway.prepare(asked)));
        const std::string body = gateway.charge(asked).request.body;
        STRCMP_CONTAINS(R"("sessionId":7)", body.c_str());
        CHECK(body.find("authCode") == std::string::npos);
    }
}

TEST(OplatiCards, are_not_seen_before_the_buyer_is_there) {
    const Oplati gateway{token_settings()};

    const auto waiting = gateway.prepared(
        asked, "consumerStatus",
        reply(200, document(R"("isConsumerReady":false,)" + std::string(kCards))));

    CHECK(std::get<Progress>(waiting).cards.empty());
    LONGS_EQUAL(3'000, std::get<Progress>(waiting).again_after_ms);
}

TEST(OplatiCards, may_be_none) {
    const Oplati gateway{token_settings()};
    for (const char* body :
         {R"({"isConsumerReady":true})", R"({"isConsumerReady":true,"loyaltyCards":[]})",
          R"({"isConsumerReady":true,"loyaltyCards":null})",
          R"({"isConsumerReady":true,"loyaltyCards":"7"})"}) {
        const auto there = gateway.prepared(asked, "consumerStatus", reply(200, body));
        CHECK(std::get<Progress>(there).cards.empty());
        CHECK(std::get<Progress>(there).learned.count(kReady) == 1);
    }
}

// ---- The buyer's code ----

TEST(OplatiCards, begin_with_the_buyers_code) {
    const Oplati gateway{token_settings(Mode::BuyersCode)};

    const Preparation next = gateway.prepare_card(asked);

    CHECK(std::get<Question>(next).key == kAuthCode);
}

TEST(OplatiCards, are_asked_for_with_the_code_in_the_latin_layout) {
    const Oplati gateway{token_settings(Mode::BuyersCode)};
    asked.session[kAuthCode] = " Фис12\r\n";

    const auto call = std::get<Call>(gateway.prepare_card(asked));

    CHECK(call.request.method == "POST");
    CHECK(call.request.url == "http://127.0.0.1:8080/ms-pay/pos/demandPayment");
    STRCMP_EQUAL(R"({"paymentMode":2,"authCode":"Abc12"})", call.request.body.c_str());
    CHECK(call.bears_secret);
    CHECK(call.request.fresh_connection);
    CHECK_FALSE(call.moves_money);
}

TEST(OplatiCards, come_with_the_reply_to_the_code_and_its_session_pays) {
    const Oplati gateway{token_settings(Mode::BuyersCode)};
    const auto outcome = shown_to(
        gateway,
        reply(
            200, document(R"("sessionId":918273,"isConsumerReady":true,)" + std::string(kCards))));
    learn(outcome);

    check_cards(outcome);
    CHECK_FALSE(std::get<Progress>(outcome).screen.has_value());
    CHECK(std::holds_alternative<Ready>(gateway.prepare_card(asked)));
    CHECK(std::holds_alternative<Ready>(gateway.prepare(asked)));
    const std::string body = gateway.charge(asked).request.body;
    STRCMP_CONTAINS(R"("sessionId":918273)", body.c_str());
    CHECK(body.find("authCode") == std::string::npos);
}

TEST(OplatiCards, may_come_later_than_the_session_of_the_code) {
    const Oplati gateway{token_settings(Mode::BuyersCode)};
    const auto outcome =
        shown_to(gateway, reply(200, R"({"sessionId":918273,"isConsumerReady":false})"));
    learn(outcome);

    STRCMP_EQUAL(
        "Ожидается ответ приложения О!плати",
        std::get<Progress>(outcome).screen->text.russian().c_str());
    LONGS_EQUAL(120'000, std::get<Progress>(outcome).screen->limit_ms);
    const auto call = std::get<Call>(gateway.prepare_card(asked));
    CHECK(call.request.url.ends_with("/pos/consumerStatus?sessionId=918273"));
}

TEST(OplatiCards, leave_the_code_to_the_payment_while_its_session_is_not_ready) {
    const Oplati gateway{token_settings(Mode::BuyersCode)};
    learn(shown_to(gateway, reply(200, R"({"sessionId":918273,"isConsumerReady":false})")));

    CHECK(std::holds_alternative<Ready>(gateway.prepare(asked)));
    const std::string body = gateway.charge(asked).request.body;
    STRCMP_CONTAINS(R"("authCode":"Abc12")", body.c_str());
    CHECK(body.find("sessionId") == std::string::npos);
}

TEST(OplatiCards, are_done_without_when_oplati_opens_no_session_for_a_code) {
    const Oplati gateway{token_settings(Mode::BuyersCode)};
    for (const auto& refusal :
         {reply(400, error_document()), reply(400), reply(404, error_document()),
          reply(405, "\r\n"), reply(409, error_document()), reply(422, error_document())}) {
        asked.session.clear();
        const auto outcome = shown_to(gateway, refusal);
        learn(outcome);

        CHECK(std::get<Progress>(outcome).cards.empty());
        CHECK(std::holds_alternative<Ready>(gateway.prepare_card(asked)));
        CHECK(std::holds_alternative<Ready>(gateway.prepare(asked)));
        STRCMP_CONTAINS(R"("authCode":"Abc12")", gateway.charge(asked).request.body.c_str());
    }
}

TEST(OplatiCards, are_taken_from_a_reply_that_names_no_session) {
    const Oplati gateway{token_settings(Mode::BuyersCode)};
    const auto outcome = shown_to(gateway, reply(200, document(kCards)));
    learn(outcome);

    check_cards(outcome);
    CHECK(std::holds_alternative<Ready>(gateway.prepare_card(asked)));
    STRCMP_CONTAINS(R"("authCode":"Abc12")", gateway.charge(asked).request.body.c_str());
}

TEST(OplatiCards, name_the_credentials_when_they_are_refused) {
    const Oplati gateway{token_settings(Mode::BuyersCode)};
    for (const int status : {401, 403}) {
        const auto outcome = shown_to(gateway, reply(status, error_document()));
        CHECK(std::get<Refusal>(outcome).reason == core::Reason::Access);
    }
}

TEST(OplatiCards, are_refused_by_garbage_and_tried_again_after_faults) {
    const Oplati gateway{token_settings(Mode::BuyersCode)};
    for (const char* body : {"", "garbage", "[]", "17"})
        CHECK(std::holds_alternative<Refusal>(shown_to(gateway, reply(200, body))));
    for (const auto& fault :
         {reply(401), reply(403, "<html>"), reply(408), reply(429, error_document()),
          reply(500, error_document()), reply(503, "<html>"), reply(404, "<html>")})
        CHECK(std::holds_alternative<TryAgain>(shown_to(gateway, fault)));
}

TEST(OplatiCards, need_a_code_that_can_be_one) {
    const Oplati gateway{token_settings(Mode::BuyersCode)};
    asked.session[kAuthCode] = " ";

    CHECK(std::holds_alternative<Refusal>(gateway.prepare_card(asked)));
}

// ---- Every mode ----

TEST(OplatiCards, need_a_register_with_a_number_and_a_sale) {
    for (const Mode mode : {Mode::BuyersCode, Mode::StaticCode, Mode::DynamicCode}) {
        Settings unset;
        unset.mode = mode;
        CHECK(
            std::get<Refusal>(Oplati{unset}.prepare_card(asked)).reason
            == core::Reason::NotConfigured);
        CHECK(
            std::get<Refusal>(Oplati{token_settings(mode)}.prepare_card(back())).reason
            == core::Reason::Unsupported);
    }
}

// ---- What is a card ----

TEST(OplatiCards, are_trimmed_and_kept_in_order) {
    const auto cards =
        cards_of(R"([{"number":" A-1 b\r\n","name":" Клуб\tдрузей "},{"number":7,"name":null}])");

    LONGS_EQUAL(2, cards.size());
    CHECK(cards[0] == (core::LoyaltyCard{"A-1 b", "Клуб друзей"}));
    CHECK(cards[1] == (core::LoyaltyCard{"7", ""}));
}

TEST(OplatiCards, drop_entries_without_a_usable_number) {
    const std::string longest(64, '1');
    const auto cards = cards_of(
        R"([{},17,null,[],{"number":""},{"number":" \t "},{"number":null},{"number":true},)"
        R"({"number":1.5},{"number":-1},{"number":1e5},)"
        R"({"number":"a\u0000b"},{"number":"a\u007fb"},)"
        R"({"number":"карта"},{"number":"1)"
        + longest + R"("},{"name":"x"},{"number":")" + longest + R"("}])");

    LONGS_EQUAL(1, cards.size());
    CHECK(cards.front().number == longest);
}

TEST(OplatiCards, are_named_once_and_counted) {
    std::string many = R"([{"number":"1","name":"a"},{"number":"1","name":"b"})";
    for (int number = 2; number < 100; ++number)
        many += R"(,{"number":")" + std::to_string(number) + "\"}";

    const auto cards = cards_of(many + ']');

    LONGS_EQUAL(32, cards.size());
    CHECK(cards.front().name == "a");
    CHECK(cards.back().number == "32");
}

TEST(OplatiCards, have_names_that_fit_a_screen) {
    const auto cards =
        cards_of(R"([{"number":"1","name":"a\nb)" + std::string(500, 'x') + R"("}])");

    CHECK(cards.front().name.starts_with("a bx"));
    CHECK(cards.front().name.size() <= 103);
}

TEST(OplatiCards, stay_out_of_what_logs_show) {
    const Oplati gateway{token_settings(Mode::BuyersCode)};
    asked.session[kAuthCode] = "canary-code";

    const auto call = std::get<Call>(gateway.prepare_card(asked));

    CHECK(call.request.log_path == "/pos/demandPayment");
    CHECK(call.request.url.find("canary") == std::string::npos);
}

}  // namespace linuxcash::oplati
