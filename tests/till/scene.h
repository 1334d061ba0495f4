// SPDX-License-Identifier: Apache-2.0
// A root of its own for each test, and receipts to put into its till. One thread.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>

#include "base/money.h"
#include "base/places.h"
#include "till/till.h"

namespace linuxcash::till {

class Scene {
public:
    Scene() {
        std::string folder =
            (std::filesystem::temp_directory_path() / "linuxcash-till-XXXXXX").native();
        root_ = ::mkdtemp(folder.data());
        std::filesystem::create_directories(places().data());
    }
    Scene(const Scene&) = delete;
    Scene& operator=(const Scene&) = delete;
    ~Scene() { std::filesystem::remove_all(root_); }

    [[nodiscard]] Places places() const { return Places(root_); }
    // Fails the test by std::bad_variant_access when it does not open.
    [[nodiscard]] Till owner() const {
        return std::move(Till::open(places(), Access::Owner)).value();
    }
    [[nodiscard]] Till guest() const {
        return std::move(Till::open(places(), Access::Guest)).value();
    }

private:
    std::filesystem::path root_;
};

inline Money byn(std::int64_t kopecks) {
    return {kopecks, Currency{}};
}

inline OperationId id_of(std::uint8_t number) {
    OperationId id;
    id.bytes[15] = number;
    return id;
}

inline Line milk() {
    Line line;
    line.index = 1;
    line.code = "1001";
    line.name = "Молоко 1 л";
    line.barcode = "4810000000017";
    line.article = "M-1";
    line.unit = "шт";
    line.quantity = Decimal(2, 0);
    line.price = byn(1750);
    line.discount = byn(50);
    line.total = byn(3450);
    line.minimum_price = byn(1000);
    return line;
}

inline Payment wallet_payment() {
    Payment payment;
    payment.number = 1;
    payment.valutcode = 20;
    payment.name = "О!плати";
    payment.sum = byn(2450);
    payment.state = PaymentState::Processed;
    payment.operation = id_of(1);
    payment.gateway_id = "500123";
    payment.card = "****1234";
    payment.slip_text = "Оплата О!плати\nСумма 24.50";
    payment.report_text = "500123";
    payment.report_card_type = "wallet";
    payment.custom_data = "стол 5";
    payment.note = R"({"rollback":true})";
    return payment;
}

inline Receipt open_sale(std::int64_t number = 1) {
    Receipt receipt;
    receipt.uid = "uid-" + std::to_string(number);
    receipt.number = number;
    receipt.revision = 1;
    receipt.shift = 1;
    receipt.desk = "1";
    receipt.cashier = "Кассир 1";
    receipt.card = "9070000000001000";
    receipt.lines = {milk()};
    receipt.opened_at_ms = 1'700'000'000'000;
    return receipt;
}

inline Receipt closed_sale(std::int64_t number = 1) {
    Receipt receipt = open_sale(number);
    Payment cash;
    cash.number = 2;
    cash.valutcode = kCashValutcode;
    cash.kind = core::PaymentKind::Cash;
    cash.name = "Наличные";
    cash.sum = byn(2000);
    cash.state = PaymentState::Processed;
    receipt.payments = {wallet_payment(), cash};
    receipt.change = byn(1000);
    receipt.state = ReceiptState::Closed;
    receipt.closed_at_ms = 1'700'000'001'000;
    return receipt;
}

}  // namespace linuxcash::till
