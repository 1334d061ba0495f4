// SPDX-License-Identifier: Apache-2.0
#include "links/serial_settings.h"

#include <array>
#include <utility>

namespace linuxcash::links {

namespace {

constexpr std::array kSpeeds{1200,  2400,   4800,   9600,   19200, 38400,
                             57600, 115200, 230400, 460800, 921600};
constexpr std::array<speed_t, kSpeeds.size()> kCodes{
    B1200, B2400, B4800, B9600, B19200, B38400, B57600, B115200, B230400, B460800, B921600};

speed_t code_of(int speed) {
    for (std::size_t i = 0; i < kSpeeds.size(); ++i) {
        if (kSpeeds[i] == speed) return kCodes[i];
    }
    // parse_address() lets no other speed through.
    return B9600;
}

}  // namespace

std::span<const int> serial_speeds() {
    return kSpeeds;
}

termios serial_settings(const SerialAddress& address, termios before) {
    termios settings = before;
    cfmakeraw(&settings);
    // A speed of our table cannot be refused here.
    (void)cfsetispeed(&settings, code_of(address.speed));
    (void)cfsetospeed(&settings, code_of(address.speed));
    settings.c_iflag &= static_cast<tcflag_t>(~(IXON | IXOFF | IXANY | INPCK));
    settings.c_cflag &= ~(CSIZE | CSTOPB | PARENB | PARODD | CRTSCTS | HUPCL);
    settings.c_cflag |= CLOCAL | CREAD;
    settings.c_cflag |= address.data_bits == 7 ? CS7 : CS8;
    if (address.stop_bits == 2) settings.c_cflag |= CSTOPB;
    if (address.parity != Parity::None) settings.c_cflag |= PARENB;
    if (address.parity == Parity::Odd) settings.c_cflag |= PARODD;
    if (address.flow == FlowControl::RtsCts) settings.c_cflag |= CRTSCTS;
    if (address.flow == FlowControl::XonXoff) settings.c_iflag |= IXON;
    constexpr cc_t kXon = 0x11;
    constexpr cc_t kXoff = 0x13;
    settings.c_cc[VSTART] = kXon;
    settings.c_cc[VSTOP] = kXoff;
    settings.c_cc[VMIN] = 1;
    settings.c_cc[VTIME] = 0;
    return settings;
}

int serial_bytes_per_second(const SerialAddress& address) {
    const int parity = address.parity == Parity::None ? 0 : 1;
    return address.speed / (1 + address.data_bits + parity + address.stop_bits);
}

}  // namespace linuxcash::links
