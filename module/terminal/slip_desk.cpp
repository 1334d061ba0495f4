// SPDX-License-Identifier: Apache-2.0
#include "terminal/slip_desk.h"

#include <utility>
#include <vector>

#include "slips/document.h"

namespace linuxcash::terminal {

namespace {

// Drawers and slips that the till could not keep: far above every number that it gives.
constexpr std::uint64_t kFirstUnkept = std::uint64_t{1} << 62U;

constexpr std::size_t kOwedAtOnce = 20;
constexpr int kDoubtsMax = 2;

till::Printed printed_of(host::PrintEnd end, bool required) {
    switch (end) {
        case host::PrintEnd::Printed:
        case host::PrintEnd::Sent:
            return till::Printed::Yes;
        case host::PrintEnd::NotPrinted:
            return required ? till::Printed::No : till::Printed::Owed;
        case host::PrintEnd::InDoubt:
            return required ? till::Printed::No : till::Printed::InDoubt;
        case host::PrintEnd::Refused:
            return till::Printed::No;
    }
    return till::Printed::InDoubt;
}

core::slip::Slip headed(const Text& head, core::slip::Slip slip, const Announcer& announcer) {
    core::slip::Text text;
    text.text = announcer.say(head);
    text.alignment = core::slip::Alignment::Center;
    text.wrapping = core::slip::Wrapping::Wordwrap;
    text.bold = true;
    slip.elements.insert(slip.elements.begin(), std::move(text));
    return slip;
}

core::slip::Slip slip_of(const till::Slip& kept) {
    const Result<json::Value> elements = json::parse(kept.elements);
    json::Value document;
    document.set("elements", elements ? *elements : json::Value(json::Array{}));
    return slips::read_document(document).ok() ? *slips::read_document(document)
                                               : core::slip::Slip{};
}

}  // namespace

SlipDesk::SlipDesk(
    till::Till& till, Announcer& announcer, core::Clock& clock, ReceiptPrinter& printer)
    : till_(till), announcer_(announcer), clock_(clock), printer_(printer), unkept_(kFirstUnkept) {
}

till::Slip SlipDesk::print(const PrintJob& job, const Then& then) {
    const std::optional<host::PrintEnd> at_once = printer_.end_at_once();
    till::Slip slip;
    slip.receipt_uid = job.receipt_uid;
    slip.target = job.target;
    slip.lines = core::slip::plain_text(job.slip, printer_.columns(job.target));
    slip.elements = slips::elements_of(job.slip).str();
    slip.at_ms = clock_.wall_ms();
    slip.printed = at_once ? printed_of(*at_once, job.required) : till::Printed::InDoubt;
    const Result<till::Slip> kept = till_.add_slip(slip);
    if (kept) {
        slip.number = kept->number;
    } else {
        announcer_.error(tr("слип не сохранен: %1", kept.error().text));
    }
    if (!at_once) {
        send({slip, job.required, then, {}}, job.slip);
        return slip;
    }
    settle(slip, tr("Слип %1 не напечатан: %2", slip.number, printer_.trouble()));
    if (then) then(slip.printed);
    return slip;
}

// The slip is kept as in doubt before the first byte leaves: whatever happens then, it is listed.
void SlipDesk::send(UnderWay going, const core::slip::Slip& paper) {
    const std::uint64_t job =
        going.slip.number > 0 ? static_cast<std::uint64_t>(going.slip.number) : unkept_++;
    const Result<> taken = printer_.print(job, going.slip.target, slips::document_of(paper).str());
    if (!taken) return end(going, host::PrintEnd::NotPrinted, taken.error().text);
    under_way_.emplace(job, std::move(going));
}

void SlipDesk::end(UnderWay& gone, host::PrintEnd end, const Text& why) {
    till::Slip& slip = gone.slip;
    slip.printed = printed_of(end, gone.required);
    // What may have been on paper before still may.
    const bool doubted = gone.before == till::Printed::InDoubt;
    if (doubted && slip.printed == till::Printed::Owed) slip.printed = till::Printed::InDoubt;
    if (slip.number > 0) {
        const Result<> marked = till_.mark_slip(slip.number, slip.printed);
        if (!marked)
            announcer_.error(tr("слип %1 не отмечен: %2", slip.number, marked.error().text));
    }
    // That it is still not printed was told before: only who asked again is told again.
    if (gone.then || slip.printed != gone.before) settle(slip, tr("Слип %1: %2", slip.number, why));
    if (gone.then) gone.then(slip.printed);
}

void SlipDesk::settle(const till::Slip& slip, const Text& why) {
    if (slip.printed != till::Printed::Yes) {
        announcer_.notice(host::Level::Warning, why, "printer");
    }
    const Result<json::Value> elements = json::parse(slip.elements);
    announcer_.emit(SlipEvent{slip, elements ? *elements : json::Value(json::Array{})});
}

void SlipDesk::pump() {
    for (const host::PrinterEvent& event : printer_.events()) {
        if (!event.job) {
            on_state(event);
            continue;
        }
        const auto found = under_way_.find(*event.job);
        if (found == under_way_.end()) continue;
        UnderWay gone = std::move(found->second);
        under_way_.erase(found);
        end(gone, event.end, Text::literal(event.text));
    }
    if (more_owed_ && under_way_.empty()) print_owed();
}

void SlipDesk::on_state(const host::PrinterEvent& event) {
    const host::PrinterState before = std::exchange(states_[event.target], event.state);
    if (event.state == before) return;
    if (!host::prints(event.state) || event.state == host::PrinterState::PaperNearEnd) {
        const Text what = Text::literal(event.text);
        announcer_.notice(
            host::Level::Warning,
            event.target == "receipt" ? tr("Принтер: %1", what)
                                      : tr("Принтер %1: %2", event.target, what),
            "printer");
    }
    if (!host::prints(before) && host::prints(event.state)) print_owed();
}

void SlipDesk::pretend(PrinterState state) {
    if (const Result<> pretended = printer_.pretend(state); !pretended) {
        return announcer_.error(pretended.error().text);
    }
    pump();
}

void SlipDesk::print_owed() {
    const Result<std::vector<till::Slip>> owed = till_.owed_slips();
    if (!owed) {
        announcer_.error(tr("список слипов не прочитан: %1", owed.error().text));
        return;
    }
    std::size_t sent = 0;
    more_owed_ = false;
    for (const till::Slip& slip : *owed) {
        const bool going = under_way_.contains(static_cast<std::uint64_t>(slip.number));
        if (going || !is_printed_by_itself(slip)) continue;
        if (++sent > kOwedAtOnce) {
            more_owed_ = true;
            return;
        }
        print_again(slip, {});
    }
}

// A slip that comes out in part again and again is people's business.
bool SlipDesk::is_printed_by_itself(const till::Slip& slip) {
    if (slip.printed != till::Printed::InDoubt) return true;
    const int times = ++doubts_[slip.number];
    if (times == kDoubtsMax + 1) {
        announcer_.notice(
            host::Level::Warning,
            tr("Слип %1 опять мог выйти не целиком: проверьте принтер и напечатайте его сами: "
               "копия %1",
               slip.number),
            "printer");
    }
    return times <= kDoubtsMax;
}

// What may be on paper in part says that it comes again.
void SlipDesk::print_again(const till::Slip& slip, const Then& then) {
    UnderWay going{slip, false, then, slip.printed};
    if (const std::optional<host::PrintEnd> at_once = printer_.end_at_once()) {
        if (*at_once == host::PrintEnd::Printed) return end(going, *at_once, {});
        if (then) then(slip.printed);
        return;
    }
    core::slip::Slip paper = slip_of(slip);
    if (slip.printed == till::Printed::InDoubt) {
        paper = headed(tr("ПОВТОРНАЯ ПЕЧАТЬ"), std::move(paper), announcer_);
    } else if (const Result<> marked = till_.mark_slip(slip.number, till::Printed::InDoubt);
               !marked) {
        announcer_.error(tr("слип %1 не отмечен: %2", slip.number, marked.error().text));
        if (then) then(slip.printed);
        return;
    }
    send(std::move(going), paper);
}

Result<> SlipDesk::reprint(std::int64_t number, const Then& then) {
    const Result<till::Slip> slip = till_.slip(number);
    if (!slip) return slip.error();
    const bool going = under_way_.contains(static_cast<std::uint64_t>(number));
    const bool owed =
        slip->printed == till::Printed::Owed || slip->printed == till::Printed::InDoubt;
    if (owed && !going) {
        print_again(*slip, then);
        return Done{};
    }
    PrintJob copy;
    copy.slip = headed(tr("КОПИЯ"), slip_of(*slip), announcer_);
    copy.receipt_uid = slip->receipt_uid;
    copy.target = slip->target;
    copy.required = true;  // who asks for a copy asks again
    print(copy, then);
    return Done{};
}

std::string SlipDesk::text_of(const core::slip::Slip& slip) const {
    std::string text;
    for (const std::string& line : core::slip::plain_text(slip, printer_.columns("receipt")))
        text += line + "\n";
    return text;
}

}  // namespace linuxcash::terminal
