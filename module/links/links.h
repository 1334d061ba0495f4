// SPDX-License-Identifier: Apache-2.0
// Ways to printers: USB, serial ports, the network, device files, plain files. Every call has a
// deadline; a link belongs to the thread that opened it, and no two share anything.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/ports.h"
#include "links/address.h"
#include "printing/job.h"
#include "printing/link.h"
#include "printing/stop.h"

namespace linuxcash::links {

// Outlives the links that are opened with it.
struct Surroundings {
    const core::Clock& clock;
    const printing::StopSignal& stop;
    std::filesystem::path folder;  // where file:NAME lies
    int open_ms = 5'000;  // the longest that an opening takes
};

// NotFound (no such printer, device, host), Denied (no rights: the text names the group), Busy
// (another program holds it, still after a bounded number of tries), Timeout (also of a
// StopSignal), InvalidInput (the path is of another kind), Io.
[[nodiscard]] Result<std::unique_ptr<printing::Link>> open_link(
    const Address& address, const Surroundings& surroundings);

// Opens, prints, closes: the whole of one job.
[[nodiscard]] printing::JobResult print(
    const Address& address, const printing::Job& job, const Surroundings& surroundings);

// A printer that could be used.
struct Found {
    std::string address;  // for the setting `device`
    std::string maker;
    std::string model;
    std::string serial;
    bool usable = false;  // it could be opened just now
    Text reason;  // why it is not usable
};

struct DiscoverOptions {
    std::filesystem::path devices = "/dev";  // where ports and device files are looked for
    bool ask_device_ids = true;  // a few printers are upset by that question
};

// USB printers first, then device files and serial ports. Sends nothing to be printed. Never fails:
// what cannot be looked at is not there.
[[nodiscard]] std::vector<Found> discover(
    const Surroundings& surroundings, const DiscoverOptions& options = {});

}  // namespace linuxcash::links
