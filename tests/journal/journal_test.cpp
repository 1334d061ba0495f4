// SPDX-License-Identifier: Apache-2.0
#include "journal/journal.h"

#include <sys/stat.h>

#include <string>

#include "fakes/disk.h"
#include "journal/reader.h"
#include "journal/workbench.h"
#include "store/database.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

namespace fs = std::filesystem;
using namespace linuxcash::journal;
using linuxcash::ErrorCode;
using linuxcash::OperationId;
using linuxcash::Text;
using linuxcash::core::Commit;
using linuxcash::core::Discharged;
using linuxcash::core::Durability;
using linuxcash::core::Learned;
using linuxcash::core::ObligationKind;
using linuxcash::core::Owed;
using linuxcash::core::Record;
using linuxcash::core::Wish;
using linuxcash::fakes::disk_syncs;
using linuxcash::store::Database;
using linuxcash::store::Transaction;

namespace {

mode_t mode_of(const fs::path& path) {
    struct stat now {};
    return ::lstat(path.c_str(), &now) == 0 ? now.st_mode & 07777U : 0;
}

Commit learned(std::uint8_t number) {
    return {{{operation(number), Learned{"42"}}}, Durability::Relaxed, {}};
}

}  // namespace

TEST_GROUP(Journal) {
    Workbench bench;
};

TEST(Journal, begins_empty) {
    const auto journal = bench.open();

    CHECK(expect(journal->open_records()).empty());
    CHECK(expect(journal->records_of(operation(1))).empty());
    CHECK(expect(journal->wishes_after(0)).empty());
}

TEST(Journal, its_files_are_closed_to_strangers_whatever_the_umask) {
    const mode_t before = ::umask(0);
    const auto journal = bench.open();
    append(*journal, begin_payment(1));
    ::umask(before);

    LONGS_EQUAL(0750, mode_of(bench.places.module_data()));
    LONGS_EQUAL(0640, mode_of(bench.file()));
    LONGS_EQUAL(0640, mode_of(bench.file("-wal")));
    LONGS_EQUAL(0640, mode_of(bench.places.lock("oplati")));
    LONGS_EQUAL(0640, mode_of(bench.places.reserve("oplati")));
}

TEST(Journal, gives_back_what_was_appended_in_order) {
    {
        const auto journal = bench.open();
        append(*journal, begin_payment(1));
        append(*journal, begin_payment(2));
        bench.clock.now_ms += 5;
        append(*journal, end_payment(1));
    }

    const auto records = expect(bench.open()->open_records());

    const std::int64_t now = bench.clock.now_ms;
    CHECK_EQUAL(3u, records.size());
    CHECK(records[0] == (Record{operation(1), intent(), now - 5}));
    CHECK(records[1] == (Record{operation(2), intent(), now - 5}));
    CHECK(records[2] == (Record{operation(1), approved(), now}));
}

TEST(Journal, reads_only_what_is_open_at_a_start_and_keeps_the_rest) {
    {
        const auto journal = bench.open();
        append(*journal, begin_payment(1));
        append(*journal, begin_payment(2));
        append(*journal, end_payment(1));
        append(*journal, settle_payment(1));
    }
    const auto journal = bench.open();

    const auto open = expect(journal->open_records());

    CHECK_EQUAL(1u, open.size());
    CHECK(open[0].operation == operation(2));
    CHECK_EQUAL(3u, expect(journal->records_of(operation(1))).size());
}

TEST(Journal, a_closed_operation_that_gets_a_new_fact_is_open_again) {
    {
        const auto journal = bench.open();
        append(*journal, begin_payment(1));
        append(*journal, end_payment(1));
        append(*journal, settle_payment(1));
        append(
            *journal, {{{operation(1), Owed{ObligationKind::Undo, ""}}}, Durability::Synced, {}});
    }

    CHECK_EQUAL(4u, expect(bench.open()->open_records()).size());
}

TEST(Journal, one_commit_may_hold_facts_of_several_operations) {
    const auto journal = bench.open();

    append(
        *journal, {{{operation(1), intent()}, {operation(1), approved()}, {operation(2), intent()}},
                   Durability::Synced,
                   {operation(1)}});

    CHECK_EQUAL(1u, expect(journal->open_records()).size());
    CHECK_EQUAL(2u, expect(journal->records_of(operation(1))).size());
}

TEST(Journal, a_commit_that_fails_leaves_nothing) {
    const auto journal = bench.open();
    append(*journal, begin_payment(1));

    const auto no_text = journal->append(
        {{{operation(1), approved()}, {operation(1), Learned{"\xFF"}}}, Durability::Synced, {}});
    const auto second = journal->append(
        {{{operation(2), intent()}, {operation(1), intent()}}, Durability::Synced, {}});
    const auto orphan = journal->append(end_payment(3));
    const auto no_end = journal->append({{}, Durability::Synced, {operation(3)}});

    CHECK(no_text.error().code == ErrorCode::InvalidInput);
    CHECK(second.error().code == ErrorCode::Internal);
    CHECK(orphan.error().code == ErrorCode::Internal);
    CHECK(no_end.error().code == ErrorCode::Internal);
    CHECK_EQUAL(1u, expect(journal->open_records()).size());
    append(*journal, end_payment(1));
    CHECK_EQUAL(2u, expect(journal->open_records()).size());
}

TEST(Journal, its_records_refuse_to_be_changed_or_deleted) {
    { append(*bench.open(), begin_payment(1)); }
    auto database = expect(Database::open(bench.file()));

    CHECK(!database.execute("UPDATE records SET body = '{}'").ok());
    CHECK(!database.execute("DELETE FROM records").ok());
}

TEST(Journal, a_second_owner_is_told_whom_to_stop) {
    const auto journal = bench.open();

    const auto refused = bench.refusal();

    CHECK(refused.code == ErrorCode::Busy);
    STRCMP_CONTAINS("test_journal", refused.text.russian().c_str());
    STRCMP_CONTAINS(std::to_string(::getpid()).c_str(), refused.text.russian().c_str());
}

TEST(Journal, is_free_again_when_its_owner_is_killed) {
    CHECK_EQUAL(-SIGKILL, in_child([&] {
        const auto journal = bench.open();
        append(*journal, begin_payment(1));
        return ::raise(SIGKILL);
    }));

    CHECK_EQUAL(1u, expect(bench.open()->open_records()).size());
}

TEST(Journal, a_synced_commit_costs_one_sync) {
    const auto journal = bench.open();
    append(*journal, begin_payment(1));  // begins the log
    const int before = disk_syncs();

    append(*journal, begin_payment(2));
    append(*journal, end_payment(2));

    CHECK_EQUAL(before + 2, disk_syncs());
}

TEST(Journal, a_relaxed_commit_costs_none) {
    const auto journal = bench.open();
    append(*journal, begin_payment(1));
    const int before = disk_syncs();

    append(*journal, learned(1));

    CHECK_EQUAL(before, disk_syncs());
    CHECK_EQUAL(2u, expect(journal->open_records()).size());
}

TEST(Journal, a_relaxed_commit_outlives_a_kill) {
    CHECK_EQUAL(-SIGKILL, in_child([&] {
        const auto journal = bench.open();
        append(*journal, begin_payment(1));
        append(*journal, learned(1));
        return ::raise(SIGKILL);
    }));

    CHECK_EQUAL(2u, expect(bench.open()->open_records()).size());
}

TEST(Journal, tidying_moves_a_long_log_and_keeps_commits_at_one_sync) {
    const auto journal = bench.open();
    append(*journal, begin_payment(1));
    for (int i = 0; i < 200; ++i)
        append(*journal, learned(1));
    const auto before_bytes = fs::file_size(bench.file());

    journal->tidy();

    CHECK(fs::file_size(bench.file()) > before_bytes);
    const auto log_bytes = fs::file_size(bench.file("-wal"));
    const int before = disk_syncs();
    append(*journal, end_payment(1));
    CHECK_EQUAL(before + 1, disk_syncs());
    CHECK_EQUAL(log_bytes, fs::file_size(bench.file("-wal")));  // written over, not grown
}

TEST(Journal, tidying_a_short_log_costs_nothing) {
    const auto journal = bench.open();
    append(*journal, begin_payment(1));
    const int before = disk_syncs();

    journal->tidy();

    CHECK_EQUAL(before, disk_syncs());
}

TEST(Journal, a_lock_of_another_program_is_not_called_a_broken_disk) {
    const auto journal = bench.open();
    auto other = expect(Database::open(bench.file()));
    auto held = std::make_unique<linuxcash::Result<Transaction>>(Transaction::begin(other));
    CHECK(held->ok());

    const auto refused = journal->append(begin_payment(1));
    held.reset();

    CHECK(refused.error().code == ErrorCode::Busy);
    STRCMP_CONTAINS("занят другой программой", refused.error().text.russian().c_str());
    append(*journal, begin_payment(1));
}

TEST(Journal, wishes_of_other_programs_arrive_once_and_in_order) {
    const auto journal = bench.open();
    const auto reader = expect(JournalReader::open(bench.places, "oplati"));
    CHECK(reader.leave_wish("push", 1).ok());
    CHECK(reader.leave_wish("token-reset", 2).ok());

    const auto wishes = expect(journal->wishes_after(0));

    CHECK_EQUAL(2u, wishes.size());
    STRCMP_EQUAL("push", wishes[0].what.c_str());
    STRCMP_EQUAL("token-reset", wishes[1].what.c_str());
    CHECK(expect(journal->wishes_after(wishes[1].number)).empty());
}

TEST(Journal, tidying_drops_wishes_that_were_read_and_no_others) {
    const auto journal = bench.open();
    const auto reader = expect(JournalReader::open(bench.places, "oplati"));
    append(*journal, begin_payment(1));
    CHECK(reader.leave_wish("push", 1).ok());
    CHECK(reader.leave_wish("token-reset", 2).ok());
    const auto first = expect(journal->wishes_after(0)).at(0).number;
    CHECK_EQUAL(1u, expect(journal->wishes_after(first)).size());
    for (int i = 0; i < 200; ++i)
        append(*journal, learned(1));

    journal->tidy();

    CHECK_EQUAL(1u, expect(journal->wishes_after(0)).size());
}

TEST(Journal, answers_a_wish_until_both_are_dropped) {
    const auto journal = bench.open();
    const auto reader = expect(JournalReader::open(bench.places, "oplati"));
    append(*journal, begin_payment(1));
    const std::int64_t wish = expect(reader.leave_wish("explain", 1));
    CHECK(!expect(reader.answer_to(wish)));

    journal->answer_wish(
        wish,
        {{operation(1), 3, true, Text::literal("нет \"связи\"")}, {operation(2), 0, false, {}}});

    const auto told = expect(reader.answer_to(wish));
    CHECK(
        told.value()
        == (std::vector<DebtTold>{
            {operation(1), 3, true, "нет \"связи\""}, {operation(2), 0, false, ""}}));
    CHECK(!expect(reader.answer_to(wish + 1)));
    CHECK_EQUAL(0u, expect(journal->wishes_after(wish)).size());
    for (int i = 0; i < 200; ++i)
        append(*journal, learned(1));
    journal->tidy();
    CHECK(!expect(reader.answer_to(wish)));
    CHECK(reader.verify().ok());
}

TEST(Journal, answers_a_wish_with_an_empty_list_too) {
    const auto journal = bench.open();
    const auto reader = expect(JournalReader::open(bench.places, "oplati"));

    journal->answer_wish(7, {});

    CHECK_EQUAL(0u, expect(reader.answer_to(7)).value().size());
}

TEST(Journal, an_answer_costs_no_sync_and_changes_no_record) {
    const auto journal = bench.open();
    append(*journal, begin_payment(1));
    const int before = disk_syncs();

    journal->answer_wish(1, {{operation(1), 3, true, Text::literal("нет связи")}});

    CHECK_EQUAL(before, disk_syncs());
    CHECK_EQUAL(1u, expect(journal->open_records()).size());
}

TEST(Journal, an_owner_without_the_right_to_write_is_told_so) {
    if (::geteuid() == 0) {
        constexpr uid_t kNobody = 65534;
        { append(*bench.open(), begin_payment(1)); }
        fs::permissions(bench.folder.path(), fs::perms::all);
        CHECK_EQUAL(0, ::chmod(bench.places.module_data().c_str(), 0755));
        CHECK_EQUAL(0, in_child([&] {
                        if (::setgid(kNobody) != 0 || ::setuid(kNobody) != 0) return 1;
                        return bench.refusal().code == ErrorCode::Denied ? 0 : 2;
                    }));
        return;
    }
    fs::create_directories(bench.places.module_data());
    CHECK_EQUAL(0, ::chmod(bench.places.module_data().c_str(), 0550));
    CHECK(bench.refusal().code == ErrorCode::Denied);
}
