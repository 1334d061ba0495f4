// SPDX-License-Identifier: Apache-2.0
// paysysctl journal, upon journals that a module wrote.
#include <memory>

#include "bookkeeper.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::cli;

TEST_GROUP(JournalCommands) {
    std::unique_ptr<Bookkeeper> shop;

    void setup() override {
        shop = std::make_unique<Bookkeeper>();
    }
    void teardown() override {
        shop.reset();
    }
};

TEST(JournalCommands, lists_operations_as_lines) {
    shop->write_three();

    CHECK_EQUAL(0, shop->run({"journal", "list"}));

    STRCMP_CONTAINS("\tshop\tpay\t7\t24.50 BYN\tapproved\n", shop->out.c_str());
    STRCMP_CONTAINS("\tshop\tpay\t8\t1.00 BYN\tunknown\towes undo\n", shop->out.c_str());
    STRCMP_CONTAINS("\tshop\tpay\t9\t3.00 BYN\tpending\n", shop->out.c_str());
}

TEST(JournalCommands, finds_by_receipt_sum_and_outcome) {
    shop->write_three();
    for (const Options& options :
         {Options{{"receipt", "8"}}, Options{{"sum", "1.00"}}, Options{{"outcome", "unknown"}}}) {
        CHECK_EQUAL(0, shop->run({"journal", "list", "shop"}, options));
        STRCMP_CONTAINS("\t8\t1.00 BYN\t", shop->out.c_str());
        CHECK_TRUE(shop->out.find("\t7\t") == std::string::npos);
        CHECK_TRUE(shop->out.find("\t9\t") == std::string::npos);
    }
}

TEST(JournalCommands, finds_by_day_and_limit) {
    shop->write_three();

    shop->run({"journal", "list"}, {{"since", "2023-11-10"}, {"limit", "1"}});
    STRCMP_CONTAINS("\t9\t3.00 BYN", shop->out.c_str());
    CHECK_TRUE(shop->out.find("\t8\t") == std::string::npos);
    shop->run({"journal", "list"}, {{"since", "2023-12-01"}});
    STRCMP_EQUAL("", shop->out.c_str());
}

TEST(JournalCommands, refuses_filters_that_mean_nothing) {
    for (const Options& options :
         {Options{{"receipt", "x"}}, Options{{"sum", "1,00"}}, Options{{"outcome", "good"}},
          Options{{"since", "yesterday"}}, Options{{"until", "2023-13-01"}},
          Options{{"limit", "0"}}, Options{{"limit", "9999999999999999999"}},
          Options{{"skip", "-1"}}, Options{{"kind", "payment"}}})
        CHECK_EQUAL(2, shop->run({"journal", "list"}, options));
}

TEST(JournalCommands, lists_operations_as_json) {
    shop->write_three();

    CHECK_EQUAL(0, shop->run({"journal", "list"}, {{"json", ""}, {"receipt", "7"}}));

    STRCMP_CONTAINS("[{\"operation\":\"11111111111111111111111111111111\"", shop->out.c_str());
    STRCMP_CONTAINS("\"sum\":\"24.50\",\"currency\":\"BYN\"", shop->out.c_str());
    STRCMP_CONTAINS("\"outcome\":\"approved\",\"owed\":false", shop->out.c_str());
}

TEST(JournalCommands, shows_every_record_of_an_operation) {
    shop->write_three();

    CHECK_EQUAL(0, shop->run({"journal", "show", "shop", "222222"}));
    STRCMP_CONTAINS("\tintent\tpay\t1.00 BYN\t8\t1-3-8\n", shop->out.c_str());
    STRCMP_CONTAINS("\tended\tunknown\tno_answer\tНет\n", shop->out.c_str());
    STRCMP_CONTAINS("\towed\tundo\t\n", shop->out.c_str());
    CHECK_EQUAL(0, shop->run({"journal", "show", "1111111111"}, {{"json", ""}}));
    STRCMP_CONTAINS("\"fact\":\"learned\",\"gateway_id\":\"500123\"", shop->out.c_str());
}

TEST(JournalCommands, wants_an_operation_that_is_there_and_the_only_one) {
    const auto journal = shop->open();
    Bookkeeper::write(*journal, 0x11, intent(7, 2450));

    CHECK_EQUAL(1, shop->run({"journal", "show", "shop", "333333"}));
    CHECK_EQUAL(2, shop->run({"journal", "show", "shop", "11"}));
    CHECK_EQUAL(2, shop->run({"journal", "show", "shop", "xyzxyz"}));
}

TEST(JournalCommands, verifies_a_whole_journal) {
    shop->write_three();

    CHECK_EQUAL(0, shop->run({"journal", "verify"}));

    STRCMP_CONTAINS("shop", shop->out.c_str());
    STRCMP_CONTAINS("7", shop->out.c_str());
}

TEST(JournalCommands, fails_upon_a_damaged_journal) {
    shop->write_three();
    const auto path = shop->places.journal("shop");
    std::string bytes = Shop::text_of(path);
    const std::size_t at = bytes.find("1-3-8");
    CHECK_TRUE(at != std::string::npos);
    bytes[at] = '9';
    Shop::put(path, bytes);

    CHECK_EQUAL(1, shop->run({"journal", "verify", "shop"}));
}

TEST(JournalCommands, accepts_the_loss_of_a_damaged_journal_and_keeps_the_file) {
    shop->write_three();
    const auto path = shop->places.journal("shop");
    Shop::put(path, "no database");

    CHECK_EQUAL(0, shop->run({"journal", "accept", "shop"}));

    STRCMP_CONTAINS("shop.journal.accepted-", shop->out.c_str());
    CHECK_TRUE(!std::filesystem::exists(path));
}

TEST(JournalCommands, accepts_nothing_of_a_good_journal) {
    shop->write_three();

    CHECK_EQUAL(1, shop->run({"journal", "accept", "shop"}));
    CHECK_EQUAL(0, shop->run({"journal", "verify", "shop"}));
}

TEST(JournalCommands, says_that_a_module_has_no_journal) {
    CHECK_EQUAL(1, shop->run({"journal", "list", "shop"}));
    CHECK_EQUAL(0, shop->run({"journal", "list"}));
}

TEST(JournalCommands, shows_refunds_with_what_they_refund) {
    shop->write_refund();

    CHECK_EQUAL(0, shop->run({"journal", "list"}));
    STRCMP_CONTAINS(
        "\tshop\trefund\t10\t10.00 BYN\tapproved\tof 11111111\towes undo\n", shop->out.c_str());
    STRCMP_CONTAINS("\trefund_undo\t10\t10.00 BYN\tunknown\tof 33333333\n", shop->out.c_str());
    CHECK_EQUAL(0, shop->run({"journal", "list"}, {{"kind", "refund"}, {"json", ""}}));
    STRCMP_CONTAINS("\"target\":\"11111111111111111111111111111111\"", shop->out.c_str());
    CHECK_TRUE(shop->out.find("refund_undo") == std::string::npos);
}

TEST(JournalCommands, shows_what_is_about_an_operation_and_what_it_is_about) {
    shop->write_refund();

    CHECK_EQUAL(0, shop->run({"journal", "show", "111111"}));
    STRCMP_CONTAINS("\n  about: ", shop->out.c_str());
    STRCMP_CONTAINS("\trefund\t10\t", shop->out.c_str());
    CHECK_EQUAL(0, shop->run({"journal", "show", "shop", "333333"}));
    STRCMP_CONTAINS("\tintent\trefund\t10.00 BYN\t10\t1-3-10\tof 1111", shop->out.c_str());
    STRCMP_CONTAINS("\n  of: ", shop->out.c_str());
    STRCMP_CONTAINS("\tpay\t7\t24.50 BYN", shop->out.c_str());
    STRCMP_CONTAINS("\trefund_undo\t10\t", shop->out.c_str());
    CHECK_EQUAL(0, shop->run({"journal", "show", "333333"}, {{"json", ""}}));
    STRCMP_CONTAINS("\"about\":[{\"operation\":\"4444", shop->out.c_str());
}

TEST(JournalCommands, turns_pages_and_says_that_there_are_more) {
    shop->write_three();

    CHECK_EQUAL(0, shop->run({"journal", "list"}, {{"limit", "2"}}));
    STRCMP_CONTAINS("\t8\t1.00 BYN", shop->out.c_str());
    STRCMP_CONTAINS("\t9\t3.00 BYN", shop->out.c_str());
    CHECK_TRUE(shop->out.find("24.50") == std::string::npos);
    CHECK_TRUE(shop->said("--skip 2"));
    CHECK_EQUAL(0, shop->run({"journal", "list"}, {{"limit", "2"}, {"skip", "2"}}));
    STRCMP_CONTAINS("24.50", shop->out.c_str());
    CHECK_TRUE(shop->out.find("1.00 BYN") == std::string::npos);
    STRCMP_EQUAL("", shop->err.c_str());
    CHECK_EQUAL(0, shop->run({"journal", "list"}, {{"skip", "9"}}));
    STRCMP_EQUAL("", shop->out.c_str());
}

TEST(JournalCommands, counts_an_outcome_before_it_cuts) {
    shop->write_three();

    shop->run({"journal", "list"}, {{"outcome", "approved"}, {"limit", "1"}});

    STRCMP_CONTAINS("\t7\t24.50 BYN\tapproved", shop->out.c_str());
}

TEST(JournalCommands, finds_by_last_day_and_shift) {
    shop->write_refund();

    shop->run({"journal", "list"}, {{"until", "2023-11-16"}});
    STRCMP_CONTAINS("24.50", shop->out.c_str());
    shop->run({"journal", "list"}, {{"until", "2023-11-12"}});
    STRCMP_EQUAL("", shop->out.c_str());
    shop->run({"journal", "list"}, {{"shift", "3"}});
    STRCMP_CONTAINS("24.50", shop->out.c_str());
    shop->run({"journal", "list"}, {{"shift", "4"}});
    STRCMP_EQUAL("", shop->out.c_str());
}
