// SPDX-License-Identifier: Apache-2.0
// Payments and their undos through the real module, judged on the gateway's own ledger.
#include "entry/shop.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::entry::test;

TEST_GROUP(ModulePayment) {
    Shop shop;

    lc_status begin(const Sale& sale) {
        lc_operation* operation = nullptr;
        const lc_pay_request request = sale.request();
        const lc_status status = payment().pay(shop.instance(), &request, &operation);
        module().conversation->release(operation);
        return status;
    }
};

TEST(ModulePayment, goes_from_the_code_to_the_slip) {
    shop.open();

    const Ending ending = shop.pay(Sale(1, 2450)).finish();

    LONGS_EQUAL(LC_OUTCOME_APPROVED, ending.outcome);
    CHECK_FALSE(ending.owed);
    STRCMP_EQUAL("", ending.reason.c_str());
    LONGS_EQUAL(2450, ending.sum.minor);
    STRCMP_EQUAL("BYN", ending.sum.currency);
    STRCMP_EQUAL("500001", ending.gateway_id.c_str());
    CHECK(ending.slip.find(R"("right":"24.50 BYN")") != std::string::npos);
    STRCMP_EQUAL(R"({"text":"500001","card_type":""})", ending.report_info.c_str());
    STRCMP_EQUAL("Отсканируйте QR-код для оплаты", ending.shown.front().c_str());
    CHECK_FALSE(ending.qr.empty());
    STRCMP_EQUAL("24.50", shop.kept().c_str());
}

TEST(ModulePayment, by_the_buyers_own_code_asks_for_it) {
    shop.settings = "mode = 0\nstatus_pace_ms = 10\n";
    shop.open();

    const Ending ending = shop.pay(Sale(1)).finish("buyers-code-1");

    LONGS_EQUAL(LC_OUTCOME_APPROVED, ending.outcome);
    STRCMP_EQUAL("24.00", shop.kept().c_str());
}

TEST(ModulePayment, that_the_buyer_declines_moves_nothing) {
    shop.bank.buyer.answers = 2;
    shop.open();

    const Ending ending = shop.pay(Sale(1)).finish();

    LONGS_EQUAL(LC_OUTCOME_DECLINED, ending.outcome);
    LONGS_EQUAL(LC_LEVEL_ERROR, ending.level);
    STRCMP_EQUAL("declined_by_buyer", ending.reason.c_str());
    STRCMP_EQUAL("0.00", shop.kept().c_str());
    LONGS_EQUAL(0, shop.unclaimed().array()->size());
}

TEST(ModulePayment, in_training_asks_the_gateway_for_nothing) {
    shop.open();
    Sale sale(1);
    sale.flags = LC_FLAG_TRAINING;

    const Ending ending = shop.pay(sale).finish();

    LONGS_EQUAL(LC_OUTCOME_REFUSED, ending.outcome);
    STRCMP_EQUAL("training", ending.reason.c_str());
    LONGS_EQUAL(0, shop.requests_of("tokens"));
}

TEST(ModulePayment, in_silence_is_refused_where_it_would_ask) {
    shop.settings = "mode = 0\n";
    shop.open();
    Sale sale(1);
    sale.flags = LC_FLAG_SILENT;

    const Ending ending = shop.pay(sale).finish();

    LONGS_EQUAL(LC_OUTCOME_REFUSED, ending.outcome);
    STRCMP_EQUAL("silent", ending.reason.c_str());
}

TEST(ModulePayment, whose_question_the_host_cannot_ask_is_refused) {
    shop.settings = "mode = 0\n";
    shop.open();

    const Ending ending = shop.pay(Sale(1)).finish(nullptr);

    LONGS_EQUAL(LC_OUTCOME_REFUSED, ending.outcome);
    STRCMP_EQUAL("unsupported", ending.reason.c_str());
    LONGS_EQUAL(0, shop.requests_of("charge"));
}

TEST(ModulePayment, in_another_currency_is_refused_unsent) {
    shop.open();
    Sale sale(1);
    sale.currency = "USD";

    const Ending ending = shop.pay(sale).finish();

    LONGS_EQUAL(LC_OUTCOME_REFUSED, ending.outcome);
    STRCMP_EQUAL("currency", ending.reason.c_str());
    LONGS_EQUAL(0, shop.requests_of("demand"));
}

TEST(ModulePayment, begun_again_after_its_end_tells_the_same_end) {
    shop.open();
    const Ending first = shop.pay(Sale(1)).finish();

    const Ending second = shop.pay(Sale(1)).finish();

    LONGS_EQUAL(LC_OUTCOME_APPROVED, second.outcome);
    STRCMP_EQUAL(first.text.c_str(), second.text.c_str());
    STRCMP_EQUAL(first.slip.c_str(), second.slip.c_str());
    STRCMP_EQUAL(first.gateway_id.c_str(), second.gateway_id.c_str());
    LONGS_EQUAL(1, shop.requests_of("charge"));
}

TEST(ModulePayment, begun_again_after_a_restart_tells_the_same_end) {
    shop.open();
    const Ending first = shop.pay(Sale(1)).finish();
    shop.close();
    shop.open();

    const Ending second = shop.pay(Sale(1)).finish();

    LONGS_EQUAL(LC_OUTCOME_APPROVED, second.outcome);
    STRCMP_EQUAL(first.slip.c_str(), second.slip.c_str());
    LONGS_EQUAL(1, shop.requests_of("charge"));
}

TEST(ModulePayment, that_runs_is_attached_to) {
    shop.rule(R"({"on":"consumer","times":2,"reply":{"isConsumerReady":false}})");
    shop.open();
    Talk first = shop.pay(Sale(1));

    Talk second = shop.pay(Sale(1));

    LONGS_EQUAL(LC_OUTCOME_APPROVED, second.finish().outcome);
    LONGS_EQUAL(1, shop.requests_of("charge"));
}

TEST(ModulePayment, of_a_known_id_with_another_sum_or_receipt_is_a_conflict) {
    shop.open();
    static_cast<void>(shop.pay(Sale(1, 2400)).finish());
    Sale other_sum(1, 2500);
    Sale other_receipt(1, 2400);
    other_receipt.receipt = Sale(9, 2400).receipt;

    LONGS_EQUAL(LC_CONFLICT, begin(other_sum));
    LONGS_EQUAL(LC_CONFLICT, begin(other_receipt));
}

TEST(ModulePayment, refused_before_anything_was_written_is_replayed_all_the_same) {
    shop.open();
    Sale sale(1);
    sale.currency = "USD";
    const Ending first = shop.pay(sale).finish();

    const Ending second = shop.pay(sale).finish();

    STRCMP_EQUAL(first.text.c_str(), second.text.c_str());
    LONGS_EQUAL(LC_CONFLICT, begin(Sale(1)));
}

TEST(ModulePayment, beside_a_running_one_is_busy) {
    shop.bank.buyer.joins = false;
    shop.open();
    Talk first = shop.pay(Sale(1));

    LONGS_EQUAL(LC_BUSY, begin(Sale(2)));

    first.cancel();
    LONGS_EQUAL(LC_OUTCOME_CANCELLED, first.finish().outcome);
    LONGS_EQUAL(LC_OK, begin(Sale(3)));
}

TEST(ModulePayment, is_undone_before_the_receipt_closes) {
    shop.open();
    const Sale sale(1);
    static_cast<void>(shop.pay(sale).finish());

    const Ending ending = shop.undo(50, sale.id).finish();

    LONGS_EQUAL(LC_OUTCOME_APPROVED, ending.outcome);
    CHECK_FALSE(ending.owed);
    STRCMP_EQUAL("0.00", shop.kept().c_str());
    LONGS_EQUAL(LC_OUTCOME_APPROVED, shop.undo(50, sale.id).finish().outcome);
    LONGS_EQUAL(1, shop.requests_of("cancel"));
}

TEST(ModulePayment, that_nobody_knows_cannot_be_undone) {
    shop.open();

    const Ending ending = shop.undo(50, id_of(77)).finish();

    LONGS_EQUAL(LC_OUTCOME_REFUSED, ending.outcome);
    STRCMP_EQUAL("not_found", ending.reason.c_str());
}

TEST(ModulePayment, whose_gateway_is_away_is_refused_and_owes_nothing) {
    shop.rule(R"({"on":"any","times":-1,"commit":false,"fault":"reset"})");
    shop.open();

    const Ending ending = shop.pay(Sale(1)).finish();

    LONGS_EQUAL(LC_OUTCOME_REFUSED, ending.outcome);
    STRCMP_EQUAL("no_link", ending.reason.c_str());
    LONGS_EQUAL(0, shop.obligations().array()->size());
}

TEST(ModulePayment, whose_reply_is_lost_is_found_at_the_gateway) {
    shop.rule(R"({"on":"charge","fault":"reset"})");
    shop.open();

    const Ending ending = shop.pay(Sale(1)).finish();

    LONGS_EQUAL(LC_OUTCOME_APPROVED, ending.outcome);
    STRCMP_EQUAL("24.00", shop.kept().c_str());
    LONGS_EQUAL(1, shop.requests_of("charge"));
}
