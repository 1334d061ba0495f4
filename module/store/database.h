// SPDX-License-Identifier: Apache-2.0
// One SQLite database: opened safely, statements, transactions, errors in our own words. A database
// and everything made from it belong to one thread at a time; every call may block on the disk, and
// for busy_timeout_ms on a lock.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace linuxcash::store {

// How errors of this folder use their codes: Busy (locked by another; nothing was changed), NoSpace
// (the disk is full), Io, Denied, NotFound (no such file or folder), Damaged (not a database, or it
// does not check out), InvalidInput (a constraint refused the row; a link or a folder in the file's
// place), TooLarge, Internal (our SQL).

struct OpenOptions {
    bool read_only = false;  // NotFound when the file is missing; otherwise it is created
    // With read_only: nobody writes the file meanwhile, so no lock is taken and no -wal or -shm is
    // made. Only right while there is no -wal beside it.
    bool immutable = false;
    int busy_timeout_ms = 2'000;  // how long a call waits for another's lock
    // Whether the last connection to close moves the write-ahead log into the file and removes it.
    bool checkpoint_on_close = true;
    mode_t file_mode =
        0640;  // of a new file, whatever the umask; SQLite gives -wal and -shm the same
    std::optional<Owner> owner;  // of a new file
    // Run in this order right after opening, e.g. "journal_mode=WAL", "synchronous=FULL",
    // "secure_delete=ON". A journal mode that the database does not take is an error.
    std::vector<std::string> pragmas;
};

// When a commit returns, its rows survive …
enum class Synchronous {
    Full,  // … a power cut
    Normal,  // … a kill, and in WAL mode perhaps not a power cut
};

// A prepared statement; keep it and use it again. May outlive its database, but then only to be
// destroyed.
class Statement {
public:
    // Parameters count from 1. A binding that fails is reported by the next step() or run().
    Statement& bind(int parameter, std::int64_t number);
    Statement& bind(int parameter, std::string_view text);  // copied
    Statement& bind_blob(int parameter, std::string_view bytes);
    Statement& bind_blob(int parameter, std::span<const std::uint8_t> bytes);
    Statement& bind_null(int parameter);

    // True: a row can be read; false: it is done. After an error or false, call reset() before the
    // next use.
    [[nodiscard]] Result<bool> step();
    // For statements that give no rows: all of it, then reset().
    [[nodiscard]] Result<> run();
    // Ready to bind and step anew; bindings become null. Ends a reading transaction that step()
    // began.
    void reset();

    // Columns of the row, from 0. Another type is converted as SQLite does; null is 0 or empty.
    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::string blob(int column) const;

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const noexcept;
    };

    Statement(sqlite3_stmt* statement, std::string path);
    void remember(int code);
    [[nodiscard]] Error failure(int code) const;

    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    std::string path_;  // for errors
    int bind_failure_ = 0;
};

class Database {
public:
    // A symbolic link in the file's place is refused (folders above it may be links). The file is
    // looked into: what is no database is found here, as Damaged.
    [[nodiscard]] static Result<Database> open(
        const std::filesystem::path& path, const OpenOptions& options = {});

    // One or more statements without parameters; rows are ignored.
    [[nodiscard]] Result<> execute(const std::string& sql);
    // One statement.
    [[nodiscard]] Result<Statement> prepare(std::string_view sql);

    // The number that an application keeps in the file to know its schema; 0 in a new one.
    [[nodiscard]] Result<std::int64_t> user_version();
    [[nodiscard]] Result<> set_user_version(std::int64_t version);

    // For the transactions that follow; Internal while one is open. Costs nothing when it is
    // already so.
    [[nodiscard]] Result<> set_synchronous(Synchronous synchronous);

    void set_checkpoint_on_close(bool checkpoint);

    [[nodiscard]] bool in_transaction() const;
    [[nodiscard]] std::int64_t last_insert_id() const;
    // Rows that the last INSERT, UPDATE or DELETE touched.
    [[nodiscard]] std::int64_t changes() const;

private:
    struct Close {
        void operator()(sqlite3* database) const noexcept;
    };

    Database(sqlite3* database, std::string path);
    [[nodiscard]] Result<> configure(const OpenOptions& options);
    [[nodiscard]] Result<> run_pragma(const std::string& pragma);
    [[nodiscard]] Error failure(int code) const;

    std::unique_ptr<sqlite3, Close> database_;
    std::string path_;
    std::optional<Synchronous> synchronous_;
};

// BEGIN IMMEDIATE … COMMIT; rolled back when it ends without a commit. Must not outlive its
// database, nor be open when the database is moved.
class Transaction {
public:
    // Busy when another writes for longer than the busy timeout.
    [[nodiscard]] static Result<Transaction> begin(Database& database);

    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    // After an error nothing of the transaction is visible to anybody, and it is over.
    [[nodiscard]] Result<> commit();

private:
    explicit Transaction(Database& database) : database_(&database) {}
    void rollback() noexcept;

    Database* database_;  // null when over
};

}  // namespace linuxcash::store
