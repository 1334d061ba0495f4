// SPDX-License-Identifier: Apache-2.0
#include "cli/journal_commands.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <limits>

#include "base/integer.h"
#include "base/money.h"
#include "cli/module_access.h"
#include "cli/operation_view.h"
#include "journal/damage.h"
#include "journal/reader.h"

namespace linuxcash::cli {

namespace {

using journal::Filter;
using journal::JournalReader;
using journal::Listed;

constexpr std::size_t kIdDigitsMin = 6;
constexpr std::int64_t kMsPerSecond = 1000;

std::int64_t now_ms() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

// "2026-11-22": the first moment of that day here.
std::optional<std::int64_t> day_start_ms(const std::string& text) {
    constexpr std::size_t kDateLength = 10;
    if (text.size() != kDateLength || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = parse_integer(text.substr(0, 4));
    const auto month = parse_integer(text.substr(5, 2));
    const auto day = parse_integer(text.substr(8, 2));
    if (!year || !month || !day || *month < 1 || *month > 12 || *day < 1 || *day > 31)
        return std::nullopt;
    std::tm local{};
    local.tm_year = static_cast<int>(*year - 1900);
    local.tm_mon = static_cast<int>(*month - 1);
    local.tm_mday = static_cast<int>(*day);
    local.tm_isdst = -1;
    return std::mktime(&local) * kMsPerSecond;
}

struct Search {
    Filter filter;
    std::optional<core::Outcome> outcome;
};

// The options of `journal list`; the error is one of the command line.
Result<Search> read_search(const Invocation& invocation) {
    Search search;
    search.filter.only_open = invocation.has("open");
    if (const auto text = invocation.option("receipt")) {
        search.filter.receipt_number = parse_integer(*text);
        if (!search.filter.receipt_number)
            return Error{ErrorCode::InvalidInput, tr("--receipt: ожидается номер чека")};
    }
    if (const auto text = invocation.option("sum")) {
        const auto sum = Money::parse(*text, Currency());  // each of our currencies has two places
        if (!sum)
            return Error{ErrorCode::InvalidInput, tr("--sum: ожидается сумма, например 24.50")};
        search.filter.sum_minor = sum->minor();
    }
    if (const auto text = invocation.option("since")) {
        const auto since = day_start_ms(*text);
        if (!since) return Error{ErrorCode::InvalidInput, tr("--since: ожидается дата ГГГГ-ММ-ДД")};
        search.filter.since_ms = *since;
    }
    if (const auto text = invocation.option("limit")) {
        const auto limit = parse_integer(*text);
        if (!limit || *limit < 1)
            return Error{ErrorCode::InvalidInput, tr("--limit: ожидается число больше нуля")};
        search.filter.limit = static_cast<std::size_t>(*limit);
    }
    if (const auto text = invocation.option("outcome")) {
        search.outcome = core::parse_outcome(*text);
        if (!search.outcome)
            return Error{
                ErrorCode::InvalidInput, tr("--outcome: ожидается approved, declined, cancelled, "
                                            "refused, unknown или done")};
    }
    return search;
}

struct Found {
    std::string system;
    Listed listed;
};

// The modules that the command is about: the named one, or all that have a journal.
std::vector<std::string> systems_of(const Invocation& invocation) {
    if (!invocation.words.empty()) return {invocation.words.front()};
    return modules_with_journals(invocation.places);
}

Result<std::vector<Found>> search_journals(
    const Places& places, const std::vector<std::string>& systems, const Filter& filter) {
    std::vector<Found> found;
    for (const std::string& system : systems) {
        const auto reader = JournalReader::open(places, system);
        if (!reader) return reader.error();
        auto some = reader->list(filter);
        if (!some) return some.error();
        for (Listed& listed : *some)
            found.push_back({system, std::move(listed)});
    }
    return found;
}

bool is_operation_text(const std::string& text) {
    constexpr std::size_t kIdDigits = 32;
    return text.size() >= kIdDigitsMin && text.size() <= kIdDigits
           && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

void show_records(const Found& found, bool as_json, Console& console) {
    if (!as_json) {
        console.result(line_of(found.system, found.listed.operation));
        for (const core::Record& record : found.listed.records)
            console.result("  " + line_of(record));
        return;
    }
    json::Value document = document_of(found.system, found.listed.operation);
    json::Value records = json::Array{};
    for (const core::Record& record : found.listed.records)
        records.push(document_of(record));
    document.set("records", records);
    console.result(document.str());
}

}  // namespace

Exit list_journal(const Invocation& invocation, Console& console) {
    const auto search = read_search(invocation);
    if (!search) return console.wrong(search.error().text);
    const auto found = search_journals(invocation.places, systems_of(invocation), search->filter);
    if (!found) return console.failed(found.error());
    json::Value document = json::Array{};
    for (const Found& one : *found) {
        const auto& ended = one.listed.operation.ended;
        if (search->outcome && (!ended || ended->outcome != *search->outcome)) continue;
        if (invocation.has("json")) {
            document.push(document_of(one.system, one.listed.operation));
        } else {
            console.result(line_of(one.system, one.listed.operation));
        }
    }
    if (invocation.has("json")) console.result(document.str());
    return Exit::Done;
}

Exit show_journal(const Invocation& invocation, Console& console) {
    const std::string& id = invocation.words.back();
    if (!is_operation_text(id))
        return console.wrong(
            tr("операция — от %1 до 32 шестнадцатеричных цифр её номера", kIdDigitsMin));
    Invocation all = invocation;
    all.words.pop_back();
    const auto found = search_journals(invocation.places, systems_of(all), {});
    if (!found) return console.failed(found.error());
    std::vector<const Found*> matching;
    for (const Found& one : *found)
        if (one.listed.operation.id.hex().starts_with(id)) matching.push_back(&one);
    if (matching.empty()) return console.failed(tr("в журнале нет операции %1", id));
    if (matching.size() > 1)
        return console.failed(
            tr("с %1 начинаются несколько операций: %2; укажите больше цифр", id, matching.size()));
    show_records(*matching.front(), invocation.has("json"), console);
    return Exit::Done;
}

Exit verify_journal(const Invocation& invocation, Console& console) {
    Exit exit = Exit::Done;
    for (const std::string& system : systems_of(invocation)) {
        const auto reader = JournalReader::open(invocation.places, system);
        if (!reader) {
            exit = console.failed(reader.error());
            continue;
        }
        const auto verified = reader->verify();
        if (!verified) {
            exit = console.failed(verified.error());
            continue;
        }
        console.result(console.translated(
            tr("%1: журнал цел, записей %2, операций %3, открытых %4", system, verified->records,
               verified->operations, verified->open)));
    }
    return exit;
}

Exit accept_journal(const Invocation& invocation, Console& console) {
    const std::string& system = invocation.words.front();
    const auto accepted = journal::accept_damage(invocation.places, system, now_ms());
    if (!accepted) return console.failed(accepted.error());
    for (const auto& file : accepted->set_aside)
        console.result(
            console.translated(tr("%1: повреждённый журнал сохранён в %2", system, file.native())));
    console.result(console.translated(
        accepted->journal_kept ? tr("%1: журнал оставлен, утраченный конец его принят", system)
                               : tr("%1: модуль начнёт новый журнал", system)));
    return Exit::Done;
}

Exit list_queue(const Invocation& invocation, Console& console) {
    Filter filter;
    filter.only_open = true;
    const auto found = search_journals(invocation.places, systems_of(invocation), filter);
    if (!found) return console.failed(found.error());
    const std::int64_t now = now_ms();
    json::Value document = json::Array{};
    for (const Found& one : *found) {
        if (!one.listed.operation.owes()) continue;
        if (invocation.has("json")) {
            document.push(obligation_document(one.system, one.listed.operation, now));
        } else {
            console.result(obligation_line(one.system, one.listed.operation, now));
        }
    }
    if (invocation.has("json")) console.result(document.str());
    return Exit::Done;
}

}  // namespace linuxcash::cli
