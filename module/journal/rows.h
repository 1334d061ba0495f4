// SPDX-License-Identifier: Apache-2.0
// Reads the journal's tables and checks what it reads: nothing that is hidden or changed passes as
// whole. Errors that are Damaged say what is wrong in words of their own. Used by one thread at a
// time, together with its database.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/result.h"
#include "core/records.h"
#include "journal/chain.h"
#include "journal/links.h"
#include "store/database.h"

namespace linuxcash::journal {

// How much of the chain's end is checked at each start; the rest by verify().
inline constexpr std::int64_t kTailRecords = 128;

// A row of the table `links`.
struct Linked {
    Link link{};
    OperationId operation;
    friend auto operator<=>(const Linked&, const Linked&) = default;
};

// A row of the table `link_counts`.
struct LinkCount {
    Link link{};
    std::int64_t operations = 0;
    friend bool operator==(const LinkCount&, const LinkCount&) = default;
};

class Rows {
public:
    [[nodiscard]] static Result<Rows> prepare(store::Database& database);

    [[nodiscard]] Result<Head> head();
    // Nullopt: the operation is not known.
    [[nodiscard]] Result<std::optional<Entry>> entry(const OperationId& operation);
    // Of all open operations; Damaged when they are not those that the head vouches for.
    [[nodiscard]] Result<std::vector<Entry>> open_entries(const Head& head);
    // Of all operations, in no order that means anything.
    [[nodiscard]] Result<std::vector<Entry>> all_entries();
    // One operation in journal order, each row checked; empty when it is not known.
    [[nodiscard]] Result<std::vector<Row>> rows_of(const OperationId& operation);
    // Several operations in journal order, each row checked.
    [[nodiscard]] Result<std::vector<Row>> rows_of_all(const std::vector<OperationId>& operations);
    // The operations that have a link, by their intents; Damaged when one hides or does not belong.
    // In no order that means anything.
    [[nodiscard]] Result<std::vector<OperationId>> linked(const Link& link);
    // Every link with its operation, and how many operations each link has; both in order of links.
    [[nodiscard]] Result<std::vector<Linked>> all_links();
    [[nodiscard]] Result<std::vector<LinkCount>> all_link_counts();
    // Those whose ids lie between the two, both included; in no order that means anything.
    [[nodiscard]] Result<std::vector<OperationId>> operations_between(
        const OperationId& least, const OperationId& greatest);
    // Intents as they were written, the newest first, each row checked, until `take` returns false.
    [[nodiscard]] Result<> newest_first(const std::function<Result<bool>(const Row&)>& take);
    // Checks the chain from record `first` to its end and to the head; shows each record.
    [[nodiscard]] Result<> check_chain(
        const Head& head, std::int64_t first, const std::function<Result<>(const Row&)>& show);
    // As far back as a start looks: the head, the last records, the open operations.
    [[nodiscard]] Result<> check_end();

private:
    enum class Query : std::size_t {
        Head,
        Hash,
        Entry,
        Open,
        Entries,
        Records,
        Intents,
        From,
        Linked,
        LinkCount,
        Between,
        Links,
        LinkCounts
    };

    explicit Rows(std::vector<store::Statement> statements);
    [[nodiscard]] store::Statement& query(Query which);
    // Of the record before the first, zeros.
    [[nodiscard]] Result<Digest> hash_of_record(std::int64_t seq);
    [[nodiscard]] Result<std::vector<OperationId>> open_operations();
    [[nodiscard]] Result<std::vector<OperationId>> linked_operations(const Link& link);
    // Whether the operation's own intent says so.
    [[nodiscard]] Result<> check_link(const Link& link, const OperationId& operation);
    [[nodiscard]] Result<> check_record(const Row& row);

    std::vector<store::Statement> statements_;  // by Query
};

// The records of rows whose hashes have been checked; Damaged when a body makes no sense.
[[nodiscard]] Result<core::Record> record_of(const Row& row);
[[nodiscard]] Result<std::vector<core::Record>> records_of_rows(const std::vector<Row>& rows);

}  // namespace linuxcash::journal
