// SPDX-License-Identifier: Apache-2.0
#include "host/printer.h"

#include <array>
#include <cstddef>
#include <utility>

#include "base/foreign.h"
#include "host/shared_object.h"

namespace linuxcash::host {

namespace {

constexpr std::size_t kErrorBytes = 1024;

// Without these it is no driver; `open_drawer` and `check` it may do without.
bool is_complete(const lc_printer_driver& table) {
    return table.create != nullptr && table.start != nullptr && table.destroy != nullptr
           && table.columns != nullptr && table.print != nullptr && table.next != nullptr
           && table.wait_fd != nullptr;
}

PrintEnd end_of(std::int32_t result) {
    switch (result) {
        case LC_JOB_PRINTED:
            return PrintEnd::Printed;
        case LC_JOB_SENT:
            return PrintEnd::Sent;
        case LC_JOB_NOT_PRINTED:
            return PrintEnd::NotPrinted;
        case LC_JOB_REFUSED:
            return PrintEnd::Refused;
        default:
            return PrintEnd::InDoubt;
    }
}

PrinterState state_of(std::int32_t state) {
    switch (state) {
        case LC_PRINTER_READY:
            return PrinterState::Ready;
        case LC_PRINTER_PAPER_NEAR_END:
            return PrinterState::PaperNearEnd;
        case LC_PRINTER_PAPER_OUT:
            return PrinterState::PaperOut;
        case LC_PRINTER_COVER_OPEN:
            return PrinterState::CoverOpen;
        case LC_PRINTER_OFFLINE:
            return PrinterState::Offline;
        case LC_PRINTER_CUTTER:
            return PrinterState::Cutter;
        case LC_PRINTER_FAULT:
            return PrinterState::Fault;
        case LC_PRINTER_UNREACHABLE:
            return PrinterState::Unreachable;
        default:
            return PrinterState::Unknown;
    }
}

Result<> checked(lc_status status, const char* error) {
    if (status == LC_OK) return Done{};
    const ErrorCode code = status == LC_NOT_CONFIGURED || status == LC_INVALID
                               ? ErrorCode::InvalidInput
                               : ErrorCode::Io;
    const std::string words = readable_text_of(error);
    if (words.empty()) return Error{code, tr("драйвер принтера не запустился: код %1", status)};
    return Error{code, Text::literal(words)};
}

}  // namespace

Result<Printer> Printer::open(const Place& place, uid_t uid) {
    const Result<void*> symbol =
        load_symbol({place.drivers_dir, place.driver, LC_PRINTER_ENTRY_NAME}, uid);
    if (!symbol) return symbol.error();
    return adopt(reinterpret_cast<const lc_printer_driver* (*)()>(*symbol)(), place);
}

Result<Printer> Printer::adopt(const lc_printer_driver* table, const Place& place) {
    const std::optional<lc_printer_driver> read = read_foreign(table);
    if (!read || read->abi_major != LC_PRINTER_ABI_MAJOR || !is_complete(*read)) {
        return Error{
            ErrorCode::Unsupported,
            tr("драйвер принтера %1 сделан для другой версии кассы: обновите то, что старше",
               place.driver)};
    }
    Printer printer(*read);
    std::array<char, kErrorBytes> error{};
    const std::string root = place.root.native();
    const lc_printer_host host{sizeof host, root.c_str(), place.language.c_str()};
    const lc_status created =
        printer.table_.create(&host, &printer.printer_, error.data(), error.size());
    if (const Result<> made = checked(created, error.data()); !made) return made.error();
    const lc_status begun = printer.table_.start(printer.printer_, error.data(), error.size());
    if (const Result<> started = checked(begun, error.data()); !started) return started.error();
    return printer;
}

Printer::Printer(Printer&& other) noexcept
    : table_(other.table_), printer_(std::exchange(other.printer_, nullptr)) {
}

Printer& Printer::operator=(Printer&& other) noexcept {
    std::swap(table_, other.table_);
    std::swap(printer_, other.printer_);
    return *this;
}

Printer::~Printer() {
    if (printer_ != nullptr) table_.destroy(printer_);
}

int Printer::columns(const std::string& target) const {
    return table_.columns(printer_, target.c_str());
}

Result<> Printer::print(std::uint64_t job, const std::string& target, const std::string& slip) {
    const lc_print_job order{sizeof order, job, target.c_str(), slip.c_str()};
    const lc_status status = table_.print(printer_, &order);
    if (status == LC_OK) return Done{};
    return Error{ErrorCode::Internal, tr("драйвер принтера не принял слип: код %1", status)};
}

Result<> Printer::open_drawer(std::uint64_t job, const std::string& target) {
    const lc_status status = table_.open_drawer == nullptr
                                 ? LC_UNSUPPORTED
                                 : table_.open_drawer(printer_, target.c_str(), job);
    if (status == LC_OK) return Done{};
    if (status == LC_UNSUPPORTED) {
        return Error{ErrorCode::Unsupported, tr("у принтера нет денежного ящика")};
    }
    return Error{ErrorCode::Internal, tr("денежный ящик не открыт: код %1", status)};
}

void Printer::check() {
    if (table_.check != nullptr) static_cast<void>(table_.check(printer_));
}

std::optional<PrinterEvent> Printer::next() {
    const lc_printer_event* pulled = nullptr;
    if (table_.next(printer_, 0, &pulled) != LC_OK) return std::nullopt;
    const std::optional<lc_printer_event> read = read_foreign(pulled);
    if (!read) return std::nullopt;
    PrinterEvent event;
    if (read->kind == LC_PRINTER_EVENT_JOB) event.job = read->job;
    event.target = readable_text_of(read->target);
    event.end = end_of(read->result);
    event.state = state_of(read->state);
    event.text = readable_text_of(read->text);
    return event;
}

int Printer::wait_fd() const {
    return table_.wait_fd(printer_);
}

}  // namespace linuxcash::host
