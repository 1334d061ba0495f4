// SPDX-License-Identifier: Apache-2.0
// A payment of a mixed receipt, settings of a register, and replies to read. One thread.
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <utility>

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

inline core::Reply reply(int status, std::string body = {}) {
    return {status, {}, std::move(body)};
}

// A payment object of ours with that status.
inline std::string object(int status) {
    return R"({"paymentId":500123,"paymentType":1,"sum":24.50,"status":)" + std::to_string(status)
           + R"(,"orderNumber":"1-3-17-KW00000000","createdDate":"2026-11-22T14:45:00+03:00"})";
}

inline std::string error_document(const std::string& internal_code = "SOME_CODE") {
    return R"({"code":"400","internalCode":")" + internal_code
           + R"(","devMessage":"developers' words",)"
             R"("userMessage":{"lang_ru":"Русские слова","lang_en":"English"}})";
}

inline std::string data_file(const std::string& name) {
    std::ifstream file(std::string(TEST_DATA) + "/oplati/" + name);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

}  // namespace linuxcash::oplati
