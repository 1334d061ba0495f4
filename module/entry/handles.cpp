// SPDX-License-Identifier: Apache-2.0
#include "entry/handles.h"

#include <algorithm>
#include <cstring>

#include "entry/documents.h"

namespace {

using linuxcash::core::Finished;
using linuxcash::core::Outcome;

constexpr int kMsPerSecond = 1'000;

int to_outcome(Outcome outcome) {
    switch (outcome) {
        case Outcome::Approved:
            return LC_OUTCOME_APPROVED;
        case Outcome::Declined:
            return LC_OUTCOME_DECLINED;
        case Outcome::Cancelled:
            return LC_OUTCOME_CANCELLED;
        case Outcome::Refused:
            return LC_OUTCOME_REFUSED;
        case Outcome::Unknown:
            return LC_OUTCOME_UNKNOWN;
        case Outcome::Done:
            return LC_OUTCOME_DONE;
    }
    return LC_OUTCOME_UNKNOWN;
}

lc_money to_money(linuxcash::Money money) {
    lc_money result{};
    result.minor = money.minor();
    const std::string_view code = money.currency().code();
    std::copy(code.begin(), code.end(), std::begin(result.currency));
    return result;
}

}  // namespace

namespace linuxcash::entry {

OperationId to_id(const lc_id& id) {
    OperationId result;
    std::copy(std::begin(id.bytes), std::end(id.bytes), result.bytes.begin());
    return result;
}

std::int32_t to_level(core::Level level) {
    switch (level) {
        case core::Level::Info:
            return LC_LEVEL_INFO;
        case core::Level::Warning:
            return LC_LEVEL_WARNING;
        case core::Level::Error:
            return LC_LEVEL_ERROR;
    }
    return LC_LEVEL_ERROR;
}

}  // namespace linuxcash::entry

const lc_event* EventBox::put(const linuxcash::runtime::NumberedEvent& event) {
    return std::visit([&](const auto& each) { return put(event.number, each); }, event.event);
}

const lc_event* EventBox::put(std::uint64_t number, const linuxcash::core::Show& show) {
    text_ = show.text.translated(translate_);
    qr_ = show.qr;
    lc_event_show event{};
    event.event = {sizeof event, LC_EVENT_SHOW, number};
    event.text = text_.c_str();
    event.qr = qr_.empty() ? nullptr : qr_.c_str();
    event.where = show.for_customer ? LC_WHERE_CUSTOMER : LC_WHERE_CASHIER;
    event.seconds_left = show.limit_ms > 0 ? show.limit_ms / kMsPerSecond : -1;
    event.masked = show.masked ? 1 : 0;
    return &event_.emplace<lc_event_show>(event).event;
}

const lc_event* EventBox::put(std::uint64_t number, const linuxcash::core::Ask& ask) {
    text_ = ask.text.translated(translate_);
    title_ = ask.title.translated(translate_);
    lc_event_ask event{};
    event.event = {sizeof event, LC_EVENT_ASK, number};
    event.accepts = LC_ACCEPT_SCAN;
    event.masked = 1;  // a buyer's code pays
    event.max_length = ask.max_length;
    event.title = title_.c_str();
    event.text = text_.c_str();
    event.initial = "";
    return &event_.emplace<lc_event_ask>(event).event;
}

const lc_event* EventBox::put(std::uint64_t number, const linuxcash::core::Choose& choose) {
    text_ = choose.text.translated(translate_);
    title_ = choose.title.translated(translate_);
    document_ = linuxcash::entry::options_document(choose.options);
    lc_event_choose event{};
    event.event = {sizeof event, LC_EVENT_CHOOSE, number};
    event.look = LC_CHOICE_ITEMS;
    event.title = title_.c_str();
    event.text = text_.c_str();
    event.options = document_.c_str();
    return &event_.emplace<lc_event_choose>(event).event;
}

const lc_event* EventBox::put(std::uint64_t number, const linuxcash::core::SetCard& card) {
    document_ = linuxcash::entry::edits_document(card);
    lc_event_edit event{};
    event.event = {sizeof event, LC_EVENT_EDIT, number};
    event.revision = card.revision;
    event.edits = document_.c_str();
    return &event_.emplace<lc_event_edit>(event).event;
}

const lc_event* EventBox::put(std::uint64_t number, const Finished& finished) {
    text_ = finished.text.translated(translate_);
    reason_ = linuxcash::core::name(finished.reason);
    gateway_id_ = finished.gateway_id;
    slip_ = finished.slip.empty() ? "" : linuxcash::entry::slip_document(finished.slip);
    report_info_ =
        finished.gateway_id.empty() ? "" : linuxcash::entry::report_info_document(finished);
    lc_event_finished event{};
    event.event = {sizeof event, LC_EVENT_FINISHED, number};
    event.outcome = to_outcome(finished.outcome);
    event.owed = finished.owed ? 1 : 0;
    event.level = linuxcash::entry::to_level(finished.level);
    event.text = text_.c_str();
    event.reason = reason_.c_str();
    event.sum = to_money(finished.sum);
    event.gateway_id = gateway_id_.c_str();
    document_ = finished.comparison
                    ? linuxcash::entry::comparison_document(*finished.comparison, translate_)
                    : std::string{};
    event.details = document_.empty() ? nullptr : document_.c_str();
    event.slip = slip_.empty() ? nullptr : slip_.c_str();
    event.report_info = report_info_.empty() ? nullptr : report_info_.c_str();
    return &event_.emplace<lc_event_finished>(event).event;
}
