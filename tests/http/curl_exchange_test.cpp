// SPDX-License-Identifier: Apache-2.0
#include "http/curl_exchange.h"

#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "fakes/exchange_driver.h"
#include "fakes/names.h"
#include "fakes/raw_server.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::Secret;
using linuxcash::core::Completed;
using linuxcash::core::FailureKind;
using linuxcash::core::Request;
using linuxcash::core::Sent;
using linuxcash::fakes::always;
using linuxcash::fakes::Connection;
using linuxcash::fakes::failure_of;
using linuxcash::fakes::get;
using linuxcash::fakes::KeptLog;
using linuxcash::fakes::ok_reply;
using linuxcash::fakes::post;
using linuxcash::fakes::RawServer;
using linuxcash::fakes::reply_to;
using linuxcash::fakes::wait_for_one;
using linuxcash::http::CurlExchange;
using linuxcash::http::CurlOptions;

TEST_GROUP(CurlExchange){};

TEST(CurlExchange, a_get_brings_status_headers_and_body) {
    RawServer server(
        always("HTTP/1.1 404 Not Found\r\nX-Token:  abc \r\nContent-Length: 5\r\n\r\nhello"));
    CurlExchange exchange{CurlOptions{}};

    const auto reply = reply_to(exchange, get(server.url("/a?b=c")));

    CHECK_EQUAL(404, reply.status);
    STRCMP_EQUAL("abc", reply.header("x-token").value_or("").c_str());
    STRCMP_EQUAL("hello", reply.body.c_str());
    STRCMP_CONTAINS("GET /a?b=c HTTP/1.1\r\n", server.requests().at(0).c_str());
}

TEST(CurlExchange, a_post_sends_body_and_headers_and_nothing_of_its_own) {
    RawServer server(always(ok_reply("{}")));
    CurlExchange exchange{CurlOptions{}};
    Request request = post(server.url(), std::string(100'000, 'b'));
    request.headers = {{"Content-Type", "application/json"}, {"X-Empty", ""}};
    request.secret_headers = {{"regNum", Secret("S-1")}};

    const auto reply = reply_to(exchange, request);

    CHECK_EQUAL(200, reply.status);
    const std::string seen = server.requests().at(0);
    STRCMP_CONTAINS("\r\nContent-Type: application/json\r\n", seen.c_str());
    STRCMP_CONTAINS("\r\nregNum: S-1\r\n", seen.c_str());
    STRCMP_CONTAINS("\r\nX-Empty:\r\n", seen.c_str());
    CHECK(seen.find("Expect") == std::string::npos);
    CHECK(seen.ends_with("\r\n\r\n" + std::string(100'000, 'b')));
}

TEST(CurlExchange, a_body_without_a_type_gets_none) {
    RawServer server(always(ok_reply("")));
    CurlExchange exchange{CurlOptions{}};

    (void)reply_to(exchange, post(server.url(), "x"));

    CHECK(server.requests().at(0).find("Content-Type") == std::string::npos);
}

TEST(CurlExchange, a_delete_goes_with_and_without_a_body) {
    RawServer server(always(ok_reply("")));
    CurlExchange exchange{CurlOptions{}};
    Request request = get(server.url("/p"));
    request.method = "DELETE";

    (void)reply_to(exchange, request);
    request.body = "why";
    (void)reply_to(exchange, request);

    STRCMP_CONTAINS("DELETE /p HTTP/1.1\r\n", server.requests().at(0).c_str());
    CHECK(server.requests().at(0).ends_with("\r\n\r\n"));
    STRCMP_CONTAINS("DELETE /p HTTP/1.1\r\n", server.requests().at(1).c_str());
    CHECK(server.requests().at(1).ends_with("\r\n\r\nwhy"));
}

TEST(CurlExchange, polling_keeps_its_connection) {
    RawServer server(always(ok_reply("")));
    CurlExchange exchange{CurlOptions{}};

    (void)reply_to(exchange, get(server.url()));
    (void)reply_to(exchange, get(server.url()));
    (void)reply_to(exchange, get(server.url()));

    CHECK_EQUAL(1, server.connections());
}

TEST(CurlExchange, a_request_that_asks_for_it_gets_a_connection_of_its_own) {
    RawServer server(always(ok_reply("")));
    CurlExchange exchange{CurlOptions{}};
    Request fresh = get(server.url());
    fresh.fresh_connection = true;

    (void)reply_to(exchange, get(server.url()));
    (void)reply_to(exchange, fresh);

    CHECK_EQUAL(2, server.connections());
}

TEST(CurlExchange, whatever_is_not_a_get_never_rides_on_a_kept_connection) {
    RawServer server(always(ok_reply("")));
    CurlExchange exchange{CurlOptions{}};
    Request plain = post(server.url(), "x");
    plain.fresh_connection = false;

    (void)reply_to(exchange, get(server.url()));
    (void)reply_to(exchange, plain);

    CHECK_EQUAL(2, server.connections());
}

TEST(CurlExchange, a_redirect_is_a_reply_like_any_other) {
    RawServer other(always(ok_reply("")));
    RawServer server(
        always("HTTP/1.1 302 Found\r\nLocation: " + other.url() + "\r\nContent-Length: 0\r\n\r\n"));
    CurlExchange exchange{CurlOptions{}};

    const auto reply = reply_to(exchange, get(server.url()));

    CHECK_EQUAL(302, reply.status);
    CHECK_EQUAL(0, other.connections());
}

TEST(CurlExchange, an_interim_reply_leaves_no_trace) {
    RawServer server(always("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n" + ok_reply("late")));
    CurlExchange exchange{CurlOptions{}};

    const auto reply = reply_to(exchange, get(server.url()));

    CHECK_EQUAL(200, reply.status);
    CHECK(!reply.header("x-early").has_value());
    STRCMP_EQUAL("late", reply.body.c_str());
}

TEST(CurlExchange, exchanges_run_side_by_side) {
    RawServer silent([](Connection& connection) { connection.stay_silent(); });
    RawServer server(always(ok_reply("")));
    CurlExchange exchange{CurlOptions{}};

    exchange.start(1, get(silent.url()));
    exchange.start(2, get(server.url()));

    CHECK_EQUAL(2u, wait_for_one(exchange).id);
}

TEST(CurlExchange, an_id_may_be_used_again_once_it_has_completed) {
    RawServer server(always(ok_reply("")));
    CurlExchange exchange{CurlOptions{}};

    (void)reply_to(exchange, get(server.url()));
    exchange.start(1, get(server.url()));
    exchange.start(1, get(server.url()));  // still running: ignored

    CHECK_EQUAL(1u, wait_for_one(exchange).id);
    CHECK(exchange.wait(0).empty());
    CHECK_EQUAL(2u, server.requests().size());
}

TEST(CurlExchange, no_proxy_is_taken_from_the_environment) {
    RawServer proxy(always(ok_reply("proxied")));
    RawServer server(always(ok_reply("direct")));
    setenv("http_proxy", proxy.url("").c_str(), 1);
    setenv("all_proxy", proxy.url("").c_str(), 1);
    CurlExchange exchange{CurlOptions{}};

    const auto reply = reply_to(exchange, get(server.url()));

    unsetenv("http_proxy");
    unsetenv("all_proxy");
    STRCMP_EQUAL("direct", reply.body.c_str());
    CHECK_EQUAL(0, proxy.connections());
}

TEST(CurlExchange, localhost_is_connected_by_address_without_asking_its_name) {
    RawServer server(always(ok_reply("")));
    CurlExchange exchange{CurlOptions{}};
    const int before = linuxcash::fakes::names_asked();

    (void)reply_to(exchange, get(server.url("/", "localhost")));

    CHECK_EQUAL(before, linuxcash::fakes::names_asked());
    STRCMP_CONTAINS("\r\nHost: localhost:", server.requests().at(0).c_str());
}

TEST(CurlExchange, plain_http_to_another_host_sends_nothing) {
    CurlExchange exchange{CurlOptions{}};
    const int before = linuxcash::fakes::names_asked();

    const auto failure = failure_of(exchange, post("http://shop.test/", "x"));

    CHECK(failure.kind == FailureKind::Connect);
    CHECK(failure.sent == Sent::None);
    STRCMP_CONTAINS("allow_http = 1", failure.text.russian().c_str());
    CHECK_EQUAL(before, linuxcash::fakes::names_asked());
}

TEST(CurlExchange, plain_http_to_another_host_goes_when_the_settings_allow_it) {
    RawServer server(always(ok_reply("in the clear")));
    CurlOptions options;
    options.allow_http = true;
    CurlExchange exchange{options};

    const auto reply = reply_to(exchange, get(server.url("/", "shop.test")));

    STRCMP_EQUAL("in the clear", reply.body.c_str());
}

TEST(CurlExchange, a_line_break_in_a_header_is_refused_before_anything_is_sent) {
    RawServer server(always(ok_reply("")));
    CurlExchange exchange{CurlOptions{}};
    Request request = get(server.url());
    request.secret_headers = {{"X-Token", Secret("a\r\nX-More: b")}};

    const auto failure = failure_of(exchange, request);

    CHECK(failure.sent == Sent::None);
    STRCMP_CONTAINS("X-Token", failure.text.russian().c_str());
    CHECK(failure.text.russian().find("X-More") == std::string::npos);
    CHECK_EQUAL(0, server.connections());
}

TEST(CurlExchange, each_exchange_leaves_one_line_without_its_secrets) {
    RawServer server(always(ok_reply("canary-reply", "X-Next: canary-next\r\n")));
    KeptLog log;
    CurlOptions options;
    options.log = &log;
    CurlExchange exchange{options};
    Request request = post(server.url("/pay/canary-path"), "canary-body");
    request.secret_headers = {{"X-Token", Secret("canary-token")}};
    request.log_path = "/pay/…";

    (void)reply_to(exchange, request);

    CHECK_EQUAL(1u, log.lines().size());
    STRCMP_CONTAINS("HTTP POST /pay/…: статус 200, ", log.lines().at(0).c_str());
    CHECK(log.lines().at(0).ends_with(" мс"));
    CHECK(log.lines().at(0).find("canary") == std::string::npos);
}

TEST(CurlExchange, a_failed_exchange_leaves_one_line_with_the_reason) {
    KeptLog log;
    CurlOptions options;
    options.log = &log;
    CurlExchange exchange{options};

    (void)failure_of(
        exchange, get("http://127.0.0.1:" + std::to_string(RawServer::closed_port()) + "/"));

    CHECK_EQUAL(1u, log.lines().size());
    STRCMP_CONTAINS("HTTP GET /path: соединиться с 127.0.0.1:", log.lines().at(0).c_str());
}

TEST(CurlExchange, a_wait_without_anything_to_wait_for_ends_in_time) {
    CurlExchange exchange{CurlOptions{}};
    const auto began = std::chrono::steady_clock::now();

    CHECK(exchange.wait(20).empty());

    const auto took = std::chrono::steady_clock::now() - began;
    CHECK(took >= std::chrono::milliseconds(19));
    CHECK(took < std::chrono::milliseconds(2'000));
}

TEST(CurlExchange, another_thread_ends_a_wait) {
    RawServer silent([](Connection& connection) { connection.stay_silent(); });
    CurlExchange exchange{CurlOptions{}};
    exchange.start(1, get(silent.url()));
    std::thread other([&] { exchange.wake(); });

    const auto began = std::chrono::steady_clock::now();
    const auto completed = exchange.wait(linuxcash::fakes::kPatienceMs);

    other.join();
    CHECK(completed.empty());
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::milliseconds(1'000));
}
