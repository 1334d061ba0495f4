// SPDX-License-Identifier: Apache-2.0
#include "terminal/slip_desk.h"

#include <utility>

#include "slips/document.h"

namespace linuxcash::terminal {

SlipDesk::SlipDesk(till::Till& till, Announcer& announcer, core::Clock& clock, int columns)
    : till_(till), announcer_(announcer), clock_(clock), columns_(columns) {
}

Text SlipDesk::trouble() const {
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

till::Slip SlipDesk::print(const PrintJob& job) {
    const bool works = state_ == PrinterState::Ok;
    till::Slip slip;
    slip.receipt_uid = job.receipt_uid;
    slip.target = job.target;
    slip.lines = core::slip::plain_text(job.slip, columns_);
    const json::Value elements = slips::elements_of(job.slip);
    slip.elements = elements.str();
    slip.at_ms = clock_.wall_ms();
    slip.printed = till::Printed::Yes;
    if (!works) slip.printed = job.required ? till::Printed::No : till::Printed::Owed;
    const Result<till::Slip> kept = till_.add_slip(slip);
    if (kept) {
        slip.number = kept->number;
    } else {
        announcer_.error(tr("слип не сохранен: %1", kept.error().text));
    }
    if (!works) {
        announcer_.notice(
            host::Level::Warning, tr("Слип %1 не напечатан: %2", slip.number, trouble()),
            "printer");
    }
    announcer_.emit(SlipEvent{slip, elements});
    return slip;
}

void SlipDesk::set_state(PrinterState state) {
    state_ = state;
    if (state == PrinterState::Ok) {
        print_owed();
    } else {
        announcer_.notice(host::Level::Warning, tr("Принтер: %1", trouble()), "printer");
    }
}

void SlipDesk::print_owed() {
    const Result<std::vector<till::Slip>> owed = till_.owed_slips();
    if (!owed) {
        announcer_.error(tr("список слипов не прочитан: %1", owed.error().text));
        return;
    }
    for (till::Slip slip : *owed) {
        if (const Result<> marked = till_.mark_slip(slip.number, till::Printed::Yes); !marked) {
            announcer_.error(tr("слип %1 не отмечен: %2", slip.number, marked.error().text));
            continue;
        }
        slip.printed = till::Printed::Yes;
        const Result<json::Value> elements = json::parse(slip.elements);
        announcer_.emit(SlipEvent{slip, elements ? *elements : json::Value(json::Array{})});
    }
}

std::string SlipDesk::text_of(const core::slip::Slip& slip) const {
    std::string text;
    for (const std::string& line : core::slip::plain_text(slip, columns_))
        text += line + "\n";
    return text;
}

}  // namespace linuxcash::terminal
