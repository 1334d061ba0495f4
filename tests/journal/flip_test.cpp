// SPDX-License-Identifier: Apache-2.0
// Each byte of a small journal is flipped in turn: it either reads as before, or the damage is
// reported. Never is a record hidden or changed in silence.
#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <string>

#include "journal/journal.h"
#include "journal/reader.h"
#include "journal/workbench.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

namespace fs = std::filesystem;
using namespace linuxcash::journal;
using linuxcash::core::Record;

namespace {

constexpr int kOperations = 3;

// All that a journal tells its owner.
struct Told {
    std::vector<Record> open;
    std::vector<Record> each;
    std::vector<Record> about_first;
    std::vector<Record> of_shift;
    friend bool operator==(const Told&, const Told&) = default;
};

linuxcash::Result<Told> told_by(Journal& journal) {
    Told told;
    auto open = journal.open_records();
    if (!open) return open.error();
    told.open = std::move(*open);
    for (std::uint8_t number = 1; number <= kOperations + 1; ++number) {
        auto some = journal.records_of(operation(number));
        if (!some) return some.error();
        std::move(some->begin(), some->end(), std::back_inserter(told.each));
    }
    auto about = journal.records_about(operation(1));
    if (!about) return about.error();
    told.about_first = std::move(*about);
    auto shift = journal.records_of_shift("3");
    if (!shift) return shift.error();
    told.of_shift = std::move(*shift);
    return told;
}

// Begins a refund of the first payment.
linuxcash::core::Commit begin_refund(std::uint8_t number) {
    auto refund = intent(8);
    refund.kind = linuxcash::core::OperationKind::Refund;
    refund.target = operation(1);
    return {{{operation(number), refund}}, linuxcash::core::Durability::Synced, {}};
}

std::string bytes_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void fill(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// Bytes that say something, and a sample of the empty space.
bool worth_a_flip(const std::string& bytes, std::size_t at) {
    constexpr std::size_t kSample = 97;
    const bool said = bytes[at] != 0 || (at > 0 && bytes[at - 1] != 0);
    return said || at % kSample == 0;
}

}  // namespace

TEST_GROUP(Flip) {
    Workbench bench;
    Told before;
    std::string journal_bytes;
    std::string log_bytes;
    std::string lock_bytes;

    // One payment closed, one just begun, and a refund just begun; then the owner is killed, or
    // goes in order.
    void write_some(bool killed) {
        const int ended = in_child([&] {
            const auto journal = bench.open();
            append(*journal, begin_payment(1));
            append(*journal, end_payment(1));
            append(*journal, settle_payment(1));
            append(*journal, begin_payment(2));
            append(*journal, begin_refund(3));
            if (killed) ::raise(SIGKILL);
            return 0;
        });
        CHECK_EQUAL(killed ? -SIGKILL : 0, ended);
        journal_bytes = bytes_of(bench.file());
        log_bytes = bytes_of(bench.file("-wal"));
        lock_bytes = bytes_of(bench.places.lock("oplati"));
        before = expect(told_by(*bench.open()));
        CHECK_EQUAL(2u, before.open.size());
        CHECK_EQUAL(5u, before.each.size());
        CHECK_EQUAL(1u, before.about_first.size());
        CHECK_EQUAL(5u, before.of_shift.size());
    }

    void restore() const {
        // All but the reserve, which takes long to make and holds nothing.
        for (const auto& each : fs::directory_iterator(bench.places.module_data())) {
            if (each.path() != bench.places.reserve("oplati")) fs::remove(each.path());
        }
        fill(bench.file(), journal_bytes);
        if (!log_bytes.empty()) fill(bench.file("-wal"), log_bytes);
        fill(bench.places.lock("oplati"), lock_bytes);
    }

    // True when the damage was reported.
    bool reported_by_owner() const {
        const auto journal = bench.try_open();
        if (!journal) return true;
        const auto now = told_by(**journal);
        if (!now) return true;
        CHECK(*now == before);
        return false;
    }

    bool reported_by_reader() const {
        const auto reader = JournalReader::open(bench.places, "oplati");
        if (!reader || !reader->verify()) return true;
        const auto list = reader->list({});
        if (!list) return true;
        CHECK_EQUAL(3u, list->size());
        std::vector<Record> each;
        for (const Listed& listed : *list)
            each.insert(each.end(), listed.records.begin(), listed.records.end());
        CHECK(each == before.each);
        return false;
    }
};

TEST(Flip, of_a_byte_of_the_file_shows_or_does_not_matter) {
    write_some(false);
    CHECK(log_bytes.empty());
    const std::string whole = journal_bytes;
    int reported = 0;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        if (!worth_a_flip(whole, at)) continue;
        journal_bytes = whole;
        journal_bytes[at] = static_cast<char>(journal_bytes[at] ^ 0x41);
        restore();

        // The reader looks at everything, so a part of the bytes will do.
        if (at % 4 == 0 && reported_by_reader()) ++reported;
        if (reported_by_owner()) ++reported;
    }
    CHECK(reported > 500);
}

TEST(Flip, of_a_byte_of_the_log_shows_or_does_not_matter) {
    write_some(true);
    const std::string whole = log_bytes;
    CHECK(!whole.empty());
    int reported = 0;
    for (std::size_t at = 0; at < whole.size(); at += 7) {
        if (!worth_a_flip(whole, at)) continue;
        log_bytes = whole;
        log_bytes[at] = static_cast<char>(log_bytes[at] ^ 0x41);
        restore();

        if (reported_by_owner()) ++reported;
    }
    CHECK(reported > 500);
}

TEST(Flip, of_a_byte_of_the_lock_file_does_not_matter) {
    write_some(false);
    const std::string whole = lock_bytes;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        lock_bytes = whole;
        lock_bytes[at] = static_cast<char>(lock_bytes[at] ^ 0x01);
        restore();

        CHECK(!reported_by_owner());
    }
}
