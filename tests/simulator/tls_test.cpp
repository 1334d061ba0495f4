// SPDX-License-Identifier: Apache-2.0
// Certificates as a client that verifies them sees them.
#include "simulator/tls.h"

#include <sys/stat.h>

#include <string>

#include "simulator/control_client.h"
#include "simulator/oplati/simulator.h"
#include "simulator/scratch_folder.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::simulator;
using namespace linuxcash::simulator::test;

TEST_GROUP(SimulatorTls) {
    ScratchFolder folder;

    // Asks over TLS, trusting only the folder's authority.
    bool answers(TlsFault fault) {
        OplatiOptions options;
        options.tls_folder = folder / "tls";
        options.tls_fault = fault;
        OplatiSimulator simulated(options);
        if (!simulated.start()) return false;
        const ControlTarget target{
            "https://localhost:" + std::to_string(simulated.port()),
            (folder / "tls/ca.pem").string()};
        const auto reply = ask(target, *control_request("stats", ""));
        return reply && reply->status == 200;
    }
};

TEST(SimulatorTls, the_made_certificate_is_trusted_through_its_authority) {
    CHECK(answers(TlsFault::None));
}

TEST(SimulatorTls, an_expired_certificate_is_refused_by_the_client) {
    CHECK_FALSE(answers(TlsFault::Expired));
}

TEST(SimulatorTls, a_certificate_of_another_host_is_refused_by_the_client) {
    CHECK_FALSE(answers(TlsFault::WrongHost));
}

TEST(SimulatorTls, a_certificate_signed_by_itself_is_refused_by_the_client) {
    CHECK_FALSE(answers(TlsFault::SelfSigned));
}

TEST(SimulatorTls, tls_1_1_is_refused_by_the_client) {
    CHECK_FALSE(answers(TlsFault::OldVersion));
}

TEST(SimulatorTls, what_was_made_once_is_used_again) {
    CHECK(open_tls(folder / "tls", TlsFault::None).ok());
    const std::string authority = folder.text_of("tls/ca.pem");
    const std::string server = folder.text_of("tls/server.pem");

    CHECK(open_tls(folder / "tls", TlsFault::Expired).ok());
    CHECK(open_tls(folder / "tls", TlsFault::None).ok());

    STRCMP_EQUAL(authority.c_str(), folder.text_of("tls/ca.pem").c_str());
    STRCMP_EQUAL(server.c_str(), folder.text_of("tls/server.pem").c_str());
}

TEST(SimulatorTls, keys_are_readable_by_their_owner_only) {
    CHECK(open_tls(folder / "tls", TlsFault::None).ok());

    for (const char* name : {"tls/ca.key", "tls/server.key"}) {
        struct stat status {};
        LONGS_EQUAL(0, stat((folder / name).c_str(), &status));
        LONGS_EQUAL(0600, status.st_mode & 0777);
    }
}

TEST(SimulatorTls, a_damaged_certificate_is_an_error) {
    CHECK(open_tls(folder / "tls", TlsFault::None).ok());
    folder.write("tls/server.pem", "nonsense");

    CHECK_FALSE(open_tls(folder / "tls", TlsFault::None).ok());
}

TEST(SimulatorTls, faults_are_known_by_name) {
    CHECK(parse_tls_fault("wrong-host") == TlsFault::WrongHost);
    CHECK(parse_tls_fault("tls1.1") == TlsFault::OldVersion);
    CHECK_FALSE(parse_tls_fault("nonsense").has_value());
}
