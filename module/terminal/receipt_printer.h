// SPDX-License-Identifier: Apache-2.0
// What prints slips, as the register sees it: the virtual printer of this product, or a driver.
// One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/printer.h"
#include "terminal/command.h"

namespace linuxcash::terminal {

class ReceiptPrinter {
public:
    virtual ~ReceiptPrinter() = default;

    // Characters a line.
    [[nodiscard]] virtual int columns(const std::string& target) const = 0;
    // How every slip ends that is printed now, where that is known without printing it; nullopt:
    // print() it, and its end comes with events().
    [[nodiscard]] virtual std::optional<host::PrintEnd> end_at_once() const = 0;
    // What is wrong with the printer, as last heard; empty: nothing.
    [[nodiscard]] virtual Text trouble() const = 0;
    // `slip`: the document. An error: it was not taken, and no event follows.
    [[nodiscard]] virtual Result<> print(
        std::uint64_t job, const std::string& target, const std::string& slip) = 0;
    // What has come since.
    [[nodiscard]] virtual std::vector<host::PrinterEvent> events() = 0;
    // For poll(); -1: none.
    [[nodiscard]] virtual int wait_fd() const = 0;
    // For trying failures. Unsupported: this printer is a real one.
    [[nodiscard]] virtual Result<> pretend(PrinterState state) = 0;
};

// Prints nothing: the register shows its slips. Its state is told by whoever tries failures.
class VirtualPrinter : public ReceiptPrinter {
public:
    explicit VirtualPrinter(int columns) : columns_(columns) {}

    [[nodiscard]] int columns(const std::string& /*target*/) const override { return columns_; }
    [[nodiscard]] std::optional<host::PrintEnd> end_at_once() const override;
    [[nodiscard]] Text trouble() const override;
    [[nodiscard]] Result<> print(
        std::uint64_t /*job*/, const std::string& /*target*/,
        const std::string& /*slip*/) override {
        return Done{};
    }
    [[nodiscard]] std::vector<host::PrinterEvent> events() override;
    [[nodiscard]] int wait_fd() const override { return -1; }
    [[nodiscard]] Result<> pretend(PrinterState state) override;

private:
    int columns_;
    PrinterState state_ = PrinterState::Ok;
    std::vector<host::PrinterEvent> events_;
};

// In the place of a printer whose driver did not start: every slip is owed.
class MissingPrinter final : public VirtualPrinter {
public:
    MissingPrinter(int columns, Text why) : VirtualPrinter(columns), why_(std::move(why)) {}

    [[nodiscard]] std::optional<host::PrintEnd> end_at_once() const override {
        return host::PrintEnd::NotPrinted;
    }
    [[nodiscard]] Text trouble() const override { return why_; }
    [[nodiscard]] Result<> pretend(PrinterState state) override;

private:
    Text why_;
};

// A printer with its driver.
class DriverPrinter final : public ReceiptPrinter {
public:
    explicit DriverPrinter(host::Printer printer);

    [[nodiscard]] int columns(const std::string& target) const override;
    [[nodiscard]] std::optional<host::PrintEnd> end_at_once() const override {
        return std::nullopt;
    }
    [[nodiscard]] Text trouble() const override { return trouble_; }
    [[nodiscard]] Result<> print(
        std::uint64_t job, const std::string& target, const std::string& slip) override;
    [[nodiscard]] std::vector<host::PrinterEvent> events() override;
    [[nodiscard]] int wait_fd() const override { return printer_.wait_fd(); }
    [[nodiscard]] Result<> pretend(PrinterState state) override;

private:
    host::Printer printer_;
    Text trouble_;
};

}  // namespace linuxcash::terminal
