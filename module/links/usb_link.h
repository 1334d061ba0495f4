// SPDX-License-Identifier: Apache-2.0
// A USB printer as a link. One thread; the libusb context is its own.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "links/usb.h"
#include "links/usb_printers.h"
#include "links/waiting.h"
#include "printing/link.h"

namespace linuxcash::links {

class UsbLink : public printing::Link {
public:
    UsbLink(UsbContext context, UsbPrinter printer, UsbClaim claim, const Waiting& waiting);

    [[nodiscard]] printing::LinkTraits traits() const override;
    [[nodiscard]] printing::Written write(std::string_view bytes, core::Millis deadline) override;
    [[nodiscard]] printing::Arrived read(core::Millis deadline) override;
    [[nodiscard]] printing::Written flush(core::Millis deadline) override;
    [[nodiscard]] std::optional<std::uint8_t> port_status(core::Millis deadline) override;
    [[nodiscard]] std::string device_id(core::Millis deadline) override;

private:
    // What a transfer that did not complete means; a stall is cleared once in each call.
    [[nodiscard]] printing::Ended meaning(UsbEnd end, unsigned char endpoint, bool& cleared);
    [[nodiscard]] bool still_there();
    [[nodiscard]] Text reason(printing::Ended ended) const;

    UsbContext context_;
    UsbPrinter printer_;
    Waiting waiting_;
    UsbClaim claim_;
    UsbTransfers transfers_;
};

}  // namespace linuxcash::links
