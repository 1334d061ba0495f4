// SPDX-License-Identifier: Apache-2.0
#include "simulator/sockets.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash;
using namespace linuxcash::simulator;

TEST_GROUP(SimulatorSockets){};

TEST(SimulatorSockets, an_address_is_a_host_and_a_port) {
    const auto address = parse_address("127.0.0.1:8080");

    STRCMP_EQUAL("127.0.0.1", address->host.c_str());
    LONGS_EQUAL(8080, address->port);
    CHECK(parse_address("localhost:0").ok());
}

TEST(SimulatorSockets, anything_else_is_refused) {
    for (const char* text :
         {"", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
          "example.org:80", "127.0.0.1:80x"}) {
        CHECK_FALSE_TEXT(parse_address(text).ok(), text);
    }
}

TEST(SimulatorSockets, a_port_that_is_taken_is_an_error) {
    const auto first = listen_on({"127.0.0.1", 0});

    const auto second = listen_on({"127.0.0.1", local_port(first->get())});

    CHECK_FALSE(second.ok());
}

TEST(SimulatorSockets, a_closed_port_refuses_until_it_is_opened_again) {
    Acceptor acceptor([](int, std::uint64_t) {});
    CHECK(acceptor.open({"127.0.0.1", 0}).ok());
    const Address address{"127.0.0.1", acceptor.port()};

    acceptor.close_port();
    CHECK_FALSE(connect_to(address).ok());
    CHECK(acceptor.reopen().ok());
    CHECK(connect_to(address).ok());
}

TEST(SimulatorSockets, stopping_ends_connections_that_wait) {
    Acceptor acceptor([](int fd, std::uint64_t) { static_cast<void>(wait_readable(fd, -1)); });
    CHECK(acceptor.open({"127.0.0.1", 0}).ok());
    const auto client = connect_to({"127.0.0.1", acceptor.port()});

    acceptor.stop();

    CHECK(wait_until_left(client->get(), 5000));
}
