// SPDX-License-Identifier: Apache-2.0
#include <fstream>
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
using printing::Ended;

TEST_GROUP(DeviceLink) {
    Scene scene;
    PseudoTerminal terminal;
};

TEST(DeviceLink, writes_and_reads) {
    const auto link = scene.open("lp:" + terminal.path());

    CHECK((*link)->write("slip", scene.in(1'000)).ended == Ended::Complete);
    STRCMP_EQUAL("slip", fakes::read_some(terminal.master(), 4).c_str());
    fakes::write_all(terminal.master(), "\x12");
    STRCMP_EQUAL("\x12", (*link)->read(scene.in(3'000)).bytes.c_str());
}

TEST(DeviceLink, stops_at_the_deadline_and_when_it_is_stopped) {
    const auto link = scene.open("lp:" + terminal.path());
    const std::string big(100'000, 'x');
    Ended ended = Ended::Complete;

    const auto written = (*link)->write(big, scene.in(20));

    CHECK(written.ended == Ended::Deadline);
    CHECK(written.count > 0 && written.count < big.size());
    CHECK(kAtOnceMs > scene.stopped_after([&] {
        ended = (*link)->write(big, scene.in(9'000)).ended;
    }));
    CHECK(ended == Ended::Stopped);
}

TEST(DeviceLink, has_no_port_status_and_no_identification_where_the_device_has_none) {
    const auto link = scene.open("lp:" + terminal.path());

    CHECK(!(*link)->port_status(scene.in(100)));
    STRCMP_EQUAL("", (*link)->device_id(scene.in(100)).c_str());
}

TEST(DeviceLink, is_busy_while_another_link_has_the_device) {
    const auto first = scene.open("lp:" + terminal.path());
    scene.surroundings.open_ms = 50;

    CHECK(scene.open("lp:" + terminal.path()).error().code == ErrorCode::Busy);
}

TEST(DeviceLink, waits_for_nothing_at_a_device_that_ends_every_read) {
    const auto link = scene.open("lp:/dev/null");

    CHECK((*link)->read(scene.in(30)).ended == Ended::Deadline);
    CHECK((*link)->write("x", scene.in(30)).ended == Ended::Complete);
}

TEST(DeviceLink, refuses_what_is_no_device_or_not_there) {
    const auto path = scene.folder.path() / "file";
    std::ofstream(path) << "x";

    const auto link = scene.open("lp:" + path.native());

    CHECK(link.error().code == ErrorCode::InvalidInput);
    STRCMP_CONTAINS("укажите file:", link.error().text.russian().c_str());
    CHECK(scene.open("lp:/dev/usb/lp77").error().code == ErrorCode::NotFound);
}
