// SPDX-License-Identifier: Apache-2.0
// The exported symbol of the driver and its table. Here, and only here, exceptions end: what was
// thrown becomes a status.
#include <linuxcash/printer.h>
#include <unistd.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/foreign.h"
#include "base/places.h"
#include "driver/printers.h"
#include "i18n/translate.h"
#include "json/json.h"
#include "log/terminal_log.h"
#include "slips/document.h"

using namespace linuxcash;

// What the handle stands for.
struct lc_printer {
    lc_printer(const Places& places, Translate translation)
        : translate(std::move(translation)), log(places.terminal_log()) {}

    const pid_t owner = getpid();
    const Translate translate;
    log::TerminalLog log;
    log::CategoryLog printer_log{log, "printer"};
    std::unique_ptr<driver::Printers> printers;
    bool started = false;
    // What `next` gave last.
    lc_printer_event event{};
    std::string target;
    std::string text;
};

namespace {

template <typename Call>
lc_status guarded(Call call) noexcept {
    try {
        return call();
    } catch (...) {
        return LC_FAILED;
    }
}

template <typename Call>
lc_status with(lc_printer* printer, Call call) noexcept {
    return guarded([&]() -> lc_status {
        if (printer == nullptr) return LC_INVALID;
        if (printer->owner != getpid()) return LC_WRONG_PROCESS;
        if (!printer->started) return LC_NOT_STARTED;
        return call(*printer->printers);
    });
}

lc_status status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::NotFound:
        case ErrorCode::InvalidInput:
            return LC_NOT_CONFIGURED;
        case ErrorCode::Busy:
            return LC_BUSY;
        case ErrorCode::Unsupported:
            return LC_UNSUPPORTED;
        case ErrorCode::Denied:
        case ErrorCode::Io:
        case ErrorCode::NoSpace:
        case ErrorCode::TooLarge:
        case ErrorCode::Damaged:
        case ErrorCode::Timeout:
        case ErrorCode::Internal:
            break;
    }
    return LC_FAILED;
}

const char* describe() LC_NOEXCEPT {
    return R"({"name":"receipt_printer","title":"Чековые принтеры ESC/POS",)"
           R"("version":")" LINUXCASH_VERSION R"("})";
}

Translate language_of(const lc_printer_host& host) {
    if (text_of(host.language) != "ru") return i18n::translator();
    return [](const std::string& msgid) { return msgid; };
}

Result<std::unique_ptr<lc_printer>> make(const lc_printer_host& host) {
    const Places places(text_of(host.root));
    auto printer = std::make_unique<lc_printer>(places, language_of(host));
    Result<driver::Settings> settings = driver::read_settings(places);
    if (!settings) return settings.error();
    for (const Text& warning : settings->warnings)
        printer->printer_log.write(core::LogLevel::Warning, warning);
    const auto make_device = [folder = places.data()](const driver::PrinterSettings& one) {
        return std::make_unique<driver::LinkedDevice>(one, folder);
    };
    printer->printers =
        std::make_unique<driver::Printers>(std::move(*settings), make_device, printer->printer_log);
    return printer;
}

lc_status create(
    const lc_printer_host* theirs, lc_printer** printer, char* error,
    size_t error_size) LC_NOEXCEPT {
    if (printer == nullptr) return LC_INVALID;
    *printer = nullptr;
    copy_text("", error, error_size);
    return guarded([&]() -> lc_status {
        const std::optional<lc_printer_host> host = read_foreign(theirs);
        if (!host || text_of(host->root).empty()) return LC_INVALID;
        Result<std::unique_ptr<lc_printer>> made = make(*host);
        if (!made) {
            copy_text(made.error().text.translated(language_of(*host)), error, error_size);
            return status_of(made.error().code);
        }
        *printer = made->release();
        return LC_OK;
    });
}

lc_status start(lc_printer* printer, char* error, size_t error_size) LC_NOEXCEPT {
    return guarded([&]() -> lc_status {
        copy_text("", error, error_size);
        if (printer == nullptr || printer->started) return LC_INVALID;
        if (printer->owner != getpid()) return LC_WRONG_PROCESS;
        if (const Result<> started = printer->printers->start(); !started) {
            copy_text(started.error().text.translated(printer->translate), error, error_size);
            return LC_FAILED;
        }
        printer->started = true;
        return LC_OK;
    });
}

void destroy(lc_printer* printer) LC_NOEXCEPT {
    // In a forked child the threads do not exist and mutexes may be held: leave everything alone.
    if (printer == nullptr || printer->owner != getpid()) return;
    guarded([&]() -> lc_status {
        const std::unique_ptr<lc_printer> ended(printer);
        return LC_OK;
    });
}

int32_t columns(lc_printer* printer, const char* target) LC_NOEXCEPT {
    int32_t count = 0;
    guarded([&]() -> lc_status {
        if (printer == nullptr || printer->owner != getpid()) return LC_INVALID;
        count = printer->printers->columns(text_of(target));
        return LC_OK;
    });
    return count;
}

lc_status print(lc_printer* printer, const lc_print_job* theirs) LC_NOEXCEPT {
    return with(printer, [&](driver::Printers& printers) -> lc_status {
        const std::optional<lc_print_job> job = read_foreign(theirs);
        if (!job || job->number == 0) return LC_INVALID;
        const Result<json::Value> document = json::parse(text_of(job->slip));
        if (!document) return LC_INVALID;
        const Result<core::slip::Slip> slip = slips::read_document(*document);
        if (!slip) return LC_INVALID;
        const Result<> queued = printers.print(job->number, text_of(job->target), *slip);
        return queued ? LC_OK : LC_INVALID;
    });
}

lc_status open_drawer(lc_printer* printer, const char* target, uint64_t number) LC_NOEXCEPT {
    return with(printer, [&](driver::Printers& printers) -> lc_status {
        if (number == 0) return LC_INVALID;
        const Result<> queued = printers.open_drawer(number, text_of(target));
        if (queued) return LC_OK;
        return queued.error().code == ErrorCode::Unsupported ? LC_UNSUPPORTED : LC_INVALID;
    });
}

lc_status check(lc_printer* printer) LC_NOEXCEPT {
    return with(printer, [](driver::Printers& printers) -> lc_status {
        printers.check();
        return LC_OK;
    });
}

int32_t result_of(driver::JobEnd end) {
    switch (end) {
        case driver::JobEnd::Printed:
            return LC_JOB_PRINTED;
        case driver::JobEnd::Sent:
            return LC_JOB_SENT;
        case driver::JobEnd::NotPrinted:
            return LC_JOB_NOT_PRINTED;
        case driver::JobEnd::InDoubt:
            return LC_JOB_IN_DOUBT;
        case driver::JobEnd::Refused:
            return LC_JOB_REFUSED;
    }
    return LC_JOB_IN_DOUBT;
}

int32_t state_of(driver::State state) {
    switch (state) {
        case driver::State::Unknown:
            return LC_PRINTER_UNKNOWN;
        case driver::State::Ready:
            return LC_PRINTER_READY;
        case driver::State::PaperNearEnd:
            return LC_PRINTER_PAPER_NEAR_END;
        case driver::State::PaperOut:
            return LC_PRINTER_PAPER_OUT;
        case driver::State::CoverOpen:
            return LC_PRINTER_COVER_OPEN;
        case driver::State::Offline:
            return LC_PRINTER_OFFLINE;
        case driver::State::Cutter:
            return LC_PRINTER_CUTTER;
        case driver::State::Fault:
            return LC_PRINTER_FAULT;
        case driver::State::Unreachable:
            return LC_PRINTER_UNREACHABLE;
    }
    return LC_PRINTER_UNKNOWN;
}

void put(lc_printer& printer, const driver::Event& event) {
    const bool job = event.kind == driver::EventKind::Job;
    printer.target = event.target;
    printer.text = event.text.translated(printer.translate);
    printer.event.size = sizeof printer.event;
    printer.event.kind = job ? LC_PRINTER_EVENT_JOB : LC_PRINTER_EVENT_STATE;
    printer.event.job = job ? event.job : 0;
    printer.event.target = printer.target.c_str();
    printer.event.result = job ? result_of(event.end) : 0;
    printer.event.state = state_of(event.state);
    printer.event.text = printer.text.c_str();
}

lc_status next(lc_printer* printer, int32_t timeout_ms, const lc_printer_event** event)
    LC_NOEXCEPT {
    return with(printer, [&](driver::Printers& printers) -> lc_status {
        if (event == nullptr) return LC_INVALID;
        *event = nullptr;
        const std::optional<driver::Event> pulled = printers.next(timeout_ms);
        if (!pulled) return LC_TIMEOUT;
        put(*printer, *pulled);
        *event = &printer->event;
        return LC_OK;
    });
}

int wait_fd(lc_printer* printer) LC_NOEXCEPT {
    if (printer == nullptr || !printer->started) return -1;
    return printer->printers->wait_fd();
}

constexpr lc_printer_driver kDriver{
    sizeof(lc_printer_driver),
    LC_PRINTER_ABI_MAJOR,
    LC_PRINTER_ABI_MINOR,
    describe,
    create,
    start,
    destroy,
    columns,
    print,
    open_drawer,
    check,
    next,
    wait_fd,
};

}  // namespace

const lc_printer_driver* linuxcash_printer(void) LC_NOEXCEPT {
    return &kDriver;
}
