// SPDX-License-Identifier: Apache-2.0
// Which printers there are: ncash.ini.d/hw_printer.ini and the models of printers.ini, made into
// values. Plain values, no threads; reading waits for the disk.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/places.h"
#include "base/result.h"
#include "core/slip.h"
#include "links/address.h"
#include "printing/models.h"

namespace linuxcash::driver {

inline constexpr std::string_view kReceiptTarget = "receipt";

struct PrinterSettings {
    std::string target;  // kReceiptTarget, or the name of a print group
    links::Address address;
    printing::Model model;  // with the shop's own width
    core::slip::Image logo = {};  // above every slip; without rows: none
};

// The slip below the shop's logo.
[[nodiscard]] core::slip::Slip with_logo(core::slip::Slip slip, const PrinterSettings& printer);

struct Settings {
    std::vector<PrinterSettings> printers;  // the receipt printer is the first
    std::vector<Text> warnings;  // unknown keys and the like

    // The printer of that target; the receipt printer for a target without one of its own.
    [[nodiscard]] const PrinterSettings& of(std::string_view target) const;
};

// NotFound: the receipt printer has no `device`. InvalidInput with file, line and remedy: a wrong
// address, an unknown model (with a near match), a logo that is no PNG or too large, a wrong value.
[[nodiscard]] Result<Settings> read_settings(const Places& places);

// The model of that name as it stands in printers.ini. NotFound, with a near match; and what
// printing::read_models() says.
[[nodiscard]] Result<printing::Model> read_model(const Places& places, std::string_view name);

}  // namespace linuxcash::driver
