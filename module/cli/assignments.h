// SPDX-License-Identifier: Apache-2.0
// KEY=VALUE words against a schema: which setting is meant, and does the value fit? Pure, any
// thread. No text of an error ever quotes a value: it may be a secret.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "config/schema.h"

namespace linuxcash::cli {

struct Assignment {
    std::string key;  // as it was written: "key", or "Section.key"
    std::string value;
};

// "key=value"; the value may hold more = signs, and may be empty. Nullopt without a key or a sign.
[[nodiscard]] std::optional<Assignment> parse_assignment(std::string_view word);

// The setting of that name. NotFound with the nearest known one; InvalidInput when several sections
// have it and the section is not named.
[[nodiscard]] Result<const Setting*> named_setting(
    const config::Schema& schema, const std::string& key);

struct Change {
    const Setting* setting = nullptr;
    std::string value;
};

using Fault = std::function<std::optional<Text>(const Setting&, std::string_view)>;

// All of them, or the first fault.
[[nodiscard]] Result<std::vector<Change>> checked_changes(
    const config::Schema& schema, const std::vector<Assignment>& assignments, const Fault& fault);

}  // namespace linuxcash::cli
