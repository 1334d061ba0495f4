// SPDX-License-Identifier: Apache-2.0
// What the reference register prints by itself: the forms with their fields, and the templates that
// are shipped for them. Any thread; filling a form may block on the disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/slip.h"
#include "reports/data.h"
#include "reports/library.h"

namespace linuxcash::forms {

// Names of all forms: "receipt", "x", … Each has a template of that name.
[[nodiscard]] std::vector<std::string> form_names();
// The fields of a form; nullopt: there is none of that name.
[[nodiscard]] std::optional<reports::Shape> shape_of(std::string_view form);

// The template that is shipped under that name, good for ever; nullopt: there is none.
[[nodiscard]] std::optional<std::string_view> pristine(std::string_view name);
[[nodiscard]] std::vector<std::string_view> pristine_names();

// Templates of a site, which win over those that are shipped; an empty folder has none.
[[nodiscard]] reports::Library library(const std::filesystem::path& site);

struct Filled {
    core::slip::Slip slip;
    // What is wrong with the site's template, when the shipped one stands in for it: a line
    // "file:line: …" each.
    std::optional<Text> trouble = {};
};

// The form with that data. A site's template that is broken, or cannot be filled, never stops it.
// An error: the shipped one is missing or wrong.
[[nodiscard]] Result<Filled> fill(
    const reports::Library& library, const std::string& form, const reports::Record& data);

// The moment by the register's time zone.
[[nodiscard]] reports::Time local_time(std::int64_t unix_ms);

}  // namespace linuxcash::forms
