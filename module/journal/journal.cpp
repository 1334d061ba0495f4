// SPDX-License-Identifier: Apache-2.0
#include "journal/journal.h"

#include <utility>

#include "journal/damage.h"
#include "journal/files.h"
#include "journal/ledger.h"
#include "journal/links.h"
#include "journal/schema.h"

namespace linuxcash::journal {

namespace {

namespace fs = std::filesystem;
using core::Commit;
using core::Record;
using core::Wish;
using store::Database;

Error damaged(Text what) {
    return {ErrorCode::Damaged, std::move(what)};
}

// There is no journal. Only where there never was one may an empty one begin: whatever it held is
// owed to somebody.
Result<> make_first(const JournalOptions& options, std::int64_t synced_seq, std::int64_t wall_ms) {
    const fs::path path = options.places.journal(options.module);
    if (size_of(beside(path, "-wal")) > 0) {
        const auto aside = set_aside(path, "damaged", wall_ms);
        if (!aside) return aside.error();
    }
    const auto former = set_aside_files(path, "damaged");
    if (!former.empty())
        return damaged(
            tr("прежний журнал не читается и отложен в файл %1", former.back().native()));
    if (synced_seq > 0) return damaged(tr("файла нет, а записей в нём было %1", synced_seq));
    return create_journal(path, {options.module, wall_ms, options.owner});
}

// What cannot be read at all is renamed, so that it stays as it is until somebody decides.
Error unreadable(const fs::path& path, const Error& error, std::int64_t wall_ms) {
    if (error.code != ErrorCode::Damaged) return error;
    const auto aside = set_aside(path, "damaged", wall_ms);
    if (!aside) return aside.error();
    return damaged(tr("%1; файл отложен под именем %2", error.text, aside->native()));
}

Result<Database> open_database(const JournalOptions& options, std::int64_t wall_ms) {
    const fs::path path = options.places.journal(options.module);
    // Closes the file again, so only before SQLite has it: closing drops its locks.
    const auto version = version_of_file(path);
    if (!version) return unreadable(path, version.error(), wall_ms);
    if (*version > kSchemaVersion) return newer_version(path, *version);
    store::OpenOptions open;
    open.busy_timeout_ms = options.busy_timeout_ms;
    open.owner = options.owner;
    // Until the journal has proven whole: what SQLite cannot read of the log must not be removed.
    open.checkpoint_on_close = false;
    // No checkpoint inside a commit: a payment would wait for it.
    open.pragmas = {"journal_mode=WAL", "wal_autocheckpoint=0", "secure_delete=ON"};
    auto database = Database::open(path, open);
    if (!database) return unreadable(path, database.error(), wall_ms);
    if (auto known = check_identity(*database, path, options.module); !known) return known.error();
    return database;
}

Result<std::unique_ptr<Ledger>> open_ledger(
    const JournalOptions& options, Witness witness, const core::Clock& clock) {
    const fs::path path = options.places.journal(options.module);
    if (size_of(path) < 0) {
        auto made = make_first(options, witness.seq(), clock.wall_ms());
        if (!made) return made.error();
    }
    auto database = open_database(options, clock.wall_ms());
    if (!database) return database.error();
    auto ledger = std::make_unique<Ledger>(
        LedgerParts{
            path, options.places.reserve(options.module), options.module, options.owner,
            std::move(witness), std::move(*database)},
        clock);
    if (auto begun = ledger->begin(); !begun) return begun.error();
    return ledger;
}

}  // namespace

Result<std::unique_ptr<Journal>> Journal::open(JournalOptions options, const core::Clock& clock) {
    if (auto made = make_folder(options.places, options.owner); !made) return made.error();
    auto witness = Witness::take(options.places, options.module, options.owner);
    if (!witness) return witness.error();
    auto ledger = open_ledger(options, std::move(*witness), clock);
    if (!ledger) return explained(ledger.error(), options.places, options.module);
    return std::make_unique<Journal>(std::move(options), std::move(*ledger));
}

Journal::Journal(JournalOptions options, std::unique_ptr<Ledger> ledger)
    : options_(std::move(options)), ledger_(std::move(ledger)) {
}

Journal::~Journal() = default;

template <typename T>
Result<T> Journal::told(Result<T> result) const {
    if (result) return result;
    return explained(result.error(), options_.places, options_.module);
}

Result<> Journal::append(const Commit& commit) {
    return told(ledger_->append(commit));
}

Result<std::vector<Record>> Journal::open_records() {
    return told(ledger_->open_records());
}

Result<std::vector<Record>> Journal::records_of(const OperationId& operation) {
    return told(ledger_->records_of(operation));
}

Result<std::vector<Record>> Journal::records_about(const OperationId& target) {
    return told(ledger_->records_linked(link_to_target(target)));
}

Result<std::vector<Record>> Journal::records_of_shift(const std::string& label) {
    return told(ledger_->records_linked(link_to_shift(label)));
}

Result<std::vector<Wish>> Journal::wishes_after(std::int64_t number) {
    return told(ledger_->wishes_after(number));
}

void Journal::answer_wish(std::int64_t number, const std::vector<core::Standing>& everything_owed) {
    ledger_->answer_wish(number, everything_owed);
}

void Journal::tidy() {
    ledger_->tidy();
}

}  // namespace linuxcash::journal
