// SPDX-License-Identifier: Apache-2.0
#include "simulator/ledger.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <string>
#include <utility>

#include "simulator/scratch_folder.h"
#include "simulator/till.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::simulator;
using namespace linuxcash::simulator::test;

TEST_GROUP(SimulatorLedger) {
    ScratchFolder folder;
    OplatiOptions options;

    void setup() override {
        options.ledger = folder / "ledger";
    }
};

TEST(SimulatorLedger, without_a_path_events_live_in_memory) {
    auto ledger = Ledger::open(std::nullopt);

    CHECK(ledger->append(json::object({{"event", "x"}})).ok());

    LONGS_EQUAL(1, ledger->events().size());
}

TEST(SimulatorLedger, each_event_is_a_line_on_disk_at_once) {
    auto ledger = Ledger::open(folder / "ledger");

    CHECK(ledger->append(json::object({{"event", "x"}})).ok());

    STRCMP_EQUAL("{\"event\":\"x\"}\n", folder.text_of("ledger").c_str());
}

TEST(SimulatorLedger, nobody_else_may_read_the_tokens_in_it) {
    auto ledger = Ledger::open(folder / "ledger");

    struct stat status {};
    LONGS_EQUAL(0, stat((folder / "ledger").c_str(), &status));
    LONGS_EQUAL(0600, status.st_mode & 0777);
}

TEST(SimulatorLedger, events_are_read_back) {
    folder.write("ledger", "{\"event\":\"x\"}\n{\"event\":\"y\"}\n");

    const auto ledger = Ledger::open(folder / "ledger");

    LONGS_EQUAL(2, ledger->events().size());
}

TEST(SimulatorLedger, an_unfinished_last_line_is_cut_off) {
    folder.write("ledger", "{\"event\":\"x\"}\n{\"eve");

    auto ledger = Ledger::open(folder / "ledger");
    CHECK(ledger->append(json::object({{"event", "z"}})).ok());

    STRCMP_EQUAL("{\"event\":\"x\"}\n{\"event\":\"z\"}\n", folder.text_of("ledger").c_str());
}

TEST(SimulatorLedger, a_damaged_line_is_named) {
    folder.write("ledger", "{\"event\":\"x\"}\nnonsense\n{}\n");

    const auto ledger = Ledger::open(folder / "ledger");

    CHECK(ledger.error().code == ErrorCode::Damaged);
    CHECK(ledger.error().text.russian().find("строка 2") != std::string::npos);
}

TEST(SimulatorLedger, two_simulators_do_not_share_a_ledger) {
    const auto first = Ledger::open(folder / "ledger");

    const auto second = Ledger::open(folder / "ledger");

    CHECK(second.error().code == ErrorCode::Busy);
}

TEST(SimulatorLedger, a_folder_in_its_place_is_an_error) {
    std::filesystem::create_directory(folder / "ledger");

    CHECK_FALSE(Ledger::open(folder / "ledger").ok());
}

TEST(SimulatorLedger, an_event_of_an_unknown_kind_stops_the_start) {
    folder.write("ledger", "{\"event\":\"nonsense\"}\n");
    auto ledger = Ledger::open(options.ledger);
    oplati::Bank bank(options, std::move(*ledger));

    CHECK(bank.read_back().error().code == ErrorCode::Damaged);
}

TEST(SimulatorLedger, a_restarted_simulator_knows_token_payments_and_refunds) {
    std::string token;
    std::int64_t id = 0;
    {
        Till before(options);
        before.register_desk();
        id = before.paid("24.50", "A-1");
        static_cast<void>(before.refund(id, "10.00", "R-1"));
        static_cast<void>(before.paid("5.00", "A-2"));
        static_cast<void>(before.cancel("A-2"));
        token = before.token;
    }

    Till after(options);
    after.token = token;

    STRCMP_EQUAL("14.50", after.kept().c_str());
    LONGS_EQUAL(1, status_of(after.query(id)));
    LONGS_EQUAL(400, after.refund(id, "15.00", "R-2").status);
    LONGS_EQUAL(409, after.charge("1.00", "A-2").status);
}

TEST(SimulatorLedger, a_restarted_simulator_finishes_what_was_waiting) {
    {
        Till before(options);
        before.register_desk();
        static_cast<void>(before.charge("24.50", "A-1"));
    }

    Till after(options);
    after.wait(1000);

    STRCMP_EQUAL("24.50", after.kept().c_str());
}

TEST(SimulatorLedger, a_restart_with_the_same_seed_gives_new_tokens_and_payment_ids) {
    options.seed = 7;
    std::string first_token;
    std::int64_t first_id = 0;
    {
        Till before(options);
        before.register_desk();
        first_token = before.token;
        first_id = before.paid("24.50", "A-1");
        before.bank->reset_token(before.desk, before.now_ms);
    }

    Till after(options);
    after.register_desk();

    CHECK(after.token != first_token);
    CHECK(after.paid("24.50", "A-2") > first_id);
}

TEST(SimulatorLedger, a_ledger_that_cannot_grow_ends_the_service_with_500) {
    Till till(options);
    struct rlimit before {};
    getrlimit(RLIMIT_FSIZE, &before);
    const struct rlimit nothing { 0, before.rlim_max };
    auto* handler = signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &nothing);

    const auto reply = till.send("GET", "/tokens");

    setrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, handler);
    LONGS_EQUAL(500, reply.status);
    STRCMP_EQUAL("LEDGER_BROKEN", internal_code(reply).c_str());
    LONGS_EQUAL(500, till.query(1).status);
}
