// SPDX-License-Identifier: Apache-2.0
// A printer with a driver, as the register sees it: what a test says becomes of each slip. One
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "terminal/receipt_printer.h"

namespace linuxcash::fakes {

class FakePrinter final : public terminal::ReceiptPrinter {
public:
    struct Job {
        std::uint64_t number = 0;
        std::string target;
        std::string slip;
    };

    // ---- What the test does ----

    void end(std::uint64_t job, host::PrintEnd end, const std::string& text = {}) {
        host::PrinterEvent event;
        event.job = job;
        event.target = "receipt";
        event.end = end;
        event.text = text;
        events_.push_back(std::move(event));
    }
    void become(
        host::PrinterState state, const std::string& text = {},
        const std::string& target = "receipt") {
        host::PrinterEvent event;
        event.target = target;
        event.state = state;
        event.text = text;
        trouble_ = host::prints(state) ? Text() : Text::literal(text);
        events_.push_back(std::move(event));
    }

    std::vector<Job> jobs;
    int drawers = 0;  // opened
    bool takes = true;  // false: the driver refuses every slip

    // ---- What the register does ----

    [[nodiscard]] int columns(const std::string&) const override { return 32; }
    [[nodiscard]] std::optional<host::PrintEnd> end_at_once() const override {
        return std::nullopt;
    }
    [[nodiscard]] Text trouble() const override { return trouble_; }
    [[nodiscard]] Result<> print(
        std::uint64_t job, const std::string& target, const std::string& slip) override {
        if (!takes) return Error{ErrorCode::Internal, Text::literal("не принял")};
        jobs.push_back({job, target, slip});
        return Done{};
    }
    void open_drawer(std::uint64_t) override { ++drawers; }
    [[nodiscard]] std::vector<host::PrinterEvent> events() override {
        return std::exchange(events_, {});
    }
    [[nodiscard]] int wait_fd() const override { return -1; }
    [[nodiscard]] Result<> pretend(terminal::PrinterState) override {
        return Error{ErrorCode::Unsupported, Text::literal("настоящий")};
    }

private:
    std::vector<host::PrinterEvent> events_;
    Text trouble_;
};

}  // namespace linuxcash::fakes
