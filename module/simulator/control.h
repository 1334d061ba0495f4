// SPDX-License-Identifier: Apache-2.0
// Replies of the control interface, and the rule that only this machine may use it. Pure, any
// thread.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "json/json.h"
#include "simulator/http_frame.h"

namespace linuxcash::simulator {

inline constexpr std::string_view kControlPrefix = "/control/";

[[nodiscard]] bool is_control(const HttpRequest& request);

[[nodiscard]] HttpReply control_ok(const json::Value& document);
// {"error":"…"} with 400.
[[nodiscard]] HttpReply control_error(const Error& error);
[[nodiscard]] HttpReply control_unknown();
// The 403 for a client that is not on this machine; nullopt: it is.
[[nodiscard]] std::optional<HttpReply> control_refusal(const HttpRequest& request);
// The document of the body; an empty body is an empty object.
[[nodiscard]] Result<json::Value> control_body(const HttpRequest& request);
// What `key` of a control document should have been.
[[nodiscard]] Error control_wrong(std::string_view key);

}  // namespace linuxcash::simulator
