// SPDX-License-Identifier: Apache-2.0
#include "simulator/printer/control.h"

#include "simulator/control.h"
#include "simulator/printer/server.h"

namespace linuxcash::simulator {

HttpReply PrinterControl::handle(const HttpRequest& request) {
    if (auto refusal = control_refusal(request)) return *refusal;
    if (!is_control(request)) return control_unknown();
    const std::string_view command = std::string_view(request.path).substr(kControlPrefix.size());
    if (request.method == "GET") {
        if (command == "state") return control_ok(printer_.state());
        return command == "slips" ? control_ok(printer_.slips()) : control_unknown();
    }
    const auto body = control_body(request);
    if (!body) return control_error(body.error());
    const auto obeyed = obey(command, *body);
    if (obeyed) return control_ok(json::object({{"ok", true}}));
    if (obeyed.error().code == ErrorCode::NotFound) return control_unknown();
    return control_error(obeyed.error());
}

void PrinterControl::client_left(std::uint64_t /*swallowed*/) {
    // No reply of this handler asks to be told.
}

Result<> PrinterControl::obey(std::string_view command, const json::Value& body) {
    if (command == "faults") return printer_.change_faults(body);
    if (command == "clear") {
        printer_.clear();
        return Done{};
    }
    if (command == "port") {
        const auto open = body.boolean("open");
        return open ? printer_.set_open(*open) : control_wrong("open");
    }
    return Error{ErrorCode::NotFound, {}};
}

}  // namespace linuxcash::simulator
