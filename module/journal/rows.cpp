// SPDX-License-Identifier: Apache-2.0
#include "journal/rows.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include "journal/codec.h"

namespace linuxcash::journal {

namespace {

using core::Record;
using store::Database;
using store::Statement;

Error damaged(Text what) {
    return {ErrorCode::Damaged, std::move(what)};
}

// Leaves a statement ready for the next use, and no reading transaction behind.
class Fresh {
public:
    explicit Fresh(Statement& statement) : statement_(statement) { statement_.reset(); }
    Fresh(const Fresh&) = delete;
    Fresh& operator=(const Fresh&) = delete;
    ~Fresh() { statement_.reset(); }

private:
    Statement& statement_;
};

// Bytes that must be exactly as many as their type holds.
template <typename Array>
std::optional<Array> fixed(const std::string& bytes) {
    Array array{};
    if (bytes.size() != array.size()) return std::nullopt;
    std::copy(bytes.begin(), bytes.end(), array.begin());
    return array;
}

// Columns seq, operation, kind, body, at_ms, hash.
Result<Row> row_in(const Statement& statement) {
    Row row;
    row.seq = statement.integer(0);
    const auto operation = fixed<decltype(OperationId::bytes)>(statement.blob(1));
    const auto hash = fixed<Digest>(statement.blob(5));
    if (!operation || !hash) return damaged(tr("запись %1 испорчена", row.seq));
    row.operation.bytes = *operation;
    row.kind = statement.text(2);
    row.body = statement.text(3);
    row.at_ms = statement.integer(4);
    row.hash = *hash;
    return row;
}

// Columns operation, records, last_seq, open.
Result<Entry> entry_in(const Statement& statement) {
    const auto operation = fixed<decltype(OperationId::bytes)>(statement.blob(0));
    if (!operation) return damaged(tr("перечень операций испорчен"));
    Entry entry;
    entry.operation.bytes = *operation;
    entry.records = statement.integer(1);
    entry.last_seq = statement.integer(2);
    entry.open = statement.integer(3) != 0;
    return entry;
}

// All rows of one column, operation.
Result<std::vector<OperationId>> operations_in(Statement& statement) {
    std::vector<OperationId> operations;
    for (;;) {
        const auto row = statement.step();
        if (!row) return row.error();
        if (!*row) return operations;
        const auto bytes = fixed<decltype(OperationId::bytes)>(statement.blob(0));
        if (!bytes) return damaged(tr("номер операции в указателе испорчен"));
        operations.push_back(OperationId{*bytes});
    }
}

// In the order of Rows::Query.
constexpr std::array kQueries{
    "SELECT seq, hash, open_mark FROM head",
    "SELECT hash FROM records WHERE seq = ?1",
    "SELECT operation, records, last_seq, open FROM operations WHERE operation = ?1",
    "SELECT operation FROM operations WHERE open = 1",
    "SELECT operation, records, last_seq, open FROM operations",
    "SELECT seq, operation, kind, body, at_ms, hash FROM records WHERE operation = ?1 ORDER BY seq",
    "SELECT seq, operation, kind, body, at_ms, hash FROM records WHERE kind = 'intent' "
    "ORDER BY seq DESC",
    "SELECT seq, operation, kind, body, at_ms, hash FROM records WHERE seq >= ?1 ORDER BY seq",
    "SELECT operation FROM links WHERE link = ?1",
    "SELECT operations FROM link_counts WHERE link = ?1",
    // Both witnesses are asked: what one of them hides, rows_of() reports.
    "SELECT operation FROM operations WHERE operation BETWEEN ?1 AND ?2 "
    "UNION SELECT operation FROM records WHERE operation BETWEEN ?1 AND ?2",
    "SELECT link, operation FROM links ORDER BY link, operation",
    "SELECT link, operations FROM link_counts ORDER BY link",
};

}  // namespace

Result<Rows> Rows::prepare(Database& database) {
    std::vector<Statement> statements;
    for (const char* sql : kQueries) {
        auto statement = database.prepare(sql);
        // These statements are right: a database that does not take one has not this schema.
        if (!statement && statement.error().code == ErrorCode::Internal)
            return damaged(statement.error().text);
        if (!statement) return statement.error();
        statements.push_back(std::move(*statement));
    }
    return Rows(std::move(statements));
}

Rows::Rows(std::vector<Statement> statements) : statements_(std::move(statements)) {
}

Statement& Rows::query(Query which) {
    return statements_[static_cast<std::size_t>(which)];
}

Result<Head> Rows::head() {
    Statement& statement = query(Query::Head);
    const Fresh fresh(statement);
    const auto row = statement.step();
    if (!row) return row.error();
    if (!*row) return damaged(tr("нет записи о конце журнала"));
    Head head;
    head.seq = statement.integer(0);
    const auto hash = fixed<Digest>(statement.blob(1));
    const auto mark = fixed<Digest>(statement.blob(2));
    if (!hash || !mark || head.seq < 0) return damaged(tr("запись о конце журнала испорчена"));
    head.hash = *hash;
    head.open_mark = *mark;
    return head;
}

Result<std::optional<Entry>> Rows::entry(const OperationId& operation) {
    Statement& statement = query(Query::Entry);
    const Fresh fresh(statement);
    const auto row = statement.bind_blob(1, operation.bytes).step();
    if (!row) return row.error();
    if (!*row) return std::optional<Entry>();
    auto entry = entry_in(statement);
    if (!entry) return entry.error();
    return std::optional<Entry>(*entry);
}

Result<std::vector<OperationId>> Rows::open_operations() {
    Statement& statement = query(Query::Open);
    const Fresh fresh(statement);
    return operations_in(statement);
}

Result<std::vector<Entry>> Rows::open_entries(const Head& head) {
    const auto open = open_operations();
    if (!open) return open.error();
    Digest mark{};
    std::vector<Entry> entries;
    for (const OperationId& operation : *open) {
        const auto known = entry(operation);
        if (!known) return known.error();
        if (!*known) return damaged(tr("открытой операции %1 нет в перечне", operation.hex()));
        entries.push_back(**known);
        toggle(mark, entries.back());
    }
    if (mark == head.open_mark) return entries;
    return damaged(tr("перечень открытых операций не сходится с концом журнала"));
}

Result<std::vector<Entry>> Rows::all_entries() {
    Statement& statement = query(Query::Entries);
    const Fresh fresh(statement);
    std::vector<Entry> entries;
    for (;;) {
        const auto row = statement.step();
        if (!row) return row.error();
        if (!*row) return entries;
        auto entry = entry_in(statement);
        if (!entry) return entry.error();
        entries.push_back(*entry);
    }
}

Result<std::vector<Row>> Rows::rows_of(const OperationId& operation) {
    std::vector<Row> rows;
    {
        Statement& statement = query(Query::Records);
        const Fresh fresh(statement);
        statement.bind_blob(1, operation.bytes);
        for (;;) {
            const auto more = statement.step();
            if (!more) return more.error();
            if (!*more) break;
            auto row = row_in(statement);
            if (!row) return row.error();
            // A damaged index may show one record twice and hide another.
            const bool in_order = rows.empty() || row->seq > rows.back().seq;
            if (!in_order || row->operation != operation)
                return damaged(tr("операция %1: указатель записей испорчен", operation.hex()));
            rows.push_back(std::move(*row));
        }
    }
    // The index and the list of operations are two witnesses: damage to one of them shows.
    const auto known = entry(operation);
    if (!known) return known.error();
    const Entry told = *known ? **known : Entry{};
    const std::int64_t last_seq = rows.empty() ? 0 : rows.back().seq;
    if (told.records != static_cast<std::int64_t>(rows.size()) || told.last_seq != last_seq)
        return damaged(
            tr("операция %1: записей %2, а должно быть %3", operation.hex(), rows.size(),
               told.records));
    for (const Row& row : rows) {
        if (auto checked = check_record(row); !checked) return checked.error();
    }
    return rows;
}

Result<std::vector<Row>> Rows::rows_of_all(const std::vector<OperationId>& operations) {
    std::vector<Row> rows;
    for (const OperationId& operation : operations) {
        auto some = rows_of(operation);
        if (!some) return some.error();
        std::move(some->begin(), some->end(), std::back_inserter(rows));
    }
    std::sort(rows.begin(), rows.end(), [](const Row& left, const Row& right) {
        return left.seq < right.seq;
    });
    return rows;
}

Result<std::vector<OperationId>> Rows::linked_operations(const Link& link) {
    Statement& statement = query(Query::Linked);
    const Fresh fresh(statement);
    return operations_in(statement.bind_blob(1, link));
}

Result<std::vector<OperationId>> Rows::operations_between(
    const OperationId& least, const OperationId& greatest) {
    Statement& statement = query(Query::Between);
    const Fresh fresh(statement);
    return operations_in(statement.bind_blob(1, least.bytes).bind_blob(2, greatest.bytes));
}

Result<> Rows::check_link(const Link& link, const OperationId& operation) {
    const auto rows = rows_of(operation);
    if (!rows) return rows.error();
    if (rows->empty()) return damaged(tr("операции %1 нет, а связь с ней есть", operation.hex()));
    const auto record = record_of(rows->front());
    if (!record) return record.error();
    const auto* intent = std::get_if<core::Intent>(&record->fact);
    const auto links = intent == nullptr ? std::vector<Link>() : links_of(*intent);
    if (std::find(links.begin(), links.end(), link) != links.end()) return Done{};
    return damaged(tr("связь с операцией %1 неверна", operation.hex()));
}

Result<std::vector<OperationId>> Rows::linked(const Link& link) {
    auto operations = linked_operations(link);
    if (!operations) return operations;
    std::int64_t expected = 0;
    {
        Statement& statement = query(Query::LinkCount);
        const Fresh fresh(statement);
        const auto row = statement.bind_blob(1, link).step();
        if (!row) return row.error();
        if (*row) expected = statement.integer(0);
    }
    // Two witnesses that nothing hides; that nothing is strange, the records themselves tell.
    const std::set<OperationId> different(operations->begin(), operations->end());
    if (static_cast<std::int64_t>(different.size()) != expected)
        return damaged(tr("связанных операций %1, а должно быть %2", different.size(), expected));
    for (const OperationId& operation : *operations) {
        if (auto checked = check_link(link, operation); !checked) return checked.error();
    }
    return operations;
}

Result<std::vector<Linked>> Rows::all_links() {
    Statement& statement = query(Query::Links);
    const Fresh fresh(statement);
    std::vector<Linked> links;
    for (;;) {
        const auto row = statement.step();
        if (!row) return row.error();
        if (!*row) return links;
        const auto link = fixed<Link>(statement.blob(0));
        const auto operation = fixed<decltype(OperationId::bytes)>(statement.blob(1));
        if (!link || !operation) return damaged(tr("перечень связей испорчен"));
        links.push_back({*link, OperationId{*operation}});
    }
}

Result<std::vector<LinkCount>> Rows::all_link_counts() {
    Statement& statement = query(Query::LinkCounts);
    const Fresh fresh(statement);
    std::vector<LinkCount> counts;
    for (;;) {
        const auto row = statement.step();
        if (!row) return row.error();
        if (!*row) return counts;
        const auto link = fixed<Link>(statement.blob(0));
        if (!link) return damaged(tr("перечень связей испорчен"));
        counts.push_back({*link, statement.integer(1)});
    }
}

Result<> Rows::newest_first(const std::function<Result<bool>(const Row&)>& take) {
    Statement& statement = query(Query::Intents);
    const Fresh fresh(statement);
    for (;;) {
        const auto row = statement.step();
        if (!row) return row.error();
        if (!*row) return Done{};
        const auto intent = row_in(statement);
        if (!intent) return intent.error();
        if (auto checked = check_record(*intent); !checked) return checked;
        const auto more = take(*intent);
        if (!more) return more.error();
        if (!*more) return Done{};
    }
}

Result<> Rows::check_chain(
    const Head& head, std::int64_t first, const std::function<Result<>(const Row&)>& show) {
    auto former = hash_of_record(first - 1);
    if (!former) return former.error();
    Digest hash = *former;
    std::int64_t seq = first - 1;
    Statement& statement = query(Query::From);
    const Fresh fresh(statement);
    statement.bind(1, first);
    for (;;) {
        const auto more = statement.step();
        if (!more) return more.error();
        if (!*more) break;
        const auto row = row_in(statement);
        if (!row) return row.error();
        ++seq;
        if (row->seq != seq) return damaged(tr("нет записи %1", seq));
        if (row->hash != hash_of(hash, *row)) return damaged(tr("запись %1 изменена", seq));
        hash = row->hash;
        if (auto shown = show(*row); !shown) return shown;
    }
    if (seq == head.seq && hash == head.hash) return Done{};
    return damaged(tr("последняя запись %1, а должна быть %2", seq, head.seq));
}

Result<> Rows::check_end() {
    const auto end = head();
    if (!end) return end.error();
    const std::int64_t first = std::max<std::int64_t>(1, end->seq - kTailRecords + 1);
    auto chain = check_chain(*end, first, [](const Row&) -> Result<> { return Done{}; });
    if (!chain) return chain;
    auto open = open_entries(*end);
    if (!open) return open.error();
    return Done{};
}

Result<Digest> Rows::hash_of_record(std::int64_t seq) {
    if (seq == 0) return Digest{};
    Statement& statement = query(Query::Hash);
    const Fresh fresh(statement);
    const auto row = statement.bind(1, seq).step();
    if (!row) return row.error();
    const auto hash = *row ? fixed<Digest>(statement.blob(0)) : std::nullopt;
    if (!hash) return damaged(tr("нет записи %1", seq));
    return *hash;
}

Result<> Rows::check_record(const Row& row) {
    const auto former = hash_of_record(row.seq - 1);
    if (!former) return former.error();
    if (row.hash == hash_of(*former, row)) return Done{};
    return damaged(tr("запись %1 изменена", row.seq));
}

Result<Record> record_of(const Row& row) {
    auto fact = decode(row.kind, row.body);
    if (!fact) return damaged(tr("запись %1: %2", row.seq, fact.error().text));
    return Record{row.operation, std::move(*fact), row.at_ms};
}

Result<std::vector<Record>> records_of_rows(const std::vector<Row>& rows) {
    std::vector<Record> records;
    for (const Row& row : rows) {
        auto record = record_of(row);
        if (!record) return record.error();
        records.push_back(std::move(*record));
    }
    return records;
}

}  // namespace linuxcash::journal
