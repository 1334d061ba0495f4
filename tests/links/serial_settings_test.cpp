// SPDX-License-Identifier: Apache-2.0
#include "links/serial_settings.h"

#include <cstring>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::links;

namespace {

// A port that somebody left with everything switched on.
termios spoiled() {
    termios settings{};
    std::memset(&settings, 0xFF, sizeof settings);
    return settings;
}

}  // namespace

TEST_GROUP(SerialSettings){};

TEST(SerialSettings, make_a_raw_port_whatever_it_was) {
    const termios set = serial_settings({"/dev/ttyS0", 9600}, spoiled());

    LONGS_EQUAL(0, set.c_lflag & (ICANON | ECHO | ISIG | IEXTEN));
    LONGS_EQUAL(0, set.c_oflag & OPOST);
    LONGS_EQUAL(
        0, set.c_iflag & (IXON | IXOFF | IXANY | ICRNL | INLCR | IGNCR | ISTRIP | INPCK | PARMRK));
    LONGS_EQUAL(CS8, set.c_cflag & CSIZE);
    LONGS_EQUAL(0, set.c_cflag & (PARENB | PARODD | CSTOPB | CRTSCTS | HUPCL));
    LONGS_EQUAL(CLOCAL | CREAD, set.c_cflag & (CLOCAL | CREAD));
    LONGS_EQUAL(B9600, cfgetospeed(&set));
    LONGS_EQUAL(B9600, cfgetispeed(&set));
}

TEST(SerialSettings, set_the_frame_that_is_asked_for) {
    const termios even =
        serial_settings({"/dev/ttyS0", 4800, 7, Parity::Even, 2, FlowControl::None}, spoiled());
    const termios odd =
        serial_settings({"/dev/ttyS0", 115200, 8, Parity::Odd, 1, FlowControl::None}, {});

    LONGS_EQUAL(CS7, even.c_cflag & CSIZE);
    LONGS_EQUAL(PARENB | CSTOPB, even.c_cflag & (PARENB | PARODD | CSTOPB));
    LONGS_EQUAL(B4800, cfgetospeed(&even));
    LONGS_EQUAL(CS8, odd.c_cflag & CSIZE);
    LONGS_EQUAL(PARENB | PARODD, odd.c_cflag & (PARENB | PARODD | CSTOPB));
    LONGS_EQUAL(B115200, cfgetospeed(&odd));
}

TEST(SerialSettings, obey_xon_and_xoff_without_sending_them) {
    const termios set =
        serial_settings({"/dev/ttyS0", 9600, 8, Parity::None, 1, FlowControl::XonXoff}, spoiled());

    LONGS_EQUAL(IXON, set.c_iflag & (IXON | IXOFF | IXANY));
    LONGS_EQUAL(0x11, set.c_cc[VSTART]);
    LONGS_EQUAL(0x13, set.c_cc[VSTOP]);
}

TEST(SerialSettings, leave_dsr_to_us_and_cts_to_the_system) {
    const auto flags = [](FlowControl flow) {
        return serial_settings({"/dev/ttyS0", 9600, 8, Parity::None, 1, flow}, {}).c_cflag;
    };

    CHECK((flags(FlowControl::RtsCts) & CRTSCTS) != 0);
    CHECK((flags(FlowControl::DtrDsr) & CRTSCTS) == 0);
}

TEST(SerialSettings, know_how_long_a_byte_takes) {
    LONGS_EQUAL(960, serial_bytes_per_second({"/dev/ttyS0", 9600}));
    LONGS_EQUAL(
        800, serial_bytes_per_second({"/dev/ttyS0", 9600, 8, Parity::Even, 2, FlowControl::None}));
}

TEST(SerialSettings, have_every_speed_of_the_list) {
    for (const int speed : serial_speeds()) {
        SerialAddress address{"/dev/ttyS0", speed};
        const termios set = serial_settings(address, {});
        CHECK(speed == 9600 || cfgetospeed(&set) != B9600);
    }
}
