// SPDX-License-Identifier: Apache-2.0
#include "sales/exporter.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "fakes/sim_ports.h"
#include "scene.h"
#include "store/database.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::sales {

namespace fs = std::filesystem;

using till::closed_sale;

TEST_GROUP(SalesExporter) {
    MinskTime zone;
    till::Scene scene;
    till::Till till = scene.owner();
    fakes::SimClock clock;
    std::vector<std::string> notices;
    std::unique_ptr<Exporter> exporter;

    void setup() override {
        start();
        CHECK(till.open_shift("2023-11-15", "Кассир 1", 1'700'000'000'000).ok());
    }

    // As after a restart.
    void start() {
        exporter = std::make_unique<Exporter>(Exporter::Parts{
            till, clock, folder(), "1", Currency{}, [](const Text&) {},
            [this](core::LogLevel level, const Text& text) {
                notices.push_back(
                    (level == core::LogLevel::Warning ? "W " : "I ") + text.russian());
            }});
    }

    fs::path folder() {
        return scene.places().sales("1");
    }
    fs::path online() {
        return folder() / "online";
    }

    void sell(std::int64_t number = 1) {
        CHECK(till.save(closed_sale(number)).ok());
    }
    void annul(std::int64_t number = 1) {
        till::Receipt receipt = closed_sale(number);
        receipt.state = till::ReceiptState::Annulled;
        CHECK(till.save(receipt).ok());
    }
    void close_shift() {
        CHECK(till.close_shift(1'700'000'100'000).ok());
    }

    static std::set<std::string> names_in(const fs::path& place) {
        std::set<std::string> names;
        std::error_code missing;
        for (auto entry = fs::directory_iterator(place, missing);
             !missing && entry != fs::directory_iterator(); ++entry)
            if (!entry->is_directory()) names.insert(entry->path().filename().native());
        return names;
    }
    static std::string read(const fs::path& file) {
        std::ostringstream text;
        text << std::ifstream(file).rdbuf();
        return text.str();
    }
    static std::size_t times(const std::string& text, const std::string& what) {
        std::size_t count = 0;
        for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
            ++count;
        return count;
    }

    void ask(const std::string& text) {
        fs::create_directories(folder());
        std::ofstream(folder() / "sale.req") << text;
        clock.now += 1000;
    }
};

TEST(SalesExporter, tells_a_receipt_that_has_ended) {
    sell();

    exporter->work();

    CHECK((names_in(online()) == std::set<std::string>{"sale2023.11.15_01-13-21_1_1.json"}));
    const std::string text = read(online() / "sale2023.11.15_01-13-21_1_1.json");
    STRCMP_CONTAINS("\"identifier\":\"uid-1\"", text.c_str());
    STRCMP_CONTAINS("\"timeEnd\":null,\"sumGain\":34.50", text.c_str());
}

TEST(SalesExporter, says_nothing_of_a_receipt_that_is_open) {
    CHECK(till.save(till::open_sale()).ok());

    exporter->work();

    CHECK(names_in(online()).empty());
}

TEST(SalesExporter, keeps_its_files_away_from_strangers) {
    sell();
    exporter->work();

    struct stat file {};
    LONGS_EQUAL(0, ::stat((online() / "sale2023.11.15_01-13-21_1_1.json").c_str(), &file));
    LONGS_EQUAL(0640, file.st_mode & 0777);
}

TEST(SalesExporter, tells_nothing_twice_though_the_reader_took_the_file) {
    sell();
    exporter->work();
    fs::remove_all(online());

    exporter->work();
    start();
    exporter->work();

    CHECK(names_in(online()).empty());
}

TEST(SalesExporter, tells_at_the_next_start_what_a_killed_program_did_not) {
    sell();
    start();

    exporter->work();

    LONGS_EQUAL(1, names_in(online()).size());
}

TEST(SalesExporter, writes_the_same_bytes_again_when_it_was_killed_before_it_was_noted) {
    sell();
    exporter->work();
    const std::string before = read(online() / "sale2023.11.15_01-13-21_1_1.json");
    auto database = store::Database::open(scene.places().till());
    CHECK(database->execute("UPDATE document SET exported = 0").ok());

    exporter->work();

    LONGS_EQUAL(1, names_in(online()).size());
    STRCMP_EQUAL(before.c_str(), read(online() / "sale2023.11.15_01-13-21_1_1.json").c_str());
}

TEST(SalesExporter, an_annulled_sale_is_told_beside_the_sale) {
    sell();
    exporter->work();
    const std::string sale = read(online() / "sale2023.11.15_01-13-21_1_1.json");

    annul();
    exporter->work();

    STRCMP_EQUAL(sale.c_str(), read(online() / "sale2023.11.15_01-13-21_1_1.json").c_str());
    const std::string annulled = read(online() / "sale2023.11.15_01-13-21_1_8.json");
    STRCMP_CONTAINS("\"docType\":8", annulled.c_str());
}

TEST(SalesExporter, tells_a_shift_when_it_has_ended) {
    sell(1);
    sell(2);
    close_shift();

    exporter->work();

    CHECK((names_in(folder()) == std::set<std::string>{"sale2023.11.15_01-15-00_shift1.json"}));
    const std::string text = read(folder() / "sale2023.11.15_01-15-00_shift1.json");
    LONGS_EQUAL(2, times(text, "\"docType\":1"));
    STRCMP_CONTAINS("\"sumGain\":69.00", text.c_str());
}

TEST(SalesExporter, a_receipt_annulled_after_its_shift_is_told_with_the_next) {
    sell();
    close_shift();
    exporter->work();
    const std::string first = read(folder() / "sale2023.11.15_01-15-00_shift1.json");
    annul();
    CHECK(till.open_shift("2023-11-15", "Кассир 2", 1'700'000'200'000).ok());
    CHECK(till.close_shift(1'700'000'300'000).ok());

    exporter->work();

    STRCMP_EQUAL(first.c_str(), read(folder() / "sale2023.11.15_01-15-00_shift1.json").c_str());
    const std::string second = read(folder() / "sale2023.11.15_01-18-20_shift2.json");
    STRCMP_CONTAINS("\"docType\":8", second.c_str());
    LONGS_EQUAL(2, times(second, "\"kkms\""));
}

TEST(SalesExporter, waits_for_the_disk_says_so_once_and_loses_nothing) {
    fs::create_directories(folder().parent_path());
    std::ofstream(folder()) << "a file in the folder's place";
    sell();

    for (int tries = 0; tries < 3; ++tries) {
        exporter->work();
        clock.now += 10'000;
    }

    LONGS_EQUAL(1, notices.size());
    STRCMP_CONTAINS("W Выгрузка продаж отложена", notices.front().c_str());
    fs::remove(folder());
    exporter->work();
    LONGS_EQUAL(1, names_in(online()).size());
    STRCMP_CONTAINS("возобновлена", notices.back().c_str());
}

TEST(SalesExporter, does_not_try_a_broken_disk_at_each_call) {
    fs::create_directories(folder().parent_path());
    std::ofstream(folder()) << "x";
    sell();
    exporter->work();
    fs::remove(folder());

    clock.now += 9'999;
    exporter->work();
    CHECK(names_in(online()).empty());

    clock.now += 1;
    exporter->work();
    LONGS_EQUAL(1, names_in(online()).size());
}

TEST(SalesExporter, goes_on_where_it_stopped_with_a_long_list) {
    for (int number = 1; number <= 45; ++number)
        sell(number);

    for (int call = 0; call < 3; ++call)
        exporter->work();

    LONGS_EQUAL(45, names_in(online()).size());
}

TEST(SalesExporter, writes_the_files_of_the_days_that_are_asked_for) {
    sell();
    close_shift();
    exporter->work();
    const std::string first = read(folder() / "sale2023.11.15_01-15-00_shift1.json");
    CHECK(till.open_shift("2023-11-15", "Кассир 1", 1'700'000'200'000).ok());
    till::Receipt later = closed_sale(2);
    later.shift = 2;
    later.closed_at_ms = 1'700'000'250'000;
    CHECK(till.save(later).ok());
    exporter->work();
    fs::remove_all(folder());

    ask("###\n15.11.2023-15.11.2023");
    exporter->work();

    CHECK((names_in(folder()) == std::set<std::string>{"sale2023.11.15_01-15-00_shift1.json"}));
    STRCMP_EQUAL(first.c_str(), read(folder() / "sale2023.11.15_01-15-00_shift1.json").c_str());
    CHECK((names_in(online()) == std::set<std::string>{"sale2023.11.15_01-17-30_2_1.json"}));
    STRCMP_CONTAINS("I Продажи выгружены по запросу, файлов: 2", notices.back().c_str());
}

TEST(SalesExporter, writes_nothing_of_other_days) {
    sell();
    exporter->work();
    fs::remove_all(folder());

    ask("###\n16.11.2023-20.11.2023");
    exporter->work();

    CHECK(names_in(folder()).empty());
    CHECK(names_in(online()).empty());
}

TEST(SalesExporter, refuses_a_request_that_stays_wrong) {
    ask("###\nвчера");
    exporter->work();
    CHECK(notices.empty());  // it may be half written

    clock.now += 1000;
    exporter->work();

    STRCMP_CONTAINS("W Запрос выгрузки продаж не понят", notices.back().c_str());
    STRCMP_CONTAINS("строка 2", notices.back().c_str());
    CHECK((names_in(folder()) == std::set<std::string>{"sale.req.error"}));
}

TEST(SalesExporter, understands_a_request_that_was_half_written_before) {
    sell();
    ask("###\n");
    exporter->work();
    fs::remove_all(online());
    ask("###\n15.11.2023-15.11.2023");

    exporter->work();

    CHECK(names_in(folder()).empty());
    LONGS_EQUAL(1, names_in(online()).size());
}

TEST(SalesExporter, looks_for_a_request_once_a_second) {
    ask("###\n15.11.2023-15.11.2023");
    fs::remove(folder() / "sale.req");
    exporter->work();
    std::ofstream(folder() / "sale.req") << "###\n15.11.2023-15.11.2023";

    clock.now += 999;
    exporter->work();
    LONGS_EQUAL(1, names_in(folder()).size());

    clock.now += 1;
    exporter->work();
    CHECK(names_in(folder()).empty());
}

TEST(SalesExporter, does_not_hang_on_a_pipe_in_the_requests_place) {
    fs::create_directories(folder());
    LONGS_EQUAL(0, ::mkfifo((folder() / "sale.req").c_str(), 0600));

    for (int look = 0; look < 2; ++look) {
        clock.now += 1000;
        exporter->work();
    }

    LONGS_EQUAL(1, notices.size());
}

}  // namespace linuxcash::sales
