// SPDX-License-Identifier: Apache-2.0
// paysysctl journal, queue and token, upon journals that a module wrote.
#include <memory>

#include "core/ports.h"
#include "journal/journal.h"
#include "journal/reader.h"
#include "shop.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::cli;

namespace {

class StandingClock : public core::Clock {
public:
    [[nodiscard]] core::Millis monotonic() const override { return 0; }
    [[nodiscard]] std::int64_t wall_ms() const override { return 1'700'000'000'000; }
};

OperationId id(std::uint8_t number) {
    OperationId made;
    made.bytes.fill(number);
    return made;
}

core::Intent intent(std::int64_t receipt, std::int64_t minor) {
    core::Intent made;
    made.type = 20;
    made.receipt_uid = "r-" + std::to_string(receipt);
    made.receipt_number = receipt;
    made.sum = Money(minor, Currency());
    made.order_number = "1-3-" + std::to_string(receipt);
    made.cashier = "Кассир 1";
    return made;
}

}  // namespace

TEST_GROUP(JournalCommands) {
    std::unique_ptr<Shop> shop;
    StandingClock clock;

    void setup() override {
        shop = std::make_unique<Shop>();
    }
    void teardown() override {
        shop.reset();
    }

    std::unique_ptr<journal::Journal> open() {
        auto opened = journal::Journal::open({shop->places, "shop"}, clock);
        CHECK_TRUE(opened.ok());
        return std::move(opened).value();
    }

    static void write(journal::Journal & journal, std::uint8_t number, const core::Fact& fact) {
        CHECK_TRUE(journal.append({{{id(number), fact}}, core::Durability::Synced, {}}).ok());
    }

    // Receipt 7 is paid, receipt 8 owes an undo, receipt 9 has no outcome yet.
    void write_three() {
        const auto journal = open();
        write(*journal, 0x11, intent(7, 2450));
        write(*journal, 0x11, core::Learned{"500123"});
        write(*journal, 0x11, core::Ended{core::Outcome::Approved, core::Reason::None, "Готово"});
        write(*journal, 0x22, intent(8, 100));
        write(*journal, 0x22, core::Ended{core::Outcome::Unknown, core::Reason::NoAnswer, "Нет"});
        write(*journal, 0x22, core::Owed{core::ObligationKind::Undo, ""});
        write(*journal, 0x12, intent(9, 300));
    }
};

TEST(JournalCommands, lists_operations_as_lines) {
    write_three();

    CHECK_EQUAL(0, shop->run({"journal", "list"}));

    STRCMP_CONTAINS("\tshop\tpay\t7\t24.50 BYN\tapproved\n", shop->out.c_str());
    STRCMP_CONTAINS("\tshop\tpay\t8\t1.00 BYN\tunknown\towes undo\n", shop->out.c_str());
    STRCMP_CONTAINS("\tshop\tpay\t9\t3.00 BYN\tpending\n", shop->out.c_str());
}

TEST(JournalCommands, finds_by_receipt_sum_and_outcome) {
    write_three();
    for (const Options& options :
         {Options{{"receipt", "8"}}, Options{{"sum", "1.00"}}, Options{{"outcome", "unknown"}}}) {
        CHECK_EQUAL(0, shop->run({"journal", "list", "shop"}, options));
        STRCMP_CONTAINS("\t8\t1.00 BYN\t", shop->out.c_str());
        CHECK_TRUE(shop->out.find("\t7\t") == std::string::npos);
        CHECK_TRUE(shop->out.find("\t9\t") == std::string::npos);
    }
}

TEST(JournalCommands, finds_by_day_and_limit) {
    write_three();

    shop->run({"journal", "list"}, {{"since", "2023-11-10"}, {"limit", "1"}});
    STRCMP_CONTAINS("\t9\t3.00 BYN", shop->out.c_str());
    CHECK_TRUE(shop->out.find("\t8\t") == std::string::npos);
    shop->run({"journal", "list"}, {{"since", "2023-12-01"}});
    STRCMP_EQUAL("", shop->out.c_str());
}

TEST(JournalCommands, refuses_filters_that_mean_nothing) {
    for (const Options& options :
         {Options{{"receipt", "x"}}, Options{{"sum", "1,00"}}, Options{{"outcome", "good"}},
          Options{{"since", "yesterday"}}, Options{{"limit", "0"}}})
        CHECK_EQUAL(2, shop->run({"journal", "list"}, options));
}

TEST(JournalCommands, lists_operations_as_json) {
    write_three();

    CHECK_EQUAL(0, shop->run({"journal", "list"}, {{"json", ""}, {"receipt", "7"}}));

    STRCMP_CONTAINS("[{\"operation\":\"11111111111111111111111111111111\"", shop->out.c_str());
    STRCMP_CONTAINS("\"sum\":\"24.50\",\"currency\":\"BYN\"", shop->out.c_str());
    STRCMP_CONTAINS("\"outcome\":\"approved\",\"owed\":false", shop->out.c_str());
}

TEST(JournalCommands, shows_every_record_of_an_operation) {
    write_three();

    CHECK_EQUAL(0, shop->run({"journal", "show", "shop", "222222"}));
    STRCMP_CONTAINS("\tintent\tpay\t1.00 BYN\t8\t1-3-8\n", shop->out.c_str());
    STRCMP_CONTAINS("\tended\tunknown\tno_answer\tНет\n", shop->out.c_str());
    STRCMP_CONTAINS("\towed\tundo\t\n", shop->out.c_str());
    CHECK_EQUAL(0, shop->run({"journal", "show", "1111111111"}, {{"json", ""}}));
    STRCMP_CONTAINS("\"fact\":\"learned\",\"gateway_id\":\"500123\"", shop->out.c_str());
}

TEST(JournalCommands, wants_an_operation_that_is_there_and_the_only_one) {
    const auto journal = open();
    write(*journal, 0x11, intent(7, 2450));

    CHECK_EQUAL(1, shop->run({"journal", "show", "shop", "333333"}));
    CHECK_EQUAL(2, shop->run({"journal", "show", "shop", "11"}));
    CHECK_EQUAL(2, shop->run({"journal", "show", "shop", "xyzxyz"}));
}

TEST(JournalCommands, verifies_a_whole_journal) {
    write_three();

    CHECK_EQUAL(0, shop->run({"journal", "verify"}));

    STRCMP_CONTAINS("shop", shop->out.c_str());
    STRCMP_CONTAINS("7", shop->out.c_str());
}

TEST(JournalCommands, fails_upon_a_damaged_journal) {
    write_three();
    const auto path = shop->places.journal("shop");
    std::string bytes = Shop::text_of(path);
    const std::size_t at = bytes.find("1-3-8");
    CHECK_TRUE(at != std::string::npos);
    bytes[at] = '9';
    Shop::put(path, bytes);

    CHECK_EQUAL(1, shop->run({"journal", "verify", "shop"}));
}

TEST(JournalCommands, accepts_the_loss_of_a_damaged_journal_and_keeps_the_file) {
    write_three();
    const auto path = shop->places.journal("shop");
    Shop::put(path, "no database");

    CHECK_EQUAL(0, shop->run({"journal", "accept", "shop"}));

    STRCMP_CONTAINS("shop.journal.accepted-", shop->out.c_str());
    CHECK_TRUE(!std::filesystem::exists(path));
}

TEST(JournalCommands, accepts_nothing_of_a_good_journal) {
    write_three();

    CHECK_EQUAL(1, shop->run({"journal", "accept", "shop"}));
    CHECK_EQUAL(0, shop->run({"journal", "verify", "shop"}));
}

TEST(JournalCommands, says_that_a_module_has_no_journal) {
    CHECK_EQUAL(1, shop->run({"journal", "list", "shop"}));
    CHECK_EQUAL(0, shop->run({"journal", "list"}));
}

TEST(JournalCommands, lists_what_is_owed) {
    write_three();

    CHECK_EQUAL(0, shop->run({"queue", "list"}));
    STRCMP_CONTAINS("\tshop\tundo\t1.00 BYN\t8\t", shop->out.c_str());
    CHECK_TRUE(shop->out.find("24.50") == std::string::npos);
    CHECK_EQUAL(0, shop->run({"queue", "list", "shop"}, {{"json", ""}}));
    STRCMP_CONTAINS("\"kind\":\"undo\",\"system\":\"shop\"", shop->out.c_str());
}

TEST(JournalCommands, forgets_a_token_when_no_register_runs) {
    open();
    Shop::put(shop->places.token("shop"), "secret");

    CHECK_EQUAL(0, shop->run({"token", "reset", "shop"}));

    CHECK_FALSE(std::filesystem::exists(shop->places.token("shop")));
    CHECK_EQUAL(0, shop->run({"token", "reset", "shop"}));
}

TEST(JournalCommands, asks_the_running_register_to_forget_the_token) {
    const auto journal = open();
    write(*journal, 0x11, intent(7, 2450));
    Shop::put(shop->places.token("shop"), "secret");

    CHECK_EQUAL(0, shop->run({"token", "reset", "shop"}));

    CHECK_TRUE(std::filesystem::exists(shop->places.token("shop")));
    const auto wishes = journal->wishes_after(0);
    CHECK_EQUAL(1U, wishes->size());
    STRCMP_EQUAL("token-reset", wishes->front().what.c_str());
}

TEST(JournalCommands, says_why_a_queue_cannot_be_pushed) {
    write_three();

    CHECK_EQUAL(1, shop->run({"queue", "push", "shop"}));

    CHECK_FALSE(shop->err.empty());
}
