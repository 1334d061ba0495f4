// SPDX-License-Identifier: Apache-2.0
// The error body of O!плати, read in one place. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "core/ports.h"

namespace linuxcash::oplati {

struct ErrorBody {
    std::string code;
    std::string internal_code;
    std::string dev_message;
    std::string user_message;  // Russian, else English; fit for a screen
};

// nullopt when the body is not O!плати's: empty, HTML, a proxy's JSON. Its words are made safe to
// show: control characters become blanks, and they are cut to a limit.
[[nodiscard]] std::optional<ErrorBody> read_error(const std::string& body);

// For the log: status, code, internalCode and devMessage of a reply.
[[nodiscard]] Text describe_error(const core::Reply& reply);

// A stranger's words made fit for one line of a screen or a log.
[[nodiscard]] std::string shown(std::string_view words);

}  // namespace linuxcash::oplati
