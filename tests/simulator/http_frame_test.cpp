// SPDX-License-Identifier: Apache-2.0
#include "simulator/http_frame.h"

#include <condition_variable>
#include <mutex>
#include <string>

#include "simulator/wire_client.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::simulator;
using namespace linuxcash::simulator::test;

namespace {

// Answers with what it was asked, in the way that the test wants.
class Echo final : public HttpHandler {
public:
    HttpReply handle(const HttpRequest& request) override {
        const std::lock_guard lock(mutex_);
        ++handled;
        last = request;
        HttpReply reply = next;
        if (reply.body.empty())
            reply.body = request.method + " " + request.path + " " + request.body;
        return reply;
    }
    void client_left(std::uint64_t swallowed) override {
        const std::lock_guard lock(mutex_);
        left = swallowed;
        changed_.notify_all();
    }
    bool wait_for_left(std::uint64_t swallowed) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(5), [&] { return left == swallowed; });
    }

    int handled = 0;
    HttpRequest last;
    HttpReply next;
    std::uint64_t left = 0;

private:
    std::mutex mutex_;
    std::condition_variable changed_;
};

bool has(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_GROUP(HttpFrame) {
    Echo echo;
    HttpFrame frame{echo, nullptr};

    void setup() override {
        CHECK(frame.start({"127.0.0.1", 0}).ok());
    }
    void teardown() override {
        frame.stop();
    }
};

TEST(HttpFrame, a_request_reaches_the_handler_and_its_reply_the_client) {
    const auto reply = talk(frame.port(), http("POST /a%20b?x=1&y=%2F", "regNum: 7\r\n", "{}"));

    CHECK(has(reply, "HTTP/1.1 200 OK\r\n"));
    CHECK(has(reply, "Content-Type: application/json;charset=UTF-8\r\n"));
    CHECK(has(reply, "\r\n\r\nPOST /a b {}"));
    STRCMP_EQUAL("/a%20b?x=1&y=%2F", echo.last.target.c_str());
    STRCMP_EQUAL("/", echo.last.query["y"].c_str());
    STRCMP_EQUAL("7", echo.last.header("REGNUM")->c_str());
    STRCMP_EQUAL("127.0.0.1", echo.last.peer.c_str());
}

TEST(HttpFrame, only_what_the_client_sent_stands_among_the_headers) {
    static_cast<void>(talk(frame.port(), http("DELETE /x", "token: 7\r\n")));

    LONGS_EQUAL(2, echo.last.headers.size());  // Host and token
}

TEST(HttpFrame, a_delete_without_a_length_is_answered_at_once) {
    const auto reply = talk(frame.port(), http("DELETE /x"));

    CHECK(has(reply, "DELETE /x"));
}

TEST(HttpFrame, a_connection_is_kept_and_numbered) {
    WireClient client(frame.port());
    client.send(http("GET /1"));
    CHECK(has(client.reply(), "GET /1"));
    client.send(http("GET /2"));
    CHECK(has(client.reply(), "GET /2"));

    LONGS_EQUAL(1, echo.last.connection);
    LONGS_EQUAL(1, frame.counts().connections);
}

TEST(HttpFrame, a_client_that_wants_to_close_is_closed) {
    WireClient client(frame.port());
    client.send(http("GET /1", "Connection: close\r\n"));

    const auto all = client.rest();

    CHECK(has(all, "Connection: close\r\n"));
    CHECK_FALSE(client.was_reset());
}

TEST(HttpFrame, a_client_that_waits_for_100_continue_gets_it) {
    WireClient client(frame.port());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");

    CHECK(has(client.reply(), "100 Continue"));
    client.send("{}");
    CHECK(has(client.reply(), "POST / {}"));
}

TEST(HttpFrame, what_is_no_request_gets_400_and_reaches_nobody) {
    CHECK(has(talk(frame.port(), "nonsense\r\n\r\n"), " 400 "));
    LONGS_EQUAL(0, echo.handled);
}

TEST(HttpFrame, a_reply_can_carry_any_status_and_headers) {
    echo.next.status = 409;
    echo.next.headers = {{"token", "abc"}};

    const auto reply = talk(frame.port(), http("GET /"));

    CHECK(has(reply, "HTTP/1.1 409 Conflict\r\n"));
    CHECK(has(reply, "token: abc\r\n"));
}

TEST(HttpFrame, a_reset_comes_without_a_byte) {
    echo.next.delivery.fault = Fault::Reset;
    WireClient client(frame.port());
    client.send(http("GET /"));

    LONGS_EQUAL(0, client.rest().size());
    CHECK(client.was_reset());
}

TEST(HttpFrame, a_close_comes_without_a_byte_and_without_a_reset) {
    echo.next.delivery.fault = Fault::Close;
    WireClient client(frame.port());
    client.send(http("GET /"));

    LONGS_EQUAL(0, client.rest().size());
    CHECK_FALSE(client.was_reset());
}

TEST(HttpFrame, half_a_reply_is_followed_by_a_reset) {
    echo.next.delivery = {Fault::Half, 0, 20, 0};
    WireClient client(frame.port());
    client.send(http("GET /"));

    LONGS_EQUAL(20, client.rest().size());
    CHECK(client.was_reset());
}

TEST(HttpFrame, a_slow_reply_is_whole_in_the_end) {
    echo.next.body = "{}";
    echo.next.delivery = {Fault::Slow, 0, 0, 0};

    CHECK(has(talk(frame.port(), http("GET /")), "\r\n\r\n{}"));
}

TEST(HttpFrame, an_endless_reply_has_no_length_and_ends_at_its_limit) {
    echo.next.delivery = {Fault::Endless, 0, 100000, 0};
    WireClient client(frame.port());
    client.send(http("GET /"));

    const auto all = client.rest();

    CHECK_FALSE(has(all, "Content-Length"));
    LONGS_EQUAL(100000, all.size() - all.find("\r\n\r\n") - 4);
}

TEST(HttpFrame, silence_lasts_until_the_client_leaves_and_is_told) {
    echo.next.delivery.fault = Fault::LateCommit;
    echo.next.swallowed = 17;
    WireClient client(frame.port());
    client.send(http("GET /"));
    CHECK(client.hears_nothing(30));

    client.leave();

    CHECK(echo.wait_for_left(17));
}

TEST(HttpFrame, stopping_ends_silence_without_a_word_about_the_client) {
    echo.next.delivery.fault = Fault::Silence;
    echo.next.swallowed = 17;
    WireClient client(frame.port());
    client.send(http("GET /"));
    CHECK(client.hears_nothing(30));

    frame.stop();

    LONGS_EQUAL(0, echo.left);
    LONGS_EQUAL(0, client.rest().size());
}

TEST(HttpFrame, a_body_above_the_limit_is_refused) {
    WireClient client(frame.port());
    client.send(http("POST /", "", std::string(HttpFrame::kBodyLimitBytes + 1, ' ')));

    CHECK(has(client.reply(), " 413 "));
    LONGS_EQUAL(0, echo.handled);
}
