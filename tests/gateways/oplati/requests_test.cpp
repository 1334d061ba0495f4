// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "gateways/oplati/charge_body.h"
#include "scene.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::oplati {
namespace {

std::string header(const core::Request& request, const std::string& name) {
    for (const core::Header& each : request.headers) {
        if (each.name == name) return each.value;
    }
    return {};
}

std::string printed(const core::slip::Slip& slip) {
    constexpr int kColumns = 40;
    std::string paper;
    for (const std::string& line : core::slip::plain_text(slip, kColumns))
        paper += line + '\n';
    return paper;
}

}  // namespace

TEST_GROUP(OplatiRequests) {
    const Oplati gateway{token_settings()};
    const Oplati with_password{password_settings()};
    core::Payment asked = payment();

    void setup() override {
        asked.session[kSessionId] = "918273";
        asked.session[kReady] = "1";
        asked.payment_id = "500123";
    }

    void check_body(const std::string& body, const char* file) {
        STRCMP_EQUAL(data_file(file).c_str(), body.c_str());
    }
};

TEST(OplatiRequests, charge_a_mixed_receipt_with_a_discount) {
    const core::Call call = gateway.charge(asked);

    CHECK(call.request.method == "POST");
    CHECK(call.request.url == "http://127.0.0.1:8080/ms-pay/pos/payments");
    CHECK(header(call.request, "regNum") == "OPL000011111");
    CHECK(header(call.request, "Content-Type") == "application/json");
    CHECK(call.request.secret_headers.empty());
    CHECK(call.bears_secret);
    CHECK(call.moves_money);
    CHECK(call.request.fresh_connection);
    LONGS_EQUAL(10'000, call.request.timeout_ms);
    check_body(call.request.body, "charge_mixed.json");
}

TEST(OplatiRequests, charge_services_surcharges_and_every_kind_of_other_payment) {
    Settings settings = token_settings();
    settings.footer = "Спасибо за покупку";
    asked.receipt.lines = {milk(), delivery(), milk()};
    asked.receipt.lines[2].discount = byn(-25);
    asked.receipt.lines[2].total = byn(3525);
    asked.receipt.lines[2].barcode.clear();
    asked.receipt.total = byn(7707);
    asked.sum = byn(1707);
    asked.receipt.payments = {
        {2, core::PaymentKind::Card, "Карта", byn(4000)},
        {9, core::PaymentKind::Other, "Подарочная карта", byn(2000)}};

    check_body(Oplati{settings}.charge(asked).request.body, "charge_services.json");
}

TEST(OplatiRequests, charge_the_second_of_two_oplati_payments_beside_cash) {
    asked.type = 20;
    asked.sum = byn(1450);
    asked.receipt.payments = {
        {20, core::PaymentKind::Other, "О!плати", byn(1000)},
        {1, core::PaymentKind::Cash, "Наличные", byn(1000)}};

    check_body(gateway.charge(asked).request.body, "charge_two_oplati.json");
}

TEST(OplatiRequests, take_no_payment_for_an_oplati_payment_while_their_own_type_is_unknown) {
    asked.receipt.payments = {{0, core::PaymentKind::Other, "", byn(1000)}};

    const std::string body = gateway.charge(asked).request.body;

    CHECK(body.find(R"({"type":99,"name":"Другая оплата","sum":10.00})") != std::string::npos);
}

TEST(OplatiRequests, charge_lines_that_do_not_make_up_the_receipt_as_one_item) {
    asked.receipt.total = byn(3440);
    asked.receipt.payments.clear();

    const std::string body = gateway.charge(asked).request.body;

    CHECK(body.find(R"("amountTotal":34.40)") != std::string::npos);
    CHECK(body.ends_with(R"("items":[{"type":2,"name":"Оплата","cost":34.40}]}})"));
}

TEST(OplatiRequests, charge_a_receipt_without_lines_as_one_item) {
    asked.receipt = core::Receipt{};
    asked.cashier.clear();

    check_body(gateway.charge(asked).request.body, "charge_without_lines.json");
}

TEST(OplatiRequests, list_the_payments_only_when_they_make_up_the_receipt) {
    asked.receipt.payments.clear();

    const std::string body = gateway.charge(asked).request.body;

    CHECK(body.find(R"("amountTotal":34.50)") != std::string::npos);
    CHECK(body.find("payments") == std::string::npos);
}

TEST(OplatiRequests, name_an_item_that_has_no_name) {
    asked.receipt.lines = {milk(), milk()};
    asked.receipt.lines[0].name.clear();
    asked.receipt.lines[1].name.clear();
    asked.receipt.lines[1].code.clear();
    asked.receipt.total = byn(6900);

    const std::string body = gateway.charge(asked).request.body;

    CHECK(body.find(R"("name":"1001")") != std::string::npos);
    CHECK(body.find(R"("name":"Товар")") != std::string::npos);
}

TEST(OplatiRequests, give_no_rate_that_is_no_percentage) {
    asked.receipt.lines.front().discount = byn(3500);
    asked.receipt.lines.front().total = byn(-50);
    asked.receipt.lines.push_back(delivery());
    asked.receipt.total = byn(682);

    const std::string body = gateway.charge(asked).request.body;

    CHECK(body.find("rate") == std::string::npos);
}

TEST(OplatiRequests, ask_for_the_state_by_the_vendors_number_and_pace) {
    const core::Call call = gateway.query(asked);

    CHECK(call.request.method == "GET");
    CHECK(call.request.url == "http://127.0.0.1:8080/ms-pay/pos/payments/500123");
    CHECK(call.request.log_path == "/pos/payments/******");
    CHECK_FALSE(call.bears_secret);
    CHECK_FALSE(call.moves_money);
    CHECK_FALSE(call.request.fresh_connection);
    LONGS_EQUAL(5'000, call.pace_ms);
}

TEST(OplatiRequests, ask_for_the_list_of_the_shift_without_dates_that_a_wrong_clock_could_spoil) {
    const core::Call call = gateway.list("22112026-3 а");

    CHECK(
        call.request.url
        == "http://127.0.0.1:8080/ms-pay/pos/paymentReports?shift=22112026-3%20%D0%B0");
    CHECK(call.request.log_path == "/pos/paymentReports");
    CHECK_FALSE(call.bears_secret);
}

TEST(OplatiRequests, undo_by_our_own_number) {
    asked.order_number = "1-3-17/KW 0";

    const core::Call call = gateway.undo(asked);

    CHECK(call.request.method == "DELETE");
    CHECK(call.request.url == "http://127.0.0.1:8080/ms-pay/pos/payments/1-3-17%2FKW%200");
    CHECK(call.request.log_path.find("KW") == std::string::npos);
    CHECK(call.bears_secret);
    CHECK(call.moves_money);
    CHECK(call.request.fresh_connection);
    CHECK(call.request.body.empty());
}

TEST(OplatiRequests, undo_by_the_vendors_number_where_the_settings_say_so_and_it_is_known) {
    Settings settings = token_settings();
    settings.undo_key = UndoKey::PaymentId;
    const Oplati by_id{settings};

    CHECK(by_id.undo(asked).request.url.ends_with("/pos/payments/500123"));
    asked.payment_id.clear();
    CHECK(by_id.undo(asked).request.url.ends_with("/pos/payments/1-3-17-KW00000000"));
}

TEST(OplatiRequests, undo_a_refund_by_its_own_number) {
    core::Payment given = back();
    given.payment_id = "500200";
    Settings settings = token_settings();
    settings.undo_key = UndoKey::PaymentId;

    CHECK(gateway.undo(given).request.method == "DELETE");
    CHECK(gateway.undo(given).request.url.ends_with("/pos/payments/1-4-18-M000000000"));
    CHECK(Oplati{settings}.undo(given).request.url.ends_with("/pos/payments/500200"));
}

TEST(OplatiRequests, refund_the_returned_positions_under_a_key_of_their_own) {
    const core::Call call = gateway.refund(asked, back());

    CHECK(call.request.method == "POST");
    CHECK(call.request.url == "http://127.0.0.1:8080/ms-pay/pos/payments/500123/reversals");
    CHECK(call.moves_money);
    CHECK(call.bears_secret);
    CHECK(call.request.fresh_connection);
    check_body(call.request.body, "refund_part.json");
}

TEST(OplatiRequests, refund_several_positions_with_their_discounts) {
    core::Payment given = back();
    given.receipt.lines = {milk(), delivery()};
    given.receipt.total = byn(4182);
    given.sum = byn(4182);

    check_body(gateway.refund(asked, given).request.body, "refund_whole.json");
}

TEST(OplatiRequests, refund_the_buyers_part_of_a_mixed_receipt_as_one_item) {
    core::Payment given = back();
    given.sum = byn(1000);

    check_body(gateway.refund(asked, given).request.body, "refund_mixed.json");
}

TEST(OplatiRequests, refund_what_no_receipt_is_known_of_as_one_item) {
    core::Payment given = back();
    given.receipt = core::Receipt{};
    given.cashier.clear();

    check_body(gateway.refund(asked, given).request.body, "refund_without_lines.json");
}

TEST(OplatiRequests, refund_under_the_same_key_each_time) {
    CHECK(gateway.refund_number(asked) == "1-3-17-KW00000000R");
}

TEST(OplatiRequests, probe_the_link_with_no_secret_and_no_session) {
    for (const Oplati* each : {&gateway, &with_password}) {
        const core::Call call = each->probe();
        CHECK(call.request.method == "GET");
        CHECK(call.request.url == "http://127.0.0.1:8080/ms-pay/pos/consumerStatus");
        CHECK(call.request.fresh_connection);
        CHECK(call.request.secret_headers.empty());
        CHECK_FALSE(call.bears_secret);
        CHECK_FALSE(call.moves_money);
    }
}

TEST(OplatiRequests, bear_the_token_once_it_is_signed) {
    core::Request request = gateway.charge(asked).request;

    gateway.sign(request, Secret("first"));
    gateway.sign(request, Secret("second"));

    LONGS_EQUAL(1, request.secret_headers.size());
    CHECK(request.secret_headers.front().first == "token");
    CHECK(request.secret_headers.front().second.reveal() == "second");
}

TEST(OplatiRequests, bear_nothing_when_there_is_no_token) {
    core::Request request = gateway.charge(asked).request;

    gateway.sign(request, std::nullopt);
    gateway.sign(request, Secret(""));

    CHECK(request.secret_headers.empty());
}

TEST(OplatiRequests, bear_the_password_in_password_mode_on_reads_too) {
    core::Request charge = with_password.charge(asked).request;
    with_password.sign(charge, std::nullopt);

    for (const core::Request& request :
         {charge, with_password.query(asked).request, with_password.list("22112026-3").request}) {
        LONGS_EQUAL(1, request.secret_headers.size());
        CHECK(request.secret_headers.front().first == "password");
        CHECK(request.secret_headers.front().second.reveal() == "canary-password");
    }
}

TEST(OplatiRequests, keep_reads_free_of_secrets_in_token_mode) {
    CHECK(gateway.query(asked).request.secret_headers.empty());
    CHECK(gateway.list("22112026-3").request.secret_headers.empty());
}

TEST(OplatiRequests, show_no_secret_and_no_whole_number_in_logs) {
    for (const core::Call& call :
         {gateway.charge(asked), gateway.query(asked), gateway.list("22112026-3"),
          gateway.undo(asked), gateway.refund(asked, back()), with_password.query(asked)}) {
        CHECK(call.request.log_path.find("500123") == std::string::npos);
        CHECK(call.request.log_path.find("KW00000000") == std::string::npos);
        CHECK(call.request.url.find("canary") == std::string::npos);
        CHECK(call.request.body.find("canary") == std::string::npos);
    }
}

TEST(OplatiRequests, take_their_rules_from_the_settings) {
    Settings settings = token_settings();
    settings.timeout_s = 7;
    settings.confirm_wait_s = 11;
    settings.doubt_wait_s = 12;
    settings.gone_grace_s = 13;
    settings.status_pace_ms = 14;
    settings.session_keep_s = 15;
    const Oplati tuned{settings};

    const core::Rules& rules = tuned.rules();

    LONGS_EQUAL(7'000, rules.charge_timeout_ms);
    LONGS_EQUAL(11'000, rules.confirm_wait_ms);
    LONGS_EQUAL(12'000, rules.doubt_wait_ms);
    LONGS_EQUAL(13'000, rules.gone_grace_ms);
    LONGS_EQUAL(14, rules.query_every_ms);
    LONGS_EQUAL(15'000, rules.session_keep_ms);
    CHECK(rules.blocks_while_owing);
    LONGS_EQUAL(1, rules.currencies.size());
    CHECK(rules.currencies.front().code() == "BYN");
    LONGS_EQUAL(7'000, tuned.probe().request.timeout_ms);
}

TEST(OplatiRequests, word_faults_as_prescribed) {
    const core::Wording& wording = gateway.wording();

    STRCMP_EQUAL("О!плати", wording.title.russian().c_str());
    STRCMP_EQUAL("Ошибка обращения к серверу", wording.server_error.russian().c_str());
    STRCMP_EQUAL(
        "Возможность проведения операций с использованием платежной системы \"\x4f!плати\" "
        "временно "
        "недоступна",
        wording.unavailable.russian().c_str());
    STRCMP_EQUAL(
        "Ошибка соединения с сервером. Операция отмены в очереди будет выполнена после "
        "восстановления "
        "связи с сервером",
        wording.undo_queued.russian().c_str());
}

TEST(OplatiRequests, put_the_payment_on_a_short_slip) {
    const std::string paper = printed(gateway.payment_slip(asked));

    STRCMP_CONTAINS("Оплата О!плати", paper.c_str());
    STRCMP_CONTAINS("1-3-17-KW00000000", paper.c_str());
    STRCMP_CONTAINS("Номер платежа", paper.c_str());
    STRCMP_CONTAINS("500123", paper.c_str());
    STRCMP_CONTAINS("24.50 BYN", paper.c_str());
}

TEST(OplatiRequests, put_the_refund_on_a_short_slip) {
    core::Payment given = back();
    given.payment_id = "500200";

    const std::string paper = printed(gateway.payment_slip(given));

    STRCMP_CONTAINS("Возврат О!плати", paper.c_str());
    STRCMP_CONTAINS("1-4-18-M000000000", paper.c_str());
    STRCMP_CONTAINS("Номер возврата", paper.c_str());
    STRCMP_CONTAINS("500200", paper.c_str());
    STRCMP_CONTAINS("17.25 BYN", paper.c_str());
}

}  // namespace linuxcash::oplati
