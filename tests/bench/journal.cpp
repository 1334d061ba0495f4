// SPDX-License-Identifier: Apache-2.0
// bench_journal ROOT RECORDS: fills a register's journal with settled payments, so that a start has
// something to look at.
#include <cstdlib>
#include <cstring>
#include <iostream>

#include "base/clock.h"
#include "journal/journal.h"

namespace {

using namespace linuxcash;

constexpr std::int64_t kRecordsOfPayment = 4;

OperationId id_of(std::int64_t number) {
    OperationId id;
    std::memcpy(id.bytes.data(), &number, sizeof number);
    id.bytes.back() = 1;
    return id;
}

core::Commit payment(std::int64_t number) {
    core::Intent intent;
    intent.type = 20;
    intent.receipt_uid = "receipt-" + std::to_string(number);
    intent.receipt_number = number;
    intent.shift_label = "22112026-3";
    intent.sum = Money(2450, Currency());
    intent.order_number = "1-3-" + std::to_string(number) + "-ABCDEFGHIJ";
    intent.cashier = "Кассир 1";
    const OperationId id = id_of(number);
    core::Commit commit;
    commit.durability = core::Durability::Relaxed;
    commit.facts.emplace_back(id, intent);
    commit.facts.emplace_back(id, core::Learned{std::to_string(500'000 + number)});
    commit.facts.emplace_back(
        id, core::Ended{core::Outcome::Approved, core::Reason::None, "Оплачено"});
    commit.facts.emplace_back(id, core::HostSettled{core::Settled::Kept});
    commit.closed.push_back(id);
    return commit;
}

int fill(const char* root, std::int64_t records) {
    const SystemClock clock;
    auto journal = journal::Journal::open({Places(root), "oplati"}, clock);
    if (!journal) {
        std::cerr << "bench_journal: " << journal.error().text.russian() << "\n";
        return 1;
    }
    for (std::int64_t number = 1; number * kRecordsOfPayment <= records; ++number) {
        const Result<> written = (*journal)->append(payment(number));
        if (written) continue;
        std::cerr << "bench_journal: " << written.error().text.russian() << "\n";
        return 1;
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: bench_journal ROOT RECORDS\n";
        return 2;
    }
    return fill(argv[1], std::strtol(argv[2], nullptr, 10));
}
