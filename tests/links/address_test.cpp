// SPDX-License-Identifier: Apache-2.0
#include "links/address.h"

#include <random>
#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::links;
using linuxcash::ErrorCode;

namespace {

template <typename Kind>
Kind as(const std::string& text) {
    const auto address = parse_address(text);
    CHECK_TRUE_TEXT(address.ok(), text.c_str());
    CHECK_TRUE_TEXT(std::holds_alternative<Kind>(*address), text.c_str());
    return std::get<Kind>(*address);
}

std::string fault(const std::string& text) {
    const auto address = parse_address(text);
    CHECK_FALSE_TEXT(address.ok(), text.c_str());
    CHECK(address.error().code == ErrorCode::InvalidInput);
    return address.error().text.russian();
}

}  // namespace

TEST_GROUP(PrinterAddress){};

TEST(PrinterAddress, of_usb_is_any_printer_a_kind_or_one) {
    CHECK(as<UsbAddress>("usb:") == UsbAddress());
    CHECK(as<UsbAddress>("usb:04b8:0202") == (UsbAddress{0x04B8, 0x0202, ""}));
    CHECK(as<UsbAddress>("usb:04B8:0e28:J:7 x") == (UsbAddress{0x04B8, 0x0E28, "J:7 x"}));
}

TEST(PrinterAddress, of_a_serial_port_has_speed_frame_and_flow_control) {
    CHECK(as<SerialAddress>("serial:/dev/ttyS0") == (SerialAddress{"/dev/ttyS0"}));
    CHECK(
        as<SerialAddress>("serial:/dev/ttyUSB0,115200") == (SerialAddress{"/dev/ttyUSB0", 115200}));
    CHECK(
        as<SerialAddress>("serial:/dev/ttyS0,4800,7E2,xonxoff")
        == (SerialAddress{"/dev/ttyS0", 4800, 7, Parity::Even, 2, FlowControl::XonXoff}));
    CHECK(as<SerialAddress>("serial:/dev/a,8O1,rtscts").parity == Parity::Odd);
    CHECK(as<SerialAddress>("serial:/dev/a,dtrdsr").flow == FlowControl::DtrDsr);
}

TEST(PrinterAddress, of_the_network_has_a_host_and_a_port) {
    CHECK(as<TcpAddress>("tcp:192.168.0.20") == (TcpAddress{"192.168.0.20", 9100}));
    CHECK(as<TcpAddress>("tcp:printer-1.shop:515") == (TcpAddress{"printer-1.shop", 515}));
    CHECK(as<TcpAddress>("tcp:[fe80::1%eth0]:9101") == (TcpAddress{"fe80::1%eth0", 9101}));
}

TEST(PrinterAddress, of_a_device_or_a_file_is_a_path) {
    CHECK(as<DeviceAddress>("lp:/dev/usb/lp0").path == "/dev/usb/lp0");
    CHECK(as<FileAddress>("file:slips.bin").path == "slips.bin");
}

TEST(PrinterAddress, that_is_wrong_is_told_with_what_and_how) {
    const struct {
        const char* text;
        const char* why;
    } cases[] = {
        {"", "нет слова с двоеточием"},
        {"/dev/usb/lp0", "нет слова с двоеточием"},
        {"com:1", "«com:» — не вид связи"},
        {"usb:04b8", "коды изготовителя и изделия"},
        {"usb:4b8:0202", "коды изготовителя и изделия"},
        {"usb:04b8:02g2", "четыре шестнадцатеричные цифры"},
        {"usb:04b8:0202:", "нет номера"},
        {"serial:ttyS0", "полный путь порта"},
        {"serial:/dev/ttyS0,9601", "скорости 9601 нет; бывают 1200"},
        {"serial:/dev/ttyS0,9600,8X1", "«8X1» — не скорость"},
        {"serial:/dev/ttyS0,9600,9N1", "«9N1» — не скорость"},
        {"serial:/dev/ttyS0,9600,", "«» — не скорость"},
        {"tcp:", "нужны имя или адрес"},
        {"tcp:a b", "нужны имя или адрес"},
        {"tcp:host:0", "номер порта"},
        {"tcp:host:65536", "номер порта"},
        {"tcp:host:", "номер порта"},
        {"tcp:fe80::1", "в скобках"},
        {"tcp:[fe80::1", "скобки ]"},
        {"lp:lp0", "полный путь устройства"},
        {"file:", "нужно имя файла"},
    };
    for (const auto& wrong : cases) {
        const std::string text = fault(wrong.text);
        STRCMP_CONTAINS(wrong.why, text.c_str());
        STRCMP_CONTAINS("примеры: usb:, usb:04b8:0202", text.c_str());
    }
    STRCMP_CONTAINS("нулевой байт", fault(std::string("file:a\0b", 8)).c_str());
    STRCMP_CONTAINS("слишком длинный", fault("file:" + std::string(2'000, 'x')).c_str());
}

TEST(PrinterAddress, is_written_as_it_is_read) {
    for (const char* text :
         {"usb:", "usb:04b8:0202", "usb:04b8:0202:SERIAL", "serial:/dev/ttyUSB0,115200",
          "serial:/dev/ttyS0,9600,7E2,dtrdsr", "tcp:printer", "tcp:[::1]:9101", "lp:/dev/usb/lp0",
          "file:slips.bin"})
        STRCMP_EQUAL(text, address_text(*parse_address(text)).c_str());
}

TEST(PrinterAddress, of_any_text_is_refused_or_written_as_it_is_read) {
    const char* const pieces[] = {"usb:",  "serial:", "tcp:", "lp:",  "file:", "04b8", ":",
                                  "/dev/", ",9600",   ",8N1", "[",    "]",     "::1",  "9100",
                                  "\xFF",  " ",       "x",    "\x1B", ",",     "-1"};
    std::mt19937 random(20261122);
    int read = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (auto left = random() % 6; left > 0; --left)
            text += pieces[random() % std::size(pieces)];

        const auto address = parse_address(text);

        if (!address) {
            CHECK(address.error().code == ErrorCode::InvalidInput);
            CHECK(address.error().text.russian().find('\x1B') == std::string::npos);
            continue;
        }
        ++read;
        CHECK(*parse_address(address_text(*address)) == *address);
    }
    CHECK(read > 500);
}
