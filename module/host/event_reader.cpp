// SPDX-License-Identifier: Apache-2.0
#include "host/event_reader.h"

#include <cstddef>
#include <optional>
#include <utility>

#include "base/foreign.h"
#include "base/printable.h"
#include "base/utf8.h"

namespace linuxcash::host {

namespace {

// A document of the module; null when there is none, or it is no JSON: an ornament, nothing hangs
// on it.
json::Value document_of(const char* text) {
    if (text == nullptr) return {};
    Result<json::Value> parsed = json::parse(text);
    return parsed ? std::move(*parsed) : json::Value();
}

Level level_of(std::int32_t level) {
    if (level == LC_LEVEL_WARNING) return Level::Warning;
    if (level == LC_LEVEL_ERROR) return Level::Error;
    return Level::Info;
}

// A word from a newer minor version is read as unknown: the one outcome that claims nothing.
Outcome outcome_of(std::int32_t outcome) {
    if (outcome == LC_OUTCOME_APPROVED) return Outcome::Approved;
    if (outcome == LC_OUTCOME_DECLINED) return Outcome::Declined;
    if (outcome == LC_OUTCOME_CANCELLED) return Outcome::Cancelled;
    if (outcome == LC_OUTCOME_REFUSED) return Outcome::Refused;
    if (outcome == LC_OUTCOME_DONE) return Outcome::Done;
    return Outcome::Unknown;
}

std::optional<Money> money_of(const lc_money& money) {
    const std::string_view code(money.currency, 3);
    const auto currency = Currency::parse(code);
    if (!currency) return std::nullopt;
    return Money(money.minor, *currency);
}

std::optional<std::string> optional_text(const char* text) {
    if (text == nullptr) return std::nullopt;
    return readable_text_of(text);
}

std::vector<std::string> options_of(const char* document) {
    std::vector<std::string> options;
    const json::Value parsed = document_of(document);
    if (parsed.array() == nullptr) return options;
    for (const json::Value& item : *parsed.array()) {
        options.push_back(item.string().value_or(std::string()));
    }
    return options;
}

Event to_value(const lc_event_show& show) {
    return Show{show.event.number,         readable_text_of(show.text),
                readable_text_of(show.qr), show.where == LC_WHERE_CUSTOMER,
                show.seconds_left,         show.masked != 0};
}

Event to_value(const lc_event_tell& tell) {
    return Tell{
        tell.event.number, level_of(tell.level), readable_text_of(tell.title),
        readable_text_of(tell.text), document_of(tell.blocks)};
}

Event to_value(const lc_event_ask& ask) {
    Ask value;
    value.number = ask.event.number;
    value.accepts = Inputs(ask.accepts);
    value.masked = ask.masked != 0;
    value.max_length = ask.max_length;
    value.title = readable_text_of(ask.title);
    value.text = readable_text_of(ask.text);
    value.initial = readable_text_of(ask.initial);
    value.min = optional_text(ask.min);
    value.max = optional_text(ask.max);
    return value;
}

Event to_value(const lc_event_choose& choose) {
    Choose value;
    value.number = choose.event.number;
    value.as_buttons = choose.look == LC_CHOICE_BUTTONS;
    value.initial = choose.initial;
    value.title = readable_text_of(choose.title);
    value.text = readable_text_of(choose.text);
    value.options = options_of(choose.options);
    return value;
}

Event to_value(const lc_event_print& print) {
    return Print{
        print.event.number, print.required != 0, readable_text_of(print.target),
        document_of(print.slip)};
}

Event to_value(const lc_event_edit& edit) {
    return Edit{edit.event.number, edit.revision, document_of(edit.edits)};
}

Event to_value(const lc_event_finished& finished) {
    Finished value;
    value.number = finished.event.number;
    value.outcome = outcome_of(finished.outcome);
    value.owed = finished.owed != 0;
    value.level = level_of(finished.level);
    value.text = readable_text_of(finished.text);
    value.reason = readable_text_of(finished.reason);
    value.sum = money_of(finished.sum);
    value.gateway_id = readable_text_of(finished.gateway_id);
    value.slip = document_of(finished.slip);
    value.report_info = document_of(finished.report_info);
    value.note = optional_text(finished.note);
    value.details = document_of(finished.details);
    return value;
}

// An event struct begins with its head, so a pointer to the head is one to the whole, as long as
// its size says.
template <typename Struct>
Event read_as(const lc_event* event) {
    static_assert(offsetof(Struct, event) == 0);
    Struct copy{};
    std::memcpy(&copy, event, std::min<std::size_t>(event->size, sizeof copy));
    return to_value(copy);
}

}  // namespace

Result<Event> read_event(const lc_event* event) {
    const std::optional<lc_event> head = read_foreign(event);
    if (!head || head->size < sizeof(lc_event) || head->number == 0) {
        return Error{ErrorCode::Internal, tr("модуль прислал событие, которое нельзя прочитать")};
    }
    if (head->kind == LC_EVENT_SHOW) return read_as<lc_event_show>(event);
    if (head->kind == LC_EVENT_TELL) return read_as<lc_event_tell>(event);
    if (head->kind == LC_EVENT_ASK) return read_as<lc_event_ask>(event);
    if (head->kind == LC_EVENT_CHOOSE) return read_as<lc_event_choose>(event);
    if (head->kind == LC_EVENT_PRINT) return read_as<lc_event_print>(event);
    if (head->kind == LC_EVENT_EDIT) return read_as<lc_event_edit>(event);
    if (head->kind == LC_EVENT_FINISHED) return read_as<lc_event_finished>(event);
    return Event(Unknown{head->number, head->kind});
}

Notice read_notice(const lc_notice& notice) {
    return Notice{
        level_of(notice.level), readable_text_of(notice.topic), readable_text_of(notice.text),
        readable_text_of(notice.operation), document_of(notice.slip)};
}

}  // namespace linuxcash::host
