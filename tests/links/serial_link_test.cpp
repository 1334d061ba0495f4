// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <termios.h>

#include <memory>
#include <string>

#include "fakes/printer_ends.h"
#include "links/scene.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::links;
using fakes::PseudoTerminal;
using printing::Delivery;
using printing::Ended;
using printing::Trouble;

TEST_GROUP(SerialLink) {
    Scene scene;
    PseudoTerminal terminal;

    Result<std::unique_ptr<printing::Link>> open(const std::string& options = ",115200") {
        return scene.open("serial:" + terminal.path() + options);
    }
};

TEST(SerialLink, prints_and_has_it_confirmed) {
    printing::Job job;
    job.bytes = "\x1B@slip\n\xFF\x11\x13";
    printing::JobResult result;
    std::string got;
    std::thread cash([&] {
        result = links::print(*parse_address("serial:" + terminal.path()), job, scene.surroundings);
    });

    // Three bytes a question; the marker is behind the job.
    for (int question = 0; question < 4; ++question) {
        got = fakes::read_some(terminal.master(), 3);
        fakes::write_all(terminal.master(), "\x12");
    }
    got = fakes::read_some(terminal.master(), job.bytes.size() + 3);
    fakes::write_all(terminal.master(), std::string(1, '\0'));
    for (int question = 0; question < 4; ++question) {
        (void)fakes::read_some(terminal.master(), 3);
        fakes::write_all(terminal.master(), "\x12");
    }

    cash.join();
    CHECK(result.delivery == Delivery::Printed);
    STRCMP_EQUAL((std::string(job.bytes) + "\x1D\x72\x01").c_str(), got.c_str());
}

TEST(SerialLink, sets_the_port_up) {
    const auto link = open(",115200,rtscts");

    termios settings{};
    (void)tcgetattr(terminal.master(), &settings);
    LONGS_EQUAL(B115200, cfgetospeed(&settings));
    CHECK((settings.c_cflag & CRTSCTS) != 0);
    LONGS_EQUAL(11'520, (*link)->traits().bytes_per_second);
}

TEST(SerialLink, throws_away_what_was_received_before_it) {
    fakes::write_all(terminal.master(), "old");

    const auto link = open();

    CHECK((*link)->read(scene.in(20)).ended == Ended::Deadline);
}

TEST(SerialLink, stops_at_the_deadline_when_the_printer_takes_nothing_and_says_how_much_went) {
    const auto link = open();
    const std::string big(100'000, 'x');

    const auto written = (*link)->write(big, scene.in(50));

    CHECK(written.ended == Ended::Deadline);
    CHECK(written.count > 0);
    CHECK(written.count < big.size());
    LONGS_EQUAL(written.count, fakes::read_some(terminal.master(), written.count).size());
    CHECK((*link)->write("y", scene.in(1'000)).ended == Ended::Complete);
    STRCMP_EQUAL("y", fakes::read_some(terminal.master(), 1).c_str());
}

TEST(SerialLink, stops_at_xoff_and_goes_on_at_xon) {
    const auto link = open(",115200,xonxoff");
    fakes::write_all(terminal.master(), "\x13");
    std::string got;

    CHECK((*link)->write("x", scene.in(50)).ended == Ended::Deadline);
    fakes::write_all(terminal.master(), "\x11");
    CHECK((*link)->write("y", scene.in(3'000)).ended == Ended::Complete);
    STRCMP_EQUAL("y", fakes::read_some(terminal.master(), 1).c_str());
}

TEST(SerialLink, prints_over_a_port_without_a_dsr_line) {
    const auto link = open(",115200,dtrdsr");

    CHECK((*link)->write("twenty bytes and more", scene.in(3'000)).ended == Ended::Complete);
    STRCMP_EQUAL("twenty bytes and more", fakes::read_some(terminal.master(), 21).c_str());
}

TEST(SerialLink, ends_every_wait_at_once_when_it_is_stopped) {
    const auto link = open();
    const std::string big(100'000, 'x');
    Ended ended = Ended::Complete;

    CHECK(kAtOnceMs > scene.stopped_after([&] { ended = (*link)->read(scene.in(9'000)).ended; }));
    CHECK(ended == Ended::Stopped);
    scene.stop.clear();
    CHECK(kAtOnceMs > scene.stopped_after([&] {
        ended = (*link)->write(big, scene.in(9'000)).ended;
    }));
    CHECK(ended == Ended::Stopped);
}

TEST(SerialLink, notices_that_the_port_goes_away) {
    const auto link = open();

    terminal.hang_up();

    CHECK((*link)->read(scene.in(3'000)).ended == Ended::Gone);
    CHECK((*link)->write("x", scene.in(100)).ended == Ended::Gone);
    CHECK((*link)->flush(scene.in(100)).ended != Ended::Deadline);
}

TEST(SerialLink, is_cut_off_at_every_byte_without_a_half_known_state) {
    printing::Job job;
    job.bytes = "\x1B@slip\n";
    job.answers = printing::StatusAnswers::Full;
    for (std::size_t cut = 0; cut < 4; ++cut) {
        PseudoTerminal other;
        printing::JobResult result;
        std::thread cash([&] {
            result =
                links::print(*parse_address("serial:" + other.path()), job, scene.surroundings);
        });
        // Answers to that many questions, then none.
        for (std::size_t question = 0; question < cut; ++question) {
            (void)fakes::read_some(other.master(), 3);
            fakes::write_all(other.master(), "\x12");
        }
        (void)fakes::read_some(other.master(), 1);
        other.hang_up();

        cash.join();
        CHECK(result.delivery == Delivery::NotPrinted);
        CHECK(result.trouble == Trouble::Unplugged);
    }
}

TEST(SerialLink, is_busy_while_another_link_has_the_port) {
    const auto first = open();
    scene.surroundings.open_ms = 50;

    const auto second = open();

    CHECK(second.error().code == ErrorCode::Busy);
    STRCMP_CONTAINS("занят другой программой", second.error().text.russian().c_str());
}

TEST(SerialLink, is_opened_again_after_it_was_closed) {
    CHECK(open().ok());
    CHECK(open().ok());
}

TEST(SerialLink, of_a_port_that_is_not_there_or_no_port_is_refused) {
    CHECK(scene.open("serial:/dev/ttyNONE").error().code == ErrorCode::NotFound);
    const auto null = scene.open("serial:/dev/null");
    CHECK(null.error().code == ErrorCode::InvalidInput);
    STRCMP_CONTAINS("не последовательный порт", null.error().text.russian().c_str());
}
