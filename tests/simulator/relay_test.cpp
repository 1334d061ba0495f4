// SPDX-License-Identifier: Apache-2.0
#include "simulator/relay.h"

#include <atomic>
#include <string>

#include "simulator/control_client.h"
#include "simulator/http_frame.h"
#include "simulator/wire_client.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::simulator;
using namespace linuxcash::simulator::test;

namespace {

class Upstream final : public HttpHandler {
public:
    HttpReply handle(const HttpRequest& request) override {
        ++handled;
        HttpReply reply;
        reply.body = "answer to " + request.method + " " + request.path + request.body;
        return reply;
    }
    void client_left(std::uint64_t) override {}

    std::atomic<int> handled = 0;
};

const std::string kGet = http("GET /status");
const std::string kPost = http("POST /pay", "", "{}");

bool has(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_GROUP(Relay) {
    Upstream upstream;
    HttpFrame frame{upstream, nullptr};
    std::optional<Relay> relay;

    void setup() override {
        CHECK(frame.start({"127.0.0.1", 0}).ok());
        RelayOptions options;
        options.upstream = {"127.0.0.1", frame.port()};
        options.control = Address{};
        relay.emplace(options);
        CHECK(relay->start().ok());
    }
    void teardown() override {
        relay.reset();
        frame.stop();
    }

    void rule(const char* document) {
        relay->add(*parse_relay_rule(*json::parse(document)));
    }
};

TEST(Relay, without_rules_bytes_pass_both_ways) {
    WireClient client(relay->port());
    client.send(kPost);
    CHECK(has(client.reply(), "answer to POST /pay{}"));
    client.send(kGet);
    CHECK(has(client.reply(), "answer to GET /status"));
}

TEST(Relay, a_refused_connection_is_closed_unread) {
    rule(R"({"do":"refuse"})");
    WireClient client(relay->port());

    LONGS_EQUAL(0, client.rest().size());
    CHECK_FALSE(client.was_reset());
    CHECK(has(talk(relay->port(), kGet), "200 OK"));
}

TEST(Relay, a_reset_before_reading_forwards_nothing) {
    rule(R"({"do":"reset"})");
    WireClient client(relay->port());
    client.send(kPost);

    LONGS_EQUAL(0, client.rest().size());
    CHECK(client.was_reset());
    LONGS_EQUAL(0, upstream.handled);
}

TEST(Relay, a_reset_after_reading_lets_the_upstream_do_its_work) {
    rule(R"({"do":"reset-after","match":"POST /pay "})");
    WireClient client(relay->port());
    client.send(kPost);

    LONGS_EQUAL(0, client.rest().size());
    CHECK(client.was_reset());
    LONGS_EQUAL(1, upstream.handled);
}

TEST(Relay, a_rule_leaves_other_requests_of_its_connection_alone) {
    rule(R"({"do":"reset-after","match":"POST /pay "})");
    WireClient client(relay->port());
    client.send(kGet);
    CHECK(has(client.reply(), "answer to GET"));

    client.send(kPost);

    LONGS_EQUAL(0, client.rest().size());
    CHECK(client.was_reset());
}

TEST(Relay, a_kept_connection_is_closed_after_its_next_request_was_read) {
    rule(R"({"do":"close","match":"POST /pay "})");
    WireClient client(relay->port());
    client.send(kGet);
    CHECK(has(client.reply(), "200 OK"));

    client.send(kPost);

    LONGS_EQUAL(0, client.rest().size());
    CHECK_FALSE(client.was_reset());
    LONGS_EQUAL(1, upstream.handled);
    LONGS_EQUAL(1, *relay->stats().array("rules")->front().integer("seen"));
}

TEST(Relay, half_a_reply_ends_by_reset_or_by_close) {
    rule(R"({"do":"half","bytes":12})");
    rule(R"({"do":"half","bytes":12,"end":"close"})");
    WireClient first(relay->port());
    first.send(kGet);
    STRCMP_EQUAL("HTTP/1.1 200", first.rest().c_str());
    CHECK(first.was_reset());

    WireClient second(relay->port());
    second.send(kGet);
    STRCMP_EQUAL("HTTP/1.1 200", second.rest().c_str());
    CHECK_FALSE(second.was_reset());
}

TEST(Relay, silence_swallows_the_request) {
    rule(R"({"do":"silence","match":"POST /pay "})");
    WireClient client(relay->port());
    client.send(kPost);

    CHECK(client.hears_nothing(50));
    LONGS_EQUAL(0, upstream.handled);
}

TEST(Relay, silence_may_swallow_only_the_reply) {
    rule(R"({"do":"silence","match":"POST /pay ","forward":true})");
    WireClient client(relay->port());
    client.send(kPost);

    CHECK(client.hears_nothing(100));
    LONGS_EQUAL(1, upstream.handled);
}

TEST(Relay, slow_bytes_all_come) {
    rule(R"({"do":"slow","bytes":40,"everyMs":1})");

    CHECK(has(talk(relay->port(), kGet), "answer to GET /status"));
}

TEST(Relay, a_delayed_request_is_forwarded_although_the_client_has_left) {
    rule(R"({"do":"delay","match":"POST /pay ","delayMs":60})");
    {
        WireClient client(relay->port());
        client.send(kPost);
        CHECK(client.hears_nothing(20));
    }
    LONGS_EQUAL(0, upstream.handled);

    // The next exchange takes the same time, and so comes after it.
    rule(R"({"do":"delay","match":"GET /status ","delayMs":120})");
    CHECK(has(talk(relay->port(), kGet), "200 OK"));
    LONGS_EQUAL(2, upstream.handled);
}

TEST(Relay, a_request_in_pieces_is_recognised) {
    rule(R"({"do":"reset","match":"POST /pay "})");
    WireClient client(relay->port());
    client.send("POST /p");
    CHECK(client.hears_nothing(20));
    client.send("ay HTTP/1.1\r\nHost: x\r\n\r\n");

    LONGS_EQUAL(0, client.rest().size());
    CHECK(client.was_reset());
    LONGS_EQUAL(0, upstream.handled);
}

TEST(Relay, a_closed_port_refuses_and_can_be_opened_again) {
    CHECK(relay->set_open(false).ok());
    STRCMP_EQUAL("", talk(relay->port(), kGet).c_str());
    CHECK(relay->set_open(true).ok());

    CHECK(has(talk(relay->port(), kGet), "200 OK"));
}

TEST(Relay, an_upstream_that_is_away_closes_the_connection) {
    frame.stop();

    STRCMP_EQUAL("", talk(relay->port(), kGet).c_str());
}

TEST(Relay, connections_and_their_bytes_are_counted) {
    rule(R"({"do":"pass"})");
    static_cast<void>(talk(relay->port(), kGet));

    const auto stats = relay->stats();
    const auto& connection = stats.array("connections")->front();

    LONGS_EQUAL(1, *stats.integer("accepted"));
    LONGS_EQUAL(kGet.size(), *connection.integer("fromClient"));
    CHECK(*connection.integer("fromServer") > 0);
    STRCMP_EQUAL("pass", connection.array("acts")->front().string()->c_str());
}

TEST(Relay, it_is_controlled_over_http) {
    const ControlTarget target{
        "http://127.0.0.1:" + std::to_string(relay->control_port()), std::nullopt};

    LONGS_EQUAL(200, ask(target, *control_request("rule", R"({"do":"refuse"})"))->status);
    STRCMP_EQUAL("", talk(relay->port(), kGet).c_str());
    LONGS_EQUAL(200, ask(target, *control_request("port", "closed"))->status);
    STRCMP_EQUAL("", talk(relay->port(), kGet).c_str());
    LONGS_EQUAL(200, ask(target, *control_request("port", "open"))->status);
    LONGS_EQUAL(200, ask(target, *control_request("clear", ""))->status);
    CHECK(has(ask(target, *control_request("stats", ""))->body, "\"accepted\":1"));
    STRCMP_EQUAL("[]", ask(target, *control_request("rules", ""))->body.c_str());
    LONGS_EQUAL(400, ask(target, *control_request("rule", R"({"do":"nonsense"})"))->status);
    LONGS_EQUAL(404, ask(target, *control_request("ledger", ""))->status);
}

TEST(Relay, a_script_gives_rules_at_the_start) {
    RelayOptions options;
    options.upstream = {"127.0.0.1", frame.port()};
    options.script = *json::parse(R"([{"do":"refuse"}])");
    Relay scripted(options);
    CHECK(scripted.start().ok());

    STRCMP_EQUAL("", talk(scripted.port(), kGet).c_str());
}
