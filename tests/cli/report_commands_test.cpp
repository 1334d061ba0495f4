// SPDX-License-Identifier: Apache-2.0
// paysysctl report, upon a tree of its own.
#include <memory>

#include "bookkeeper.h"
#include "shop.h"
#include "till/till.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::cli;

TEST_GROUP(QueueReport) {
    std::unique_ptr<Bookkeeper> shop;

    void setup() override {
        shop = std::make_unique<Bookkeeper>();
        shop->write_three();
    }
    void teardown() override {
        shop.reset();
    }
    void check_shown(const char* text) {
        STRCMP_CONTAINS(text, shop->out.c_str());
    }
};

TEST(QueueReport, sends_for_the_administrator_when_the_token_is_in_the_way) {
    CHECK_EQUAL(0, shop->run({"report", "queue"}));
    check_shown("Отмена, shop");
    check_shown("Позовите администратора");
    CHECK_TRUE(shop->out.find("Ничего делать не нужно") == std::string::npos);
}

TEST(QueueReport, names_payment_systems_as_cashiers_do) {
    CHECK_EQUAL(0, shop->run({"payment-type", "20", "shop:ONE", "Лавка"}));
    CHECK_EQUAL(0, shop->run({"report", "queue"}));
    check_shown("Отмена, Лавка");
}

TEST_GROUP(SlipFiles) {
    std::unique_ptr<Shop> shop;

    void setup() override {
        shop = std::make_unique<Shop>();
    }
    void teardown() override {
        shop.reset();
    }
};

TEST(SlipFiles, that_cannot_be_read_are_named) {
    const auto file = shop->places.root() / "slip.json";
    const Options picture{{"output", (shop->places.root() / "slip.png").native()}};
    for (const char* text : {R"({"elements":5})", "{", "<doc>&</doc>"}) {
        Shop::put(file, text);
        CHECK_EQUAL(1, shop->run({"printer", "preview", file.native()}, picture));
        CHECK_TRUE(shop->said(file.native() + ": "));
        CHECK_FALSE(shop->said("модуля"));
    }
    Shop::put(file, "{}");
    shop->run({"printer", "preview", file.native()}, picture);
    CHECK_TRUE(shop->said("слип не разобран: в нем нет элементов"));
}

TEST_GROUP(ReportCommands) {
    std::unique_ptr<Shop> shop;

    void setup() override {
        shop = std::make_unique<Shop>();
    }
    void teardown() override {
        shop.reset();
    }

    void open_shift() {
        auto till = till::Till::open(shop->places, till::Access::Owner);
        CHECK_TRUE(till.ok());
        CHECK_TRUE(till->open_shift("2026-11-22", "Кассир 1", 1'800'000'000'000).ok());
    }
    void close_shift() {
        auto till = till::Till::open(shop->places, till::Access::Owner);
        CHECK_TRUE(till.ok());
        CHECK_TRUE(till->close_shift(1'800'000'060'000).ok());
    }
    void check_shown(const char* text) {
        STRCMP_CONTAINS(text, shop->out.c_str());
    }
};

TEST(ReportCommands, show_the_shift_that_fits) {
    open_shift();
    CHECK_EQUAL(0, shop->run({"report", "x"}));
    check_shown("X-ОТЧЁТ\n");
    check_shown("Кассир: Кассир 1\n");
    CHECK_EQUAL(1, shop->run({"report", "z"}));
    CHECK_TRUE(shop->said("еще открыта"));
    close_shift();
    CHECK_EQUAL(0, shop->run({"report", "z"}, {{"shift", "1"}}));
    check_shown("Z-ОТЧЁТ\n");
    CHECK_EQUAL(0, shop->run({"report", "oplat"}));
    check_shown("За эту смену сверки не было.\n");
}

TEST(ReportCommands, show_an_empty_queue) {
    CHECK_EQUAL(0, shop->run({"report", "queue"}));
    check_shown("Очередь пуста");
}

TEST(ReportCommands, name_the_model_of_a_picture_in_their_usage) {
    std::string all;
    for (const Text& line : usage())
        all += line.russian() + "\n";
    STRCMP_CONTAINS("report x|z|oplat|queue", all.c_str());
    STRCMP_CONTAINS("[--print | --preview КАРТИНКА.png [--model МОДЕЛЬ]]", all.c_str());
}

TEST(ReportCommands, refuse_words_that_mean_nothing) {
    CHECK_EQUAL(2, shop->run({"report"}));
    CHECK_EQUAL(2, shop->run({"report", "x", "z"}));
    CHECK_EQUAL(2, shop->run({"report", "x"}, {{"shift", "первая"}}));
    CHECK_EQUAL(1, shop->run({"report", "receipt"}));
    CHECK_TRUE(shop->said("есть x, z, oplat и queue"));
    CHECK_EQUAL(1, shop->run({"report", "x"}));
    CHECK_TRUE(shop->said("ни одной смены еще не было"));
}

TEST(ReportCommands, print_by_the_sites_template_and_say_when_it_is_broken) {
    open_shift();
    const auto file = shop->places.reports() / "x.xml";
    Shop::put(file, "<report><text>Своя {shift}</text></report>");
    CHECK_EQUAL(0, shop->run({"report", "x"}));
    STRCMP_EQUAL("Своя 1\n", shop->out.c_str());
    Shop::put(file, "<report>\n<txt/></report>");
    CHECK_EQUAL(0, shop->run({"report", "x"}));
    check_shown("X-ОТЧЁТ\n");
    CHECK_TRUE(shop->said(file.native() + ":2: неизвестный элемент <txt>: возможно, text"));
}

TEST(ReportCommands, check_a_template_by_the_name_of_its_file_or_as_told) {
    const auto file = shop->places.root() / "z.xml";
    Shop::put(file, "<report><text>{shift}</text></report>");
    CHECK_EQUAL(0, shop->run({"report"}, {{"check", file.native()}}));
    check_shown("годится для формы z");
    CHECK_EQUAL(0, shop->run({"report", "x"}, {{"check", file.native()}}));
    CHECK_EQUAL(1, shop->run({"report", "queue"}, {{"check", file.native()}}));
    CHECK_TRUE(shop->said(file.native() + ":1: нет поля «shift»"));
    CHECK_EQUAL(2, shop->run({"report", "oops"}, {{"check", file.native()}}));
    const auto part = shop->places.root() / "part.xml";
    Shop::put(part, "<report><text>{anything}</text></report>");
    CHECK_EQUAL(0, shop->run({"report"}, {{"check", part.native()}}));
    check_shown("это не форма");
    CHECK_EQUAL(1, shop->run({"report"}, {{"check", "/none.xml"}}));
}
