// SPDX-License-Identifier: Apache-2.0
#include "journal/ledger.h"

#include <algorithm>
#include <array>
#include <utility>

#include "journal/answer.h"
#include "journal/codec.h"
#include "journal/damage.h"
#include "journal/files.h"
#include "journal/reserve.h"

namespace linuxcash::journal {

namespace {

using core::Commit;
using core::Durability;
using core::Fact;
using core::Intent;
using core::Record;
using core::Wish;
using store::Statement;
using store::Synchronous;
using store::Transaction;

// In the order of Ledger::Query.
constexpr std::array kQueries{
    "INSERT INTO records(seq, operation, kind, body, at_ms, hash) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
    "INSERT OR REPLACE INTO operations(operation, records, last_seq, open) VALUES(?1, ?2, ?3, ?4)",
    "INSERT INTO links(link, operation) VALUES(?1, ?2)",
    "INSERT INTO link_counts(link, operations) VALUES(?1, 1) "
    "ON CONFLICT(link) DO UPDATE SET operations = operations + 1",
    "UPDATE head SET seq = ?1, hash = ?2, open_mark = ?3",
    "SELECT number, what FROM wishes WHERE number > ?1 ORDER BY number",
    "DELETE FROM wishes WHERE number <= ?1",
    "INSERT OR REPLACE INTO answers(wish, body) VALUES(?1, ?2)",
    "DELETE FROM answers WHERE wish <= ?1",
    "UPDATE meta SET value = value + 1 WHERE key = 'checkpoints'",
};

// Room is given up for what ends or settles something, never for something new.
bool may_use_reserve(const Commit& commit) {
    if (commit.durability != Durability::Synced) return false;
    return std::none_of(commit.facts.begin(), commit.facts.end(), [](const auto& each) {
        return std::holds_alternative<Intent>(each.second);
    });
}

Error broken_order(const OperationId& operation, Text what) {
    return {ErrorCode::Internal, tr("журнал: операция %1: %2", operation.hex(), what)};
}

}  // namespace

Ledger::Ledger(LedgerParts parts, const core::Clock& clock)
    : parts_(std::move(parts)), clock_(clock) {
}

Result<> Ledger::begin() {
    auto rows = Rows::prepare(parts_.database);
    if (!rows) return rows.error();
    rows_ = std::move(*rows);
    if (auto checked = rows_->check_end(); !checked) return checked;
    const auto head = rows_->head();
    if (!head) return head.error();
    head_ = *head;
    if (parts_.witness.seq() > head_.seq) return missing_end(head_.seq, parts_.witness.seq());
    if (auto prepared = prepare(); !prepared) return prepared;
    parts_.database.set_checkpoint_on_close(true);
    // Without room the module still works; tidy() tries again.
    static_cast<void>(make_reserve(parts_.reserve, parts_.owner));
    if (size_of(beside(parts_.journal, "-wal")) > kLongLogBytes)
        commits_since_checkpoint_ = kCommitsBetweenCheckpoints;
    return Done{};
}

Result<> Ledger::prepare() {
    for (const char* sql : kQueries) {
        auto statement = parts_.database.prepare(sql);
        if (!statement) return statement.error();
        statements_.push_back(std::move(*statement));
    }
    return Done{};
}

Statement& Ledger::query(Query which) {
    return statements_[static_cast<std::size_t>(which)];
}

Result<> Ledger::append(const Commit& commit) {
    std::vector<std::string> bodies;
    for (const auto& [operation, fact] : commit.facts) {
        auto body = encode(fact);
        if (!body) return body.error();
        bodies.push_back(std::move(*body));
    }
    auto written = write_patiently(commit, bodies);
    const bool full = !written && written.error().code == ErrorCode::NoSpace;
    if (!full || !may_use_reserve(commit) || !free_reserve(parts_.reserve)) return written;
    return write_patiently(commit, bodies);
}

// A lock that another program holds is no reason to say "cannot write" at once.
Result<> Ledger::write_patiently(const Commit& commit, const std::vector<std::string>& bodies) {
    for (int attempt = 1;; ++attempt) {
        auto written = write(commit, bodies);
        const bool busy = !written && written.error().code == ErrorCode::Busy;
        if (!busy) return written;
        if (attempt == kBusyAttempts)
            return Error{
                ErrorCode::Busy,
                tr("журнал %1 слишком долго занят другой программой, например paysysctl: "
                   "дождитесь её конца или завершите её",
                   parts_.journal.native())};
    }
}

Result<> Ledger::write(const Commit& commit, const std::vector<std::string>& bodies) {
    const bool synced = commit.durability == Durability::Synced;
    const auto mode = synced ? Synchronous::Full : Synchronous::Normal;
    if (auto set = parts_.database.set_synchronous(mode); !set) return set;
    auto transaction = Transaction::begin(parts_.database);
    if (!transaction) return transaction.error();
    Head head = head_;
    const std::int64_t now = clock_.wall_ms();
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        const auto& [operation, fact] = commit.facts[i];
        Row row{0, operation, std::string(kind_of(fact)), bodies[i], now, {}};
        if (auto added = add(head, std::move(row)); !added) return added;
        const Intent* intent = std::get_if<Intent>(&fact);
        if (intent == nullptr) continue;
        if (auto linked = add_links(operation, *intent); !linked) return linked;
    }
    for (const OperationId& operation : commit.closed) {
        if (auto closed = close(head, operation); !closed) return closed;
    }
    if (auto set = set_head(head); !set) return set;
    if (auto committed = transaction->commit(); !committed) return committed;
    head_ = head;
    ++commits_since_checkpoint_;
    if (synced) parts_.witness.note(head_.seq);
    return Done{};
}

Result<> Ledger::add(Head& head, Row row) {
    const auto known = rows_->entry(row.operation);
    if (!known) return known.error();
    const bool begins = row.kind == kind_of(Intent{});
    // What could not be folded at the next start must not be written now.
    if (begins && *known) return broken_order(row.operation, tr("второе намерение"));
    if (!begins && !*known) return broken_order(row.operation, tr("запись без намерения"));
    row.seq = head.seq + 1;
    row.hash = hash_of(head.hash, row);
    Statement& statement = query(Query::AddRecord);
    statement.bind(1, row.seq).bind_blob(2, row.operation.bytes).bind(3, row.kind);
    statement.bind(4, row.body).bind(5, row.at_ms).bind_blob(6, row.hash);
    if (auto added = statement.run(); !added) return added;
    const Entry before = *known ? **known : Entry{};
    const Entry after{row.operation, before.records + 1, row.seq, true};
    toggle(head.open_mark, before);
    toggle(head.open_mark, after);
    head.seq = row.seq;
    head.hash = row.hash;
    return set_entry(after);
}

Result<> Ledger::add_links(const OperationId& operation, const Intent& intent) {
    for (const Link& link : links_of(intent)) {
        Statement& statement = query(Query::AddLink);
        auto added = statement.bind_blob(1, link).bind_blob(2, operation.bytes).run();
        if (!added) return added;
        auto counted = query(Query::CountLink).bind_blob(1, link).run();
        if (!counted) return counted;
    }
    return Done{};
}

Result<> Ledger::close(Head& head, const OperationId& operation) {
    const auto known = rows_->entry(operation);
    if (!known) return known.error();
    if (!*known) return broken_order(operation, tr("конец без намерения"));
    Entry entry = **known;
    toggle(head.open_mark, entry);
    entry.open = false;
    return set_entry(entry);
}

Result<> Ledger::set_entry(const Entry& entry) {
    Statement& statement = query(Query::SetEntry);
    statement.bind_blob(1, entry.operation.bytes).bind(2, entry.records);
    return statement.bind(3, entry.last_seq).bind(4, std::int64_t{entry.open ? 1 : 0}).run();
}

Result<> Ledger::set_head(const Head& head) {
    Statement& statement = query(Query::SetHead);
    return statement.bind(1, head.seq).bind_blob(2, head.hash).bind_blob(3, head.open_mark).run();
}

Result<std::vector<Record>> Ledger::open_records() {
    const auto open = rows_->open_entries(head_);
    if (!open) return open.error();
    std::vector<OperationId> operations;
    for (const Entry& entry : *open)
        operations.push_back(entry.operation);
    const auto rows = rows_->rows_of_all(operations);
    if (!rows) return rows.error();
    return records_of_rows(*rows);
}

Result<std::vector<Record>> Ledger::records_of(const OperationId& operation) {
    const auto rows = rows_->rows_of(operation);
    if (!rows) return rows.error();
    return records_of_rows(*rows);
}

Result<std::vector<Record>> Ledger::records_linked(const Link& link) {
    const auto operations = rows_->linked(link);
    if (!operations) return operations.error();
    const auto rows = rows_->rows_of_all(*operations);
    if (!rows) return rows.error();
    return records_of_rows(*rows);
}

Result<std::vector<Wish>> Ledger::wishes_after(std::int64_t number) {
    // Whoever asks for what comes after a wish has seen it.
    read_wish_ = std::max(read_wish_, number);
    Statement& statement = query(Query::Wishes);
    statement.reset();
    statement.bind(1, number);
    std::vector<Wish> wishes;
    for (;;) {
        const auto row = statement.step();
        if (row && *row) {
            wishes.push_back(Wish{statement.integer(0), statement.text(1)});
            continue;
        }
        statement.reset();
        if (!row) return row.error();
        return wishes;
    }
}

// Whoever asked waits but for seconds, and may ask again.
void Ledger::answer_wish(std::int64_t number, const std::vector<core::Standing>& everything_owed) {
    if (!parts_.database.set_synchronous(Synchronous::Normal)) return;
    Statement& statement = query(Query::Answer);
    const auto answered = statement.bind(1, number).bind(2, encode_answer(everything_owed)).run();
    if (answered) ++commits_since_checkpoint_;
}

void Ledger::tidy() {
    static_cast<void>(make_reserve(parts_.reserve, parts_.owner));  // tried again next time
    if (commits_since_checkpoint_ < kCommitsBetweenCheckpoints) return;
    drop_read_wishes();
    checkpoint();
}

void Ledger::drop_read_wishes() {
    if (read_wish_ == dropped_wish_) return;
    const auto dropped = query(Query::DropWishes).bind(1, read_wish_).run();
    const auto answers = query(Query::DropAnswers).bind(1, read_wish_).run();
    if (dropped && answers) dropped_wish_ = read_wish_;  // else: read wishes harm nobody
}

void Ledger::checkpoint() {
    // A reader in the way or a full disk: the log grows on, and the next tidy() tries again.
    const auto moved = parts_.database.execute("PRAGMA wal_checkpoint(PASSIVE)");
    if (!moved) return;
    commits_since_checkpoint_ = 0;
    // The first commit after a checkpoint begins the log anew and syncs its header too: better
    // here, where nobody waits, than in a payment.
    if (auto set = parts_.database.set_synchronous(Synchronous::Normal); !set) return;
    static_cast<void>(query(Query::CountCheckpoint).run());
}

}  // namespace linuxcash::journal
