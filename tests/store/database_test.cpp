// SPDX-License-Identifier: Apache-2.0
#include "store/database.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "store/temporary_folder.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::ErrorCode;
using linuxcash::Owner;
using linuxcash::store::Database;
using linuxcash::store::OpenOptions;
using linuxcash::store::Synchronous;
using linuxcash::store::TemporaryFolder;
using linuxcash::store::Transaction;

namespace fs = std::filesystem;

namespace {

constexpr uid_t kStranger = 65534;

OpenOptions wal() {
    OpenOptions options;
    options.busy_timeout_ms = 0;
    options.pragmas = {"journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"};
    return options;
}

OpenOptions read_only() {
    OpenOptions options;
    options.busy_timeout_ms = 0;
    options.read_only = true;
    return options;
}

mode_t mode_of(const fs::path& path) {
    struct stat now {};
    return ::lstat(path.c_str(), &now) == 0 ? now.st_mode & 07777U : 0;
}

std::int64_t pragma(Database& database, const std::string& name) {
    auto statement = database.prepare("PRAGMA " + name).value();
    CHECK(statement.step().value());
    return statement.integer(0);
}

void fill(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace

TEST_GROUP(Database) {
    TemporaryFolder folder;
    fs::path file = folder.path() / "x.journal";
};

TEST(Database, creates_its_files_with_the_mode_asked_for_whatever_the_umask) {
    const mode_t before = ::umask(0);
    {
        auto database = Database::open(file, wal());
        ::umask(before);

        CHECK(database->execute("CREATE TABLE t(x)").ok());
        LONGS_EQUAL(0640, mode_of(file));
        LONGS_EQUAL(0640, mode_of(file.native() + "-wal"));
        LONGS_EQUAL(0640, mode_of(file.native() + "-shm"));
    }
}

TEST(Database, gives_a_new_file_to_the_owner_asked_for) {
    if (::geteuid() != 0) return;  // nobody else may give files away
    OpenOptions options = wal();
    options.owner = Owner{kStranger, kStranger};

    auto database = Database::open(file, options);
    CHECK(database->execute("CREATE TABLE t(x)").ok());

    struct stat now {};
    LONGS_EQUAL(0, ::stat((file.native() + "-wal").c_str(), &now));
    LONGS_EQUAL(kStranger, now.st_uid);
}

TEST(Database, keeps_what_was_written) {
    {
        auto database = Database::open(file, wal());
        CHECK(database->execute("CREATE TABLE t(x); INSERT INTO t VALUES('да')").ok());
    }
    auto database = Database::open(file, read_only());
    auto statement = database->prepare("SELECT x FROM t").value();

    CHECK(statement.step().value());
    STRCMP_EQUAL("да", statement.text(0).c_str());
}

TEST(Database, refuses_a_link_in_the_files_place) {
    { CHECK(Database::open(folder.path() / "other", wal()).ok()); }
    fs::create_symlink("other", file);

    CHECK(Database::open(file, wal()).error().code == ErrorCode::InvalidInput);
    CHECK(Database::open(file, read_only()).error().code == ErrorCode::InvalidInput);
}

TEST(Database, refuses_a_dangling_link_and_creates_nothing_behind_it) {
    fs::create_symlink("elsewhere", file);

    CHECK_FALSE(Database::open(file, wal()).ok());
    CHECK_FALSE(fs::exists(folder.path() / "elsewhere"));
}

TEST(Database, follows_links_of_the_folders_above) {
    fs::create_directory(folder.path() / "real");
    fs::create_directory_symlink("real", folder.path() / "link");

    CHECK(Database::open(folder.path() / "link" / "x.journal", wal()).ok());
    CHECK(fs::exists(folder.path() / "real" / "x.journal"));
}

TEST(Database, refuses_a_folder_in_the_files_place) {
    fs::create_directory(file);

    CHECK(Database::open(file, wal()).error().code == ErrorCode::InvalidInput);
}

TEST(Database, says_that_the_folder_is_missing) {
    const auto result = Database::open(folder.path() / "missing" / "x", wal());

    CHECK(result.error().code == ErrorCode::NotFound);
}

TEST(Database, for_reading_is_not_created) {
    CHECK(Database::open(file, read_only()).error().code == ErrorCode::NotFound);
    CHECK_FALSE(fs::exists(file));
}

TEST(Database, for_reading_cannot_be_written) {
    { CHECK(Database::open(file, wal())->execute("CREATE TABLE t(x)").ok()); }
    auto database = Database::open(file, read_only());

    CHECK(database->execute("INSERT INTO t VALUES(1)").error().code == ErrorCode::Denied);
}

TEST(Database, says_that_it_may_not_be_opened) {
    { CHECK(Database::open(file, wal()).ok()); }
    fs::permissions(file, fs::perms::none);
    fs::permissions(folder.path(), fs::perms(0755));
    const bool root = ::geteuid() == 0;
    if (root) LONGS_EQUAL(0, ::seteuid(kStranger));

    const auto result = Database::open(file, wal());

    if (root) LONGS_EQUAL(0, ::seteuid(0));
    CHECK(result.error().code == ErrorCode::Denied);
}

TEST(Database, tells_a_file_that_is_no_database) {
    fill(file, std::string(8192, 'x'));

    const auto result = Database::open(file, wal());

    CHECK(result.error().code == ErrorCode::Damaged);
    STRCMP_CONTAINS(file.c_str(), result.error().text.russian().c_str());
}

TEST(Database, tells_damaged_pages_when_it_meets_them) {
    {
        auto database = Database::open(file, OpenOptions{});
        CHECK(database->execute("CREATE TABLE t(x); INSERT INTO t VALUES(zeroblob(100000))").ok());
    }
    std::fstream damaged(file, std::ios::in | std::ios::out | std::ios::binary);
    damaged.seekp(4096);
    damaged << std::string(4096, '\xFF');
    damaged.close();

    auto database = Database::open(file, OpenOptions{});

    CHECK(database->execute("SELECT * FROM t").error().code == ErrorCode::Damaged);
}

TEST(Database, takes_an_empty_file_as_a_new_one) {
    fill(file, "");

    CHECK(Database::open(file, wal()).ok());
}

TEST(Database, refuses_a_journal_mode_that_is_not_taken) {
    OpenOptions options;
    options.pragmas = {"journal_mode=NONSENSE"};

    const auto result = Database::open(file, options);

    CHECK(result.error().code == ErrorCode::Unsupported);
}

TEST(Database, knows_its_schemas_version) {
    auto database = Database::open(file, wal());
    LONGS_EQUAL(0, database->user_version().value());

    CHECK(database->set_user_version(7).ok());

    LONGS_EQUAL(7, database->user_version().value());
}

TEST(Database, runs_the_pragmas_asked_for) {
    auto database = Database::open(file, wal());

    LONGS_EQUAL(2, pragma(*database, "synchronous"));
    LONGS_EQUAL(1, pragma(*database, "secure_delete"));
}

TEST(Database, switches_how_safe_a_commit_is) {
    auto database = Database::open(file, wal());

    CHECK(database->set_synchronous(Synchronous::Normal).ok());
    LONGS_EQUAL(1, pragma(*database, "synchronous"));
    CHECK(database->set_synchronous(Synchronous::Full).ok());
    LONGS_EQUAL(2, pragma(*database, "synchronous"));
}

TEST(Database, does_not_pretend_to_switch_inside_a_transaction) {
    auto database = Database::open(file, wal());
    const auto transaction = Transaction::begin(*database);
    CHECK(transaction.ok());

    CHECK(database->set_synchronous(Synchronous::Normal).error().code == ErrorCode::Internal);
}

TEST(Database, calls_our_own_wrong_sql_internal) {
    auto database = Database::open(file, wal());

    CHECK(database->execute("SELEC 1").error().code == ErrorCode::Internal);
    CHECK(database->prepare("SELECT * FROM missing").error().code == ErrorCode::Internal);
}

TEST(Database, reports_a_full_disk_by_its_own_code) {
    OpenOptions options = wal();
    options.pragmas.emplace_back("max_page_count=4");
    auto database = Database::open(file, options);
    CHECK(database->execute("CREATE TABLE t(x)").ok());

    const auto result = database->execute("INSERT INTO t VALUES(zeroblob(100000))");

    CHECK(result.error().code == ErrorCode::NoSpace);
    STRCMP_CONTAINS("на диске нет места", result.error().text.russian().c_str());
}

TEST(Database, opened_twice_in_one_process_keeps_the_first_ones_lock) {
    auto first = Database::open(file, wal());
    CHECK(first->execute("CREATE TABLE t(x)").ok());
    auto transaction = Transaction::begin(*first);
    CHECK(transaction.ok());

    { CHECK(Database::open(file, wal()).ok()); }

    auto third = Database::open(file, wal());
    CHECK(Transaction::begin(*third).error().code == ErrorCode::Busy);
}

TEST(Database, reading_what_nobody_writes_leaves_no_file_behind) {
    const fs::path path = folder.path() / "odd %?#name.db";
    {
        Database writer = Database::open(path, wal()).value();
        CHECK(writer.execute("CREATE TABLE t(x); INSERT INTO t VALUES(7)").ok());
    }
    OpenOptions options = read_only();
    options.immutable = true;

    Database reader = Database::open(path, options).value();
    auto row = reader.prepare("SELECT x FROM t").value();

    CHECK(row.step().value());
    CHECK_EQUAL(7, row.integer(0));
    CHECK_EQUAL(1, std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()));
}

TEST(Database, leaves_the_log_as_it_is_when_asked) {
    OpenOptions options = wal();
    options.checkpoint_on_close = false;
    const fs::path log = file.native() + "-wal";

    { CHECK(Database::open(file, options)->execute("CREATE TABLE t(x)").ok()); }
    CHECK(fs::exists(log));

    { Database::open(file, options)->set_checkpoint_on_close(true); }
    CHECK(!fs::exists(log));
}
