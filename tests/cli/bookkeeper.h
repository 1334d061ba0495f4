// SPDX-License-Identifier: Apache-2.0
// A register's tree with a journal that its module wrote. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "core/ports.h"
#include "journal/journal.h"
#include "journal/reader.h"
#include "shop.h"

namespace linuxcash::cli {

class StandingClock : public core::Clock {
public:
    [[nodiscard]] core::Millis monotonic() const override { return 0; }
    [[nodiscard]] std::int64_t wall_ms() const override { return 1'700'000'000'000; }
};

[[nodiscard]] inline OperationId id(std::uint8_t number) {
    OperationId made;
    made.bytes.fill(number);
    return made;
}

[[nodiscard]] inline core::Intent intent(std::int64_t receipt, std::int64_t minor) {
    core::Intent made;
    made.type = 20;
    made.receipt_uid = "r-" + std::to_string(receipt);
    made.receipt_number = receipt;
    made.shift_label = "3";
    made.sum = Money(minor, Currency());
    made.order_number = "1-3-" + std::to_string(receipt);
    made.cashier = "Кассир 1";
    return made;
}

class Bookkeeper : public Shop {
public:
    // Whoever has it owns the module's data: a register that runs.
    [[nodiscard]] std::unique_ptr<journal::Journal> open() {
        auto opened = journal::Journal::open({places, "shop"}, clock_);
        if (!opened) throw std::runtime_error(opened.error().text.russian());
        return std::move(opened).value();
    }

    static void write(journal::Journal& journal, std::uint8_t number, const core::Fact& fact) {
        const auto written = journal.append({{{id(number), fact}}, core::Durability::Synced, {}});
        if (!written) throw std::runtime_error(written.error().text.russian());
    }

    // Receipt 7 is paid, receipt 8 owes an undo, receipt 9 has no outcome yet.
    void write_three() {
        const auto journal = open();
        write_three(*journal);
    }
    static void write_three(journal::Journal& journal) {
        write(journal, 0x11, intent(7, 2450));
        write(journal, 0x11, core::Learned{"500123"});
        write(journal, 0x11, core::Ended{core::Outcome::Approved, core::Reason::None, "Готово"});
        write(journal, 0x22, intent(8, 100));
        write(journal, 0x22, core::Ended{core::Outcome::Unknown, core::Reason::NoAnswer, "Нет"});
        write(journal, 0x22, core::Owed{core::ObligationKind::Undo, ""});
        write(journal, 0x12, intent(9, 300));
    }

    // Receipt 7 is paid, a part of it refunded by receipt 10, and that refund to be taken back.
    void write_refund() {
        const auto journal = open();
        write(*journal, 0x11, intent(7, 2450));
        write(*journal, 0x11, core::Ended{core::Outcome::Approved, core::Reason::None, ""});
        core::Intent refund = intent(10, 1000);
        refund.kind = core::OperationKind::Refund;
        refund.target = id(0x11);
        write(*journal, 0x33, refund);
        write(*journal, 0x33, core::Ended{core::Outcome::Approved, core::Reason::None, ""});
        core::Intent back = refund;
        back.kind = core::OperationKind::RefundUndo;
        back.target = id(0x33);
        write(*journal, 0x44, back);
        write(*journal, 0x33, core::Owed{core::ObligationKind::Undo, ""});
        write(*journal, 0x44, core::Ended{core::Outcome::Unknown, core::Reason::NoLink, "Ждёт"});
    }

private:
    StandingClock clock_;
};

}  // namespace linuxcash::cli
