// SPDX-License-Identifier: Apache-2.0
#include "journal/reader.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "journal/damage.h"
#include "journal/files.h"
#include "journal/rows.h"
#include "journal/schema.h"
#include "journal/witness.h"
#include "store/database.h"

namespace linuxcash::journal {

namespace {

namespace fs = std::filesystem;
using store::Database;
using store::Transaction;

constexpr int kBusyTimeoutMs = 2'000;
constexpr std::size_t kMaxWish = 64;

Error damaged(Text what) {
    return {ErrorCode::Damaged, std::move(what)};
}

// One moment of the journal, whatever the owner writes meanwhile.
class Snapshot {
public:
    [[nodiscard]] static Result<Snapshot> open(const fs::path& path, std::string_view module) {
        if (size_of(path) < 0)
            return Error{
                ErrorCode::NotFound,
                tr("журнала %1 нет: модуль %2 ещё не проводил оплат", path.native(), module)};
        store::OpenOptions options;
        options.read_only = true;
        options.busy_timeout_ms = kBusyTimeoutMs;
        options.checkpoint_on_close = false;
        // SQLite would make a -wal to read by; without one nobody can be writing.
        options.immutable = size_of(beside(path, "-wal")) < 0;
        auto database = Database::open(path, options);
        if (!database) return database.error();
        if (auto begun = database->execute("BEGIN"); !begun) return begun.error();
        if (auto known = check_identity(*database, path, module); !known) return known.error();
        auto rows = Rows::prepare(*database);
        if (!rows) return rows.error();
        return Snapshot(std::move(*database), std::move(*rows));
    }

    [[nodiscard]] Database& database() { return database_; }
    [[nodiscard]] Rows& rows() { return rows_; }

private:
    Snapshot(Database database, Rows rows)
        : database_(std::move(database)), rows_(std::move(rows)) {}

    Database database_;
    Rows rows_;
};

// What the intent alone can tell.
bool passes(const Filter& filter, const core::Record& record, const core::Intent& intent) {
    if (!record.operation.hex().starts_with(filter.id_begins)) return false;
    if (filter.receipt_number && intent.receipt_number != *filter.receipt_number) return false;
    if (filter.sum_minor && intent.sum.minor() != *filter.sum_minor) return false;
    if (filter.kind && intent.kind != *filter.kind) return false;
    if (filter.target && intent.target != filter.target) return false;
    if (filter.shift && intent.shift_label != *filter.shift) return false;
    if (filter.before_ms != 0 && record.at_ms >= filter.before_ms) return false;
    return record.at_ms >= filter.since_ms;
}

bool passes(const Filter& filter, const Listed& listed) {
    const auto& ended = listed.operation.ended;
    if (filter.outcome && (!ended || ended->outcome != *filter.outcome)) return false;
    return !filter.only_open || listed.open;
}

Result<Listed> listed(Rows& rows, const OperationId& operation) {
    const auto entry = rows.entry(operation);
    if (!entry) return entry.error();
    const auto some = rows.rows_of(operation);
    if (!some) return some.error();
    auto records = records_of_rows(*some);
    if (!records) return records.error();
    auto folded = core::fold(*records);
    if (!folded) return folded.error();
    if (folded->size() != 1) return damaged(tr("операция %1 не читается", operation.hex()));
    return Listed{std::move(folded->front()), *entry && (*entry)->open, std::move(*records)};
}

using Take = std::function<Result<bool>(const Row&)>;

// Like Rows::newest_first(), but of these alone.
Result<> newest_first_of(Rows& rows, const std::vector<OperationId>& operations, const Take& take) {
    std::map<std::int64_t, Row, std::greater<>> by_beginning;
    for (const OperationId& operation : operations) {
        auto some = rows.rows_of(operation);
        if (!some) return some.error();
        if (!some->empty()) by_beginning[some->front().seq] = std::move(some->front());
    }
    for (const auto& [seq, intent] : by_beginning) {
        const auto more = take(intent);
        if (!more) return more.error();
        if (!*more) break;
    }
    return Done{};
}

Result<std::vector<OperationId>> open_operations(Rows& rows) {
    const auto head = rows.head();
    if (!head) return head.error();
    const auto entries = rows.open_entries(*head);
    if (!entries) return entries.error();
    std::vector<OperationId> operations;
    for (const Entry& entry : *entries)
        operations.push_back(entry.operation);
    return operations;
}

// All operations whose ids begin with these digits.
Result<std::vector<OperationId>> beginning_with(Rows& rows, const std::string& digits) {
    const std::size_t more = OperationId().hex().size() - digits.size();
    const auto least = OperationId::parse(digits + std::string(more, '0'));
    const auto greatest = OperationId::parse(digits + std::string(more, 'f'));
    if (!least || !greatest) return std::vector<OperationId>();
    return rows.operations_between(*least, *greatest);
}

// The shortest list that has all that the filter wants; nullopt: the whole journal.
Result<std::optional<std::vector<OperationId>>> candidates(Rows& rows, const Filter& filter) {
    const auto found = [&]() -> Result<std::vector<OperationId>> {
        if (!filter.id_begins.empty()) return beginning_with(rows, filter.id_begins);
        if (filter.target) return rows.linked(link_to_target(*filter.target));
        if (filter.only_open) return open_operations(rows);
        return rows.linked(link_to_shift(filter.shift.value_or("")));
    };
    if (filter.id_begins.empty() && !filter.target && !filter.only_open && !filter.shift)
        return std::optional<std::vector<OperationId>>();
    auto operations = found();
    if (!operations) return operations.error();
    return std::optional(std::move(*operations));
}

Result<std::vector<Listed>> list_in(Rows& rows, const Filter& filter) {
    if (auto checked = rows.check_end(); !checked) return checked.error();
    std::vector<Listed> found;
    const Take take = [&](const Row& row) -> Result<bool> {
        const auto record = record_of(row);
        if (!record) return record.error();
        const auto* intent = std::get_if<core::Intent>(&record->fact);
        if (intent == nullptr || !passes(filter, *record, *intent)) return true;
        auto one = listed(rows, row.operation);
        if (!one) return one.error();
        if (passes(filter, *one)) found.push_back(std::move(*one));
        return filter.limit == 0 || found.size() < filter.limit;
    };
    const auto some = candidates(rows, filter);
    if (!some) return some.error();
    auto taken = *some ? newest_first_of(rows, **some, take) : rows.newest_first(take);
    if (!taken) return taken.error();
    std::reverse(found.begin(), found.end());
    return found;
}

// What the chain itself says of each operation.
struct Counted {
    std::map<OperationId, Entry> operations;
    std::vector<Linked> links;
};

Result<> count(Counted& counted, const Row& row) {
    const auto record = record_of(row);
    if (!record) return record.error();
    Entry& entry = counted.operations[row.operation];
    const auto* intent = std::get_if<core::Intent>(&record->fact);
    const bool begins = intent != nullptr;
    if (begins != (entry.records == 0)) return damaged(tr("запись %1 не на своём месте", row.seq));
    for (const Link& link : begins ? links_of(*intent) : std::vector<Link>())
        counted.links.push_back({link, row.operation});
    entry.operation = row.operation;
    entry.last_seq = row.seq;
    ++entry.records;
    return Done{};
}

// The list of operations must tell the same as the chain.
Result<Verified> compare(const Counted& counted, const std::vector<Entry>& entries) {
    Verified verified;
    for (const Entry& entry : entries) {
        const auto found = counted.operations.find(entry.operation);
        const bool same = found != counted.operations.end()
                          && found->second.records == entry.records
                          && found->second.last_seq == entry.last_seq;
        if (!same)
            return damaged(tr("перечень операций неверен: операция %1", entry.operation.hex()));
        verified.open += entry.open ? 1 : 0;
        verified.records += entry.records;
    }
    verified.operations = static_cast<std::int64_t>(entries.size());
    if (counted.operations.size() == entries.size()) return verified;
    return damaged(tr("перечень операций неполон"));
}

// So must what operations are found by.
Result<> compare_links(std::vector<Linked> counted, Rows& rows) {
    const auto links = rows.all_links();
    if (!links) return links.error();
    std::sort(counted.begin(), counted.end());
    if (*links != counted) return damaged(tr("перечень связей неверен"));
    std::vector<LinkCount> expected;
    for (const Linked& each : counted) {
        if (expected.empty() || expected.back().link != each.link)
            expected.push_back({each.link, 0});
        ++expected.back().operations;
    }
    const auto counts = rows.all_link_counts();
    if (!counts) return counts.error();
    if (*counts != expected) return damaged(tr("счёт связей неверен"));
    return Done{};
}

Result<> check_structure(Database& database) {
    auto statement = database.prepare("PRAGMA integrity_check(1)");
    if (!statement) return statement.error();
    const auto row = statement->step();
    if (!row) return row.error();
    if (*row && statement->text(0) == "ok") return Done{};
    return damaged(tr("строение файла нарушено: %1", statement->text(0)));
}

Result<Verified> verify_in(Snapshot& snapshot, std::int64_t synced_seq) {
    Rows& rows = snapshot.rows();
    const auto head = rows.head();
    if (!head) return head.error();
    Counted counted;
    auto chain = rows.check_chain(*head, 1, [&](const Row& row) { return count(counted, row); });
    if (!chain) return chain.error();
    if (auto open = rows.open_entries(*head); !open) return open.error();
    const auto entries = rows.all_entries();
    if (!entries) return entries.error();
    auto verified = compare(counted, *entries);
    if (!verified) return verified.error();
    if (auto same = compare_links(std::move(counted.links), rows); !same) return same.error();
    if (auto sound = check_structure(snapshot.database()); !sound) return sound.error();
    if (head->seq >= synced_seq) return verified;
    return missing_end(head->seq, synced_seq);
}

}  // namespace

JournalReader::JournalReader(Places places, std::string module)
    : places_(std::move(places)), module_(std::move(module)) {
}

Result<JournalReader> JournalReader::open(const Places& places, std::string_view module) {
    const auto snapshot = Snapshot::open(places.journal(module), module);
    if (!snapshot) return explained(snapshot.error(), places, module);
    return JournalReader(places, std::string(module));
}

Result<std::vector<Listed>> JournalReader::list(const Filter& filter) const {
    auto snapshot = Snapshot::open(places_.journal(module_), module_);
    if (!snapshot) return explained(snapshot.error(), places_, module_);
    auto found = list_in(snapshot->rows(), filter);
    if (!found) return explained(found.error(), places_, module_);
    return found;
}

Result<Verified> JournalReader::verify() const {
    // Before the snapshot: the owner may go on, but never back.
    const auto mark = read_mark(places_.lock(module_));
    auto snapshot = Snapshot::open(places_.journal(module_), module_);
    if (!snapshot) return explained(snapshot.error(), places_, module_);
    auto verified = verify_in(*snapshot, mark ? mark->seq : 0);
    if (!verified) return explained(verified.error(), places_, module_);
    return verified;
}

Result<std::int64_t> JournalReader::leave_wish(std::string_view what, std::int64_t wall_ms) const {
    if (what.empty() || what.size() > kMaxWish)
        return Error{ErrorCode::InvalidInput, tr("неверное пожелание «%1»", what)};
    const fs::path path = places_.journal(module_);
    if (size_of(path) < 0) return Error{ErrorCode::NotFound, tr("журнала %1 нет", path.native())};
    store::OpenOptions options;
    options.busy_timeout_ms = kBusyTimeoutMs;
    options.checkpoint_on_close = false;
    options.pragmas = {"wal_autocheckpoint=0", "secure_delete=ON", "synchronous=NORMAL"};
    auto database = Database::open(path, options);
    if (!database) return explained(database.error(), places_, module_);
    if (auto known = check_identity(*database, path, module_); !known) return known.error();
    auto statement = database->prepare("INSERT INTO wishes(what, at_ms) VALUES(?1, ?2)");
    if (!statement) return statement.error();
    auto transaction = Transaction::begin(*database);
    if (!transaction) return transaction.error();
    if (auto added = statement->bind(1, what).bind(2, wall_ms).run(); !added) return added.error();
    const std::int64_t number = database->last_insert_id();
    if (auto committed = transaction->commit(); !committed) return committed.error();
    return number;
}

Result<std::optional<std::vector<DebtTold>>> JournalReader::answer_to(std::int64_t wish) const {
    using Answer = std::optional<std::vector<DebtTold>>;
    auto snapshot = Snapshot::open(places_.journal(module_), module_);
    if (!snapshot) return explained(snapshot.error(), places_, module_);
    auto statement = snapshot->database().prepare("SELECT body FROM answers WHERE wish = ?1");
    if (!statement) return statement.error();
    const auto row = statement->bind(1, wish).step();
    if (!row) return row.error();
    if (!*row) return Answer();
    auto told = decode_answer(statement->text(0));
    if (!told) return told.error();
    return Answer(std::move(*told));
}

Result<Verified> verify_file(const fs::path& path, std::string_view module) {
    auto snapshot = Snapshot::open(path, module);
    if (!snapshot) return snapshot.error();
    return verify_in(*snapshot, 0);
}

}  // namespace linuxcash::journal
