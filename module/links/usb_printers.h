// SPDX-License-Identifier: Apache-2.0
// Which of the USB devices are printers, by their descriptors. One thread; a context is not shared.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "links/address.h"
#include "links/usb.h"

namespace linuxcash::links {

// The type of a request of the printer class that is answered by an interface.
inline constexpr std::uint8_t kPrinterAnswers = 0xA1;

struct UsbPrinter {
    UsbDevice device;
    std::uint16_t vendor = 0;
    std::uint16_t product = 0;
    int interface = 0;
    int alternate = 0;
    int protocol = 0;  // 1 one-way, 2 two-way; 0: not of the printer class
    unsigned char out = 0;  // endpoints
    unsigned char in = 0;  // 0: one-way
    std::uint8_t configuration = 0;  // its index
    std::uint8_t maker_text = 0;  // numbers of the device's texts; 0: none
    std::uint8_t model_text = 0;
    std::uint8_t serial_text = 0;
};

// In the order of their addresses, at most one a device: the printer class in two-way protocol
// before one-way, never printing over IP. A device whose vendor and product are given may also be
// of the vendor's own class. The serial number is not looked at.
[[nodiscard]] std::vector<UsbPrinter> usb_printers(
    libusb_context* context, const UsbAddress& address);

// "usb:04b8:0202"
[[nodiscard]] std::string usb_name(const UsbPrinter& printer);

// An opened and claimed printer; gives it back to the system's own driver when it goes.
class UsbClaim {
public:
    // As open_link().
    [[nodiscard]] static Result<UsbClaim> take(UsbHandle handle, const UsbPrinter& printer);
    UsbClaim(UsbClaim&& other) noexcept = default;
    UsbClaim& operator=(UsbClaim&&) = delete;
    UsbClaim(const UsbClaim&) = delete;
    UsbClaim& operator=(const UsbClaim&) = delete;
    ~UsbClaim();

    [[nodiscard]] libusb_device_handle* handle() const { return handle_.get(); }

private:
    UsbClaim(UsbHandle handle, int interface) : handle_(std::move(handle)), interface_(interface) {}

    UsbHandle handle_;
    int interface_;
};

[[nodiscard]] Result<UsbHandle> open_usb_device(const UsbPrinter& printer);

// "MFG:…;MDL:…;" of a claimed printer; empty when it says nothing. Some are upset by the question.
[[nodiscard]] std::string usb_device_id(
    UsbTransfers& transfers, const UsbPrinter& printer, core::Millis deadline);

}  // namespace linuxcash::links
