// SPDX-License-Identifier: Apache-2.0
// The journal as other programs see it while its owner runs: they read, check, and leave wishes.
// Never makes a file. Used by one thread; blocks on the disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/places.h"
#include "base/result.h"
#include "core/records.h"
#include "journal/answer.h"

namespace linuxcash::journal {

struct Filter {
    std::optional<std::int64_t> receipt_number = std::nullopt;
    std::optional<std::int64_t> sum_minor = std::nullopt;
    std::optional<core::OperationKind> kind = std::nullopt;
    std::optional<core::Outcome> outcome = std::nullopt;  // ended so
    std::string id_begins = {};  // first hexadecimal digits of the operation, at most 32
    std::optional<OperationId> target = std::nullopt;  // undos and refunds of that payment
    std::optional<std::string> shift = std::nullopt;  // whole label
    bool only_open = false;  // something may still come, or is owed
    std::int64_t since_ms = 0;  // begun then or later, by the wall clock
    std::int64_t before_ms = 0;  // begun before then; 0 = whenever
    std::size_t limit = 0;  // the newest so many; 0 = all
};

struct Listed {
    core::Operation operation;  // as its records tell it
    bool open = false;
    std::vector<core::Record> records;
};

struct Verified {
    std::int64_t records = 0;
    std::int64_t operations = 0;
    std::int64_t open = 0;
};

class JournalReader {
public:
    // NotFound: the module has never written a journal. Unsupported: of a newer version. Damaged,
    // Denied, Io as they say.
    [[nodiscard]] static Result<JournalReader> open(const Places& places, std::string_view module);

    // In order of their beginning.
    [[nodiscard]] Result<std::vector<Listed>> list(const Filter& filter) const;
    // Everything: the whole chain, every body, the tables beside it, SQLite's own structures, and
    // that nothing is missing at the end. Damaged names the first thing that is wrong.
    [[nodiscard]] Result<Verified> verify() const;
    // A word that the owner looks for each second: "push", "token-reset", "explain". Nobody hears
    // it when nobody owns the module. Busy when the owner writes for longer than two seconds.
    // Returns the wish's number.
    [[nodiscard]] Result<std::int64_t> leave_wish(
        std::string_view what, std::int64_t wall_ms) const;
    // What the owner answered to that wish; nullopt: nothing yet.
    [[nodiscard]] Result<std::optional<std::vector<DebtTold>>> answer_to(std::int64_t wish) const;

private:
    JournalReader(Places places, std::string module);

    Places places_;
    std::string module_;
};

// Of the file alone, wherever it lies: what verify() checks but for what is missing at the end.
[[nodiscard]] Result<Verified> verify_file(
    const std::filesystem::path& path, std::string_view module);

}  // namespace linuxcash::journal
