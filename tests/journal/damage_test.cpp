// SPDX-License-Identifier: Apache-2.0
// What the journal makes of files that are not what it left: nothing is lost in silence, nothing is
// deleted.
#include "journal/damage.h"

#include <fstream>
#include <iterator>
#include <string>

#include "journal/reader.h"
#include "journal/workbench.h"
#include "store/database.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

namespace fs = std::filesystem;
using namespace linuxcash::journal;
using linuxcash::Error;
using linuxcash::ErrorCode;
using linuxcash::store::Database;

namespace {

void fill(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

std::string bytes_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_GROUP(JournalDamage) {
    Workbench bench;

    // Refused as damaged, with the module's name and the way out.
    std::string refused() const {
        const Error error = bench.refusal();
        CHECK(error.code == ErrorCode::Damaged);
        const std::string text = error.text.russian();
        STRCMP_CONTAINS("paysysctl journal accept oplati", text.c_str());
        STRCMP_CONTAINS(bench.file().c_str(), text.c_str());
        return text;
    }

    Accepted accept() const {
        return expect(accept_damage(bench.places, "oplati", bench.clock.now_ms));
    }

    // A journal with two open payments, closed in order.
    void write_some() const {
        const auto journal = bench.open();
        append(*journal, begin_payment(1));
        append(*journal, begin_payment(2));
    }

    void change(const std::string& sql) const {
        auto database = expect(Database::open(bench.file()));
        (void)expect(database.execute(sql));
    }
};

TEST(JournalDamage, a_later_version_is_refused_untouched) {
    write_some();
    CHECK(expect(Database::open(bench.file())).set_user_version(2).ok());
    const std::string before = bytes_of(bench.file());

    const Error error = bench.refusal();

    CHECK(error.code == ErrorCode::Unsupported);
    STRCMP_CONTAINS("более новой версией", error.text.russian().c_str());
    CHECK(before == bytes_of(bench.file()));
    CHECK(!fs::exists(bench.file("-wal")));
}

TEST(JournalDamage, what_is_no_database_is_set_aside_and_never_replaced_in_silence) {
    for (const std::string& garbage : {std::string(5000, 'x'), std::string()}) {
        Workbench fresh;
        fs::create_directories(fresh.places.module_data());
        fill(fresh.file(), garbage);

        const Error first = fresh.refusal();
        const Error second = fresh.refusal();

        const fs::path aside = fresh.file(".damaged-20240229T235959Z");
        CHECK(first.code == ErrorCode::Damaged);
        STRCMP_CONTAINS(aside.c_str(), first.text.russian().c_str());
        CHECK(second.code == ErrorCode::Damaged);
        STRCMP_CONTAINS(aside.c_str(), second.text.russian().c_str());
        CHECK(!fs::exists(fresh.file()));
        CHECK(garbage == bytes_of(aside));
    }
}

TEST(JournalDamage, once_accepted_the_module_begins_anew_and_the_old_file_stays) {
    write_some();
    fill(bench.file(), std::string(5000, 'x'));
    (void)refused();

    const Accepted accepted = accept();

    CHECK(!accepted.journal_kept);
    CHECK_EQUAL(1u, accepted.set_aside.size());
    CHECK(std::string(5000, 'x') == bytes_of(accepted.set_aside[0]));
    CHECK(expect(bench.open()->open_records()).empty());
}

TEST(JournalDamage, a_broken_schema_is_set_aside) {
    write_some();
    std::string bytes = bytes_of(bench.file());
    bytes[bytes.find("CREATE TABLE records") + 3] = '#';
    fill(bench.file(), bytes);

    (void)refused();

    CHECK(bytes == bytes_of(bench.file(".damaged-20240229T235959Z")));
}

TEST(JournalDamage, a_journal_that_vanished_is_not_begun_anew) {
    write_some();
    fs::remove(bench.file());

    STRCMP_CONTAINS("записей в нём было 2", refused().c_str());
    CHECK(!fs::exists(bench.file()));

    (void)accept();
    CHECK(expect(bench.open()->open_records()).empty());
}

TEST(JournalDamage, an_older_copy_is_refused_until_the_loss_is_accepted) {
    { append(*bench.open(), begin_payment(1)); }
    fs::copy_file(bench.file(), bench.file(".copy"));
    { append(*bench.open(), begin_payment(2)); }
    fs::rename(bench.file(".copy"), bench.file());

    STRCMP_CONTAINS("последняя запись 1, а на диск была записана и запись 2", refused().c_str());
    const Accepted accepted = accept();

    CHECK(accepted.journal_kept);
    CHECK(accepted.set_aside.empty());
    CHECK_EQUAL(1u, expect(bench.open()->open_records()).size());
}

TEST(JournalDamage, a_log_without_its_journal_is_set_aside) {
    CHECK_EQUAL(-SIGKILL, in_child([&] {
        const auto journal = bench.open();
        append(*journal, begin_payment(1));
        return ::raise(SIGKILL);
    }));
    fs::remove(bench.file());
    fs::remove(bench.places.lock("oplati"));

    (void)refused();

    CHECK(fs::exists(bench.file(".damaged-20240229T235959Z-wal")));
    CHECK(!fs::exists(bench.file("-wal")));
    CHECK_EQUAL(1u, accept().set_aside.size());
    CHECK(expect(bench.open()->open_records()).empty());
}

TEST(JournalDamage, a_changed_record_stops_the_start_and_is_named) {
    write_some();
    change(
        "DROP TRIGGER records_stay; UPDATE records SET body = replace(body, '24.50', '00.50') "
        "WHERE seq = 2");

    STRCMP_CONTAINS("запись 2 изменена", refused().c_str());
    CHECK(fs::exists(bench.file()));
}

TEST(JournalDamage, a_removed_record_stops_the_start_and_is_named) {
    write_some();
    change("DROP TRIGGER records_last; DELETE FROM records WHERE seq = 1");

    STRCMP_CONTAINS("нет записи 1", refused().c_str());
}

TEST(JournalDamage, a_removed_end_stops_the_start) {
    write_some();
    change("DROP TRIGGER records_last; DELETE FROM records WHERE seq = 2");

    STRCMP_CONTAINS("последняя запись 1, а должна быть 2", refused().c_str());
}

TEST(JournalDamage, an_open_operation_that_was_struck_off_stops_the_start) {
    write_some();
    change("UPDATE operations SET open = 0 WHERE last_seq = 1");

    STRCMP_CONTAINS("открытых операций", refused().c_str());
}

TEST(JournalDamage, records_of_an_operation_are_never_fewer_than_there_were) {
    const auto journal = bench.open();
    append(*journal, begin_payment(1));
    append(*journal, end_payment(1));
    append(*journal, settle_payment(1));
    change("DELETE FROM operations");

    const auto records = journal->records_of(operation(1));

    CHECK(records.error().code == ErrorCode::Damaged);
    STRCMP_CONTAINS("записей 3, а должно быть 0", records.error().text.russian().c_str());
}

TEST(JournalDamage, old_damage_does_not_stop_a_start_but_shows_when_looked_for) {
    {
        const auto journal = bench.open();
        append(*journal, begin_payment(1));
        append(*journal, end_payment(1));
        append(*journal, settle_payment(1));
        for (std::uint8_t i = 2; i < 200; ++i)
            append(*journal, begin_payment(i));
    }
    change("DROP TRIGGER records_stay; UPDATE records SET at_ms = 1 WHERE seq = 2");

    const auto journal = bench.open();

    CHECK_EQUAL(198u, expect(journal->open_records()).size());
    CHECK(journal->records_of(operation(1)).error().code == ErrorCode::Damaged);
    const auto reader = expect(JournalReader::open(bench.places, "oplati"));
    STRCMP_CONTAINS("запись 2 изменена", reader.verify().error().text.russian().c_str());
    CHECK(reader.list({}).error().code == ErrorCode::Damaged);
}

TEST(JournalDamage, a_database_of_somebody_else_is_no_journal) {
    fs::create_directories(bench.places.module_data());
    change("CREATE TABLE t(x)");

    STRCMP_CONTAINS("не является журналом", refused().c_str());
    CHECK(fs::exists(bench.file()));
}

TEST(JournalDamage, a_link_in_its_place_is_refused) {
    fs::create_directories(bench.places.module_data());
    fs::create_symlink("/dev/null", bench.file());

    CHECK(bench.refusal().code == ErrorCode::InvalidInput);
    CHECK(fs::is_symlink(bench.file()));
}

TEST(JournalDamage, there_is_nothing_to_accept_in_a_good_journal) {
    write_some();

    CHECK(accept_damage(bench.places, "oplati", 0).error().code == ErrorCode::InvalidInput);
    CHECK_EQUAL(2u, expect(bench.open()->open_records()).size());
}

TEST(JournalDamage, nothing_is_accepted_while_the_module_runs) {
    const auto journal = bench.open();

    CHECK(accept_damage(bench.places, "oplati", 0).error().code == ErrorCode::Busy);
}

TEST(JournalDamage, nothing_is_accepted_or_made_for_a_module_without_data) {
    { const auto journal = bench.open(); }

    CHECK(accept_damage(bench.places, "typo", 0).error().code == ErrorCode::NotFound);
    CHECK(!fs::exists(bench.places.lock("typo")));
}
