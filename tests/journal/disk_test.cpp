// SPDX-License-Identifier: Apache-2.0
// The journal on a disk that is full, and in a process that is killed at any write.
#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "fakes/disk.h"
#include "journal/journal.h"
#include "journal/reader.h"
#include "journal/workbench.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

namespace fs = std::filesystem;
using namespace linuxcash::journal;
using linuxcash::ErrorCode;
using linuxcash::core::Commit;
using linuxcash::core::Discharged;
using linuxcash::core::Durability;
using linuxcash::core::Learned;
using linuxcash::core::ObligationKind;
using linuxcash::core::Owed;
using linuxcash::fakes::die_at_disk_call;
using linuxcash::fakes::FullDisk;

namespace {

// An outcome with its obligation: two records that stand or fall together.
Commit end_in_doubt(std::uint8_t number) {
    return {
        {{operation(number), linuxcash::core::Ended{}},
         {operation(number), Owed{ObligationKind::Undo, ""}}},
        Durability::Synced,
        {}};
}

}  // namespace

TEST_GROUP(JournalDisk) {
    Workbench bench;
    fs::path reserve = bench.places.reserve("oplati");

    std::size_t records() const {
        return expect(bench.open()->open_records()).size();
    }
};

TEST(JournalDisk, an_outcome_fits_on_a_full_disk_thanks_to_the_reserve) {
    const auto journal = bench.open();
    append(*journal, begin_payment(1));
    CHECK(fs::exists(reserve));
    const FullDisk full(reserve);

    const auto ended = journal->append(end_in_doubt(1));

    CHECK(ended.ok());
    CHECK(!fs::exists(reserve));
    CHECK_EQUAL(3u, expect(journal->open_records()).size());
}

TEST(JournalDisk, a_new_payment_does_not_eat_the_reserve) {
    const auto journal = bench.open();
    append(*journal, begin_payment(1));
    const FullDisk full(reserve);

    const auto begun = journal->append(begin_payment(2));

    CHECK(begun.error().code == ErrorCode::NoSpace);
    STRCMP_CONTAINS("на диске нет места", begun.error().text.russian().c_str());
    CHECK(fs::exists(reserve));
}

TEST(JournalDisk, a_disk_that_stays_full_fails_the_commit_and_spares_the_journal) {
    {
        const auto journal = bench.open();
        append(*journal, begin_payment(1));
        {
            const FullDisk full;
            CHECK(journal->append(end_in_doubt(1)).error().code == ErrorCode::NoSpace);
        }
        CHECK_EQUAL(1u, expect(journal->open_records()).size());
        append(*journal, end_payment(1));
    }

    CHECK_EQUAL(2u, records());
}

TEST(JournalDisk, the_reserve_comes_back_when_there_is_room) {
    const auto journal = bench.open();
    append(*journal, begin_payment(1));
    {
        const FullDisk full(reserve);
        CHECK(journal->append(end_in_doubt(1)).ok());
    }
    {
        const FullDisk full;
        journal->tidy();
        CHECK(!fs::exists(reserve));
    }

    journal->tidy();

    CHECK_EQUAL(256u * 1024, fs::file_size(reserve));
}

TEST(JournalDisk, a_full_disk_at_the_first_start_says_so) {
    const FullDisk full;

    CHECK(bench.refusal().code == ErrorCode::NoSpace);
}

// Kills at the first, second, third … write or sync, until a run gets through.
TEST(JournalDisk, a_commit_is_whole_wherever_the_process_is_killed) {
    { append(*bench.open(), begin_payment(1)); }
    int kills = 0;
    for (std::uint8_t number = 2;; ++number) {
        const std::size_t before = records();
        const int ended = in_child([&] {
            const auto journal = bench.open();
            die_at_disk_call(kills + 1);
            append(
                *journal, {{{operation(number), intent()}, {operation(number), approved()}},
                           Durability::Synced,
                           {}});
            return 7;
        });
        const std::size_t added = records() - before;

        if (ended == 7) {
            CHECK_EQUAL(2u, added);
            break;
        }
        CHECK_EQUAL(-SIGKILL, ended);
        CHECK(added == 0 || added == 2);
        ++kills;
    }
    CHECK(kills > 5);
    CHECK(expect(JournalReader::open(bench.places, "oplati")).verify().ok());
}

TEST(JournalDisk, no_kill_while_tidying_costs_a_record) {
    int kills = 0;
    for (;; ++kills) {
        Workbench fresh;
        const int ended = in_child([&] {
            const auto journal = fresh.open();
            append(*journal, begin_payment(1));
            for (int i = 0; i < 140; ++i)
                append(*journal, {{{operation(1), Learned{"1"}}}, Durability::Relaxed, {}});
            die_at_disk_call(kills * 10 + 1);
            journal->tidy();
            return 7;
        });

        CHECK_EQUAL(141u, expect(fresh.open()->open_records()).size());
        CHECK(expect(JournalReader::open(fresh.places, "oplati")).verify().ok());
        if (ended == 7) break;
        CHECK_EQUAL(-SIGKILL, ended);
    }
    CHECK(kills > 2);
}

TEST(JournalDisk, a_first_start_that_is_killed_anywhere_is_no_damage) {
    int kills = 0;
    for (;; ++kills) {
        Workbench fresh;
        const int ended = in_child([&] {
            die_at_disk_call(kills + 1);
            const auto journal = fresh.open();
            return 7;
        });

        CHECK(expect(fresh.open()->open_records()).empty());
        if (ended == 7) break;
        CHECK_EQUAL(-SIGKILL, ended);
    }
    CHECK(kills > 5);
}

// What the owner was told is on the disk, it finds again: the parent hears of each commit only
// after append().
TEST(JournalDisk, what_was_acknowledged_outlives_a_kill_between_commits) {
    int pipe_ends[2] = {-1, -1};
    CHECK_EQUAL(0, ::pipe2(pipe_ends, O_CLOEXEC));
    const int ended = in_child([&] {
        const auto journal = bench.open();
        for (std::uint8_t number = 1; number < 30; ++number) {
            append(*journal, begin_payment(number));
            if (::write(pipe_ends[1], "x", 1) != 1) return 1;
            if (number == 17) die_at_disk_call(3);
        }
        return 2;
    });
    ::close(pipe_ends[1]);
    std::size_t acknowledged = 0;
    char one = 0;
    while (::read(pipe_ends[0], &one, 1) == 1)
        ++acknowledged;
    ::close(pipe_ends[0]);

    CHECK_EQUAL(-SIGKILL, ended);
    CHECK_EQUAL(17u, acknowledged);
    CHECK(records() >= acknowledged);
}
