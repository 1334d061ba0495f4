// SPDX-License-Identifier: Apache-2.0
#include "simulator/control.h"

namespace linuxcash::simulator {

namespace {

constexpr int kBadRequest = 400;
constexpr int kForbidden = 403;
constexpr int kNotFound = 404;
constexpr std::size_t kControlBytes = 4 * 1024 * 1024;

HttpReply with_error(int status, const Text& text) {
    HttpReply reply;
    reply.status = status;
    reply.body = json::object({{"error", text.russian()}}).str();
    return reply;
}

}  // namespace

bool is_control(const HttpRequest& request) {
    return request.path.starts_with(kControlPrefix);
}

HttpReply control_ok(const json::Value& document) {
    HttpReply reply;
    reply.body = document.str();
    return reply;
}

HttpReply control_error(const Error& error) {
    return with_error(kBadRequest, error.text);
}

HttpReply control_unknown() {
    return with_error(
        kNotFound, tr("нет такой команды управления: список — в README симулятора и в --help"));
}

std::optional<HttpReply> control_refusal(const HttpRequest& request) {
    if (request.peer.starts_with("127.")) return std::nullopt;
    return with_error(kForbidden, tr("управление доступно только с этого компьютера"));
}

Result<json::Value> control_body(const HttpRequest& request) {
    if (request.body.empty()) return json::Value(json::Object{});
    return json::parse(request.body, {kControlBytes, 32});
}

Error control_wrong(std::string_view key) {
    return {
        ErrorCode::InvalidInput,
        tr("команда управления: ключ «%1» отсутствует или имеет недопустимое значение", key)};
}

}  // namespace linuxcash::simulator
