// SPDX-License-Identifier: Apache-2.0
#include "terminal/receipt_printer.h"

#include <utility>

namespace linuxcash::terminal {

namespace {

host::PrinterState state_of(PrinterState pretended) {
    switch (pretended) {
        case PrinterState::Ok:
            return host::PrinterState::Ready;
        case PrinterState::PaperOut:
            return host::PrinterState::PaperOut;
        case PrinterState::CoverOpen:
            return host::PrinterState::CoverOpen;
        case PrinterState::Unplugged:
            return host::PrinterState::Unreachable;
    }
    return host::PrinterState::Unknown;
}

}  // namespace

// ---- The virtual one ----

std::optional<host::PrintEnd> VirtualPrinter::end_at_once() const {
    return state_ == PrinterState::Ok ? host::PrintEnd::Printed : host::PrintEnd::NotPrinted;
}

Text VirtualPrinter::trouble() const {
    switch (state_) {
        case PrinterState::Ok:
            return {};
        case PrinterState::PaperOut:
            return tr("в принтере закончилась бумага");
        case PrinterState::CoverOpen:
            return tr("крышка принтера открыта");
        case PrinterState::Unplugged:
            return tr("принтер не подключен");
    }
    return {};
}

std::vector<host::PrinterEvent> VirtualPrinter::events() {
    return std::exchange(events_, {});
}

Result<> VirtualPrinter::pretend(PrinterState state) {
    state_ = state;
    host::PrinterEvent event;
    event.target = "receipt";
    event.state = state_of(state);
    event.text = trouble().russian();
    events_.push_back(std::move(event));
    return Done{};
}

namespace {

Result<> not_virtual() {
    return Error{ErrorCode::Unsupported, tr("принтер настоящий: его состояние сообщает он сам")};
}

}  // namespace

Result<> MissingPrinter::pretend(PrinterState /*state*/) {
    return not_virtual();
}

// ---- A real one ----

DriverPrinter::DriverPrinter(host::Printer printer) : printer_(std::move(printer)) {
    printer_.check();
}

int DriverPrinter::columns(const std::string& target) const {
    return printer_.columns(target);
}

Result<> DriverPrinter::print(
    std::uint64_t job, const std::string& target, const std::string& slip) {
    return printer_.print(job, target, slip);
}

std::vector<host::PrinterEvent> DriverPrinter::events() {
    std::vector<host::PrinterEvent> events;
    while (std::optional<host::PrinterEvent> event = printer_.next()) {
        if (event->target == "receipt") {
            trouble_ = host::prints(event->state) ? Text() : Text::literal(event->text);
        }
        events.push_back(*std::move(event));
    }
    return events;
}

Result<> DriverPrinter::pretend(PrinterState /*state*/) {
    return not_virtual();
}

}  // namespace linuxcash::terminal
