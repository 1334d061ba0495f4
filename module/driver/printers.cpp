// SPDX-License-Identifier: Apache-2.0
#include "driver/printers.h"

#include <algorithm>
#include <utility>

#include "printing/escpos.h"

namespace linuxcash::driver {

Printers::Printers(Settings settings, const MakeDevice& make_device, core::Log& log, int recheck_ms)
    : settings_(std::move(settings)) {
    for (const PrinterSettings& printer : settings_.printers) {
        stations_.push_back(std::make_unique<Station>(Station::Parts{
            printer.target, make_device(printer), log,
            [this](const Event& event) { on_event(event); }, recheck_ms}));
    }
}

Printers::~Printers() = default;

Result<> Printers::start() {
    if (const Result<> opened = outbox_.open(); !opened) return opened.error();
    for (const auto& station : stations_) {
        if (const Result<> started = station->start(); !started) return started.error();
    }
    return Done{};
}

std::size_t Printers::index_of(std::string_view target) const {
    return static_cast<std::size_t>(&settings_.of(target) - settings_.printers.data());
}

int Printers::columns(std::string_view target) const {
    return settings_.of(target).model.columns;
}

// Everything is made before anything is sent: a slip that one printer cannot print is on none.
Result<std::vector<Printers::Part>> Printers::encoded(
    std::string_view target, const core::slip::Slip& slip) const {
    std::vector<std::pair<std::size_t, core::slip::Slip>> slips;
    for (core::slip::Part& part : core::slip::by_target(slip)) {
        const std::size_t station = index_of(part.target.empty() ? target : part.target);
        const auto same = std::find_if(
            slips.begin(), slips.end(), [&](const auto& each) { return each.first == station; });
        if (same == slips.end()) {
            slips.emplace_back(station, std::move(part.slip));
            continue;
        }
        auto& elements = same->second.elements;
        elements.insert(elements.end(), part.slip.elements.begin(), part.slip.elements.end());
    }
    std::vector<Part> parts;
    for (const auto& [station, its_slip] : slips) {
        const PrinterSettings& printer = settings_.printers[station];
        Result<std::string> bytes = printing::encode(with_logo(its_slip, printer), printer.model);
        if (!bytes) return bytes.error();
        parts.push_back({station, std::move(*bytes)});
    }
    return parts;
}

Result<> Printers::print(std::uint64_t job, std::string_view target, const core::slip::Slip& slip) {
    Result<std::vector<Part>> parts = encoded(target, slip);
    if (!parts) {
        refuse(job, target, parts.error().text);
        return Done{};
    }
    return submit(job, target, std::move(*parts));
}

Result<> Printers::open_drawer(std::uint64_t job, std::string_view target) {
    Result<printing::DrawerPulse> pulse = printing::drawer_pulse(settings_.of(target).model);
    if (!pulse) return pulse.error();
    std::vector<Part> parts;
    parts.push_back({index_of(target), std::move(*pulse)});
    return submit(job, target, std::move(parts));
}

Result<> Printers::submit(std::uint64_t job, std::string_view target, std::vector<Part> parts) {
    Ticket ticket;
    ticket.end.kind = EventKind::Job;
    ticket.end.job = job;
    ticket.end.target = settings_.of(target).target;
    ticket.parts = parts.size();
    if (parts.empty()) {  // nothing to print is printed
        outbox_.put(ticket.end);
        return Done{};
    }
    {
        const std::lock_guard lock(mutex_);
        if (!tickets_.emplace(job, ticket).second) {
            return Error{ErrorCode::InvalidInput, tr("задание принтера %1 уже выполняется", job)};
        }
    }
    for (Part& part : parts) {
        if (stations_[part.station]->put({job, std::move(part.what)})) continue;
        Event full = ticket.end;
        full.end = JobEnd::NotPrinted;
        full.text = tr("очередь принтера переполнена");
        on_part(full);
    }
    return Done{};
}

void Printers::refuse(std::uint64_t job, std::string_view target, const Text& why) {
    Event event;
    event.kind = EventKind::Job;
    event.job = job;
    event.target = settings_.of(target).target;
    event.end = JobEnd::Refused;
    event.text = why;
    outbox_.put(std::move(event));
}

void Printers::check() {
    for (const auto& station : stations_)
        station->check();
}

void Printers::on_event(const Event& event) {
    if (event.kind == EventKind::Job) return on_part(event);
    outbox_.put(event);
}

void Printers::on_part(const Event& event) {
    const std::lock_guard lock(mutex_);
    const auto found = tickets_.find(event.job);
    if (found == tickets_.end()) return;
    Ticket& ticket = found->second;
    const bool printed = event.end == JobEnd::Printed || event.end == JobEnd::Sent;
    ticket.printed_any = ticket.printed_any || printed;
    if (event.end >= ticket.end.end) ticket.end = event;
    if (--ticket.parts > 0) return;
    // A slip that is on one printer's paper and not on another's is there in part.
    if (ticket.end.end == JobEnd::NotPrinted && ticket.printed_any) {
        ticket.end.end = JobEnd::InDoubt;
    }
    outbox_.put(ticket.end);
    tickets_.erase(found);
}

}  // namespace linuxcash::driver
