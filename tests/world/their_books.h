// SPDX-License-Identifier: Apache-2.0
// The bank's money, folded from the simulated bank's ledger and from nothing else: what verdicts
// rest on. Plain values, one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "json/json.h"

namespace linuxcash::world {

// A sale at the bank; sums in kopecks.
struct Sale {
    std::string order_number;
    int captures = 0;
    std::int64_t captured = 0;
    std::int64_t returned = 0;

    [[nodiscard]] std::int64_t kept() const { return captured - returned; }
};

// A refund at the bank, under its own order number.
struct Reversal {
    std::int64_t sale_id = 0;
    int done = 0;  // how often money went back
    std::int64_t returned = 0;
};

class TheirBooks {
public:
    // Takes in what was added since the last time; true if money moved.
    bool read(const std::vector<json::Value>& events);

    [[nodiscard]] const std::map<std::string, Sale>& sales() const { return sales_; }
    [[nodiscard]] const std::map<std::string, Reversal>& reversals() const { return reversals_; }
    [[nodiscard]] std::int64_t kept(const std::string& order_number) const;
    [[nodiscard]] std::int64_t captured(const std::string& order_number) const;
    // What went back under a refund's number.
    [[nodiscard]] std::int64_t returned(const std::string& refund_number) const;
    [[nodiscard]] const std::string& last() const { return last_; }

private:
    bool take(const json::Value& event);

    std::size_t read_ = 0;
    std::map<std::int64_t, std::string> order_by_id_;  // of sales
    std::map<std::string, Sale> sales_;
    std::map<std::string, Reversal> reversals_;
    std::string last_;
};

}  // namespace linuxcash::world
