// SPDX-License-Identifier: Apache-2.0
// The smallest module keeps the rules of paysystem.h, called as a host calls it.
#include <linuxcash/paysystem.h>
#include <poll.h>

#include <array>
#include <cstring>
#include <memory>
#include <string>

#include <CppUTest/TestHarness.h>

namespace {

lc_pay_request payment(std::uint8_t id, std::int64_t minor) {
    lc_pay_request request{};
    request.request.size = sizeof request;
    request.request.id.bytes[0] = id;
    request.request.type = 20;
    request.request.cashier = "Кассир";
    request.request.receipt = "{}";
    request.sum = {minor, "BYN"};
    return request;
}

bool readable(int fd) {
    pollfd waiting{fd, POLLIN, 0};
    return poll(&waiting, 1, 0) == 1;
}

}  // namespace

TEST_GROUP(SmallestModule) {
    const lc_module* module = linuxcash_paysystem();
    lc_instance* instance = nullptr;
    const lc_payment_1* payments = nullptr;
    lc_operation* operation = nullptr;

    void setup() override {
        const lc_host host{sizeof host, "/tmp", "1", "BYN", "ru"};
        std::array<char, 64> error{};
        CHECK_EQUAL(LC_OK, module->create(&host, &instance, error.data(), error.size()));
        CHECK_EQUAL(LC_OK, module->start(instance, error.data(), error.size()));
        payments = static_cast<const lc_payment_1*>(module->ability(instance, "payment/1"));
        CHECK_TRUE(payments != nullptr);
    }

    void teardown() override {
        if (operation != nullptr) module->conversation->release(operation);
        module->destroy(instance);
    }

    lc_status begin(const lc_pay_request& request) {
        return payments->pay(instance, &request, &operation);
    }

    const lc_event* next() {
        const lc_event* event = nullptr;
        const lc_status status = module->conversation->next(operation, 0, &event);
        return status == LC_OK ? event : nullptr;
    }

    int outcome() {
        const lc_event* event = next();
        CHECK_TRUE(event != nullptr && event->kind == LC_EVENT_FINISHED);
        return reinterpret_cast<const lc_event_finished*>(event)->outcome;
    }

    lc_status choose(std::uint64_t number, int index) {
        lc_answer answer{};
        answer.size = sizeof answer;
        answer.kind = LC_ANSWER_CHOICE;
        answer.event = number;
        answer.index = index;
        return module->conversation->answer(operation, &answer);
    }
};

TEST(SmallestModule, asks_and_approves_after_yes) {
    begin(payment(1, 500));
    const lc_event* question = next();
    CHECK_EQUAL(LC_EVENT_CHOOSE, question->kind);

    choose(question->number, 0);

    CHECK_EQUAL(LC_OUTCOME_APPROVED, outcome());
}

TEST(SmallestModule, is_readable_exactly_while_an_event_waits) {
    CHECK_FALSE(readable(module->wait_fd(instance)));
    begin(payment(1, 500));
    CHECK_TRUE(readable(module->wait_fd(instance)));
    next();
    CHECK_FALSE(readable(module->wait_fd(instance)));
    choose(1, 0);
    CHECK_TRUE(readable(module->wait_fd(instance)));
    outcome();
    CHECK_FALSE(readable(module->wait_fd(instance)));
}

TEST(SmallestModule, tells_the_end_once) {
    begin(payment(1, 500));
    module->conversation->cancel(operation);
    CHECK_EQUAL(LC_OUTCOME_CANCELLED, outcome());

    const lc_event* event = nullptr;
    CHECK_EQUAL(LC_END, module->conversation->next(operation, 0, &event));
}

TEST(SmallestModule, replays_the_end_of_a_known_id) {
    begin(payment(1, 500));
    choose(1, 0);
    module->conversation->release(operation);

    CHECK_EQUAL(LC_OK, begin(payment(1, 500)));

    CHECK_EQUAL(LC_OUTCOME_APPROVED, outcome());
}

TEST(SmallestModule, refuses_a_known_id_with_another_sum) {
    begin(payment(1, 500));
    module->conversation->release(operation);
    operation = nullptr;

    CHECK_EQUAL(LC_CONFLICT, begin(payment(1, 501)));
}

TEST(SmallestModule, is_busy_while_a_payment_runs) {
    begin(payment(1, 500));

    CHECK_EQUAL(LC_BUSY, begin(payment(2, 500)));
}

TEST(SmallestModule, refuses_when_nobody_can_answer) {
    lc_pay_request request = payment(1, 500);
    request.request.flags = LC_FLAG_SILENT;

    begin(request);

    CHECK_EQUAL(LC_OUTCOME_REFUSED, outcome());
}

TEST(SmallestModule, ignores_a_stale_answer) {
    begin(payment(1, 500));
    next();

    CHECK_EQUAL(LC_STALE, choose(7, 0));

    choose(1, 1);
    CHECK_EQUAL(LC_OUTCOME_CANCELLED, outcome());
    CHECK_EQUAL(LC_STALE, choose(1, 0));
}

TEST(SmallestModule, reads_no_further_than_the_size_of_an_older_request) {
    const lc_pay_request whole = payment(1, 500);
    const auto bytes = std::make_unique<std::byte[]>(sizeof(lc_request));
    std::memcpy(bytes.get(), &whole, sizeof(lc_request));
    auto* older = reinterpret_cast<lc_pay_request*>(bytes.get());
    older->request.size = sizeof(lc_request);

    CHECK_EQUAL(LC_INVALID, payments->pay(instance, older, &operation));
}

TEST(SmallestModule, takes_a_larger_request_of_a_newer_host) {
    struct Newer {
        lc_pay_request known;
        std::uint64_t later;
    } newer{payment(1, 500), 7};
    newer.known.request.size = sizeof newer;

    CHECK_EQUAL(LC_OK, payments->pay(instance, &newer.known, &operation));

    choose(1, 0);
    CHECK_EQUAL(LC_OUTCOME_APPROVED, outcome());
}
