// SPDX-License-Identifier: Apache-2.0
#include "store/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "base/system_error.h"
#include "store/sqlite_error.h"

namespace linuxcash::store {

namespace {

namespace fs = std::filesystem;

Error open_error(const fs::path& path, int error_number) {
    return {
        system_error_code(error_number), tr("не удалось открыть базу данных %1: %2", path.native(),
                                            system_error_reason(error_number))};
}

// Folders above may be links (/linuxcash on another disk), the file itself may not: SQLite checks
// the whole path, so the folders are resolved first.
Result<fs::path> with_real_folder(const fs::path& path) {
    std::error_code failure;
    const fs::path folder = fs::canonical(fs::absolute(path).parent_path(), failure);
    if (failure) return open_error(path, failure.value());
    return folder / path.filename();
}

// The file exists afterwards, with its mode from the first byte, and its name is on the disk.
Result<> create_file(const fs::path& path, const OpenOptions& options) {
    const int flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    const UniqueFd file(::open(path.c_str(), flags, options.file_mode & ~mode_t{077}));
    if (!file.valid() && errno == EEXIST) return Done{};  // another was quicker
    if (!file.valid()) return open_error(path, errno);
    if (options.owner && ::fchown(file.get(), options.owner->uid, options.owner->gid) != 0) {
        return open_error(path, errno);
    }
    if (::fchmod(file.get(), options.file_mode) != 0) return open_error(path, errno);
    const UniqueFd folder(::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.valid() || ::fsync(folder.get()) != 0) return open_error(path, errno);
    return Done{};
}

// Looks without opening: to close a descriptor of a database drops the locks of every connection in
// this process.
Result<> prepare_file(const fs::path& path, const OpenOptions& options) {
    struct stat now {};
    if (::lstat(path.c_str(), &now) != 0) {
        if (errno != ENOENT || options.read_only) return open_error(path, errno);
        return create_file(path, options);
    }
    if (S_ISREG(now.st_mode)) return Done{};
    return Error{
        ErrorCode::InvalidInput,
        tr("база данных %1 не открыта: на её месте ссылка, каталог или устройство, уберите его",
           path.native())};
}

// The path as SQLite's own kind of address: only so does it take parameters.
std::string immutable_address(const fs::path& path) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string address = "file:";
    for (const char each : path.native()) {
        const auto byte = static_cast<unsigned char>(each);
        if (each != '%' && each != '?' && each != '#') {
            address += each;
            continue;
        }
        address += '%';
        address += kDigits[byte >> 4U];
        address += kDigits[byte & 0xFU];
    }
    return address + "?immutable=1";
}

// "journal_mode" of "journal_mode=WAL"
std::string_view name_of(std::string_view pragma) {
    return pragma.substr(0, pragma.find('='));
}

std::string_view value_of(std::string_view pragma) {
    const std::size_t sign = pragma.find('=');
    return sign == std::string_view::npos ? std::string_view() : pragma.substr(sign + 1);
}

}  // namespace

void Database::Close::operator()(sqlite3* database) const noexcept {
    sqlite3_close_v2(database);  // waits for statements that still live
}

Database::Database(sqlite3* database, std::string path)
    : database_(database), path_(std::move(path)) {
}

Error Database::failure(int code) const {
    return sqlite_error(database_.get(), code, path_);
}

Result<Database> Database::open(const fs::path& path, const OpenOptions& options) {
    const auto real = with_real_folder(path);
    if (!real) return real.error();
    if (const auto prepared = prepare_file(*real, options); !prepared) return prepared.error();
    const int access = options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    const int uri = options.read_only && options.immutable ? SQLITE_OPEN_URI : 0;
    const std::string name = uri != 0 ? immutable_address(*real) : real->native();
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(
        name.c_str(), &raw, access | uri | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, nullptr);
    Database database(raw, path.native());
    if (code != SQLITE_OK) return sqlite_error(raw, code, path.native());
    if (const auto configured = database.configure(options); !configured) {
        return configured.error();
    }
    return database;
}

Result<> Database::configure(const OpenOptions& options) {
    sqlite3* raw = database_.get();
    sqlite3_extended_result_codes(raw, 1);
    sqlite3_busy_timeout(raw, options.busy_timeout_ms);
    // A damaged or foreign file must not make SQLite do what our own SQL does not ask for.
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    // "x" is a name, never a string.
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    set_checkpoint_on_close(options.checkpoint_on_close);
    // The first look into the file: what is no database shows here.
    if (const auto looked = execute("PRAGMA cell_size_check=ON; PRAGMA schema_version"); !looked) {
        return looked;
    }
    for (const std::string& pragma : options.pragmas) {
        if (const auto run = run_pragma(pragma); !run) return run;
    }
    return Done{};
}

Result<> Database::run_pragma(const std::string& pragma) {
    auto statement = prepare("PRAGMA " + pragma);
    if (!statement) return statement.error();
    const auto row = statement->step();
    if (!row) return row.error();
    if (name_of(pragma) != "journal_mode" || !*row) return Done{};
    const std::string asked(value_of(pragma));
    const std::string taken = statement->text(0);
    if (sqlite3_stricmp(taken.c_str(), asked.c_str()) == 0) return Done{};
    return Error{
        ErrorCode::Unsupported,
        tr("база данных %1: режим журнала %2 не принят, остался %3", path_, asked, taken)};
}

Result<> Database::execute(const std::string& sql) {
    const int code = sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return failure(code);
    return Done{};
}

Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v3(
        database_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &raw,
        nullptr);
    if (code != SQLITE_OK) return failure(code);
    return Statement(raw, path_);
}

Result<std::int64_t> Database::user_version() {
    auto statement = prepare("PRAGMA user_version");
    if (!statement) return statement.error();
    const auto row = statement->step();
    if (!row) return row.error();
    return statement->integer(0);
}

Result<> Database::set_user_version(std::int64_t version) {
    return execute("PRAGMA user_version=" + std::to_string(version));
}

Result<> Database::set_synchronous(Synchronous synchronous) {
    if (synchronous_ == synchronous) return Done{};
    if (in_transaction()) {
        // SQLite would ignore it without a word.
        return Error{
            ErrorCode::Internal,
            tr("база данных %1: режим записи нельзя сменить внутри транзакции", path_)};
    }
    const char* word = synchronous == Synchronous::Full ? "FULL" : "NORMAL";
    if (const auto run = execute(std::string("PRAGMA synchronous=") + word); !run) return run;
    synchronous_ = synchronous;
    return Done{};
}

void Database::set_checkpoint_on_close(bool checkpoint) {
    sqlite3_db_config(
        database_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, checkpoint ? 0 : 1, nullptr);
}

bool Database::in_transaction() const {
    return sqlite3_get_autocommit(database_.get()) == 0;
}

std::int64_t Database::last_insert_id() const {
    return sqlite3_last_insert_rowid(database_.get());
}

std::int64_t Database::changes() const {
    return sqlite3_changes64(database_.get());
}

Result<Transaction> Transaction::begin(Database& database) {
    if (const auto begun = database.execute("BEGIN IMMEDIATE"); !begun) return begun.error();
    return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {
}

Transaction::~Transaction() {
    rollback();
}

Result<> Transaction::commit() {
    if (database_ == nullptr) {
        return Error{ErrorCode::Internal, tr("транзакция уже завершена")};
    }
    const auto committed = database_->execute("COMMIT");
    if (!committed) rollback();
    database_ = nullptr;
    return committed;
}

void Transaction::rollback() noexcept {
    // After a full disk or a device error SQLite has rolled back by itself.
    if (database_ == nullptr || !database_->in_transaction()) return;
    // A rollback can only fail on the device, and then the next opening rolls back.
    const auto ignored = database_->execute("ROLLBACK");
    static_cast<void>(ignored);
}

}  // namespace linuxcash::store
