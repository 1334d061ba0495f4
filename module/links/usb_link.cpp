// SPDX-License-Identifier: Apache-2.0
#include "links/usb_link.h"

#include <libusb-1.0/libusb.h>

#include <algorithm>
#include <utility>

#include "base/printable.h"
#include "links/opening.h"

namespace linuxcash::links {

using printing::Arrived;
using printing::Ended;
using printing::LinkTraits;
using printing::Written;

namespace {

constexpr std::uint8_t kGetPortStatus = 1;
// What waits in the printer needs this long to come over the bus.
constexpr core::Millis kReadMs = 5;
constexpr core::Millis kAskMs = 1'000;
// After an error the system needs a moment to notice that a printer was unplugged.
constexpr int kLooksMax = 4;
constexpr core::Millis kLookMs = 100;

}  // namespace

UsbLink::UsbLink(UsbContext context, UsbPrinter printer, UsbClaim claim, const Waiting& waiting)
    : context_(std::move(context)),
      printer_(std::move(printer)),
      waiting_(waiting),
      claim_(std::move(claim)),
      transfers_(context_.get(), claim_.handle(), waiting_) {
}

LinkTraits UsbLink::traits() const {
    return {printer_.in != 0, false, 0};
}

Written UsbLink::write(std::string_view bytes, core::Millis deadline) {
    Written written;
    bool cleared = false;
    while (written.count < bytes.size()) {
        const UsbDone done = transfers_.write(printer_.out, bytes.substr(written.count), deadline);
        written.count += std::min(done.count, bytes.size() - written.count);
        written.maybe_more = done.maybe_more;
        written.ended = meaning(done.end, printer_.out, cleared);
        if (written.ended == Ended::Complete) continue;
        written.reason = reason(written.ended);
        return written;
    }
    return written;
}

Arrived UsbLink::read(core::Millis deadline) {
    if (printer_.in == 0) return {{}, waiting_.ready(-1, 0, deadline), {}};
    const core::Millis until = std::max(deadline, waiting_.now() + kReadMs);
    Arrived arrived;
    bool cleared = false;
    while (arrived.ended == Ended::Complete) {
        const UsbDone done = transfers_.read(printer_.in, UsbTransfers::kBufferSize, until);
        arrived.bytes = transfers_.received();
        if (!arrived.bytes.empty()) return arrived;
        arrived.ended = meaning(done.end, printer_.in, cleared);
        if (arrived.ended == Ended::Complete && waiting_.now() >= until)
            arrived.ended = Ended::Deadline;
    }
    arrived.reason = reason(arrived.ended);
    return arrived;
}

// A transfer that has completed has left.
Written UsbLink::flush(core::Millis /*deadline*/) {
    return {};
}

std::optional<std::uint8_t> UsbLink::port_status(core::Millis deadline) {
    if (printer_.protocol == 0) return std::nullopt;
    const UsbTransfers::Request request{
        kPrinterAnswers, kGetPortStatus, 0, static_cast<std::uint16_t>(printer_.interface), 1};
    const UsbDone done = transfers_.ask(request, std::min(deadline, waiting_.now() + kAskMs));
    if (done.end != UsbEnd::Complete || done.count != 1) return std::nullopt;
    return static_cast<std::uint8_t>(transfers_.received().front());
}

std::string UsbLink::device_id(core::Millis deadline) {
    return usb_device_id(transfers_, printer_, std::min(deadline, waiting_.now() + kAskMs));
}

Ended UsbLink::meaning(UsbEnd end, unsigned char endpoint, bool& cleared) {
    switch (end) {
        case UsbEnd::Complete:
            return Ended::Complete;
        case UsbEnd::Deadline:
            return Ended::Deadline;
        case UsbEnd::Stopped:
            return Ended::Stopped;
        case UsbEnd::Gone:
            return Ended::Gone;
        case UsbEnd::Stalled:
            if (!std::exchange(cleared, true)
                && libusb_clear_halt(claim_.handle(), endpoint) == LIBUSB_SUCCESS)
                return Ended::Complete;
            return still_there() ? Ended::Failed : Ended::Gone;
        case UsbEnd::Failed:
            return still_there() ? Ended::Failed : Ended::Gone;
    }
    return Ended::Failed;
}

bool UsbLink::still_there() {
    const UsbTransfers::Request request{
        LIBUSB_ENDPOINT_IN, LIBUSB_REQUEST_GET_STATUS, 0, 0, sizeof(std::uint16_t)};
    for (int looks = 0; looks < kLooksMax; ++looks) {
        const core::Millis until = waiting_.now() + kLookMs;
        const UsbEnd end = transfers_.ask(request, until).end;
        if (end == UsbEnd::Gone) return false;
        if (end == UsbEnd::Complete || end == UsbEnd::Stalled || end == UsbEnd::Stopped)
            return true;
        (void)waiting_.pause(kLookMs, until);
    }
    // The system still shows it, and it answers nothing: whoever unplugs it later finds out then.
    const auto devices = usb_devices(context_.get());
    return std::any_of(devices.begin(), devices.end(), [this](const UsbDevice& device) {
        return device.get() == printer_.device.get();
    });
}

Text UsbLink::reason(Ended ended) const {
    switch (ended) {
        case Ended::Complete:
        case Ended::Deadline:
        case Ended::Stopped:
            return {};
        case Ended::Gone:
            return tr("принтер отключён от USB");
        case Ended::Failed:
            return tr("ошибка обмена по USB с %1", usb_name(printer_));
    }
    return {};
}

OpenedLink open_usb(const UsbAddress& address, const Waiting& waiting, core::Millis deadline) {
    auto context = make_usb_context();
    if (!context) return context.error();
    Error error{
        ErrorCode::NotFound, tr("USB-принтер %1 не найден: проверьте, что он включён и подключён",
                                printable(address_text(address)))};
    for (UsbPrinter& printer : usb_printers(context->get(), address)) {
        auto handle = open_usb_device(printer);
        if (!handle && address.serial.empty()) return handle.error();
        if (!handle) {
            error = handle.error();
            continue;
        }
        if (!address.serial.empty()) {
            UsbTransfers transfers(context->get(), handle->get(), waiting);
            const core::Millis until = std::min(deadline, waiting.now() + kAskMs);
            if (transfers.text(printer.serial_text, until) != address.serial) continue;
        }
        auto claim = UsbClaim::take(std::move(*handle), printer);
        if (!claim) return claim.error();
        return std::unique_ptr<printing::Link>(std::make_unique<UsbLink>(
            std::move(*context), std::move(printer), std::move(*claim), waiting));
    }
    return error;
}

}  // namespace linuxcash::links
