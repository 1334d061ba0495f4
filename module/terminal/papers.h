// SPDX-License-Identifier: Apache-2.0
// The register's own slips: forms filled with data, through the templates of the site. A broken
// template stops nothing. One thread; may wait for the disk.
#pragma once

#include <map>
#include <string>

#include "core/ports.h"
#include "core/slip.h"
#include "forms/shift.h"
#include "reports/library.h"
#include "terminal/announcer.h"
#include "terminal/settings.h"
#include "till/receipt.h"

namespace linuxcash::terminal {

class Papers {
public:
    // All must outlive this.
    Papers(Announcer& announcer, core::Clock& clock, const Settings& settings);

    // Never fails: when the site's template is wrong the shipped one is used, and the administrator
    // is told once what is wrong and where.
    [[nodiscard]] core::slip::Slip form(const std::string& name, const reports::Record& data);
    // "receipt" or "annulment". Of an annulment the receipt as it was before: what it held goes
    // back, less the change that the buyer has already.
    [[nodiscard]] core::slip::Slip receipt(const char* name, const till::Receipt& receipt);
    [[nodiscard]] forms::Occasion occasion() const;

private:
    void tell(const std::string& name, const Text& trouble);

    Announcer& announcer_;
    core::Clock& clock_;
    const Settings& settings_;
    reports::Library library_;
    std::map<std::string, Text> told_;  // by form: what was said to be wrong with it
};

}  // namespace linuxcash::terminal
