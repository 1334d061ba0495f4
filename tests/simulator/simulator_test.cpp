// SPDX-License-Identifier: Apache-2.0
// The whole O!plati simulator over real sockets.
#include "simulator/oplati/simulator.h"

#include <memory>
#include <string>
#include <utility>

#include "simulator/control_client.h"
#include "simulator/scratch_folder.h"
#include "simulator/till.h"
#include "simulator/wire_client.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::simulator;
using namespace linuxcash::simulator::test;

namespace {

const std::string kDesk = "regNum: OPL000011111\r\npassword: pw\r\n";

bool has(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

std::string charge(const char* sum) {
    return http("POST /ms-pay/pos/payments", kDesk, charge_body(sum, "A-1", R"("authCode":"c")"));
}

}  // namespace

TEST_GROUP(OplatiSimulator) {
    ScratchFolder folder;
    OplatiOptions options;
    std::shared_ptr<ManualClock> clock;
    std::unique_ptr<OplatiSimulator> simulated;

    void setup() override {
        clock = std::make_shared<ManualClock>();
        options.clock = clock;
        options.passwords["OPL000011111"] = "pw";
        options.control = Address{};
    }

    int start() {
        simulated.reset();
        simulated = std::make_unique<OplatiSimulator>(options);
        CHECK(simulated->start().ok());
        return simulated->port();
    }

    std::string kept() {
        return simulated->control("GET", "ledger").find("totals")->string("kept").value_or("?");
    }

    void advance(std::int64_t time_ms) {
        static_cast<void>(
            simulated->control("POST", "clock", json::object({{"advanceMs", time_ms}})));
    }
};

TEST(OplatiSimulator, a_payment_goes_from_charge_to_paid) {
    const int port = start();

    CHECK(has(talk(port, charge("24.50")), "\"status\":0"));
    advance(1000);
    CHECK(has(talk(port, http("GET /ms-pay/pos/payments/500001", kDesk)), "\"status\":1"));

    STRCMP_EQUAL("24.50", kept().c_str());
}

TEST(OplatiSimulator, a_lost_reply_is_seen_as_a_reset_and_found_in_the_ledger) {
    WireClient client(start());
    client.send(charge("24.14"));

    LONGS_EQUAL(0, client.rest().size());
    CHECK(client.was_reset());
    advance(1000);
    STRCMP_EQUAL("24.14", kept().c_str());
}

TEST(OplatiSimulator, a_late_commit_comes_when_the_client_has_left) {
    WireClient client(start());
    client.send(charge("24.17"));
    CHECK(client.hears_nothing(30));
    client.leave();

    // The server notices the leaving at its own time: move the clock until it has.
    for (int i = 0; i < 5000 && kept() == "0.00"; ++i) {
        advance(100);
    }

    STRCMP_EQUAL("24.17", kept().c_str());
}

TEST(OplatiSimulator, a_restart_on_the_same_ledger_knows_the_payment) {
    options.ledger = folder / "ledger";
    static_cast<void>(talk(start(), charge("24.50")));
    advance(1000);

    const int port = start();

    STRCMP_EQUAL("24.50", kept().c_str());
    CHECK(has(talk(port, http("DELETE /ms-pay/pos/payments/A-1", kDesk)), "\"status\":5"));
}

TEST(OplatiSimulator, connections_that_control_it_are_not_counted_as_the_tills) {
    const int port = start();
    static_cast<void>(talk(port, charge("24.50")));
    static_cast<void>(talk(port, http("GET /control/ledger")));

    LONGS_EQUAL(1, *simulated->control("GET", "stats").integer("connections"));
}

TEST(OplatiSimulator, it_is_controlled_on_its_own_port_or_on_a_second_one) {
    const int port = start();
    const auto request = *control_request("rule", R"({"on":"charge","http":503})");
    const ControlTarget own{"http://127.0.0.1:" + std::to_string(port), std::nullopt};
    const ControlTarget second{
        "http://127.0.0.1:" + std::to_string(simulated->control_port()), std::nullopt};

    LONGS_EQUAL(200, ask(own, request)->status);
    LONGS_EQUAL(200, ask(second, request)->status);

    CHECK(has(talk(port, charge("24.50")), " 503 "));
    CHECK(has(talk(port, charge("24.50")), " 503 "));
    CHECK(has(talk(port, charge("24.50")), " 200 "));
}

TEST(OplatiSimulator, the_second_port_serves_no_payments) {
    static_cast<void>(start());

    CHECK(has(talk(simulated->control_port(), charge("24.50")), " 404 "));
}

TEST(OplatiSimulator, what_was_on_the_wire_can_be_asked) {
    static_cast<void>(talk(start(), charge("24.50")));

    const auto log = simulated->control("GET", "log?endpoint=charge");

    LONGS_EQUAL(1, log.array()->size());
    CHECK(has(log.str(), "sha256:"));
    CHECK_FALSE(has(log.str(), "\"pw\""));
}

TEST(OplatiSimulator, a_script_is_in_force_from_the_start) {
    options.script = *json::parse(R"({"rules":[{"on":"charge","http":409}]})");

    CHECK(has(talk(start(), charge("24.50")), " 409 "));
}

TEST(OplatiSimulator, a_wrong_script_stops_the_start) {
    options.script = *json::parse(R"([{"nonsense":1}])");
    OplatiSimulator wrong(options);

    CHECK_FALSE(wrong.start().ok());
}

TEST(OplatiSimulator, a_port_that_is_taken_stops_the_start) {
    options.listen = {"127.0.0.1", start()};
    OplatiSimulator second(options);

    CHECK_FALSE(second.start().ok());
}

TEST(OplatiSimulator, it_stops_while_a_client_waits_in_silence) {
    WireClient client(start());
    client.send(charge("24.16"));
    CHECK(client.hears_nothing(30));

    simulated->stop();

    LONGS_EQUAL(0, client.rest().size());
}
