// SPDX-License-Identifier: Apache-2.0
#include "journal/reader.h"

#include <algorithm>
#include <string>

#include "journal/witness.h"
#include "journal/workbench.h"
#include "store/database.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

namespace fs = std::filesystem;
using namespace linuxcash::journal;
using linuxcash::ErrorCode;
using linuxcash::core::Outcome;
using linuxcash::store::Database;

namespace {

std::string names_in(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& each : fs::directory_iterator(folder))
        names.push_back(each.path().filename().native());
    std::sort(names.begin(), names.end());
    std::string all;
    for (const std::string& name : names)
        all += name + " ";
    return all;
}

}  // namespace

TEST_GROUP(JournalReader) {
    Workbench bench;

    JournalReader reader() const {
        return expect(JournalReader::open(bench.places, "oplati"));
    }

    // Receipt numbers of what passes, in the order given.
    std::string listed(const Filter& filter) const {
        std::string numbers;
        for (const Listed& each : expect(reader().list(filter)))
            numbers += std::to_string(each.operation.intent.receipt_number) + " ";
        return numbers;
    }

    // Payments 1 (closed), 2 (open), 3 (open) of receipts 10, 20, 30.
    void fill(Journal & journal) {
        for (std::uint8_t i = 1; i <= 3; ++i) {
            append(journal, begin_payment(i, 10 * i));
            append(journal, end_payment(i));
            bench.clock.now_ms += 1000;
        }
        append(journal, settle_payment(1));
    }
};

TEST(JournalReader, a_module_that_never_wrote_has_no_journal) {
    const auto missing = JournalReader::open(bench.places, "oplati");

    CHECK(missing.error().code == ErrorCode::NotFound);
}

TEST(JournalReader, lists_while_the_owner_runs) {
    const auto journal = bench.open();
    fill(*journal);

    const auto all = expect(reader().list({}));

    CHECK_EQUAL(3u, all.size());
    CHECK(all[0].operation.ended->outcome == Outcome::Approved);
    CHECK(all[0].operation.closed());
    CHECK(!all[0].open);
    CHECK_EQUAL(3u, all[0].records.size());
    CHECK(all[1].open);
}

TEST(JournalReader, lists_what_is_about_a_payment) {
    const auto journal = bench.open();
    fill(*journal);
    for (std::uint8_t i = 4; i <= 5; ++i) {
        auto refund = intent(10 * i);
        refund.kind = linuxcash::core::OperationKind::Refund;
        refund.target = operation(static_cast<std::uint8_t>(i - 3));
        append(*journal, {{{operation(i), refund}}, linuxcash::core::Durability::Synced, {}});
    }

    STRCMP_EQUAL("40 ", listed({.target = operation(1)}).c_str());
    STRCMP_EQUAL("50 ", listed({.target = operation(2)}).c_str());
    STRCMP_EQUAL("", listed({.target = operation(2), .shift = "4"}).c_str());
    STRCMP_EQUAL("", listed({.target = operation(3)}).c_str());
}

TEST(JournalReader, lists_by_receipt_sum_state_time_and_number) {
    const auto journal = bench.open();
    const std::int64_t began = bench.clock.now_ms;
    fill(*journal);

    STRCMP_EQUAL("10 20 30 ", listed({}).c_str());
    STRCMP_EQUAL("20 ", listed({.receipt_number = 20}).c_str());
    STRCMP_EQUAL("10 20 30 ", listed({.sum_minor = 2450}).c_str());
    STRCMP_EQUAL("", listed({.sum_minor = 2451}).c_str());
    STRCMP_EQUAL("10 20 30 ", listed({.shift = "3"}).c_str());
    STRCMP_EQUAL("20 30 ", listed({.shift = "3", .only_open = true}).c_str());
    STRCMP_EQUAL("", listed({.shift = "4"}).c_str());
    STRCMP_EQUAL("20 30 ", listed({.only_open = true}).c_str());
    STRCMP_EQUAL("30 ", listed({.only_open = true, .limit = 1}).c_str());
    STRCMP_EQUAL("20 30 ", listed({.since_ms = began + 1000}).c_str());
    STRCMP_EQUAL("10 ", listed({.before_ms = began + 1000}).c_str());
    STRCMP_EQUAL("20 30 ", listed({.limit = 2}).c_str());
}

TEST(JournalReader, counts_towards_a_limit_only_what_passes) {
    const auto journal = bench.open();
    fill(*journal);
    append(*journal, begin_payment(4, 40));

    STRCMP_EQUAL("30 ", listed({.outcome = Outcome::Approved, .limit = 1}).c_str());
    STRCMP_EQUAL("", listed({.outcome = Outcome::Unknown, .limit = 1}).c_str());
    STRCMP_EQUAL("40 ", listed({.kind = linuxcash::core::OperationKind::Pay, .limit = 1}).c_str());
    STRCMP_EQUAL("", listed({.kind = linuxcash::core::OperationKind::Refund}).c_str());
}

TEST(JournalReader, lists_by_the_beginning_of_an_id) {
    const auto journal = bench.open();
    fill(*journal);

    STRCMP_EQUAL("20 ", listed({.id_begins = "0202"}).c_str());
    STRCMP_EQUAL("20 ", listed({.id_begins = operation(2).hex()}).c_str());
    STRCMP_EQUAL("10 20 30 ", listed({.id_begins = "0"}).c_str());
    STRCMP_EQUAL("", listed({.id_begins = "04"}).c_str());
}

TEST(JournalReader, an_operation_that_hides_is_reported_when_asked_for) {
    { fill(*bench.open()); }
    for (const char* sql :
         {"DELETE FROM operations WHERE operation = x'01010101010101010101010101010101'",
          "DROP TRIGGER records_last; DELETE FROM records WHERE seq = 1"}) {
        CHECK(expect(Database::open(bench.file())).execute(sql).ok());

        const auto found = reader().list({.id_begins = "0101"});

        CHECK(!found && found.error().code == ErrorCode::Damaged);
    }
}

TEST(JournalReader, an_answer_that_makes_no_sense_is_an_error) {
    { fill(*bench.open()); }
    for (const char* body : {"", "{}", "[1]", "[{\"operation\":\"1\"}]"}) {
        auto database = expect(Database::open(bench.file()));
        auto put = expect(database.prepare("INSERT OR REPLACE INTO answers VALUES(1, ?1)"));
        CHECK(put.bind(1, body).run().ok());

        CHECK(reader().answer_to(1).error().code == ErrorCode::Damaged);
    }
}

TEST(JournalReader, makes_no_file_whether_an_owner_runs_or_not) {
    std::string before;
    {
        const auto journal = bench.open();
        fill(*journal);
        before = names_in(bench.places.module_data());
        CHECK_EQUAL(3u, expect(reader().list({})).size());
        STRCMP_EQUAL(before.c_str(), names_in(bench.places.module_data()).c_str());
    }
    before = names_in(bench.places.module_data());

    CHECK_EQUAL(3u, expect(reader().list({})).size());
    CHECK(reader().verify().ok());

    STRCMP_EQUAL(before.c_str(), names_in(bench.places.module_data()).c_str());
}

TEST(JournalReader, verifies_everything) {
    const auto journal = bench.open();
    fill(*journal);

    const auto verified = expect(reader().verify());

    CHECK_EQUAL(7, verified.records);
    CHECK_EQUAL(3, verified.operations);
    CHECK_EQUAL(2, verified.open);
}

TEST(JournalReader, an_owner_goes_on_while_others_read) {
    const auto journal = bench.open();
    fill(*journal);
    const auto before = reader();

    append(*journal, begin_payment(4, 40));

    CHECK_EQUAL(4u, expect(before.list({})).size());
}

TEST(JournalReader, wishes_are_refused_when_they_cannot_be_meant) {
    const auto journal = bench.open();

    CHECK(!reader().leave_wish("", 0).ok());
    CHECK(!reader().leave_wish(std::string(65, 'x'), 0).ok());
}

TEST(JournalReader, a_journal_of_another_module_is_damage) {
    { fill(*bench.open()); }
    fs::copy_file(bench.file(), bench.places.journal("other"));

    const auto other = JournalReader::open(bench.places, "other");

    CHECK(other.error().code == ErrorCode::Damaged);
    STRCMP_CONTAINS("журнал модуля «oplati»", other.error().text.russian().c_str());
}

TEST(JournalReader, a_journal_of_a_later_version_is_refused) {
    { fill(*bench.open()); }
    CHECK(expect(Database::open(bench.file())).set_user_version(2).ok());

    CHECK(JournalReader::open(bench.places, "oplati").error().code == ErrorCode::Unsupported);
}

TEST(JournalReader, tells_whether_anybody_owns_the_module) {
    CHECK(!is_owned(bench.places, "oplati"));
    {
        const auto journal = bench.open();
        CHECK(is_owned(bench.places, "oplati"));
    }
    CHECK(!is_owned(bench.places, "oplati"));
}
