// SPDX-License-Identifier: Apache-2.0
// Where a printer is, as the setting `device` says it. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"

namespace linuxcash::links {

// usb:  usb:04b8:0202  usb:04b8:0202:SERIAL
struct UsbAddress {
    std::optional<std::uint16_t> vendor;  // nullopt: the first printer there is
    std::uint16_t product = 0;
    std::string serial;  // empty: any
    friend bool operator==(const UsbAddress&, const UsbAddress&) = default;
};

enum class Parity { None, Even, Odd };
enum class FlowControl { None, RtsCts, XonXoff, DtrDsr };

// serial:/dev/ttyUSB0,115200  serial:/dev/ttyS0,9600,7E1,xonxoff
struct SerialAddress {
    std::string path;
    int speed = 9600;  // baud
    int data_bits = 8;  // 7 or 8
    Parity parity = Parity::None;
    int stop_bits = 1;  // 1 or 2
    FlowControl flow = FlowControl::None;
    friend bool operator==(const SerialAddress&, const SerialAddress&) = default;
};

// tcp:192.168.0.20  tcp:printer:9100  tcp:[fe80::1]:9100
struct TcpAddress {
    std::string host;
    std::uint16_t port = 9100;
    friend bool operator==(const TcpAddress&, const TcpAddress&) = default;
};

// lp:/dev/usb/lp0
struct DeviceAddress {
    std::string path;
    friend bool operator==(const DeviceAddress&, const DeviceAddress&) = default;
};

// file:slips.bin
struct FileAddress {
    std::string path;  // relative to the folder that open_link() is given, or absolute
    friend bool operator==(const FileAddress&, const FileAddress&) = default;
};

using Address = std::variant<UsbAddress, SerialAddress, TcpAddress, DeviceAddress, FileAddress>;

// InvalidInput: the text names what is wrong and shows how to write it.
[[nodiscard]] Result<Address> parse_address(std::string_view text);

// The shortest text that parse_address() reads as the same.
[[nodiscard]] std::string address_text(const Address& address);

}  // namespace linuxcash::links
