// SPDX-License-Identifier: Apache-2.0
#include "links/address.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/integer.h"
#include "base/printable.h"
#include "core/word_table.h"
#include "links/serial_settings.h"

namespace linuxcash::links {

namespace {

constexpr std::size_t kLengthMax = 1'024;
constexpr std::size_t kIdDigits = 4;
constexpr std::uint16_t kPrinterPort = 9100;
constexpr int kPortMax = 65'535;

constexpr std::array kFlows{
    std::pair{FlowControl::None, std::string_view("none")},
    std::pair{FlowControl::RtsCts, std::string_view("rtscts")},
    std::pair{FlowControl::XonXoff, std::string_view("xonxoff")},
    std::pair{FlowControl::DtrDsr, std::string_view("dtrdsr")},
};
constexpr std::array kParities{
    std::pair{Parity::None, std::string_view("N")},
    std::pair{Parity::Even, std::string_view("E")},
    std::pair{Parity::Odd, std::string_view("O")},
};

Error wrong(std::string_view text, const Text& why) {
    return {
        ErrorCode::InvalidInput,
        tr("адрес принтера «%1» не понят: %2; примеры: usb:, usb:04b8:0202, "
           "serial:/dev/ttyUSB0,115200, tcp:192.168.0.20:9100, lp:/dev/usb/lp0, file:slips.bin",
           printable(text), why)};
}

std::optional<std::uint16_t> read_id(std::string_view digits) {
    if (digits.size() != kIdDigits) return std::nullopt;
    unsigned id = 0;
    for (const char digit : digits) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        const char lower =
            digit >= 'A' && digit <= 'F' ? static_cast<char>(digit - 'A' + 'a') : digit;
        const std::size_t value = kDigits.find(lower);
        if (value == std::string_view::npos) return std::nullopt;
        id = id << 4U | static_cast<unsigned>(value);
    }
    return static_cast<std::uint16_t>(id);
}

std::string id_text(std::uint16_t id) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const unsigned shift : {12U, 8U, 4U, 0U})
        text += kDigits[(static_cast<unsigned>(id) >> shift) & 0xFU];
    return text;
}

Result<Address> read_usb(std::string_view text, std::string_view rest) {
    if (rest.empty()) return Address(UsbAddress());
    UsbAddress usb;
    const std::size_t first = rest.find(':');
    const std::size_t second =
        first == std::string_view::npos ? first : std::min(rest.find(':', first + 1), rest.size());
    usb.vendor = read_id(rest.substr(0, first));
    if (first == std::string_view::npos || !usb.vendor)
        return wrong(text, tr("после usb: нужны коды изготовителя и изделия, как их пишет lsusb"));
    const auto product = read_id(rest.substr(first + 1, second - first - 1));
    if (!product) return wrong(text, tr("код изделия — четыре шестнадцатеричные цифры"));
    usb.product = *product;
    if (second < rest.size()) {
        usb.serial = rest.substr(second + 1);
        if (usb.serial.empty()) return wrong(text, tr("после второго двоеточия нет номера"));
    }
    return Address(std::move(usb));
}

std::vector<std::string_view> items_of(std::string_view list) {
    std::vector<std::string_view> items;
    while (true) {
        const std::size_t comma = list.find(',');
        items.push_back(list.substr(0, comma));
        if (comma == std::string_view::npos) return items;
        list.remove_prefix(comma + 1);
    }
}

// "8N1"
bool read_frame(std::string_view item, SerialAddress& serial) {
    constexpr std::size_t kFrameSize = 3;
    if (item.size() != kFrameSize) return false;
    const auto parity = core::of_word(kParities, item.substr(1, 1));
    if (item[0] != '7' && item[0] != '8') return false;
    if (item[2] != '1' && item[2] != '2') return false;
    if (!parity) return false;
    serial.data_bits = item[0] - '0';
    serial.stop_bits = item[2] - '0';
    serial.parity = *parity;
    return true;
}

std::string speeds_text() {
    std::string text;
    for (const int speed : serial_speeds())
        text += (text.empty() ? "" : ", ") + std::to_string(speed);
    return text;
}

bool is_speed(std::int64_t speed) {
    const auto speeds = serial_speeds();
    return std::find(speeds.begin(), speeds.end(), speed) != speeds.end();
}

Result<Address> read_serial(std::string_view text, std::string_view rest) {
    const std::vector<std::string_view> items = items_of(rest);
    SerialAddress serial;
    serial.path = items.front();
    if (!serial.path.starts_with('/'))
        return wrong(text, tr("после serial: нужен полный путь порта, например /dev/ttyUSB0"));
    for (const std::string_view item : std::vector(items.begin() + 1, items.end())) {
        if (const auto flow = core::of_word(kFlows, item)) {
            serial.flow = *flow;
        } else if (const auto speed = parse_integer(item)) {
            if (!is_speed(*speed))
                return wrong(text, tr("скорости %1 нет; бывают %2", item, speeds_text()));
            serial.speed = static_cast<int>(*speed);
        } else if (!read_frame(item, serial)) {
            return wrong(
                text, tr("«%1» — не скорость, не вид знака (8N1, 8E1, 7E1, 8N2 …) и не управление "
                         "потоком (rtscts, xonxoff, dtrdsr, none)",
                         printable(item)));
        }
    }
    return Address(std::move(serial));
}

bool is_host(std::string_view host) {
    constexpr std::size_t kHostMax = 253;
    return !host.empty() && host.size() <= kHostMax
           && std::all_of(host.begin(), host.end(), [](char character) {
                  const bool letter = (character >= 'a' && character <= 'z')
                                      || (character >= 'A' && character <= 'Z');
                  const bool digit = character >= '0' && character <= '9';
                  return letter || digit
                         || std::string_view(".-_:%").find(character) != std::string_view::npos;
              });
}

Result<Address> read_tcp(std::string_view text, std::string_view rest) {
    TcpAddress tcp;
    std::string_view port;
    if (rest.starts_with('[')) {
        const std::size_t end = rest.find(']');
        if (end == std::string_view::npos) return wrong(text, tr("нет закрывающей скобки ]"));
        tcp.host = rest.substr(1, end - 1);
        port = rest.substr(end + 1);
    } else {
        const std::size_t colon = std::min(rest.find(':'), rest.size());
        tcp.host = rest.substr(0, colon);
        port = rest.substr(colon);
        if (port.find(':', 1) != std::string_view::npos)
            return wrong(text, tr("адрес IPv6 пишется в скобках: tcp:[fe80::1]:9100"));
    }
    if (!is_host(tcp.host)) return wrong(text, tr("после tcp: нужны имя или адрес принтера"));
    if (port.empty()) return Address(std::move(tcp));
    const auto number = port.starts_with(':') ? parse_integer(port.substr(1)) : std::nullopt;
    if (!number || *number < 1 || *number > kPortMax)
        return wrong(text, tr("номер порта — от 1 до 65535, обычно 9100"));
    tcp.port = static_cast<std::uint16_t>(*number);
    return Address(std::move(tcp));
}

Result<Address> read_device(std::string_view text, std::string_view rest) {
    if (!rest.starts_with('/'))
        return wrong(text, tr("после lp: нужен полный путь устройства, например /dev/usb/lp0"));
    return Address(DeviceAddress{std::string(rest)});
}

Result<Address> read_plain_file(std::string_view text, std::string_view rest) {
    if (rest.empty()) return wrong(text, tr("после file: нужно имя файла"));
    return Address(FileAddress{std::string(rest)});
}

struct TextOf {
    std::string operator()(const UsbAddress& usb) const {
        if (!usb.vendor) return "usb:";
        return "usb:" + id_text(*usb.vendor) + ":" + id_text(usb.product)
               + (usb.serial.empty() ? "" : ":" + usb.serial);
    }
    std::string operator()(const SerialAddress& serial) const {
        std::string text = "serial:" + serial.path + "," + std::to_string(serial.speed);
        const SerialAddress usual;
        if (serial.data_bits != usual.data_bits || serial.parity != usual.parity
            || serial.stop_bits != usual.stop_bits) {
            text += "," + std::to_string(serial.data_bits)
                    + std::string(core::word_of(kParities, serial.parity))
                    + std::to_string(serial.stop_bits);
        }
        if (serial.flow != usual.flow)
            text += "," + std::string(core::word_of(kFlows, serial.flow));
        return text;
    }
    std::string operator()(const TcpAddress& tcp) const {
        const bool brackets = tcp.host.find(':') != std::string::npos;
        return "tcp:" + (brackets ? "[" + tcp.host + "]" : tcp.host)
               + (tcp.port == kPrinterPort ? "" : ":" + std::to_string(tcp.port));
    }
    std::string operator()(const DeviceAddress& device) const { return "lp:" + device.path; }
    std::string operator()(const FileAddress& file) const { return "file:" + file.path; }
};

}  // namespace

Result<Address> parse_address(std::string_view text) {
    if (text.size() > kLengthMax) return wrong(text.substr(0, 32), tr("он слишком длинный"));
    if (text.find('\0') != std::string_view::npos) return wrong(text, tr("в нём нулевой байт"));
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return wrong(text, tr("нет слова с двоеточием в начале"));
    const std::string_view kind = text.substr(0, colon);
    const std::string_view rest = text.substr(colon + 1);
    if (kind == "usb") return read_usb(text, rest);
    if (kind == "serial") return read_serial(text, rest);
    if (kind == "tcp") return read_tcp(text, rest);
    if (kind == "lp") return read_device(text, rest);
    if (kind == "file") return read_plain_file(text, rest);
    return wrong(text, tr("«%1:» — не вид связи", printable(kind)));
}

std::string address_text(const Address& address) {
    return std::visit(TextOf(), address);
}

}  // namespace linuxcash::links
