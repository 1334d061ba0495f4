// SPDX-License-Identifier: Apache-2.0
// The journal of one module: the single truth about money, on the disk before anybody hears of it.
// One process owns it; used by that process's loop thread alone.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/places.h"
#include "base/result.h"
#include "core/ports.h"

namespace linuxcash::journal {

class Ledger;

struct JournalOptions {
    Places places;
    std::string module;  // "oplati": names the files
    // Of new files, when root makes them for the POS user.
    std::optional<Owner> owner = std::nullopt;
    // How long one attempt waits for another program's lock; there are two attempts.
    int busy_timeout_ms = 2'000;
};

class Journal : public core::Store {
public:
    // Takes the module's data for this process, makes an empty journal where there never was one,
    // and checks what a start depends on. `clock` outlives the journal.
    // Busy: another process owns the data, and the text names it. Unsupported: written by a newer
    // version, untouched. Damaged: the text names the file, what is wrong, and the remedy; a file
    // that is no database at all is renamed first. Denied, NoSpace, Io: the disk.
    [[nodiscard]] static Result<std::unique_ptr<Journal>> open(
        JournalOptions options, const core::Clock& clock);

    // Only for open().
    Journal(JournalOptions options, std::unique_ptr<Ledger> ledger);
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;
    ~Journal() override;

    // Busy: another program held the journal all that time;
    // NoSpace: the disk is full, the reserve too. InvalidInput: a text that is no UTF-8. Internal:
    // a second intent of an operation, or another fact without an intent.
    [[nodiscard]] Result<> append(const core::Commit& commit) override;
    [[nodiscard]] Result<std::vector<core::Record>> open_records() override;
    [[nodiscard]] Result<std::vector<core::Record>> records_of(
        const OperationId& operation) override;
    [[nodiscard]] Result<std::vector<core::Record>> records_about(
        const OperationId& target) override;
    [[nodiscard]] Result<std::vector<core::Record>> records_of_shift(
        const std::string& label) override;
    [[nodiscard]] Result<std::vector<core::Wish>> wishes_after(std::int64_t number) override;
    void answer_wish(
        std::int64_t number, const std::vector<core::Standing>& everything_owed) override;
    // Moves the write-ahead log into the file once it has grown, makes a lost reserve anew, drops
    // wishes that have been read, and their answers.
    void tidy() override;

private:
    template <typename T>
    [[nodiscard]] Result<T> told(Result<T> result) const;

    JournalOptions options_;
    std::unique_ptr<Ledger> ledger_;
};

}  // namespace linuxcash::journal
