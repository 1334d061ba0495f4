// SPDX-License-Identifier: Apache-2.0
// A USB bus without any hardware: printers that are plugged in and out, seen by libusb through
// umockdev. The bus has a thread of its own; every call may come from the test's thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace linuxcash::fakes {

// One alternate setting of the printer's only interface.
struct UsbSetting {
    std::uint8_t interface_class = 7;
    std::uint8_t protocol = 2;
    std::uint8_t out = 0x02;
    std::uint8_t in = 0x81;  // 0: none
};

struct UsbPrinterShape {
    std::uint16_t vendor = 0x04B8;
    std::uint16_t product = 0x0E28;
    std::string maker = "SIM";
    std::string model = "TM-SIM";
    std::string serial = "SN1";
    std::vector<UsbSetting> settings{UsbSetting{}};
};

// What a plugged-in printer does, and what it has seen.
struct UsbPrinterState {
    static constexpr std::size_t kEndless = std::numeric_limits<std::size_t>::max();

    bool answers = true;
    bool paper_out = false;
    bool id_stalls = false;
    std::uint8_t port_status = 0x18;
    std::size_t room = kEndless;  // bytes it still takes
    std::size_t unplugs_at = kEndless;  // bytes of all that it receives
    int busy_claims = 0;  // claims that are refused
    int halted_writes = 0;  // writes that it answers with a halt
    std::string to_read;  // what it says unasked

    std::string received;
    std::string driver = "usblp";  // who has the interface: usblp, usbfs or nobody
    int ids_asked = 0;
    int alternate = 0;  // the setting that was chosen
    int halts_cleared = 0;
};

class UsbBus {
public:
    UsbBus();
    UsbBus(const UsbBus&) = delete;
    UsbBus& operator=(const UsbBus&) = delete;
    ~UsbBus();

    // Gives the printer's number; each plugging has a new address on the bus.
    int plug(const UsbPrinterShape& shape = {}, const UsbPrinterState& state = {});
    void unplug(int number);

    // Reads or changes what a printer is like now; `what` runs in the thread of the bus.
    void with(int number, const std::function<void(UsbPrinterState&)>& what);
    [[nodiscard]] UsbPrinterState state(int number);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace linuxcash::fakes
