// SPDX-License-Identifier: Apache-2.0
// A payment of a mixed receipt, settings of a register, and replies to read. One thread.
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "gateways/oplati/gateway.h"

namespace linuxcash::oplati {

inline Settings token_settings(Mode mode = Mode::DynamicCode) {
    Settings settings;
    settings.url = "http://127.0.0.1:8080/ms-pay";
    settings.reg_num = "OPL000011111";
    settings.mode = mode;
    return settings;
}

inline Settings password_settings() {
    Settings settings = token_settings();
    settings.password = Secret("canary-password");
    return settings;
}

inline Money byn(std::int64_t kopecks) {
    return {kopecks, Currency{}};
}

inline core::ReceiptLine milk() {
    core::ReceiptLine line;
    line.index = 1;
    line.code = "1001";
    line.name = "Молоко \"Минское\" 1 л";
    line.barcode = "4810000000017";
    line.unit = "шт";
    line.quantity = Decimal(2, 0);
    line.price = byn(1750);
    line.discount = byn(50);
    line.total = byn(3450);
    return line;
}

inline core::ReceiptLine delivery() {
    core::ReceiptLine line;
    line.index = 2;
    line.name = "Доставка";
    line.type = core::LineType::Service;
    line.quantity = *Decimal::parse("0.732");
    line.price = byn(1000);
    line.total = byn(732);
    return line;
}

inline core::Receipt receipt() {
    core::Receipt paper;
    paper.uid = "uid-17";
    paper.number = 17;
    paper.desk = "1";
    paper.shift = 3;
    paper.shift_date = "2026-11-22";
    paper.cashier = "Кассир 1";
    paper.lines = {milk()};
    paper.total = byn(3450);
    return paper;
}

// 24.50 of 34.50 are to be paid by O!plati.
inline core::Payment payment() {
    core::Payment asked;
    asked.id = *OperationId::parse("9f00000000000000000000000000abcd");
    asked.sum = byn(2450);
    asked.receipt = receipt();
    asked.receipt.payments = {{1, core::PaymentKind::Cash, "Наличные", byn(1000)}};
    asked.order_number = "1-3-17-KW00000000";
    asked.shift_label = "22112026-3";
    asked.cashier = "Кассир 1";
    return asked;
}

// One of the two bottles comes back in a later shift, after the sale was paid by O!plati alone.
inline core::Payment back() {
    core::Payment given;
    given.kind = core::OperationKind::Refund;
    given.id = *OperationId::parse("a000000000000000000000000000abcd");
    given.sum = byn(1725);
    given.receipt = receipt();
    given.receipt.type = core::ReceiptType::Refund;
    given.receipt.number = 18;
    given.receipt.shift = 4;
    given.receipt.lines.front().quantity = Decimal(1, 0);
    given.receipt.lines.front().discount = byn(25);
    given.receipt.lines.front().total = byn(1725);
    given.receipt.total = byn(1725);
    given.order_number = "1-4-18-M000000000";
    given.shift_label = "23112026-4";
    given.cashier = "Кассир 2";
    return given;
}

inline core::Reply reply(int status, std::string body = {}) {
    return {status, {}, std::move(body)};
}

// A payment object of ours with that status.
inline std::string object(int status) {
    return R"({"paymentId":500123,"paymentType":1,"sum":24.50,"status":)" + std::to_string(status)
           + R"(,"orderNumber":"1-3-17-KW00000000","createdDate":"2026-11-22T14:45:00+03:00"})";
}

// The reversal object of back() with that status.
inline std::string reversal(int status) {
    return R"({"paymentId":500200,"paymentType":3,"sum":17.25,"status":)" + std::to_string(status)
           + R"(,"orderNumber":"1-4-18-M000000000","createdDate":"2026-11-23T09:10:00+03:00"})";
}

inline std::string error_document(const std::string& internal_code = "SOME_CODE") {
    return R"({"code":"400","internalCode":")" + internal_code
           + R"(","devMessage":"developers' words",)"
             R"("userMessage":{"lang_ru":"Русские слова","lang_en":"English"}})";
}

inline std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const std::size_t place = text.find(what);
    return text.replace(place, what.size(), by);
}

// Replies that are no payment object, with HTTP 200.
inline std::vector<std::string> garbage() {
    return {
        "not json",
        "<html>",
        std::string(100'000, '[') + std::string(100'000, ']'),
        std::string(1 << 20, 'x'),
        "\xff\xfe",
        "null",
        "[]",
        "17",
        "\"OK\"",
        R"({"status":1,"sum":24.50})",
        R"({"paymentId":500123,"sum":24.50})",
        R"({"paymentId":500123,"sum":24.50,"status":"1"})",
        R"({"paymentId":500123,"sum":24.50,"status":1.0})",
        R"({"paymentId":500123,"sum":24.50,"status":true})",
        R"({"paymentId":0,"sum":24.50,"status":1})",
        R"({"paymentId":-1,"sum":24.50,"status":1})",
        R"({"paymentId":"a","sum":24.50,"status":1})",
        R"({"paymentId":null,"sum":24.50,"status":1})",
        R"({"paymentId":99999999999999999999,"sum":24.50,"status":1})",
        R"({"paymentId":500123,"paymentId":500124,"sum":24.50,"status":1})",
        object(1) + "x"};
}

inline std::string data_file(const std::string& name) {
    std::ifstream file(std::string(TEST_DATA) + "/oplati/" + name);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

}  // namespace linuxcash::oplati
