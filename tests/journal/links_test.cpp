// SPDX-License-Identifier: Apache-2.0
// Operations found by the payment they are about, and by their shift: all of them, cheaply, and
// never one fewer in silence.
#include "journal/links.h"

#include <string>

#include "journal/journal.h"
#include "journal/reader.h"
#include "journal/workbench.h"
#include "store/database.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::journal;
using linuxcash::ErrorCode;
using linuxcash::OperationId;
using linuxcash::core::Commit;
using linuxcash::core::Durability;
using linuxcash::core::Intent;
using linuxcash::core::OperationKind;
using linuxcash::core::Record;
using linuxcash::store::Database;

namespace {

Intent refund_of(std::uint8_t target, std::string shift = "3") {
    Intent refund = intent(8);
    refund.kind = OperationKind::Refund;
    refund.target = operation(target);
    refund.shift_label = std::move(shift);
    return refund;
}

Intent in_shift(std::string label) {
    Intent pay = intent();
    pay.shift_label = std::move(label);
    return pay;
}

Commit begin(std::uint8_t number, Intent begun) {
    return {{{operation(number), std::move(begun)}}, Durability::Synced, {}};
}

// Numbers of the operations whose records these are, in the order given.
std::string numbers(const std::vector<Record>& records) {
    std::string all;
    for (const Record& record : records)
        all += std::to_string(record.operation.bytes[0]) + " ";
    return all;
}

OperationId many(int number) {
    OperationId id;
    id.bytes[0] = 200;
    id.bytes[1] = static_cast<std::uint8_t>(number / 256);
    id.bytes[2] = static_cast<std::uint8_t>(number % 256);
    return id;
}

}  // namespace

TEST_GROUP(Links) {
    Workbench bench;

    std::string about(Journal & journal, std::uint8_t target) const {
        return numbers(expect(journal.records_about(operation(target))));
    }
    std::string of_shift(Journal & journal, const std::string& label) const {
        return numbers(expect(journal.records_of_shift(label)));
    }
    // Payment 1 in shift 3, its refunds 2 and 3, the latter in shift 4.
    void fill() const {
        const auto journal = bench.open();
        append(*journal, begin_payment(1));
        append(*journal, begin(2, refund_of(1)));
        append(*journal, begin(3, refund_of(1, "4")));
    }
    void change(const std::string& sql) const {
        auto database = expect(Database::open(bench.file()));
        static_cast<void>(expect(database.execute(sql)));
    }
    void expect_damage(const char* words) const {
        const auto journal = bench.open();
        const auto refused = journal->records_about(operation(1));
        CHECK(refused.error().code == ErrorCode::Damaged);
        STRCMP_CONTAINS(words, refused.error().text.russian().c_str());
        STRCMP_CONTAINS("paysysctl journal verify", refused.error().text.russian().c_str());
    }
    void expect_verify_names(const char* words) const {
        const auto verified = expect(JournalReader::open(bench.places, "oplati")).verify();
        CHECK(verified.error().code == ErrorCode::Damaged);
        STRCMP_CONTAINS(words, verified.error().text.russian().c_str());
    }
};

TEST(Links, an_empty_journal_has_none) {
    const auto journal = bench.open();

    STRCMP_EQUAL("", about(*journal, 1).c_str());
    STRCMP_EQUAL("", of_shift(*journal, "3").c_str());
}

TEST(Links, lead_from_a_payment_to_all_records_of_what_is_about_it) {
    {
        const auto journal = bench.open();
        append(*journal, begin_payment(1));
        append(*journal, begin_payment(2));
        append(*journal, begin(9, refund_of(1)));
        append(*journal, begin(3, refund_of(2)));
        append(*journal, begin(4, refund_of(1)));
        append(*journal, end_payment(9));
        append(*journal, settle_payment(9));
    }
    const auto journal = bench.open();

    STRCMP_EQUAL("9 4 9 9 ", about(*journal, 1).c_str());
    STRCMP_EQUAL("3 ", about(*journal, 2).c_str());
    STRCMP_EQUAL("", about(*journal, 9).c_str());
}

TEST(Links, lead_to_refunds_of_a_payment_that_this_journal_does_not_know) {
    const auto journal = bench.open();
    append(*journal, begin(2, refund_of(1)));

    STRCMP_EQUAL("2 ", about(*journal, 1).c_str());
}

TEST(Links, lead_from_a_shift_to_all_records_of_its_operations) {
    fill();
    const auto journal = bench.open();
    append(*journal, end_payment(1));

    STRCMP_EQUAL("1 2 1 ", of_shift(*journal, "3").c_str());
    STRCMP_EQUAL("3 ", of_shift(*journal, "4").c_str());
    STRCMP_EQUAL("", of_shift(*journal, "").c_str());
}

TEST(Links, keep_labels_apart_whatever_is_in_them) {
    const auto journal = bench.open();
    const std::string longest(1'000'000, 'x');
    const std::string quoted = "3' OR '1'='1";
    const std::string zero("3\0", 2);
    const std::string other_world = "target " + operation(1).hex();
    std::uint8_t number = 0;
    for (const std::string& label :
         {std::string("3"), longest, quoted, zero, other_world, std::string()})
        append(*journal, begin(++number, in_shift(label)));

    STRCMP_EQUAL("1 ", of_shift(*journal, "3").c_str());
    STRCMP_EQUAL("2 ", of_shift(*journal, longest).c_str());
    STRCMP_EQUAL("", of_shift(*journal, longest + "x").c_str());
    STRCMP_EQUAL("3 ", of_shift(*journal, quoted).c_str());
    STRCMP_EQUAL("4 ", of_shift(*journal, zero).c_str());
    STRCMP_EQUAL("5 ", of_shift(*journal, other_world).c_str());
    STRCMP_EQUAL("6 ", of_shift(*journal, "").c_str());
    STRCMP_EQUAL("", about(*journal, 1).c_str());
}

TEST(Links, of_a_commit_that_fails_are_not_there) {
    const auto journal = bench.open();
    append(*journal, begin_payment(1));

    const auto refused = journal->append(
        {{{operation(2), refund_of(1)}, {operation(1), intent()}}, Durability::Synced, {}});

    CHECK(!refused.ok());
    STRCMP_EQUAL("", about(*journal, 1).c_str());
    STRCMP_EQUAL("1 ", of_shift(*journal, "3").c_str());
}

TEST(Links, are_followed_without_a_look_at_the_rest_of_a_long_journal) {
    fill();
    {
        const auto journal = bench.open();
        Commit commit;
        for (int number = 0; number < 10'000; ++number) {
            commit.facts.emplace_back(many(number), in_shift("long"));
            commit.closed.push_back(many(number));
        }
        append(*journal, commit);
        append(*journal, begin_payment(4));
    }
    // Whoever looked at one of the others would have to report it.
    change("DROP TRIGGER records_stay; UPDATE records SET at_ms = 1 WHERE seq BETWEEN 4 AND 9000");
    const auto journal = bench.open();

    STRCMP_EQUAL("2 3 ", about(*journal, 1).c_str());
    STRCMP_EQUAL("1 2 4 ", of_shift(*journal, "3").c_str());
}

TEST(Links, that_vanish_are_reported) {
    fill();
    change("DELETE FROM links WHERE operation = x'02020202020202020202020202020202'");

    expect_damage("связанных операций 1, а должно быть 2");
    expect_verify_names("перечень связей неверен");
}

TEST(Links, whose_count_vanishes_are_reported) {
    fill();
    change("DELETE FROM link_counts");

    expect_damage("связанных операций 2, а должно быть 0");
    expect_verify_names("счёт связей неверен");
}

TEST(Links, that_lead_to_an_operation_of_something_else_are_reported) {
    fill();
    change(
        "UPDATE links SET operation = x'01010101010101010101010101010101' "
        "WHERE operation = x'02020202020202020202020202020202' AND link NOT IN "
        "(SELECT link FROM links WHERE operation = x'01010101010101010101010101010101')");

    expect_damage("связь с операцией 01010101010101010101010101010101 неверна");
    expect_verify_names("перечень связей неверен");
}

TEST(Links, that_lead_to_nothing_are_reported) {
    fill();
    change(
        "UPDATE links SET operation = x'77777777777777777777777777777777' "
        "WHERE operation = x'02020202020202020202020202020202'");

    expect_damage("операции 77777777777777777777777777777777 нет");
}
