// SPDX-License-Identifier: Apache-2.0
#include "journal/schema.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <string>

#include "base/system_error.h"
#include "journal/files.h"

namespace linuxcash::journal {

namespace {

namespace fs = std::filesystem;
using store::Database;
using store::OpenOptions;
using store::Transaction;

constexpr std::int64_t kApplicationId = 0x4C43504A;  // "LCPJ"

// Small pages: a payment changes few bytes in several tables, and each page goes to the disk whole.
constexpr const char* kPageSize = "page_size=1024";

constexpr const char* kTables = R"(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE records(
    seq INTEGER PRIMARY KEY, operation BLOB NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
    at_ms INTEGER NOT NULL, hash BLOB NOT NULL);
CREATE INDEX records_by_operation ON records(operation);
CREATE TRIGGER records_stay BEFORE UPDATE ON records
    BEGIN SELECT RAISE(ABORT, 'records are append-only'); END;
CREATE TRIGGER records_last BEFORE DELETE ON records
    BEGIN SELECT RAISE(ABORT, 'records are append-only'); END;
CREATE TABLE operations(
    operation BLOB PRIMARY KEY, records INTEGER NOT NULL, last_seq INTEGER NOT NULL,
    open INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX open_operations ON operations(operation) WHERE open = 1;
CREATE TABLE links(
    link BLOB NOT NULL, operation BLOB NOT NULL, PRIMARY KEY(link, operation)) WITHOUT ROWID;
CREATE TABLE link_counts(link BLOB PRIMARY KEY, operations INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE head(
    one INTEGER PRIMARY KEY CHECK(one = 1), seq INTEGER NOT NULL, hash BLOB NOT NULL,
    open_mark BLOB NOT NULL);
CREATE TABLE wishes(
    number INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT NOT NULL, at_ms INTEGER NOT NULL);
CREATE TABLE answers(wish INTEGER PRIMARY KEY, body TEXT NOT NULL);
INSERT INTO head VALUES(1, 0, zeroblob(32), zeroblob(32));
)";

Result<> put_meta(Database& database, std::string_view key, std::string_view value) {
    auto statement = database.prepare("INSERT INTO meta VALUES(?1, ?2)");
    if (!statement) return statement.error();
    return statement->bind(1, key).bind(2, value).run();
}

Result<> fill(Database& database, const NewJournal& journal) {
    auto transaction = Transaction::begin(database);
    if (!transaction) return transaction.error();
    if (auto made = database.execute(kTables); !made) return made;
    if (auto put = put_meta(database, "module", journal.module); !put) return put;
    const std::string created = std::to_string(journal.created_ms);
    if (auto put = put_meta(database, "created_ms", created); !put) return put;
    if (auto put = put_meta(database, "checkpoints", "0"); !put) return put;
    const std::string identity = "PRAGMA application_id=" + std::to_string(kApplicationId);
    if (auto set = database.execute(identity); !set) return set;
    if (auto set = database.set_user_version(kSchemaVersion); !set) return set;
    return transaction->commit();
}

// Closed when it returns, so that the file holds all and nothing lies beside it.
Result<> make_file(const fs::path& path, const NewJournal& journal) {
    OpenOptions options;
    options.owner = journal.owner;
    // Synced once, when all is in it: nobody sees it before.
    options.pragmas = {kPageSize, "synchronous=OFF", "journal_mode=WAL", "secure_delete=ON"};
    auto database = Database::open(path, options);
    if (!database) return database.error();
    return fill(*database, journal);
}

Result<> sync_file(const fs::path& path) {
    const UniqueFd file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (file.valid() && ::fsync(file.get()) == 0) return Done{};
    return Error{
        system_error_code(errno),
        tr("не удалось записать журнал %1: %2", path.native(), system_error_reason(errno))};
}

// The one value of a query with one row; empty when there is no row.
Result<std::string> one_value(Database& database, const char* query) {
    auto statement = database.prepare(query);
    if (!statement) return statement.error();
    const auto row = statement->step();
    if (!row) return row.error();
    return *row ? statement->text(0) : std::string();
}

Error damaged(Text what) {
    return {ErrorCode::Damaged, std::move(what)};
}

}  // namespace

Result<> create_journal(const fs::path& path, const NewJournal& journal) {
    const fs::path made = beside(path, ".new");
    // Left by a process that was killed amid this; nothing of it was ever used.
    for (const char* suffix : {"", "-wal", "-shm", "-journal"})
        ::unlink(beside(made, suffix).c_str());
    if (auto filled = make_file(made, journal); !filled) return filled;
    if (auto synced = sync_file(made); !synced) return synced;
    if (::rename(made.c_str(), path.c_str()) != 0)
        return Error{
            system_error_code(errno),
            tr("не удалось создать журнал %1: %2", path.native(), system_error_reason(errno))};
    return sync_folder(path.parent_path());
}

Result<std::int64_t> version_of_file(const fs::path& path) {
    constexpr std::string_view kMagic("SQLite format 3\0", 16);
    constexpr std::size_t kVersionAt = 60;
    std::array<char, 100> header{};
    const UniqueFd file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    const auto size = file.valid() ? ::pread(file.get(), header.data(), header.size(), 0) : -1;
    if (size < 0)
        return Error{
            system_error_code(errno),
            tr("не удалось прочитать журнал %1: %2", path.native(), system_error_reason(errno))};
    const std::string_view bytes(header.data(), static_cast<std::size_t>(size));
    if (bytes.size() < header.size() || !bytes.starts_with(kMagic))
        return damaged(tr("файл не является базой данных SQLite"));
    std::int64_t version = 0;
    for (const char byte : bytes.substr(kVersionAt, 4))
        version = version * 256 + static_cast<unsigned char>(byte);
    return version;
}

Result<> check_identity(Database& database, const fs::path& path, std::string_view module) {
    const auto version = database.user_version();
    if (!version) return version.error();
    const auto identity = one_value(database, "PRAGMA application_id");
    if (!identity) return identity.error();
    if (*identity != std::to_string(kApplicationId) || *version < 1)
        return damaged(tr("файл не является журналом платёжного модуля"));
    if (*version > kSchemaVersion) return newer_version(path, *version);
    const auto owner = one_value(database, "SELECT value FROM meta WHERE key = 'module'");
    if (!owner) return owner.error();
    if (*owner == module) return Done{};
    return damaged(tr("это журнал модуля «%1»", *owner));
}

Error newer_version(const fs::path& path, std::int64_t version) {
    return {
        ErrorCode::Unsupported,
        tr("журнал %1 записан более новой версией программы (формат %2, известен %3): обновите "
           "программу, журнал не изменён",
           path.native(), version, kSchemaVersion)};
}

}  // namespace linuxcash::journal
