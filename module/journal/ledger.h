// SPDX-License-Identifier: Apache-2.0
// The opened file of a journal: appends records so that each commit is whole, and knows where it
// ends. The owner's loop thread alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "core/ports.h"
#include "journal/chain.h"
#include "journal/links.h"
#include "journal/rows.h"
#include "journal/witness.h"
#include "store/database.h"

namespace linuxcash::journal {

struct LedgerParts {
    std::filesystem::path journal;
    std::filesystem::path reserve;
    std::string module;
    std::optional<Owner> owner;
    Witness witness;
    store::Database database;
};

class Ledger {
public:
    static constexpr int kBusyAttempts = 2;
    // The write-ahead log grows by some 6 KiB a commit, and a start reads it whole.
    static constexpr int kCommitsBetweenCheckpoints = 128;
    static constexpr std::int64_t kLongLogBytes = 1024 * 1024;

    Ledger(LedgerParts parts, const core::Clock& clock);
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;

    // Checks what a start depends on, before anything else is called.
    [[nodiscard]] Result<> begin();

    [[nodiscard]] Result<> append(const core::Commit& commit);
    [[nodiscard]] Result<std::vector<core::Record>> open_records();
    [[nodiscard]] Result<std::vector<core::Record>> records_of(const OperationId& operation);
    // Of every operation that has the link.
    [[nodiscard]] Result<std::vector<core::Record>> records_linked(const Link& link);
    [[nodiscard]] Result<std::vector<core::Wish>> wishes_after(std::int64_t number);
    void answer_wish(std::int64_t number, const std::vector<core::Standing>& everything_owed);
    void tidy();

private:
    enum class Query : std::size_t {
        AddRecord,
        SetEntry,
        AddLink,
        CountLink,
        SetHead,
        Wishes,
        DropWishes,
        Answer,
        DropAnswers,
        CountCheckpoint
    };

    [[nodiscard]] Result<> prepare();
    [[nodiscard]] store::Statement& query(Query which);
    // Facts and their bodies, one by one.
    [[nodiscard]] Result<> write_patiently(
        const core::Commit& commit, const std::vector<std::string>& bodies);
    [[nodiscard]] Result<> write(
        const core::Commit& commit, const std::vector<std::string>& bodies);
    [[nodiscard]] Result<> add(Head& head, Row row);
    [[nodiscard]] Result<> add_links(const OperationId& operation, const core::Intent& intent);
    [[nodiscard]] Result<> close(Head& head, const OperationId& operation);
    [[nodiscard]] Result<> set_entry(const Entry& entry);
    [[nodiscard]] Result<> set_head(const Head& head);
    void drop_read_wishes();
    void checkpoint();

    LedgerParts parts_;
    const core::Clock& clock_;
    std::vector<store::Statement> statements_;  // by Query
    std::optional<Rows> rows_;
    Head head_;
    int commits_since_checkpoint_ = 0;
    std::int64_t read_wish_ = 0;  // what the owner has seen …
    std::int64_t dropped_wish_ = 0;  // … and what is gone
};

}  // namespace linuxcash::journal
