// SPDX-License-Identifier: Apache-2.0
#include "cli/assignments.h"

namespace linuxcash::cli {

std::optional<Assignment> parse_assignment(std::string_view word) {
    const std::size_t sign = word.find('=');
    if (sign == std::string_view::npos || sign == 0) return std::nullopt;
    return Assignment{std::string(word.substr(0, sign)), std::string(word.substr(sign + 1))};
}

Result<const Setting*> named_setting(const config::Schema& schema, const std::string& key) {
    const Setting* found = nullptr;
    for (const Setting& setting : schema) {
        if (key == setting.section + "." + setting.key) return &setting;
        if (key != setting.key) continue;
        if (found != nullptr)
            return Error{
                ErrorCode::InvalidInput,
                tr("ключ %1 есть в разделах %2 и %3: укажите раздел, например %2.%1", key,
                   found->section, setting.section)};
        found = &setting;
    }
    if (found != nullptr) return found;
    const Text near = config::near_setting(schema, "", key);
    if (near.empty()) return Error{ErrorCode::NotFound, tr("нет настройки %1", key)};
    return Error{
        ErrorCode::NotFound, tr("нет настройки %1; возможно, имелась в виду %2", key, near)};
}

Result<std::vector<Change>> checked_changes(
    const config::Schema& schema, const std::vector<Assignment>& assignments, const Fault& fault) {
    std::vector<Change> changes;
    for (const Assignment& assignment : assignments) {
        const auto setting = named_setting(schema, assignment.key);
        if (!setting) return setting.error();
        if (const auto wrong = fault(**setting, assignment.value))
            return Error{ErrorCode::InvalidInput, tr("%1: %2", assignment.key, *wrong)};
        changes.push_back({*setting, assignment.value});
    }
    return changes;
}

}  // namespace linuxcash::cli
