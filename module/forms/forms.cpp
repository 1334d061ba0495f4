// SPDX-License-Identifier: Apache-2.0
#include "forms/forms.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

#include "forms/shapes.h"

namespace linuxcash::forms {

namespace {

struct Form {
    std::string_view name;
    Fields (*fields)();
};

constexpr std::array<Form, 11> kForms{{
    {"receipt", receipt_fields},
    {"annulment", receipt_fields},
    {"x", shift_fields},
    {"z", shift_fields},
    {"oplat", comparison_fields},
    {"queue", queue_fields},
    {"payment", operation_fields},
    {"refund", operation_fields},
    {"undo", operation_fields},
    {"unknown", operation_fields},
    {"loyalty", loyalty_fields},
}};

}  // namespace

std::vector<std::string> form_names() {
    std::vector<std::string> names;
    names.reserve(kForms.size());
    for (const Form& form : kForms)
        names.emplace_back(form.name);
    return names;
}

std::optional<reports::Shape> shape_of(std::string_view form) {
    const auto* found = std::find_if(
        kForms.begin(), kForms.end(), [form](const Form& each) { return each.name == form; });
    if (found == kForms.end()) return std::nullopt;
    return reports::Shape{std::string(form), reports::Kind::Record, found->fields()};
}

reports::Library library(const std::filesystem::path& site) {
    return {site, pristine};
}

Result<Filled> fill(
    const reports::Library& library, const std::string& form, const reports::Record& data) {
    const std::optional<reports::Shape> shape = shape_of(form);
    if (!shape) return Error{ErrorCode::NotFound, tr("формы %1 нет", form)};
    const Result<reports::Library::Found> found = library.find(form, *shape);
    if (!found) return found.error();
    Result<core::slip::Slip> slip = found->is.fill(data);
    if (slip) return Filled{std::move(*slip), found->trouble};
    const Result<reports::Template> shipped = library.shipped(form, *shape);
    if (!shipped) return slip.error();
    Result<core::slip::Slip> second = shipped->fill(data);
    if (!second) return second.error();
    return Filled{std::move(*second), slip.error().text};
}

reports::Time local_time(std::int64_t unix_ms) {
    constexpr int kFirstYear = 1900;
    const std::time_t seconds = unix_ms / 1000;
    std::tm local{};
    ::localtime_r(&seconds, &local);
    return {
        local.tm_year + kFirstYear,
        local.tm_mon + 1,
        local.tm_mday,
        local.tm_hour,
        local.tm_min,
        local.tm_sec};
}

}  // namespace linuxcash::forms
