// SPDX-License-Identifier: Apache-2.0
#include "simulator/request_log.h"

#include "simulator/digest.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::simulator;

TEST_GROUP(RequestLog) {
    RequestLog log{{{"token"}, {"authCode"}}};

    static HttpRequest request() {
        HttpRequest made;
        made.method = "POST";
        made.target = "/pos/payments";
        made.headers = {{"regNum", "OPL000011111"}, {"Token", "secret-1"}};
        made.body = R"({"authCode":"secret-2","sum":1.00})";
        made.connection = 3;
        return made;
    }
};

TEST(RequestLog, what_was_asked_can_be_read_back) {
    log.add("charge", request(), 77);
    const auto entry = log.to_json("").array()->front();

    STRCMP_EQUAL("charge", entry.string("endpoint")->c_str());
    STRCMP_EQUAL("POST", entry.string("method")->c_str());
    STRCMP_EQUAL("/pos/payments", entry.string("target")->c_str());
    STRCMP_EQUAL("OPL000011111", entry.find("headers")->string("regnum")->c_str());
    LONGS_EQUAL(3, *entry.integer("connection"));
    LONGS_EQUAL(77, *entry.integer("atMs"));
}

TEST(RequestLog, secrets_are_only_shown_as_digests) {
    HttpReply reply;
    reply.headers = {{"token", "secret-3"}};
    log.add("charge", request(), 0);
    log.answered(reply);

    const std::string text = log.to_json("").str();

    CHECK(text.find("secret-") == std::string::npos);
    CHECK(text.find(sha256_hex("secret-1")) != std::string::npos);
    CHECK(text.find(sha256_hex("secret-2")) != std::string::npos);
    CHECK(text.find(sha256_hex("secret-3")) != std::string::npos);
}

TEST(RequestLog, a_body_without_secrets_is_kept_byte_by_byte) {
    HttpRequest plain = request();
    plain.body = "{ \"sum\" : 1.00 }";
    log.add("charge", plain, 0);

    STRCMP_EQUAL("{ \"sum\" : 1.00 }", log.to_json("").array()->front().string("body")->c_str());
}

TEST(RequestLog, bytes_that_are_no_text_are_shown_as_base64) {
    HttpRequest raw = request();
    raw.body = "\xff\xfe";
    log.add("charge", raw, 0);

    STRCMP_EQUAL("base64://4=", log.to_json("").array()->front().string("body")->c_str());
}

TEST(RequestLog, one_endpoint_can_be_picked_and_counted) {
    log.add("charge", request(), 0);
    log.add("cancel", request(), 0);
    log.add("cancel", request(), 0);

    LONGS_EQUAL(2, log.to_json("cancel").array()->size());
    LONGS_EQUAL(2, *log.counts().integer("cancel"));
    LONGS_EQUAL(1, *log.counts().integer("charge"));
}

TEST(RequestLog, clearing_forgets_everything) {
    log.add("charge", request(), 0);

    log.clear();

    LONGS_EQUAL(0, log.to_json("").array()->size());
    STRCMP_EQUAL("{}", log.counts().str().c_str());
}
