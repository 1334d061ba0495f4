// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <limits>
#include <string>

#include "store/database.h"
#include "store/temporary_folder.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace std::string_literals;

using linuxcash::ErrorCode;
using linuxcash::store::Database;
using linuxcash::store::OpenOptions;
using linuxcash::store::Statement;
using linuxcash::store::TemporaryFolder;

TEST_GROUP(Statement) {
    TemporaryFolder folder;
    Database database = Database::open(folder.path() / "x.db").value();

    void setup() override {
        CHECK(database.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, x ANY UNIQUE)").ok());
    }

    Statement prepared(const char* sql) {
        return database.prepare(sql).value();
    }

    std::int64_t count() {
        auto statement = prepared("SELECT count(*) FROM t");
        CHECK(statement.step().value());
        return statement.integer(0);
    }
};

TEST(Statement, gives_back_what_was_bound) {
    const std::string text = "a\0b'; DROP TABLE t; --ж"s;
    const std::string bytes("\0\xFF\x80", 3);
    auto statement = prepared("SELECT ?, ?, ?, ?, ?");

    statement.bind(1, std::numeric_limits<std::int64_t>::min())
        .bind(2, text)
        .bind_blob(3, bytes)
        .bind_null(4);
    statement.bind_blob(5, std::array<std::uint8_t, 2>{0, 9});

    CHECK(statement.step().value());
    CHECK(statement.integer(0) == std::numeric_limits<std::int64_t>::min());
    CHECK(statement.text(1) == text);
    CHECK(statement.blob(2) == bytes);
    CHECK(statement.is_null(3));
    CHECK(statement.blob(4) == std::string("\0\x09", 2));
    CHECK_FALSE(statement.step().value());
}

TEST(Statement, tells_empty_from_null) {
    auto statement = prepared("SELECT ?, ?, ?");

    statement.bind(1, std::string_view())
        .bind_blob(2, std::string_view())
        .bind_blob(3, std::span<const std::uint8_t>());

    CHECK(statement.step().value());
    CHECK_FALSE(statement.is_null(0));
    CHECK_FALSE(statement.is_null(1));
    CHECK_FALSE(statement.is_null(2));
}

TEST(Statement, null_reads_as_zero_and_empty) {
    auto statement = prepared("SELECT NULL");

    CHECK(statement.step().value());
    LONGS_EQUAL(0, statement.integer(0));
    STRCMP_EQUAL("", statement.text(0).c_str());
    STRCMP_EQUAL("", statement.blob(0).c_str());
}

TEST(Statement, is_used_again_and_again) {
    auto statement = prepared("INSERT INTO t(x) VALUES(?)");

    for (int number = 0; number < 10; ++number)
        CHECK(statement.bind(1, number).run().ok());

    LONGS_EQUAL(10, count());
    LONGS_EQUAL(10, database.last_insert_id());
    LONGS_EQUAL(1, database.changes());
}

TEST(Statement, forgets_its_bindings_after_a_run) {
    auto statement = prepared("INSERT INTO t(x) VALUES(?)");
    CHECK(statement.bind(1, 5).run().ok());

    CHECK(statement.run().ok());

    auto reader = prepared("SELECT x FROM t WHERE id=2");
    CHECK(reader.step().value());
    CHECK(reader.is_null(0));
}

TEST(Statement, reports_a_parameter_that_does_not_exist) {
    auto statement = prepared("INSERT INTO t(x) VALUES(?)");

    const auto result = statement.bind(2, 5).bind(1, 5).run();

    CHECK(result.error().code == ErrorCode::Internal);
    LONGS_EQUAL(0, count());
}

TEST(Statement, works_again_after_a_refused_row) {
    auto statement = prepared("INSERT INTO t(x) VALUES(?)");
    CHECK(statement.bind(1, "один").run().ok());

    CHECK(statement.bind(1, "один").run().error().code == ErrorCode::InvalidInput);

    CHECK(statement.bind(1, "два").run().ok());
    LONGS_EQUAL(2, count());
}

TEST(Statement, may_be_destroyed_after_its_database) {
    auto other = std::make_unique<Database>(Database::open(folder.path() / "y.db").value());
    const auto statement = other->prepare("SELECT 1").value();

    other.reset();
}
