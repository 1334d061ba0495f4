// SPDX-License-Identifier: Apache-2.0
#include "links/usb_printers.h"

#include <libusb-1.0/libusb.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "links/device_id.h"

namespace linuxcash::links {

namespace {

constexpr int kPrinterSubclass = 1;
constexpr int kOneWay = 1;
constexpr int kTwoWay = 2;

using Descriptor = std::unique_ptr<libusb_config_descriptor, EndUsb>;

// 2 and 1 as the class says; 0 for a vendor's own class, when that is wanted; nullopt: no printer
// that we can drive.
std::optional<int> protocol_of(const libusb_interface_descriptor& setting, bool any_vendor_class) {
    const int protocol = setting.bInterfaceProtocol;
    const bool printer = setting.bInterfaceClass == LIBUSB_CLASS_PRINTER
                         && setting.bInterfaceSubClass == kPrinterSubclass;
    if (printer && (protocol == kOneWay || protocol == kTwoWay)) return protocol;
    if (any_vendor_class && setting.bInterfaceClass == LIBUSB_CLASS_VENDOR_SPEC) return 0;
    return std::nullopt;
}

void find_endpoints(const libusb_interface_descriptor& setting, UsbPrinter& printer) {
    for (int i = 0; i < setting.bNumEndpoints; ++i) {
        const libusb_endpoint_descriptor& endpoint = setting.endpoint[i];
        const auto kind = endpoint.bmAttributes & LIBUSB_TRANSFER_TYPE_MASK;
        if (kind != LIBUSB_TRANSFER_TYPE_BULK) continue;
        const bool in = (endpoint.bEndpointAddress & LIBUSB_ENDPOINT_IN) != 0;
        unsigned char& ours = in ? printer.in : printer.out;
        if (ours == 0) ours = endpoint.bEndpointAddress;
    }
    // A one-way printer has nothing to say there.
    if (printer.protocol == kOneWay) printer.in = 0;
}

void consider(const libusb_interface_descriptor& setting, bool any_vendor_class, UsbPrinter& best) {
    const auto protocol = protocol_of(setting, any_vendor_class);
    if (!protocol || (best.out != 0 && *protocol <= best.protocol)) return;
    UsbPrinter candidate;
    candidate.protocol = *protocol;
    find_endpoints(setting, candidate);
    if (candidate.out == 0) return;
    best.interface = setting.bInterfaceNumber;
    best.alternate = setting.bAlternateSetting;
    best.protocol = candidate.protocol;
    best.out = candidate.out;
    best.in = candidate.in;
}

std::uint8_t index_of_configuration(libusb_device* device, int count, std::uint8_t value) {
    for (int i = 0; i < count; ++i) {
        libusb_config_descriptor* descriptor = nullptr;
        const auto index = static_cast<std::uint8_t>(i);
        if (libusb_get_config_descriptor(device, index, &descriptor) != LIBUSB_SUCCESS) continue;
        const Descriptor owned(descriptor);
        if (owned->bConfigurationValue == value) return index;
    }
    return 0;
}

std::optional<UsbPrinter> printer_of(UsbDevice device, const UsbAddress& address) {
    libusb_device_descriptor about{};
    if (libusb_get_device_descriptor(device.get(), &about) != LIBUSB_SUCCESS) return std::nullopt;
    const bool named = address.vendor.has_value();
    if (named && (about.idVendor != *address.vendor || about.idProduct != address.product))
        return std::nullopt;
    libusb_config_descriptor* descriptor = nullptr;
    if (libusb_get_active_config_descriptor(device.get(), &descriptor) != LIBUSB_SUCCESS)
        return std::nullopt;
    const Descriptor configuration(descriptor);
    UsbPrinter printer;
    for (int i = 0; i < configuration->bNumInterfaces; ++i) {
        const libusb_interface& interface = configuration->interface[i];
        for (int k = 0; k < interface.num_altsetting; ++k)
            consider(interface.altsetting[k], named, printer);
    }
    if (printer.out == 0) return std::nullopt;
    printer.vendor = about.idVendor;
    printer.product = about.idProduct;
    printer.maker_text = about.iManufacturer;
    printer.model_text = about.iProduct;
    printer.serial_text = about.iSerialNumber;
    printer.configuration = index_of_configuration(
        device.get(), about.bNumConfigurations, configuration->bConfigurationValue);
    printer.device = std::move(device);
    return printer;
}

}  // namespace

std::vector<UsbPrinter> usb_printers(libusb_context* context, const UsbAddress& address) {
    std::vector<UsbPrinter> printers;
    for (UsbDevice& device : usb_devices(context)) {
        auto printer = printer_of(std::move(device), address);
        if (printer) printers.push_back(std::move(*printer));
    }
    const auto place = [](const UsbPrinter& printer) {
        return std::pair(
            libusb_get_bus_number(printer.device.get()),
            libusb_get_device_address(printer.device.get()));
    };
    std::ranges::sort(printers, {}, place);
    return printers;
}

std::string usb_name(const UsbPrinter& printer) {
    return address_text(UsbAddress{printer.vendor, printer.product, {}});
}

Result<UsbHandle> open_usb_device(const UsbPrinter& printer) {
    libusb_device_handle* handle = nullptr;
    const int code = libusb_open(printer.device.get(), &handle);
    if (code != LIBUSB_SUCCESS) return usb_error(code, usb_name(printer));
    return UsbHandle(handle);
}

std::string usb_device_id(
    UsbTransfers& transfers, const UsbPrinter& printer, core::Millis deadline) {
    constexpr std::uint8_t kGetDeviceId = 0;
    if (printer.protocol == 0) return {};
    const int where = printer.interface << 8 | printer.alternate;
    const UsbTransfers::Request request{
        kPrinterAnswers, kGetDeviceId, printer.configuration, static_cast<std::uint16_t>(where),
        UsbTransfers::kBufferSize};
    // A printer without an identification stalls: the next request clears that by itself.
    if (transfers.ask(request, deadline).end != UsbEnd::Complete) return {};
    return device_id_text(transfers.received());
}

Result<UsbClaim> UsbClaim::take(UsbHandle handle, const UsbPrinter& printer) {
    // Where the system cannot take its driver away, the claim itself tells.
    (void)libusb_set_auto_detach_kernel_driver(handle.get(), 1);
    const int code = libusb_claim_interface(handle.get(), printer.interface);
    if (code != LIBUSB_SUCCESS) return usb_error(code, usb_name(printer));
    UsbClaim claim(std::move(handle), printer.interface);
    if (printer.alternate != 0) {
        const int set =
            libusb_set_interface_alt_setting(claim.handle(), printer.interface, printer.alternate);
        if (set != LIBUSB_SUCCESS) return usb_error(set, usb_name(printer));
    }
    return claim;
}

UsbClaim::~UsbClaim() {
    // Closing alone would not bring the system's driver back. A printer that is gone has none.
    if (handle_) (void)libusb_release_interface(handle_.get(), interface_);
}

}  // namespace linuxcash::links
