// SPDX-License-Identifier: Apache-2.0
// Runs one request over the port Exchange to its end, and keeps log lines. One thread.
#pragma once

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/ports.h"

namespace linuxcash::fakes {

// Longer than any exchange of a test may take.
inline constexpr int kPatienceMs = 5'000;

[[nodiscard]] inline core::Request get(std::string url) {
    core::Request request;
    request.method = "GET";
    request.url = std::move(url);
    request.log_path = "/path";
    request.timeout_ms = 2'000;
    return request;
}

[[nodiscard]] inline core::Request post(std::string url, std::string body) {
    core::Request request = get(std::move(url));
    request.method = "POST";
    request.body = std::move(body);
    request.fresh_connection = true;
    return request;
}

[[nodiscard]] inline core::Completed wait_for_one(core::Exchange& exchange) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(kPatienceMs);
    while (std::chrono::steady_clock::now() < until) {
        auto completed = exchange.wait(kPatienceMs);
        if (completed.size() == 1) return std::move(completed.front());
        if (completed.size() > 1) break;
    }
    throw std::runtime_error("not exactly one exchange completed");
}

[[nodiscard]] inline core::Answer run(core::Exchange& exchange, core::Request request) {
    exchange.start(1, std::move(request));
    return wait_for_one(exchange).answer;
}

[[nodiscard]] inline core::Reply reply_to(core::Exchange& exchange, core::Request request) {
    auto answer = run(exchange, std::move(request));
    if (const auto* failure = std::get_if<core::Failure>(&answer))
        throw std::runtime_error(failure->text.russian());
    return std::get<core::Reply>(std::move(answer));
}

[[nodiscard]] inline core::Failure failure_of(core::Exchange& exchange, core::Request request) {
    return std::get<core::Failure>(run(exchange, std::move(request)));
}

class KeptLog : public core::Log {
public:
    void write(core::LogLevel, const Text& text) noexcept override {
        lines_.push_back(text.russian());
    }
    [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

private:
    std::vector<std::string> lines_;
};

}  // namespace linuxcash::fakes
