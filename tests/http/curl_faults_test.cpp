// SPDX-License-Identifier: Apache-2.0
// What CurlExchange makes of servers and networks that misbehave.
#include <chrono>
#include <string>

#include "fakes/exchange_driver.h"
#include "fakes/names.h"
#include "fakes/raw_server.h"
#include "http/curl_exchange.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::core::Failure;
using linuxcash::core::FailureKind;
using linuxcash::core::Request;
using linuxcash::core::Sent;
using linuxcash::fakes::always;
using linuxcash::fakes::Connection;
using linuxcash::fakes::failure_of;
using linuxcash::fakes::get;
using linuxcash::fakes::HangingNames;
using linuxcash::fakes::ok_reply;
using linuxcash::fakes::post;
using linuxcash::fakes::RawServer;
using linuxcash::fakes::reply_to;
using linuxcash::fakes::wait_for_one;
using linuxcash::http::CurlExchange;
using linuxcash::http::CurlOptions;

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kAtOnce = std::chrono::milliseconds(100);

Request impatient(Request request) {
    request.timeout_ms = 150;
    return request;
}

// Reads a request, answers with these bytes, and closes.
RawServer::Script once(std::string reply) {
    return [reply = std::move(reply)](Connection& connection) {
        connection.read_request();
        connection.send(reply);
    };
}

void silence(Connection& connection) {
    connection.stay_silent();
}

}  // namespace

TEST_GROUP(CurlFaults) {
    CurlExchange exchange{CurlOptions{}};

    // Of a request that is taken back once the server has it.
    Failure abort_running(RawServer & server, const Request& request) {
        exchange.start(1, request);
        while (server.requests().empty())
            CHECK(exchange.wait(5).empty());
        const auto began = Clock::now();
        exchange.abort(1);
        auto completed = wait_for_one(exchange);
        CHECK(Clock::now() - began < kAtOnce);
        return std::get<Failure>(completed.answer);
    }
};

TEST(CurlFaults, a_refused_connection_sent_nothing) {
    const auto failure = failure_of(
        exchange, post("http://127.0.0.1:" + std::to_string(RawServer::closed_port()) + "/", "x"));

    CHECK(failure.kind == FailureKind::Connect);
    CHECK(failure.sent == Sent::None);
}

TEST(CurlFaults, an_unknown_name_sent_nothing) {
    const auto failure = failure_of(exchange, post("https://missing.test/", "x"));

    CHECK(failure.kind == FailureKind::Resolve);
    CHECK(failure.sent == Sent::None);
    STRCMP_CONTAINS("missing.test", failure.text.russian().c_str());
}

TEST(CurlFaults, a_server_that_closes_after_reading_a_post_sees_it_once) {
    RawServer server([](Connection& connection) {
        while (const auto request = connection.read_request()) {
            if (request->starts_with("POST")) return;
            connection.send(ok_reply(""));
        }
    });
    Request request = post(server.url(), "pay");
    request.fresh_connection = false;
    (void)reply_to(exchange, get(server.url()));

    const auto failure = failure_of(exchange, request);

    CHECK(failure.kind == FailureKind::Broken);
    CHECK(failure.sent == Sent::Maybe);
    STRCMP_CONTAINS("оборвал соединение, не ответив", failure.text.russian().c_str());
    CHECK_EQUAL(2u, server.requests().size());  // the GET, and one POST
}

TEST(CurlFaults, a_server_that_resets_after_reading_may_have_acted) {
    RawServer server([](Connection& connection) {
        connection.read_request();
        connection.reset();
    });

    const auto failure = failure_of(exchange, post(server.url(), "pay"));

    CHECK(failure.kind == FailureKind::Broken);
    CHECK(failure.sent == Sent::Maybe);
    CHECK_EQUAL(1u, server.requests().size());
}

TEST(CurlFaults, a_poll_on_a_kept_connection_that_died_is_asked_anew) {
    RawServer server([](Connection& connection) {
        connection.read_request();
        connection.send(ok_reply(""));
        if (connection.number() == 1) {
            connection.read_request();
            return;
        }
        connection.stay_silent();
    });
    (void)reply_to(exchange, get(server.url()));

    const auto reply = reply_to(exchange, get(server.url()));

    CHECK_EQUAL(200, reply.status);
    CHECK_EQUAL(2, server.connections());
}

TEST(CurlFaults, half_a_reply_is_a_broken_exchange) {
    RawServer server(once("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));

    const auto failure = failure_of(exchange, post(server.url(), "pay"));

    CHECK(failure.kind == FailureKind::Broken);
    CHECK(failure.sent == Sent::Maybe);
    STRCMP_CONTAINS("посреди ответа", failure.text.russian().c_str());
}

TEST(CurlFaults, half_of_the_headers_is_no_reply) {
    RawServer server(once("HTTP/1.1 200 OK\r\nContent-Ty"));

    CHECK(failure_of(exchange, post(server.url(), "pay")).kind == FailureKind::Broken);
}

TEST(CurlFaults, what_is_not_http_is_a_broken_exchange) {
    for (const char* garbage :
         {"garbage\r\n\r\n", "\x16\x03\x01\x02", "SSH-2.0-x\r\n", "HTTP/9.9 x\r\n\r\n"}) {
        RawServer server(once(garbage));

        const auto failure = failure_of(exchange, post(server.url(), "pay"));

        CHECK_TEXT(failure.kind == FailureKind::Broken, garbage);
        CHECK(failure.sent == Sent::Maybe);
    }
}

TEST(CurlFaults, a_silent_server_is_given_up_at_the_deadline) {
    RawServer server(silence);
    const auto began = Clock::now();

    const auto failure = failure_of(exchange, impatient(post(server.url(), "pay")));

    CHECK(Clock::now() - began >= std::chrono::milliseconds(150));
    CHECK(failure.kind == FailureKind::Timeout);
    CHECK(failure.sent == Sent::Maybe);
    STRCMP_CONTAINS("не ответил за 15", failure.text.russian().c_str());
}

TEST(CurlFaults, a_reply_in_single_bytes_is_given_up_at_the_deadline) {
    RawServer server([](Connection& connection) {
        connection.read_request();
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
        connection.drip(20);
    });

    const auto failure = failure_of(exchange, impatient(post(server.url(), "pay")));

    CHECK(failure.kind == FailureKind::Timeout);
    STRCMP_CONTAINS("не передал ответ целиком", failure.text.russian().c_str());
}

TEST(CurlFaults, resent_polls_share_one_deadline) {
    RawServer server([](Connection& connection) {
        connection.read_request();
        if (connection.number() != 1) return connection.stay_silent();
        connection.send(ok_reply(""));
        connection.read_request();
    });
    (void)reply_to(exchange, get(server.url()));
    const auto began = Clock::now();

    const auto failure = failure_of(exchange, impatient(get(server.url())));

    CHECK(failure.kind == FailureKind::Timeout);
    CHECK(Clock::now() - began < std::chrono::milliseconds(280));
}

TEST(CurlFaults, a_body_over_the_limit_is_refused_whether_announced_or_not) {
    CurlOptions options;
    options.max_reply_bytes = 1'000;
    CurlExchange small(options);
    RawServer announced(always(ok_reply(std::string(1'001, 'x'))));
    RawServer surprising(once("HTTP/1.1 200 OK\r\n\r\n" + std::string(1'001, 'x')));
    RawServer chunked(once(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + std::string(1'001, 'x')
        + "\r\n0\r\n\r\n"));

    for (RawServer* server : {&announced, &surprising, &chunked}) {
        const auto failure = failure_of(small, post(server->url(), "pay"));

        CHECK(failure.kind == FailureKind::TooLarge);
        CHECK(failure.sent == Sent::Maybe);
        STRCMP_CONTAINS("(1000 байт)", failure.text.russian().c_str());
    }
}

TEST(CurlFaults, a_body_of_exactly_the_limit_passes) {
    CurlOptions options;
    options.max_reply_bytes = 1'000;
    CurlExchange small(options);
    RawServer server(always(ok_reply(std::string(1'000, 'x'))));

    CHECK_EQUAL(1'000u, reply_to(small, get(server.url())).body.size());
}

TEST(CurlFaults, an_endless_body_costs_no_more_than_the_limit) {
    RawServer server([](Connection& connection) {
        connection.read_request();
        connection.send("HTTP/1.1 200 OK\r\n\r\n");
        const std::string much(64 * 1024, 'x');
        for (int i = 0; i < 64; ++i)
            connection.send(much);
    });

    CHECK(failure_of(exchange, get(server.url())).kind == FailureKind::TooLarge);
}

TEST(CurlFaults, headers_over_the_limit_are_refused) {
    std::string headers;
    for (int i = 0; i < 100; ++i)
        headers += "X-Much: " + std::string(1'000, 'x') + "\r\n";
    RawServer server(once("HTTP/1.1 200 OK\r\n" + headers + "\r\n"));

    CHECK(failure_of(exchange, get(server.url())).kind == FailureKind::TooLarge);
}

TEST(CurlFaults, an_abort_on_a_silent_server_ends_at_once_and_may_have_sent) {
    RawServer server([](Connection& connection) {
        connection.read_request();
        connection.stay_silent();
    });

    const auto failure = abort_running(server, post(server.url(), "pay"));

    CHECK(failure.kind == FailureKind::Aborted);
    CHECK(failure.sent == Sent::Maybe);
    CHECK(exchange.wait(0).empty());
}

TEST(CurlFaults, an_abort_before_the_first_wait_sent_nothing) {
    RawServer server(always(ok_reply("")));
    exchange.start(1, post(server.url(), "pay"));

    exchange.abort(1);

    const auto completed = wait_for_one(exchange);
    CHECK(std::get<Failure>(completed.answer).sent == Sent::None);
    CHECK_EQUAL(0u, server.requests().size());
}

TEST(CurlFaults, an_abort_of_something_unknown_or_completed_does_nothing) {
    RawServer server(always(ok_reply("")));
    (void)reply_to(exchange, get(server.url()));

    exchange.abort(1);
    exchange.abort(77);

    CHECK(exchange.wait(0).empty());
}

TEST(CurlFaults, an_abort_inside_name_resolution_ends_at_once_and_sent_nothing) {
    const HangingNames names;
    exchange.start(1, post("https://hang.test/", "pay"));
    CHECK(exchange.wait(20).empty());
    const auto began = Clock::now();

    exchange.abort(1);

    const auto completed = wait_for_one(exchange);
    CHECK(Clock::now() - began < kAtOnce);
    CHECK(std::get<Failure>(completed.answer).kind == FailureKind::Aborted);
    CHECK(std::get<Failure>(completed.answer).sent == Sent::None);
}

TEST(CurlFaults, a_name_that_hangs_is_given_up_at_the_deadline) {
    const HangingNames names;
    const auto began = Clock::now();

    const auto failure = failure_of(exchange, impatient(post("https://hang.test/", "pay")));

    CHECK(Clock::now() - began < std::chrono::milliseconds(150) + kAtOnce);
    CHECK(failure.kind == FailureKind::Timeout);
    CHECK(failure.sent == Sent::None);
}

TEST(CurlFaults, the_end_of_the_exchange_does_not_wait_for_a_name) {
    const HangingNames names;
    Clock::time_point began;
    {
        CurlExchange short_lived{CurlOptions{}};
        short_lived.start(1, get("https://hang.test/"));
        CHECK(short_lived.wait(20).empty());
        began = Clock::now();
    }

    CHECK(Clock::now() - began < kAtOnce);
}

TEST(CurlFaults, the_connection_has_a_time_limit_of_its_own) {
    const HangingNames names;
    CurlOptions options;
    options.connect_timeout_ms = 50;
    CurlExchange hasty(options);
    const auto began = Clock::now();

    const auto failure = failure_of(hasty, post("https://hang.test/", "pay"));

    CHECK(Clock::now() - began < std::chrono::milliseconds(50) + kAtOnce);
    CHECK(failure.kind == FailureKind::Timeout);
    CHECK(failure.sent == Sent::None);
    STRCMP_CONTAINS("попытку соединиться", failure.text.russian().c_str());
}
