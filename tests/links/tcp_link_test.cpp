// SPDX-License-Identifier: Apache-2.0
#include <sys/socket.h>

#include <memory>
#include <string>

#include "fakes/printer_ends.h"
#include "links/scene.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::links;
using fakes::AnsweringPrinter;
using fakes::ListeningPort;
using printing::Delivery;
using printing::Ended;
using printing::Trouble;

namespace {

const std::string kSlip = "\x1B@slip\n";
const std::string kBefore = "\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04";
const std::string kMarker = "\x1D\x72\x01";

void reset(UniqueFd socket) {
    const linger at_once{1, 0};
    (void)setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

}  // namespace

TEST_GROUP(TcpLink) {
    Scene scene;

    printing::JobResult print(const std::string& address) {
        printing::Job job;
        job.bytes = kSlip;
        return links::print(*parse_address(address), job, scene.surroundings);
    }
};

TEST(TcpLink, prints_and_has_it_confirmed) {
    const ListeningPort port;
    printing::JobResult result;
    std::thread cash([&] { result = print(port.address()); });

    AnsweringPrinter printer(port.accept());

    cash.join();
    CHECK(result.delivery == Delivery::Printed);
    STRCMP_EQUAL((kBefore + kSlip + kMarker + kBefore).c_str(), printer.received().c_str());
}

TEST(TcpLink, is_cut_off_at_every_byte_without_a_half_known_state) {
    const std::size_t all = kBefore.size() + kSlip.size() + kMarker.size();
    for (std::size_t cut = 1; cut < all; ++cut) {
        const ListeningPort port;
        printing::JobResult result;
        std::thread cash([&] { result = print(port.address()); });

        { AnsweringPrinter printer(port.accept(), cut); }

        cash.join();
        const bool begun = result.taken > 0;
        CHECK(result.delivery == (begun ? Delivery::InDoubt : Delivery::NotPrinted));
        CHECK(result.trouble == Trouble::Unplugged);
        CHECK(begun || cut <= kBefore.size() + kSlip.size());
    }
}

TEST(TcpLink, stops_at_the_deadline_when_the_printer_takes_nothing_and_says_how_much_went) {
    const ListeningPort port(4'096);
    const auto link = scene.open(port.address());
    const UniqueFd printer = port.accept();
    const std::string big(16U << 20U, 'x');

    const auto written = (*link)->write(big, scene.in(50));
    CHECK(written.ended == Ended::Deadline);
    CHECK(written.count > 0);
    CHECK(written.count < big.size());

    // And goes on from there when it takes bytes again.
    std::size_t got = 0;
    std::thread reader([&] { got = fakes::read_some(printer.get(), big.size()).size(); });
    const auto rest = (*link)->write(std::string_view(big).substr(written.count), scene.in(20'000));
    reader.join();
    CHECK(rest.ended == Ended::Complete);
    LONGS_EQUAL(big.size(), got);
}

TEST(TcpLink, waits_for_an_answer_until_the_deadline) {
    const ListeningPort port;
    const auto link = scene.open(port.address());
    const UniqueFd printer = port.accept();

    CHECK((*link)->read(scene.in(20)).ended == Ended::Deadline);
    fakes::write_all(printer.get(), "\x12");
    STRCMP_EQUAL("\x12", (*link)->read(scene.in(3'000)).bytes.c_str());
}

TEST(TcpLink, ends_every_wait_at_once_when_it_is_stopped) {
    const ListeningPort port(4'096);
    const std::string big(16U << 20U, 'x');
    const auto link = scene.open(port.address());
    const UniqueFd printer = port.accept();
    (void)(*link)->write(big, scene.in(0));
    Ended ended = Ended::Complete;

    CHECK(kAtOnceMs > scene.stopped_after([&] { ended = (*link)->read(scene.in(9'000)).ended; }));
    CHECK(ended == Ended::Stopped);
    scene.stop.clear();
    CHECK(kAtOnceMs > scene.stopped_after([&] {
        ended = (*link)->write(big, scene.in(9'000)).ended;
    }));
    CHECK(ended == Ended::Stopped);
    scene.stop.clear();
    CHECK(kAtOnceMs > scene.stopped_after([&] { ended = (*link)->flush(scene.in(9'000)).ended; }));
    CHECK(ended == Ended::Stopped);
    CHECK(kAtOnceMs > scene.stopped_after([&] { (*link)->close(scene.in(9'000)); }));
}

TEST(TcpLink, notices_that_the_printer_closes_or_resets) {
    for (const bool hard : {false, true}) {
        const ListeningPort port;
        const auto link = scene.open(port.address());
        UniqueFd printer = port.accept();
        if (hard) reset(std::move(printer));
        printer.reset();

        const auto arrived = (*link)->read(scene.in(3'000));

        CHECK(arrived.ended == Ended::Gone);
        CHECK(!arrived.reason.empty());
    }
}

TEST(TcpLink, survives_writing_to_a_printer_that_is_gone) {
    const ListeningPort port;
    const auto link = scene.open(port.address());
    reset(port.accept());
    (void)(*link)->read(scene.in(3'000));

    CHECK((*link)->write("x", scene.in(100)).ended == Ended::Gone);
}

TEST(TcpLink, closes_so_that_the_tail_and_unread_answers_are_not_lost) {
    const ListeningPort port;
    const auto link = scene.open(port.address());
    const UniqueFd printer = port.accept();
    (void)(*link)->write("tail", scene.in(1'000));
    fakes::write_all(printer.get(), "\x12\x12");
    std::string got;
    std::thread reader([&] {
        got = fakes::read_some(printer.get(), 100);
        (void)shutdown(printer.get(), SHUT_WR);
    });

    (*link)->close(scene.in(3'000));

    reader.join();
    STRCMP_EQUAL("tail", got.c_str());
}

TEST(TcpLink, is_busy_where_nobody_listens) {
    ListeningPort port;
    port.stop_listening();
    scene.surroundings.open_ms = 100;

    const auto link = scene.open(port.address());

    CHECK(link.error().code == ErrorCode::Busy);
    STRCMP_CONTAINS(port.address().c_str(), link.error().text.russian().c_str());
}

TEST(TcpLink, of_a_name_that_nobody_knows_is_not_found) {
    scene.surroundings.open_ms = 1'000;

    const auto link = scene.open("tcp:printer.invalid");

    CHECK(link.error().code == ErrorCode::NotFound || link.error().code == ErrorCode::Timeout);
}

TEST(TcpLink, finds_a_printer_by_its_name) {
    const ListeningPort port;

    CHECK(scene.open("tcp:localhost:" + std::to_string(port.port())).ok());
}

TEST(TcpLink, is_not_opened_once_stopped) {
    scene.stop.raise();

    const auto result = print("tcp:127.0.0.1:9");

    CHECK(result.delivery == Delivery::NotPrinted);
    CHECK(result.trouble == Trouble::Stopped);
}
