// SPDX-License-Identifier: Apache-2.0
// paysysctl queue, upon journals that a module wrote.
#include <memory>

#include "bookkeeper.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::cli;

TEST_GROUP(QueueCommands) {
    std::unique_ptr<Bookkeeper> shop;

    void setup() override {
        shop = std::make_unique<Bookkeeper>();
        shop->patience_ms = 0;
    }
    void teardown() override {
        shop.reset();
    }

    void explains(const char* words) const {
        STRCMP_CONTAINS(words, shop->out.c_str());
    }
};

TEST(QueueCommands, lists_what_is_owed) {
    shop->write_three();

    CHECK_EQUAL(0, shop->run({"queue", "list"}));
    STRCMP_CONTAINS("\tshop\tundo\t1.00 BYN\t8\t", shop->out.c_str());
    CHECK_TRUE(shop->out.find("24.50") == std::string::npos);
    CHECK_EQUAL(0, shop->run({"queue", "list", "shop"}, {{"json", ""}}));
    STRCMP_CONTAINS("\"kind\":\"undo\",\"system\":\"shop\"", shop->out.c_str());
}

TEST(QueueCommands, says_why_a_queue_cannot_be_pushed) {
    shop->write_three();

    CHECK_EQUAL(1, shop->run({"queue", "push", "shop"}));

    CHECK_FALSE(shop->err.empty());
}

TEST(QueueCommands, explains_an_undo_that_is_owed_while_nobody_works) {
    shop->write_three();

    CHECK_EQUAL(0, shop->run({"queue", "explain", "222222"}));

    explains("Shop: в очереди отмена оплаты, 1.00 BYN, чек 8\n");
    explains("  операция 22222222222222222222222222222222, система shop\n");
    explains("  заказ 1-3-8, номер платёжной системы -, смена 3\n");
    explains("начато: оплата, кассир Кассир 1\n");
    explains("исход неизвестен: «Нет»\n");
    explains("поставлено в очередь: отмена\n");
    explains("  почему: исход оплаты неизвестен: деньги могли быть списаны");
    explains("  ждёт с 2023-11-1");
    explains("касса не запущена: попыток сейчас никто не делает\n");
    explains("касса может не принимать оплату через Shop\n");
    explains("ждёт больше суток: найдите в личном кабинете заказ 1-3-8");
}

TEST(QueueCommands, names_the_next_step_for_each_state) {
    shop->write_three();
    Shop::put(shop->places.settings("shop"), "[Main]\nregNum = R1\n");

    shop->run({"queue", "explain", "222222"});
    explains(
        "  что делать: запустите кассу: она выполнит это сама; без кассы: paysysctl queue push "
        "shop\n");
    shop->run({"queue", "explain", "121212"});
    explains("  что делать: запустите кассу: она выяснит исход сама\n");
    shop->run({"queue", "explain", "111111"});
    explains("  что делать: запустите кассу: она спросит кассира, записать ли эти деньги в чек\n");
    const auto journal = shop->open();
    shop->run({"queue", "explain", "121212"});
    explains("  что делать: ничего: касса выясняет исход сама\n");
    shop->run({"queue", "explain", "222222"});
    explains("ничего: касса повторяет попытки сама; поторопить: paysysctl queue push shop\n");
    Bookkeeper::write(*journal, 0x22, core::Discharged{"отменено"});
    Bookkeeper::write(*journal, 0x22, core::HostSettled{core::Settled::Undone});
    shop->run({"queue", "explain", "222222"});
    explains("выполнено из очереди: отменено\n");
    explains("касса вычеркнула деньги из чека\n");
    explains("  что делать: ничего: по этой операции ничего не осталось\n");
}

TEST(QueueCommands, sends_to_the_token_first_when_it_is_in_the_way) {
    shop->write_three();

    shop->run({"queue", "explain", "222222"});

    explains("  что делать: укажите номер кассы: paysysctl set shop regNum=НОМЕР\n");
}

TEST(QueueCommands, explains_everything_unfinished_and_nothing_else) {
    shop->write_three();

    CHECK_EQUAL(0, shop->run({"queue", "explain"}));

    explains("Shop: в очереди отмена оплаты, 1.00 BYN, чек 8\n");
    explains("Shop: выясняется исход (оплата), 3.00 BYN, чек 9\n");
    CHECK_TRUE(shop->out.find("24.50") == std::string::npos);
}

TEST(QueueCommands, tells_what_the_running_register_answered) {
    const auto journal = shop->open();
    Bookkeeper::write_three(*journal);
    Shop::put(shop->places.settings("shop"), "[Main]\nregNum = R1\n");
    // The register's answer to the first wish, ahead of it: here it cannot answer meanwhile.
    journal->answer_wish(1, {{id(0x22), 4, true, Text::literal("нет связи")}});

    CHECK_EQUAL(0, shop->run({"queue", "explain", "shop", "222222"}));

    explains("попыток с запуска кассы: 4, последняя не удалась: нет связи\n");
    explains("пока это не выполнено, оплата и возврат через Shop не принимаются\n");
    explains("устраните последнюю ошибку (связь с сервером, токен: paysysctl token status shop)");
    const auto wishes = journal->wishes_after(0);
    STRCMP_EQUAL("explain", wishes->front().what.c_str());
}

TEST(QueueCommands, goes_on_when_the_running_register_does_not_answer) {
    const auto journal = shop->open();
    Bookkeeper::write_three(*journal);

    CHECK_EQUAL(0, shop->run({"queue", "explain", "222222"}));

    explains("работающая касса не ответила; её попытки записаны в terminal.log\n");
}

TEST(QueueCommands, explains_that_other_systems_do_not_stop_for_it) {
    const auto journal = shop->open();
    Bookkeeper::write_three(*journal);
    journal->answer_wish(1, {{id(0x22), 0, false, {}}});

    shop->run({"queue", "explain", "222222"});

    explains("с запуска кассы попыток ещё не было\n");
    explains("продажи это не останавливает\n");
}

TEST(QueueCommands, explains_a_refund_that_is_taken_back) {
    shop->write_refund();

    CHECK_EQUAL(0, shop->run({"queue", "explain"}));

    explains("Shop: в очереди отмена возврата, 10.00 BYN, чек 10\n");
    explains("  относится к операции 11111111111111111111111111111111\n");
    explains("начато: возврат, кассир Кассир 1\n");
    explains("  почему: возврат прошёл, но касса от него отказалась\n");
    explains("связано: отмена возврата на 10.00, исход неизвестен, операция 44444444\n");
}

TEST(QueueCommands, explains_a_late_refund_with_its_own_order) {
    {
        const auto journal = shop->open();
        Bookkeeper::write_three(*journal);
        Bookkeeper::write(*journal, 0x22, core::Owed{core::ObligationKind::Refund, "1-3-8-R"});
    }

    shop->run({"queue", "explain"});

    explains("Shop: в очереди возврат денег, 1.00 BYN, чек 8\n");
    explains("поставлено в очередь: возврат денег, заказ 1-3-8-R\n");
    explains("отменить оплату уже нельзя, поэтому деньги возвращаются покупателю, один раз\n");
}

TEST(QueueCommands, explains_for_programs) {
    shop->write_three();

    CHECK_EQUAL(0, shop->run({"queue", "explain"}, {{"json", ""}}));

    explains("[{\"operation\":\"22222222222222222222222222222222\"");
    explains("\"running\":false,\"next\":\"");
    explains("\"why\":\"исход оплаты неизвестен");
    explains("\"owed_since\":\"2023-11-1");
}

TEST(QueueCommands, says_that_nothing_is_owed) {
    { static_cast<void>(shop->open()); }

    CHECK_EQUAL(0, shop->run({"queue", "explain"}));

    STRCMP_EQUAL("", shop->out.c_str());
    CHECK_TRUE(shop->said("очередь пуста"));
}

TEST(QueueCommands, refuses_an_operation_that_is_not_one_or_not_there) {
    shop->write_three();

    CHECK_EQUAL(2, shop->run({"queue", "explain", "shop", "xyz"}));
    CHECK_EQUAL(1, shop->run({"queue", "explain", "777777"}));
    CHECK_EQUAL(1, shop->run({"queue", "explain", "nosuch"}));
    CHECK_EQUAL(2, shop->run({"queue", "explain", "shop", "222222", "more"}));
}
