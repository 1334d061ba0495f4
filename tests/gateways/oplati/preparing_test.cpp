// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <variant>

#include "gateways/oplati/charge_body.h"
#include "scene.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::oplati {
namespace {

using core::Call;
using core::Progress;
using core::Question;
using core::Ready;
using core::Refusal;
using core::TryAgain;

constexpr const char* kSession = R"({"sessionId":918273,"dynamicQR":"o-plati://till/dyn/+a/b=="})";

}  // namespace

TEST_GROUP(DynamicCode) {
    const Oplati gateway{token_settings()};
    core::Payment asked = payment();
};

TEST(DynamicCode, begins_with_a_session) {
    const auto next = gateway.prepare(asked);

    const Call& call = std::get<Call>(next);
    CHECK(call.request.method == "POST");
    CHECK(call.request.url == "http://127.0.0.1:8080/ms-pay/pos/demandPayment");
    CHECK(call.request.body == R"({"paymentMode":3})");
    CHECK(call.bears_secret);
    CHECK(call.request.fresh_connection);
    CHECK_FALSE(call.moves_money);
}

TEST(DynamicCode, shows_the_code_unchanged_with_the_prescribed_words) {
    const auto outcome = gateway.prepared(asked, "demandPayment", reply(200, kSession));

    const auto& progress = std::get<Progress>(outcome);
    STRCMP_EQUAL("Отсканируйте QR-код для оплаты", progress.screen->text.russian().c_str());
    CHECK(progress.screen->qr == "o-plati://till/dyn/+a/b==");
    CHECK(progress.screen->for_customer);
    CHECK_FALSE(progress.screen->masked);
    LONGS_EQUAL(120'000, progress.screen->limit_ms);
}

TEST(DynamicCode, asks_whether_the_buyer_is_there_at_the_vendors_pace) {
    asked.session[kSessionId] = "918273";

    const auto next = gateway.prepare(asked);

    const Call& call = std::get<Call>(next);
    CHECK(call.request.method == "GET");
    CHECK(call.request.url == "http://127.0.0.1:8080/ms-pay/pos/consumerStatus?sessionId=918273");
    CHECK(call.request.log_path == "/pos/consumerStatus");
    CHECK_FALSE(call.bears_secret);
    CHECK_FALSE(call.request.fresh_connection);
    LONGS_EQUAL(3'000, call.pace_ms);
    CHECK_FALSE(call.pace_key.empty());
}

TEST(DynamicCode, gives_a_session_that_is_a_text_back_as_a_text) {
    const auto outcome = gateway.prepared(
        asked, "demandPayment", reply(200, R"({"sessionId":"a b/1","dynamicQR":"qr"})"));
    asked.session = std::get<Progress>(outcome).learned;

    const auto next = gateway.prepare(asked);

    CHECK(std::get<Call>(next).request.url.ends_with("?sessionId=a%20b%2F1"));
    CHECK(gateway.charge(asked).request.body.find(R"("sessionId":"a b/1")") != std::string::npos);
}

TEST(DynamicCode, waits_for_the_buyer_and_charges_when_he_is_there) {
    const auto waiting =
        gateway.prepared(asked, "consumerStatus", reply(200, R"({"isConsumerReady":false})"));
    LONGS_EQUAL(3'000, std::get<Progress>(waiting).again_after_ms);
    CHECK_FALSE(std::get<Progress>(waiting).screen.has_value());

    const auto there =
        gateway.prepared(asked, "consumerStatus", reply(200, R"({"isConsumerReady":true,"x":1})"));
    LONGS_EQUAL(0, std::get<Progress>(there).again_after_ms);
    asked.session[kSessionId] = "918273";
    asked.session.merge(std::map(std::get<Progress>(there).learned));
    CHECK(std::holds_alternative<Ready>(gateway.prepare(asked)));
}

TEST(DynamicCode, tries_again_after_faults_that_pass) {
    for (const auto& fault :
         {reply(429, error_document()), reply(408), reply(409, error_document()), reply(400),
          reply(401), reply(500, error_document()), reply(502, "<html>"), reply(404, "<html>"),
          reply(200), reply(200, "garbage"), reply(200, "{}"),
          reply(200, R"({"isConsumerReady":"true"})")}) {
        const auto outcome = gateway.prepared(asked, "consumerStatus", fault);
        LONGS_EQUAL(3'000, std::get<TryAgain>(outcome).after_ms);
    }
}

TEST(DynamicCode, shows_oplatis_words_when_it_refuses) {
    const auto outcome = gateway.prepared(asked, "demandPayment", reply(400, error_document()));

    STRCMP_EQUAL("Русские слова", std::get<Refusal>(outcome).text.russian().c_str());
    CHECK(std::get<Refusal>(outcome).reason == core::Reason::GatewayRefused);
}

TEST(DynamicCode, names_the_credentials_as_the_reason_of_401_and_403) {
    for (const int status : {401, 403}) {
        const auto outcome =
            gateway.prepared(asked, "demandPayment", reply(status, error_document()));
        CHECK(std::get<Refusal>(outcome).reason == core::Reason::Access);
    }
}

TEST(DynamicCode, refuses_a_session_that_cannot_be_used) {
    for (const char* body :
         {"", "garbage", "{}", R"({"sessionId":1})", R"({"dynamicQR":"x"})",
          R"({"sessionId":"","dynamicQR":"x"})", R"({"sessionId":{},"dynamicQR":"x"})",
          R"({"sessionId":1,"dynamicQR":""})", R"({"sessionId":1,"dynamicQR":7})",
          "{\"sessionId\":1,\"dynamicQR\":\"a\\u0000b\"}"}) {
        const auto outcome = gateway.prepared(asked, "demandPayment", reply(200, body));
        CHECK(std::holds_alternative<Refusal>(outcome));
    }
    const std::string long_code =
        R"({"sessionId":1,"dynamicQR":")" + std::string(2000, 'x') + "\"}";
    CHECK(std::holds_alternative<Refusal>(
        gateway.prepared(asked, "demandPayment", reply(200, long_code))));
}

TEST(DynamicCode, makes_no_request_for_a_register_without_a_number) {
    const Oplati unset{Settings{}};

    CHECK(std::get<Refusal>(unset.prepare(asked)).reason == core::Reason::NotConfigured);
}

TEST(DynamicCode, pays_no_refund_receipt) {
    asked.receipt.type = core::ReceiptType::Refund;

    const auto refusal = std::get<Refusal>(gateway.prepare(asked));

    STRCMP_EQUAL(
        "Оплата чеков возврата через платежную систему О!плати не доступна",
        refusal.text.russian().c_str());
    CHECK(refusal.reason == core::Reason::Unsupported);
}

TEST_GROUP(StaticCode) {
    const Oplati gateway{token_settings(Mode::StaticCode)};
};

TEST(StaticCode, opens_a_session_of_its_kind) {
    CHECK(std::get<Call>(gateway.prepare(payment())).request.body == R"({"paymentMode":1})");
}

TEST(StaticCode, shows_the_confirmation_code) {
    const auto outcome =
        gateway.prepared(payment(), "demandPayment", reply(200, R"({"sessionId":7,"pin":"04"})"));

    const auto& screen = *std::get<Progress>(outcome).screen;
    STRCMP_EQUAL("Сообщите покупателю код подтверждения: 04", screen.text.russian().c_str());
    CHECK(screen.qr.empty());
    CHECK(screen.masked);
}

TEST(StaticCode, needs_the_code) {
    CHECK(std::holds_alternative<Refusal>(gateway.prepared(
        payment(), "demandPayment", reply(200, R"({"sessionId":7,"dynamicQR":"x"})"))));
}

TEST_GROUP(BuyersCode) {
    const Oplati gateway{token_settings(Mode::BuyersCode)};
    core::Payment asked = payment();
};

TEST(BuyersCode, is_asked_for_first) {
    const auto next = gateway.prepare(asked);

    CHECK(std::get<Question>(next).key == kAuthCode);
    LONGS_EQUAL(512, std::get<Question>(next).max_length);
}

TEST(BuyersCode, is_charged_without_a_session_in_the_latin_layout) {
    asked.session[kAuthCode] = " Фис12\r\n";

    CHECK(std::holds_alternative<Ready>(gateway.prepare(asked)));
    const std::string body = gateway.charge(asked).request.body;
    CHECK(body.find(R"("authCode":"Abc12")") != std::string::npos);
    CHECK(body.find("sessionId") == std::string::npos);
}

TEST(BuyersCode, is_refused_when_empty_or_endless) {
    for (const std::string& code : {std::string(" \r\n"), std::string(513, 'x')}) {
        asked.session[kAuthCode] = code;
        CHECK(std::holds_alternative<Refusal>(gateway.prepare(asked)));
    }
}

}  // namespace linuxcash::oplati
