// SPDX-License-Identifier: Apache-2.0
// `artix-simulator control`: asks a running simulator or relay over HTTP. Blocks for at most a few
// seconds.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace linuxcash::simulator {

struct ControlRequest {
    std::string method;
    std::string path;
    std::string body;
};

// From the words of the command line: "ledger", "rule {…}", "reset-token OPL…", "advance 5000" …
[[nodiscard]] Result<ControlRequest> control_request(
    std::string_view command, std::string_view argument);

struct ControlTarget {
    std::string url;  // http://127.0.0.1:8080 or https://…
    std::optional<std::string> ca_file;  // for https
};

struct ControlReply {
    int status = 0;
    std::string body;
};

[[nodiscard]] Result<ControlReply> ask(const ControlTarget& target, const ControlRequest& request);

}  // namespace linuxcash::simulator
