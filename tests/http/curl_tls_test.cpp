// SPDX-License-Identifier: Apache-2.0
// Whom CurlExchange trusts.
#include <fstream>
#include <string>

#include "fakes/exchange_driver.h"
#include "fakes/raw_server.h"
#include "fakes/temporary_folder.h"
#include "fakes/tls_authority.h"
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
using linuxcash::fakes::ok_reply;
using linuxcash::fakes::post;
using linuxcash::fakes::RawServer;
using linuxcash::fakes::reply_to;
using linuxcash::fakes::TemporaryFolder;
using linuxcash::fakes::TlsAuthority;
using linuxcash::fakes::TlsIdentity;
using linuxcash::http::CurlExchange;
using linuxcash::http::CurlOptions;

TEST_GROUP(CurlTls) {
    TlsAuthority authority;
    TemporaryFolder folder;

    CurlOptions trusting(const std::string& pem) {
        CurlOptions options;
        options.ca_file = (folder.path() / "ca.pem").native();
        std::ofstream(options.ca_file) << pem;
        return options;
    }

    // How a payment to a server with that identity fails, which it must before a byte of it is
    // sent.
    std::string refusal(const TlsIdentity& identity, const CurlOptions& options) {
        RawServer server(always(ok_reply("")), identity);
        CurlExchange exchange{options};

        const Failure failure = failure_of(exchange, post(server.url(), "pay"));

        CHECK(failure.kind == FailureKind::Tls);
        CHECK(failure.sent == Sent::None);
        CHECK_EQUAL(0u, server.requests().size());
        return failure.text.russian();
    }

    std::string refusal(const TlsIdentity& identity) {
        return refusal(identity, trusting(authority.certificate()));
    }
};

TEST(CurlTls, a_server_of_the_trusted_authority_is_believed_by_name_and_address) {
    RawServer server(always(ok_reply("secure")), authority.good());
    CurlExchange exchange{trusting(authority.certificate())};

    STRCMP_EQUAL("secure", reply_to(exchange, post(server.url(), "x")).body.c_str());
    STRCMP_EQUAL(
        "secure", reply_to(exchange, post(server.url("/", "localhost"), "x")).body.c_str());
}

TEST(CurlTls, a_fresh_connection_takes_up_the_session) {
    RawServer server(always(ok_reply("")), authority.good());
    CurlExchange exchange{trusting(authority.certificate())};

    for (int i = 0; i < 3; ++i)
        (void)reply_to(exchange, post(server.url(), "x"));

    CHECK_EQUAL(3, server.connections());
    CHECK_EQUAL(2, server.resumed());
}

TEST(CurlTls, a_self_signed_certificate_is_refused) {
    STRCMP_CONTAINS("самоподписанный", refusal(TlsAuthority::self_signed()).c_str());
}

TEST(CurlTls, a_certificate_for_another_host_is_refused) {
    STRCMP_CONTAINS("выдан не для 127.0.0.1:", refusal(authority.for_another_host()).c_str());
}

TEST(CurlTls, an_expired_certificate_is_refused) {
    STRCMP_CONTAINS("истёк", refusal(authority.expired()).c_str());
}

TEST(CurlTls, a_certificate_of_the_future_is_refused) {
    STRCMP_CONTAINS("ещё не действует", refusal(authority.not_yet_valid()).c_str());
}

TEST(CurlTls, a_chain_with_a_missing_link_is_refused) {
    STRCMP_CONTAINS("неизвестным центром", refusal(authority.without_intermediate()).c_str());
}

TEST(CurlTls, a_private_authority_is_unknown_to_the_system_store) {
    STRCMP_CONTAINS("неизвестным центром", refusal(authority.good(), CurlOptions{}).c_str());
}

TEST(CurlTls, only_the_authorities_in_the_file_are_trusted) {
    const TlsAuthority another("another authority");

    STRCMP_CONTAINS(
        "доверия к нему нет", refusal(authority.good(), trusting(another.certificate())).c_str());
}

TEST(CurlTls, tls_before_1_2_is_refused) {
    TlsIdentity old = authority.good();
    old.only_old_tls = true;

    STRCMP_CONTAINS("нужен TLS 1.2 или новее", refusal(old).c_str());
}

TEST(CurlTls, a_file_of_authorities_that_cannot_be_used_is_named) {
    CurlOptions missing;
    missing.ca_file = "/nonexistent/ca.pem";

    STRCMP_CONTAINS("/nonexistent/ca.pem", refusal(authority.good(), missing).c_str());
    STRCMP_CONTAINS("ca.pem", refusal(authority.good(), trusting("not PEM")).c_str());
}

TEST(CurlTls, a_server_without_tls_is_refused) {
    RawServer server([](Connection& connection) {
        connection.send("HTTP/1.1 400 Bad Request\r\n\r\n");
        connection.stay_silent();
    });
    CurlExchange exchange{trusting(authority.certificate())};

    const Failure failure = failure_of(
        exchange, post("https://127.0.0.1:" + std::to_string(server.port()) + "/", "pay"));

    CHECK(failure.sent == Sent::None);
    CHECK(failure.kind == FailureKind::Tls);
}

TEST(CurlTls, a_silent_handshake_is_a_timeout_that_sent_nothing) {
    RawServer server([](Connection& connection) { connection.stay_silent(); });
    CurlExchange exchange{trusting(authority.certificate())};
    Request request = post("https://127.0.0.1:" + std::to_string(server.port()) + "/", "pay");
    request.timeout_ms = 150;

    const Failure failure = failure_of(exchange, request);

    CHECK(failure.kind == FailureKind::Timeout);
    CHECK(failure.sent == Sent::None);
    STRCMP_CONTAINS("защищённое соединение", failure.text.russian().c_str());
}

TEST(CurlTls, a_server_that_closes_without_replying_may_have_acted) {
    RawServer server([](Connection& connection) { connection.read_request(); }, authority.good());
    CurlExchange exchange{trusting(authority.certificate())};

    const Failure failure = failure_of(exchange, post(server.url(), "pay"));

    CHECK(failure.kind == FailureKind::Broken);
    CHECK(failure.sent == Sent::Maybe);
}
