// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <utility>

#include "store/database.h"
#include "store/temporary_folder.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::ErrorCode;
using linuxcash::store::Database;
using linuxcash::store::OpenOptions;
using linuxcash::store::TemporaryFolder;
using linuxcash::store::Transaction;

namespace {

Database opened(const std::filesystem::path& path) {
    OpenOptions options;
    options.busy_timeout_ms = 0;
    options.pragmas = {"journal_mode=WAL"};
    return Database::open(path, options).value();
}

}  // namespace

TEST_GROUP(Transaction) {
    TemporaryFolder folder;
    Database database = opened(folder.path() / "x.db");
    Database other = opened(folder.path() / "x.db");

    void setup() override {
        CHECK(database.execute("CREATE TABLE t(x)").ok());
    }

    std::int64_t count() {
        auto statement = other.prepare("SELECT count(*) FROM t").value();
        CHECK(statement.step().value());
        return statement.integer(0);
    }
};

TEST(Transaction, shows_its_rows_after_the_commit_and_not_before) {
    auto transaction = Transaction::begin(database).value();
    CHECK(database.execute("INSERT INTO t VALUES(1)").ok());
    LONGS_EQUAL(0, count());

    CHECK(transaction.commit().ok());

    LONGS_EQUAL(1, count());
    CHECK_FALSE(database.in_transaction());
}

TEST(Transaction, is_rolled_back_when_it_ends_without_a_commit) {
    {
        const auto transaction = Transaction::begin(database).value();
        CHECK(database.execute("INSERT INTO t VALUES(1)").ok());
    }

    LONGS_EQUAL(0, count());
    CHECK_FALSE(database.in_transaction());
}

TEST(Transaction, keeps_other_writers_out_from_its_beginning) {
    const auto transaction = Transaction::begin(database).value();

    CHECK(Transaction::begin(other).error().code == ErrorCode::Busy);
}

TEST(Transaction, does_not_nest) {
    const auto transaction = Transaction::begin(database).value();

    CHECK(Transaction::begin(database).error().code == ErrorCode::Internal);
    CHECK(database.in_transaction());
}

TEST(Transaction, moves) {
    auto first = Transaction::begin(database).value();
    Transaction second(std::move(first));
    CHECK(database.execute("INSERT INTO t VALUES(1)").ok());

    CHECK(second.commit().ok());

    LONGS_EQUAL(1, count());
}

TEST(Transaction, commits_once) {
    auto transaction = Transaction::begin(database).value();
    CHECK(transaction.commit().ok());

    CHECK(transaction.commit().error().code == ErrorCode::Internal);
}

TEST(Transaction, leaves_nothing_when_the_commit_is_refused) {
    CHECK(database
              .execute("PRAGMA foreign_keys=ON; CREATE TABLE p(id INTEGER PRIMARY KEY);"
                       "CREATE TABLE c(p REFERENCES p(id) DEFERRABLE INITIALLY DEFERRED)")
              .ok());
    auto transaction = Transaction::begin(database).value();
    CHECK(database.execute("INSERT INTO t VALUES(1); INSERT INTO c VALUES(5)").ok());

    CHECK(transaction.commit().error().code == ErrorCode::InvalidInput);

    CHECK_FALSE(database.in_transaction());
    LONGS_EQUAL(0, count());
}

TEST(Transaction, survives_a_full_disk_in_the_middle) {
    CHECK(database.execute("PRAGMA max_page_count=4").ok());
    {
        const auto transaction = Transaction::begin(database).value();
        CHECK(
            database.execute("INSERT INTO t VALUES(zeroblob(100000))").error().code
            == ErrorCode::NoSpace);
    }

    CHECK_FALSE(database.in_transaction());
    CHECK(Transaction::begin(database).ok());
}
