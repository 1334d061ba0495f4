// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "scene.h"
#include "store/database.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::till {

TEST_GROUP(TillOpen) {
    Scene scene;

    void run_sql(const std::string& sql) {
        auto database = store::Database::open(scene.places().till());
        CHECK(database.ok());
        CHECK(database->execute(sql).ok());
    }
};

TEST(TillOpen, creates_a_database_with_cash_in_it) {
    Till till = scene.owner();

    const auto types = till.payment_types();

    CHECK(types.ok());
    LONGS_EQUAL(1, types->size());
    LONGS_EQUAL(kCashValutcode, types->front().valutcode);
    CHECK(types->front().kind == core::PaymentKind::Cash);
    LONGS_EQUAL(0, types->front().kkm);
}

TEST(TillOpen, keeps_the_files_away_from_strangers) {
    const Till till = scene.owner();

    struct stat database {};
    struct stat lock {};
    LONGS_EQUAL(0, ::stat(scene.places().till().c_str(), &database));
    LONGS_EQUAL(0, ::stat(scene.places().till_lock().c_str(), &lock));

    LONGS_EQUAL(0640, database.st_mode & 0777);
    LONGS_EQUAL(0640, lock.st_mode & 0777);
}

TEST(TillOpen, refuses_a_second_owner) {
    const Till till = scene.owner();

    const auto second = Till::open(scene.places(), Access::Owner);

    CHECK_FALSE(second.ok());
    CHECK(second.error().code == ErrorCode::Busy);
}

TEST(TillOpen, lets_the_next_owner_in_when_the_first_has_gone) {
    { const Till till = scene.owner(); }

    CHECK(Till::open(scene.places(), Access::Owner).ok());
}

TEST(TillOpen, lets_a_guest_in_beside_the_owner) {
    const Till till = scene.owner();

    CHECK(Till::open(scene.places(), Access::Guest).ok());
}

TEST(TillOpen, lets_a_guest_create_the_database_before_the_first_start) {
    { Till guest = scene.guest(); }

    CHECK(scene.owner().payment_type(kCashValutcode).ok());
}

TEST(TillOpen, brings_a_database_of_the_first_version_up_to_this_one) {
    {
        Till till = scene.owner();
        CHECK(till.save(closed_sale()).ok());
    }
    run_sql(
        "DROP TABLE reconciliation; ALTER TABLE document DROP COLUMN held;"
        "DROP INDEX document_unexported; DROP INDEX document_refiled; DROP INDEX document_sold;"
        "DROP INDEX workshift_unexported; ALTER TABLE document DROP COLUMN exported;"
        "ALTER TABLE document DROP COLUMN filed; ALTER TABLE workshift DROP COLUMN exported;"
        "PRAGMA user_version = 1");

    Till till = scene.owner();

    CHECK(**till.receipt(1) == closed_sale());
    CHECK(till.add_reconciliation({}).ok());
    LONGS_EQUAL(1, till.unexported_receipts(10)->size());
}

TEST(TillOpen, refuses_a_database_from_the_future) {
    { const Till till = scene.owner(); }
    run_sql("PRAGMA user_version = 99");

    const auto opened = Till::open(scene.places(), Access::Owner);

    CHECK_FALSE(opened.ok());
    CHECK(opened.error().code == ErrorCode::Unsupported);
}

TEST(TillOpen, refuses_a_database_of_another_program) {
    run_sql("CREATE TABLE stranger (x)");

    const auto opened = Till::open(scene.places(), Access::Owner);

    CHECK_FALSE(opened.ok());
    CHECK(opened.error().code == ErrorCode::Damaged);
}

TEST(TillOpen, refuses_a_file_that_is_no_database) {
    std::ofstream(scene.places().till()) << std::string(5000, 'x');

    const auto opened = Till::open(scene.places(), Access::Owner);

    CHECK_FALSE(opened.ok());
    CHECK(opened.error().code == ErrorCode::Damaged);
}

TEST(TillOpen, says_so_when_the_folder_is_missing) {
    std::filesystem::remove_all(scene.places().data());

    CHECK_FALSE(Till::open(scene.places(), Access::Owner).ok());
}

TEST(TillOpen, writes_ahead_of_its_file_and_syncs_each_commit) {
    Till till = scene.owner();
    CHECK(till.save(open_sale()).ok());

    CHECK(std::filesystem::exists(scene.places().till().native() + "-wal"));
}

}  // namespace linuxcash::till
