// SPDX-License-Identifier: Apache-2.0
// What the journal's tests work with: a root of its own, a clock that stands, and facts of a
// payment. One thread.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/ports.h"
#include "fakes/temporary_folder.h"
#include "journal/journal.h"

namespace linuxcash::journal {

class StandingClock : public core::Clock {
public:
    [[nodiscard]] core::Millis monotonic() const override { return 0; }
    [[nodiscard]] std::int64_t wall_ms() const override { return now_ms; }
    std::int64_t now_ms = 1'709'251'199'000;  // 2024-02-29T23:59:59Z
};

[[nodiscard]] inline OperationId operation(std::uint8_t number) {
    OperationId id;
    id.bytes.fill(number);
    return id;
}

[[nodiscard]] inline core::Intent intent(std::int64_t receipt = 7) {
    core::Intent intent;
    intent.type = 20;
    intent.receipt_uid = "r-1";
    intent.receipt_number = receipt;
    intent.shift_label = "3";
    intent.sum = Money(2450, Currency());
    intent.order_number = "1-3-7-0000000000";
    intent.cashier = "Кассир 1";
    return intent;
}

[[nodiscard]] inline core::Ended approved() {
    return {core::Outcome::Approved, core::Reason::None, "Оплата прошла"};
}

// What a value holds, or the words of its error as the test's failure.
template <typename T>
T expect(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().text.russian());
    return std::move(result).value();
}

class Workbench {
public:
    static constexpr const char* kModule = "oplati";

    [[nodiscard]] Result<std::unique_ptr<Journal>> try_open() const {
        JournalOptions options{places, kModule};
        options.busy_timeout_ms = 20;
        return Journal::open(std::move(options), clock);
    }
    [[nodiscard]] std::unique_ptr<Journal> open() const { return expect(try_open()); }
    // Why it does not open.
    [[nodiscard]] Error refusal() const { return try_open().error(); }
    [[nodiscard]] std::filesystem::path file(const char* suffix = "") const {
        return places.journal(kModule).native() + suffix;
    }

    fakes::TemporaryFolder folder;
    Places places{folder.path()};
    StandingClock clock;
};

[[nodiscard]] inline core::Commit begin_payment(std::uint8_t number, std::int64_t receipt = 7) {
    return {{{operation(number), intent(receipt)}}, core::Durability::Synced, {}};
}

[[nodiscard]] inline core::Commit end_payment(std::uint8_t number) {
    return {{{operation(number), approved()}}, core::Durability::Synced, {}};
}

// The host's word, after which nothing is open.
[[nodiscard]] inline core::Commit settle_payment(std::uint8_t number) {
    return {
        {{operation(number), core::HostSettled{core::Settled::Kept}}},
        core::Durability::Synced,
        {operation(number)}};
}

inline void append(Journal& journal, const core::Commit& commit) {
    static_cast<void>(expect(journal.append(commit)));
}

// Runs it in a process of its own, and says how that ended: exit code, or minus the signal's
// number. An exception is 99.
[[nodiscard]] inline int in_child(const std::function<int()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        int code = 99;
        try {
            code = work();
        } catch (...) {
        }
        ::_exit(code);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child) throw std::runtime_error("fork");
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace linuxcash::journal
