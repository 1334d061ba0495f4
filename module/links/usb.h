// SPDX-License-Identifier: Apache-2.0
// libusb with owners: a context, a device list, an open device, and transfers that end by a
// deadline or a StopSignal. Each link has a context of its own: nothing is shared between threads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "links/waiting.h"

struct libusb_config_descriptor;
struct libusb_context;
struct libusb_device;
struct libusb_device_handle;
struct libusb_transfer;

namespace linuxcash::links {

struct EndUsb {
    void operator()(libusb_context* context) const;
    void operator()(libusb_device* device) const;
    void operator()(libusb_device_handle* handle) const;
    void operator()(libusb_config_descriptor* descriptor) const;
};

using UsbContext = std::unique_ptr<libusb_context, EndUsb>;
using UsbDevice = std::unique_ptr<libusb_device, EndUsb>;
using UsbHandle = std::unique_ptr<libusb_device_handle, EndUsb>;

// Io: this machine has no USB that we may look at.
[[nodiscard]] Result<UsbContext> make_usb_context();

// All that are plugged in, in the order of the bus.
[[nodiscard]] std::vector<UsbDevice> usb_devices(libusb_context* context);

// What libusb says, for code that decides and for people.
[[nodiscard]] Error usb_error(int code, const std::string& name);

// How a transfer ended.
enum class UsbEnd { Complete, Deadline, Stopped, Stalled, Gone, Failed };

struct UsbDone {
    UsbEnd end = UsbEnd::Complete;
    std::size_t count = 0;  // bytes that went, also when it did not complete
    bool maybe_more = false;  // the system lost count: of Gone and Failed
};

// One transfer at a time to an open device.
class UsbTransfers {
public:
    static constexpr std::size_t kBufferSize = 1'024;

    // All outlive it.
    UsbTransfers(libusb_context* context, libusb_device_handle* handle, const Waiting& waiting);
    UsbTransfers(const UsbTransfers&) = delete;
    UsbTransfers& operator=(const UsbTransfers&) = delete;
    ~UsbTransfers();

    // At most kBufferSize bytes.
    [[nodiscard]] UsbDone write(
        unsigned char endpoint, std::string_view bytes, core::Millis deadline);
    // The bytes are in received().
    [[nodiscard]] UsbDone read(unsigned char endpoint, std::size_t size, core::Millis deadline);

    // A request that the device answers.
    struct Request {
        std::uint8_t type = 0;
        std::uint8_t request = 0;
        std::uint16_t value = 0;
        std::uint16_t index = 0;
        std::uint16_t size = 0;  // of the answer, at most
    };
    [[nodiscard]] UsbDone ask(const Request& request, core::Millis deadline);

    // One of the device's texts, with what is not ASCII as "?"; empty when there is none.
    [[nodiscard]] std::string text(std::uint8_t number, core::Millis deadline);

    [[nodiscard]] std::string_view received() const { return received_; }

private:
    struct Flight;

    [[nodiscard]] UsbDone fly(core::Millis deadline);
    void land(Flight& flight, core::Millis deadline, UsbDone& done);

    libusb_context* context_;
    libusb_device_handle* handle_;
    const Waiting& waiting_;
    std::unique_ptr<Flight> flight_;
    std::string_view received_;
};

}  // namespace linuxcash::links
