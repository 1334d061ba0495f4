// SPDX-License-Identifier: Apache-2.0
// Where templates are: a site's folder, whose copies win, over pristine ones that cannot be lost.
// One thread; reading may block on the disk.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "reports/data.h"
#include "reports/template.h"

namespace linuxcash::reports {

// The text of the pristine template of that name; nullopt: there is none.
using Pristine = std::function<std::optional<std::string_view>(std::string_view name)>;

class Library {
public:
    // An empty `site` has no templates.
    Library(std::filesystem::path site, Pristine pristine)
        : site_(std::move(site)), pristine_(std::move(pristine)) {}

    struct Found {
        Template is;
        // What is wrong with the site's copy, a line "file:line: …" each, when the pristine one
        // stands in for it.
        std::optional<Text> trouble = {};
    };

    // The template of that name, which goes with such a record. What it includes is found in the
    // same way. An error only when the pristine one is missing or wrong.
    [[nodiscard]] Result<Found> find(const std::string& name, const Shape& record) const;

    // The pristine one of that name, whatever the site has.
    [[nodiscard]] Result<Template> shipped(const std::string& name, const Shape& record) const;

    // A file as if it were a site's copy, as an administrator checks it; what it includes is looked
    // for beside it first. nullptr: its fields are not checked. NotFound, Denied, TooLarge,
    // InvalidInput.
    [[nodiscard]] Result<Template> check(
        const std::filesystem::path& file, const Shape* record) const;

private:
    [[nodiscard]] Result<Template> read(
        const Source& source, const std::filesystem::path& folder, const Shape* record) const;
    [[nodiscard]] Result<Source> pristine_source(const std::string& name) const;

    std::filesystem::path site_;
    Pristine pristine_;
};

}  // namespace linuxcash::reports
