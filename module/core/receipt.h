// SPDX-License-Identifier: Apache-2.0
// The receipt as a payment system needs to know it. Plain values, no threads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/money.h"

namespace linuxcash::core {

enum class ReceiptType { Sale, Refund };
enum class LineType { Goods, Service };
enum class PaymentKind { Cash, Card, Other };

struct ReceiptLine {
    int index = 0;  // from 1
    std::string code;
    std::string name;
    std::string barcode;
    std::string article;
    std::string unit;
    LineType type = LineType::Goods;
    Decimal quantity;
    Money price;
    Money discount;  // of the whole line
    Money total;  // price × quantity rounded, less discount
};

// Another payment of the same receipt.
struct ReceiptPayment {
    int valutcode = 0;
    PaymentKind kind = PaymentKind::Other;
    std::string name;
    Money sum;
};

struct Receipt {
    std::string uid;
    std::int64_t number = 0;
    ReceiptType type = ReceiptType::Sale;
    std::int64_t revision = 0;
    std::string desk;
    std::int64_t shift = 0;
    std::string shift_date;  // YYYY-MM-DD: the day on which the shift was opened
    std::string cashier;
    Money total;
    std::vector<ReceiptLine> lines;
    std::vector<ReceiptPayment> payments;  // without the one being made
};

}  // namespace linuxcash::core
