// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "base/printable.h"
#include "links/device_id.h"
#include "links/links.h"
#include "links/opening.h"
#include "links/usb_printers.h"

namespace linuxcash::links {

namespace {

namespace fs = std::filesystem;

constexpr core::Millis kAskMs = 1'000;
constexpr std::size_t kEntriesMax = 256;

// What it says of itself, where its texts say nothing.
void take_device_id(const std::string& id, Found& found) {
    if (found.maker.empty()) found.maker = device_id_field(id, "MFG", "MANUFACTURER");
    if (found.model.empty()) found.model = device_id_field(id, "MDL", "MODEL");
    if (found.serial.empty()) found.serial = device_id_field(id, "SN", "SERN");
}

class Discovery {
public:
    Discovery(const Surroundings& surroundings, const DiscoverOptions& options)
        : waiting_(surroundings.clock, surroundings.stop), options_(options) {}

    [[nodiscard]] std::vector<Found> usb() const {
        std::vector<Found> all;
        const auto context = make_usb_context();
        if (!context) return all;
        for (const UsbPrinter& printer : usb_printers(context->get(), {}))
            all.push_back(usb_printer(context->get(), printer));
        return all;
    }

    [[nodiscard]] std::vector<Found> device_files() const {
        std::vector<Found> all;
        for (const fs::path& path : entries(options_.devices / "usb", "lp")) {
            Found found;
            found.address = address_text(DeviceAddress{path.native()});
            const OpenedLink link = open_device_link({path.native()}, waiting_);
            judge(link, found);
            if (link && options_.ask_device_ids) take_device_id((*link)->device_id(until()), found);
            all.push_back(std::move(found));
        }
        return all;
    }

    // By the names that stay the same, as far as the system makes them.
    [[nodiscard]] std::vector<Found> serial_ports() const {
        std::vector<Found> all;
        std::vector<fs::path> seen;
        std::vector<fs::path> paths = entries(options_.devices / "serial" / "by-id", "");
        for (const char* prefix : {"ttyACM", "ttyUSB"})
            std::ranges::copy(entries(options_.devices, prefix), std::back_inserter(paths));
        for (const fs::path& path : paths) {
            std::error_code ignored;  // one that cannot be followed is opened by its own name
            const fs::path real = fs::canonical(path, ignored);
            if (std::ranges::find(seen, real) != seen.end()) continue;
            seen.push_back(real);
            all.push_back(serial_port(path));
        }
        return all;
    }

private:
    [[nodiscard]] core::Millis until() const { return waiting_.now() + kAskMs; }

    [[nodiscard]] Found usb_printer(libusb_context* context, const UsbPrinter& printer) const {
        Found found;
        found.address = usb_name(printer);
        auto handle = open_usb_device(printer);
        if (!handle) {
            found.reason = handle.error().text;
            return found;
        }
        UsbTransfers transfers(context, handle->get(), waiting_);
        found.maker = transfers.text(printer.maker_text, until());
        found.model = transfers.text(printer.model_text, until());
        found.serial = transfers.text(printer.serial_text, until());
        if (!found.serial.empty() && found.serial.find('?') == std::string::npos)
            found.address += ":" + found.serial;
        const auto claim = UsbClaim::take(std::move(*handle), printer);
        found.usable = claim.ok();
        if (!claim) found.reason = claim.error().text;
        if (claim && options_.ask_device_ids)
            take_device_id(usb_device_id(transfers, printer, until()), found);
        return found;
    }

    [[nodiscard]] Found serial_port(const fs::path& path) const {
        SerialAddress address;
        address.path = path.native();
        Found found;
        found.address = address_text(address);
        judge(open_serial(address, waiting_), found);
        return found;
    }

    static void judge(const OpenedLink& link, Found& found) {
        found.usable = link.ok();
        if (!link) found.reason = link.error().text;
    }

    [[nodiscard]] static std::vector<fs::path> entries(
        const fs::path& folder, const std::string& prefix) {
        std::vector<fs::path> paths;
        std::error_code error;  // a folder that is not there has no entries
        for (fs::directory_iterator entry(folder, error), end;
             !error && entry != end && paths.size() < kEntriesMax; entry.increment(error)) {
            if (entry->path().filename().native().starts_with(prefix))
                paths.push_back(entry->path());
        }
        std::ranges::sort(paths);
        return paths;
    }

    Waiting waiting_;
    const DiscoverOptions& options_;
};

}  // namespace

std::vector<Found> discover(const Surroundings& surroundings, const DiscoverOptions& options) {
    const Discovery discovery(surroundings, options);
    // Looking at a USB printer takes its device file away for a moment: files are looked at first.
    std::vector<Found> files = discovery.device_files();
    std::vector<Found> all = discovery.usb();
    std::ranges::move(files, std::back_inserter(all));
    std::ranges::move(discovery.serial_ports(), std::back_inserter(all));
    return all;
}

}  // namespace linuxcash::links
