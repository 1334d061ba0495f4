// SPDX-License-Identifier: Apache-2.0
#include "world/shop.h"

#include <algorithm>

namespace linuxcash::world {
namespace {

template <typename Papers>
auto find_line(Papers& papers, const OperationId& payment) -> decltype(&papers[0].lines[0]) {
    for (auto& each : papers) {
        for (auto& line : each.lines) {
            if (line.operation == payment) return &line;
        }
    }
    return nullptr;
}

}  // namespace

std::int64_t Paper::due() const {
    std::int64_t left = total - cash;
    for (const PaidLine& each : lines)
        left -= each.sum;
    return left;
}

ShopOperation* Shop::find(const OperationId& id) {
    const auto found = std::find_if(
        operations.begin(), operations.end(),
        [&](const ShopOperation& each) { return each.id == id; });
    return found == operations.end() ? nullptr : &*found;
}

const ShopOperation* Shop::find(const OperationId& id) const {
    const auto found = std::find_if(
        operations.begin(), operations.end(),
        [&](const ShopOperation& each) { return each.id == id; });
    return found == operations.end() ? nullptr : &*found;
}

const PaidLine* Shop::line(const OperationId& payment) const {
    return find_line(papers, payment);
}

PaidLine* Shop::line(const OperationId& payment) {
    return find_line(papers, payment);
}

core::Receipt receipt_of(const Paper& paper) {
    core::Receipt receipt;
    receipt.uid = "receipt-" + std::to_string(paper.number);
    receipt.number = paper.number;
    receipt.type = paper.refund ? core::ReceiptType::Refund : core::ReceiptType::Sale;
    receipt.desk = "1";
    receipt.shift = paper.shift;
    receipt.shift_date = "2026-11-22";
    receipt.cashier = "Кассир";
    receipt.total = kopecks(paper.total);
    core::ReceiptLine line;
    line.index = 1;
    line.name = "Товар";
    line.quantity = Decimal(1, 0);
    line.price = receipt.total;
    line.total = receipt.total;
    receipt.lines.push_back(line);
    return receipt;
}

}  // namespace linuxcash::world
