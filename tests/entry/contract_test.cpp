// SPDX-License-Identifier: Apache-2.0
// What the tables answer to calls that are wrong, early, late or from another version.
#include <poll.h>

#include <array>
#include <cstddef>

#include "entry/shop.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::entry::test;

namespace {

bool readable(int descriptor) {
    pollfd entry{descriptor, POLLIN, 0};
    return poll(&entry, 1, 0) == 1;
}

}  // namespace

TEST_GROUP(ModuleContract) {
    Shop shop;
    const lc_conversation* talk = module().conversation;

    lc_status pay(const lc_pay_request& request) {
        lc_operation* operation = nullptr;
        const lc_status status = payment().pay(shop.instance(), &request, &operation);
        CHECK_EQUAL(status == LC_OK, operation != nullptr);
        talk->release(operation);
        return status;
    }

    lc_status pay_with_receipt(const std::string& receipt) {
        Sale sale(1);
        sale.receipt = receipt;
        return pay(sale.request());
    }

    lc_status create(lc_host host, std::string & error) {
        std::array<char, 1024> text{};
        lc_instance* instance = nullptr;
        host.size = sizeof host;
        const lc_status status = module().create(&host, &instance, text.data(), text.size());
        POINTERS_EQUAL(nullptr, instance);
        error = text.data();
        return status;
    }
};

TEST(ModuleContract, tables_say_their_size_and_version) {
    LONGS_EQUAL(sizeof(lc_module), module().size);
    LONGS_EQUAL(LC_ABI_MAJOR, module().abi_major);
    LONGS_EQUAL(LC_ABI_MINOR, module().abi_minor);
    LONGS_EQUAL(sizeof(lc_conversation), talk->size);
    LONGS_EQUAL(sizeof(lc_payment_1), payment().size);
    LONGS_EQUAL(sizeof(lc_queue_1), queue().size);
}

TEST(ModuleContract, abilities_are_known_by_their_exact_names) {
    CHECK(module().ability(nullptr, LC_ABILITY_PAYMENT_1) != nullptr);
    POINTERS_EQUAL(nullptr, module().ability(nullptr, "payment/2"));
    POINTERS_EQUAL(nullptr, module().ability(nullptr, "payment/11"));
    POINTERS_EQUAL(nullptr, module().ability(nullptr, ""));
    POINTERS_EQUAL(nullptr, module().ability(nullptr, nullptr));
}

TEST(ModuleContract, null_pointers_are_invalid) {
    shop.open();
    const Sale sale(1);
    const lc_pay_request request = sale.request();
    const lc_undo_request undo = undo_request(50, sale.id);
    lc_operation* operation = nullptr;

    LONGS_EQUAL(LC_INVALID, payment().pay(nullptr, &request, &operation));
    LONGS_EQUAL(LC_INVALID, payment().pay(shop.instance(), nullptr, &operation));
    LONGS_EQUAL(LC_INVALID, payment().pay(shop.instance(), &request, nullptr));
    LONGS_EQUAL(LC_INVALID, payment().undo(nullptr, &undo, &operation));
    LONGS_EQUAL(LC_INVALID, payment().undo(shop.instance(), nullptr, &operation));
    LONGS_EQUAL(LC_INVALID, payment().undo(shop.instance(), &undo, nullptr));
    LONGS_EQUAL(LC_INVALID, queue().list(nullptr, nullptr));
    LONGS_EQUAL(LC_INVALID, queue().list(shop.instance(), nullptr));
    LONGS_EQUAL(LC_INVALID, queue().push(nullptr));
    LONGS_EQUAL(LC_INVALID, module().unclaimed(shop.instance(), nullptr));
    LONGS_EQUAL(LC_INVALID, module().settle(shop.instance(), nullptr, LC_SETTLED_KEPT));
    LONGS_EQUAL(LC_INVALID, module().notice(shop.instance(), nullptr));
    LONGS_EQUAL(-1, module().wait_fd(nullptr));
    LONGS_EQUAL(0, shop.requests_of("demand"));
}

TEST(ModuleContract, null_conversations_are_invalid) {
    const lc_event* event = nullptr;
    const lc_answer answer{};

    LONGS_EQUAL(LC_INVALID, talk->next(nullptr, 0, &event));
    LONGS_EQUAL(LC_INVALID, talk->answer(nullptr, &answer));
    LONGS_EQUAL(LC_INVALID, talk->cancel(nullptr));
    talk->release(nullptr);
    module().destroy(nullptr);
}

TEST(ModuleContract, wrong_sums_are_invalid) {
    shop.open();
    const Sale sale(1);
    lc_pay_request request = sale.request();

    request.sum.minor = 0;
    LONGS_EQUAL(LC_INVALID, pay(request));
    request.sum.minor = -2400;
    LONGS_EQUAL(LC_INVALID, pay(request));
    request = sale.request();
    request.sum.currency[3] = 'X';  // no zero byte in its four
    LONGS_EQUAL(LC_INVALID, pay(request));
    request.sum.currency[0] = '\0';
    LONGS_EQUAL(LC_INVALID, pay(request));
}

TEST(ModuleContract, wrong_receipts_are_invalid) {
    shop.open();
    const std::string good = Sale(1).receipt;
    const std::string deep(1000, '[');
    std::string twice = good;
    twice.insert(1, R"("uid":"other",)");
    std::string wrong_money = good;
    wrong_money.replace(wrong_money.find("24.00"), 5, "24.0x");

    LONGS_EQUAL(LC_INVALID, pay_with_receipt(""));
    LONGS_EQUAL(LC_INVALID, pay_with_receipt("not JSON"));
    LONGS_EQUAL(LC_INVALID, pay_with_receipt("[]"));
    LONGS_EQUAL(LC_INVALID, pay_with_receipt("{}"));
    LONGS_EQUAL(LC_INVALID, pay_with_receipt(deep));
    LONGS_EQUAL(LC_INVALID, pay_with_receipt(twice));
    LONGS_EQUAL(LC_INVALID, pay_with_receipt(wrong_money));
    LONGS_EQUAL(LC_INVALID, pay_with_receipt(good.substr(0, good.size() - 1) + ",\"x\":\"\xff\"}"));
    LONGS_EQUAL(LC_INVALID, pay_with_receipt(good + std::string(1024 * 1024, ' ')));
    const Sale sale(1);
    lc_pay_request request = sale.request();
    request.request.receipt = nullptr;
    LONGS_EQUAL(LC_INVALID, pay(request));
    LONGS_EQUAL(0, shop.requests_of("demand"));
}

TEST(ModuleContract, unknown_members_of_a_receipt_are_passed_over) {
    shop.open();
    Sale sale(1);
    sale.receipt.insert(1, R"("loyalty":{"level":[1,2]},)");

    LONGS_EQUAL(LC_OUTCOME_APPROVED, shop.pay(sale).finish().outcome);
}

TEST(ModuleContract, an_id_of_zeros_is_nobodys) {
    shop.open();
    Sale sale(1);
    sale.id = lc_id{};
    lc_operation* operation = nullptr;
    const lc_undo_request undo = undo_request(50, lc_id{});

    LONGS_EQUAL(LC_INVALID, pay(sale.request()));
    LONGS_EQUAL(LC_INVALID, payment().undo(shop.instance(), &undo, &operation));
}

TEST(ModuleContract, a_request_that_ends_early_is_read_no_further) {
    shop.open();
    const Sale sale(1);
    lc_pay_request request = sale.request();

    // Without a sum there is nothing to pay, whatever lies behind the end.
    request.request.size = offsetof(lc_pay_request, sum);
    LONGS_EQUAL(LC_INVALID, pay(request));
    request.request.size = 0;
    LONGS_EQUAL(LC_INVALID, pay(request));
    lc_undo_request undo = undo_request(50, sale.id);
    undo.request.size = offsetof(lc_undo_request, target);
    lc_operation* operation = nullptr;
    LONGS_EQUAL(LC_INVALID, payment().undo(shop.instance(), &undo, &operation));
    LONGS_EQUAL(0, shop.requests_of("demand"));
}

TEST(ModuleContract, a_request_of_a_newer_host_is_read_as_far_as_known) {
    shop.open();
    const Sale sale(1);
    struct {
        lc_pay_request known;
        std::array<char, 64> newer;
    } request{sale.request(), {}};
    request.newer.fill('?');
    request.known.request.size = sizeof request;
    lc_operation* operation = nullptr;

    LONGS_EQUAL(LC_OK, payment().pay(shop.instance(), &request.known, &operation));

    LONGS_EQUAL(LC_OUTCOME_APPROVED, Talk(operation).finish().outcome);
}

TEST(ModuleContract, a_host_that_is_wrong_is_invalid) {
    shop.open_bank();
    shop.write_settings();
    std::string error;
    const char* root = shop.root.c_str();

    LONGS_EQUAL(LC_INVALID, create({0, "relative/root", "1", "BYN", "ru"}, error));
    STRCMP_CONTAINS("relative/root", error.c_str());
    LONGS_EQUAL(LC_INVALID, create({0, "", "1", "BYN", "ru"}, error));
    LONGS_EQUAL(LC_INVALID, create({0, nullptr, "1", "BYN", "ru"}, error));
    LONGS_EQUAL(LC_INVALID, create({0, root, "123456789", "BYN", "ru"}, error));
    LONGS_EQUAL(LC_INVALID, create({0, root, "", "BYN", "ru"}, error));
    LONGS_EQUAL(LC_INVALID, create({0, root, "1/2", "BYN", "ru"}, error));
    LONGS_EQUAL(LC_INVALID, create({0, root, "1", "рубли", "ru"}, error));
    LONGS_EQUAL(LC_INVALID, module().create(nullptr, nullptr, nullptr, 0));
}

TEST(ModuleContract, an_error_text_is_cut_between_letters) {
    shop.open_bank();
    shop.settings = "mode = 7\n";
    shop.write_settings();
    const lc_host host{sizeof host, shop.root.c_str(), "1", "BYN", "ru"};
    std::string whole;
    LONGS_EQUAL(LC_NOT_CONFIGURED, shop.create(&whole));

    for (std::size_t size = 1; size < whole.size() + 2; ++size) {
        std::string text(size, '#');
        lc_instance* instance = nullptr;
        LONGS_EQUAL(LC_NOT_CONFIGURED, module().create(&host, &instance, text.data(), text.size()));
        const std::string cut = text.c_str();
        CHECK(cut.size() < size);
        CHECK(whole.starts_with(cut));
        CHECK(linuxcash::json::parse("\"" + cut + "\"").ok());
    }
    lc_instance* instance = nullptr;
    LONGS_EQUAL(LC_NOT_CONFIGURED, module().create(&host, &instance, nullptr, 0));
}

TEST(ModuleContract, nothing_works_before_start) {
    shop.open_bank();
    shop.write_settings();
    LONGS_EQUAL(LC_OK, shop.create());
    const char* document = nullptr;
    const lc_notice* notice = nullptr;
    const Sale sale(1);

    LONGS_EQUAL(LC_NOT_STARTED, pay(sale.request()));
    LONGS_EQUAL(LC_NOT_STARTED, queue().list(shop.instance(), &document));
    LONGS_EQUAL(LC_NOT_STARTED, queue().push(shop.instance()));
    LONGS_EQUAL(LC_NOT_STARTED, module().unclaimed(shop.instance(), &document));
    LONGS_EQUAL(LC_NOT_STARTED, shop.settle(sale.id, LC_SETTLED_KEPT));
    LONGS_EQUAL(LC_NOT_STARTED, module().notice(shop.instance(), &notice));
    LONGS_EQUAL(-1, module().wait_fd(shop.instance()));
}

TEST(ModuleContract, an_answer_to_what_nobody_asks_is_stale) {
    shop.bank.buyer.joins = false;
    shop.open();
    Talk conversation = shop.pay(Sale(1));
    const lc_event* show = conversation.event();
    lc_answer answer{};
    answer.size = sizeof answer;
    answer.kind = LC_ANSWER_OK;
    answer.event = show->number;

    LONGS_EQUAL(LC_STALE, talk->answer(conversation.handle(), &answer));
    answer.event = 0;
    LONGS_EQUAL(LC_STALE, talk->answer(conversation.handle(), &answer));
    answer.event = 1000;
    LONGS_EQUAL(LC_STALE, talk->answer(conversation.handle(), &answer));
    LONGS_EQUAL(LC_INVALID, talk->answer(conversation.handle(), nullptr));
}

TEST(ModuleContract, a_question_takes_its_own_answers_and_each_once) {
    shop.settings = "mode = 0\nstatus_pace_ms = 10\n";
    shop.open();
    Talk conversation = shop.pay(Sale(1));
    const lc_event* ask = conversation.event();
    LONGS_EQUAL(LC_EVENT_ASK, ask->kind);
    lc_answer answer{};
    answer.size = sizeof answer;
    answer.event = ask->number;
    answer.text = "buyers-code-1";

    answer.kind = LC_ANSWER_PRINTED;
    LONGS_EQUAL(LC_INVALID, talk->answer(conversation.handle(), &answer));
    answer.kind = 99;
    LONGS_EQUAL(LC_INVALID, talk->answer(conversation.handle(), &answer));
    answer.kind = LC_ANSWER_VALUE;
    LONGS_EQUAL(LC_OK, talk->answer(conversation.handle(), &answer));
    LONGS_EQUAL(LC_STALE, talk->answer(conversation.handle(), &answer));
    LONGS_EQUAL(LC_OUTCOME_APPROVED, conversation.finish().outcome);
}

TEST(ModuleContract, a_question_that_is_dismissed_cancels) {
    shop.settings = "mode = 0\n";
    shop.open();
    Talk conversation = shop.pay(Sale(1));
    lc_answer answer{};
    answer.size = sizeof answer;
    answer.kind = LC_ANSWER_CANCEL;
    answer.event = conversation.event()->number;

    LONGS_EQUAL(LC_OK, talk->answer(conversation.handle(), &answer));

    LONGS_EQUAL(LC_OUTCOME_CANCELLED, conversation.finish().outcome);
}

TEST(ModuleContract, next_waits_no_longer_than_told_and_ends_once) {
    shop.bank.buyer.joins = false;
    shop.open();
    Talk conversation = shop.pay(Sale(1));
    static_cast<void>(conversation.event());
    const lc_event* event = nullptr;

    LONGS_EQUAL(LC_TIMEOUT, talk->next(conversation.handle(), 0, &event));
    POINTERS_EQUAL(nullptr, event);
    LONGS_EQUAL(LC_TIMEOUT, talk->next(conversation.handle(), -5, &event));
    LONGS_EQUAL(LC_TIMEOUT, talk->next(conversation.handle(), 1, &event));
    LONGS_EQUAL(LC_INVALID, talk->next(conversation.handle(), 0, nullptr));
    conversation.cancel();
    static_cast<void>(conversation.finish());
    LONGS_EQUAL(LC_END, talk->next(conversation.handle(), kPatienceMs, &event));
}

TEST(ModuleContract, the_descriptor_is_readable_while_something_waits) {
    shop.open();
    const int descriptor = module().wait_fd(shop.instance());
    CHECK(descriptor >= 0);
    CHECK_FALSE(readable(descriptor));
    Sale sale(1);
    sale.currency = "USD";
    Talk conversation = shop.pay(sale);

    pollfd entry{descriptor, POLLIN, 0};
    LONGS_EQUAL(1, poll(&entry, 1, kPatienceMs));
    CHECK(readable(descriptor));
    static_cast<void>(conversation.finish());
    CHECK_FALSE(readable(descriptor));
}

TEST(ModuleContract, what_was_not_pulled_does_not_count_after_release) {
    shop.open();
    const int descriptor = module().wait_fd(shop.instance());
    Sale sale(1);
    sale.currency = "USD";
    Talk conversation = shop.pay(sale);
    pollfd entry{descriptor, POLLIN, 0};
    LONGS_EQUAL(1, poll(&entry, 1, kPatienceMs));

    conversation.release();

    CHECK_FALSE(readable(descriptor));
}

TEST(ModuleContract, the_hosts_word_is_final) {
    shop.open();
    const Sale sale(1);
    static_cast<void>(shop.pay(sale).finish());
    LONGS_EQUAL(1, shop.unclaimed().array()->size());

    LONGS_EQUAL(LC_INVALID, shop.settle(sale.id, 0));
    LONGS_EQUAL(LC_INVALID, shop.settle(sale.id, 3));
    LONGS_EQUAL(LC_OK, shop.settle(sale.id, LC_SETTLED_KEPT));
    LONGS_EQUAL(LC_OK, shop.settle(sale.id, LC_SETTLED_KEPT));
    LONGS_EQUAL(LC_CONFLICT, shop.settle(sale.id, LC_SETTLED_UNDONE));
    LONGS_EQUAL(0, shop.unclaimed().array()->size());
    STRCMP_EQUAL("24.00", shop.kept().c_str());
}
