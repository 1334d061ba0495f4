// SPDX-License-Identifier: Apache-2.0
// What the register has on its own disk, always durable: receipts, and the operations that it has
// begun with modules. Plain values, one thread.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "base/operation_id.h"
#include "core/receipt.h"
#include "core/records.h"

namespace linuxcash::world {

// A payment line, and what refund receipts gave back of it.
struct PaidLine {
    OperationId operation;
    std::int64_t sum = 0;
    std::int64_t refunded = 0;
};

struct Paper {
    int number = 0;
    int shift = 1;
    bool refund = false;
    std::int64_t total = 0;
    std::int64_t cash = 0;
    std::vector<PaidLine> lines;
    bool closed = false;
    int attempts = 0;

    [[nodiscard]] std::int64_t due() const;
};

struct ShopOperation {
    OperationId id;
    core::OperationKind kind = core::OperationKind::Pay;
    int paper = 0;  // number of its receipt
    std::int64_t sum = 0;
    std::optional<OperationId> target;
    std::optional<core::Settled> word;  // the host's durable word …
    bool delivered = false;  // … and whether the module has it
    bool held = false;  // "undone" is said only after it is known that no money is left behind
};

struct Shop {
    std::vector<Paper> papers;
    std::deque<ShopOperation> operations;  // references stay good

    [[nodiscard]] Paper& paper(int number) { return papers[static_cast<std::size_t>(number - 1)]; }
    [[nodiscard]] const Paper& paper(int number) const {
        return papers[static_cast<std::size_t>(number - 1)];
    }
    [[nodiscard]] ShopOperation* find(const OperationId& id);
    [[nodiscard]] const ShopOperation* find(const OperationId& id) const;
    // The line of that payment, wherever it stands.
    [[nodiscard]] const PaidLine* line(const OperationId& payment) const;
    [[nodiscard]] PaidLine* line(const OperationId& payment);
};

// The receipt as modules get it.
[[nodiscard]] core::Receipt receipt_of(const Paper& paper);
[[nodiscard]] inline Money kopecks(std::int64_t sum) {
    return {sum, Currency{}};
}

}  // namespace linuxcash::world
