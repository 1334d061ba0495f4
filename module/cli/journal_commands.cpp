// SPDX-License-Identifier: Apache-2.0
#include "cli/journal_commands.h"

#include <algorithm>
#include <ctime>
#include <utility>

#include "base/integer.h"
#include "base/money.h"
#include "cli/journal_search.h"
#include "cli/operation_view.h"
#include "journal/damage.h"
#include "journal/reader.h"

namespace linuxcash::cli {

namespace {

using journal::Filter;
using journal::JournalReader;

constexpr std::int64_t kMsPerSecond = 1000;
// A journal is for ever, and a screen is not.
constexpr std::size_t kLimit = 1000;
constexpr std::int64_t kMostOnPage = 1'000'000;

// "2026-11-22": the first moment of that day here, or of a later one.
std::optional<std::int64_t> day_start_ms(const std::string& text, int days_later) {
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
    local.tm_mday = static_cast<int>(*day) + days_later;
    local.tm_isdst = -1;
    return std::mktime(&local) * kMsPerSecond;
}

struct Search {
    Filter filter;
    std::size_t limit = kLimit;
    std::size_t skip = 0;  // the newest so many are not wanted
};

Error wrong(Text text) {
    return {ErrorCode::InvalidInput, std::move(text)};
}

// --receipt, --sum, --kind, --outcome, --shift.
Result<> read_marks(const Invocation& invocation, Filter& filter) {
    filter.only_open = invocation.has("open");
    filter.shift = invocation.option("shift");
    if (const auto text = invocation.option("receipt")) {
        filter.receipt_number = parse_integer(*text);
        if (!filter.receipt_number) return wrong(tr("--receipt: ожидается номер чека"));
    }
    if (const auto text = invocation.option("sum")) {
        const auto sum = Money::parse(*text, Currency());  // each of our currencies has two places
        if (!sum) return wrong(tr("--sum: ожидается сумма, например 24.50"));
        filter.sum_minor = sum->minor();
    }
    if (const auto text = invocation.option("kind")) {
        filter.kind = core::parse_operation_kind(*text);
        if (!filter.kind) return wrong(tr("--kind: ожидается pay, undo, refund или refund_undo"));
    }
    if (const auto text = invocation.option("outcome")) {
        filter.outcome = core::parse_outcome(*text);
        if (!filter.outcome)
            return wrong(
                tr("--outcome: ожидается approved, declined, cancelled, "
                   "refused, unknown или done"));
    }
    return Done{};
}

// --since and --until, both days included.
Result<> read_days(const Invocation& invocation, Filter& filter) {
    if (const auto text = invocation.option("since")) {
        const auto since = day_start_ms(*text, 0);
        if (!since) return wrong(tr("--since: ожидается дата ГГГГ-ММ-ДД"));
        filter.since_ms = *since;
    }
    if (const auto text = invocation.option("until")) {
        const auto next_day = day_start_ms(*text, 1);
        if (!next_day) return wrong(tr("--until: ожидается дата ГГГГ-ММ-ДД"));
        filter.before_ms = *next_day;
    }
    return Done{};
}

// --limit and --skip.
Result<> read_page(const Invocation& invocation, Search& search) {
    if (const auto text = invocation.option("limit")) {
        const auto limit = parse_integer(*text);
        if (!limit || *limit < 1 || *limit > kMostOnPage)
            return wrong(tr("--limit: ожидается число от 1 до %1", kMostOnPage));
        search.limit = static_cast<std::size_t>(*limit);
    }
    if (const auto text = invocation.option("skip")) {
        const auto skip = parse_integer(*text);
        if (!skip || *skip < 0 || *skip > kMostOnPage)
            return wrong(tr("--skip: ожидается число от 0 до %1", kMostOnPage));
        search.skip = static_cast<std::size_t>(*skip);
    }
    // One more than is shown tells that there are more.
    search.filter.limit = search.skip + search.limit + 1;
    return Done{};
}

// The options of `journal list`; the error is one of the command line.
Result<Search> read_search(const Invocation& invocation) {
    Search search;
    if (auto read = read_marks(invocation, search.filter); !read) return read.error();
    if (auto read = read_days(invocation, search.filter); !read) return read.error();
    if (auto read = read_page(invocation, search); !read) return read.error();
    return search;
}

// The page that was asked for, counted from the newest; true when there are older ones.
bool cut_page(std::vector<Found>& found, const Search& search) {
    std::ranges::stable_sort(
        found, {}, [](const Found& each) { return each.listed.operation.began_at_ms; });
    found.resize(found.size() - std::min(found.size(), search.skip));
    if (found.size() <= search.limit) return false;
    const auto surplus = static_cast<std::ptrdiff_t>(found.size() - search.limit);
    found.erase(found.begin(), found.begin() + surplus);
    return true;
}

// What belongs to an operation beside its own records.
struct Relatives {
    std::optional<core::Operation> target;  // of an undo or a refund
    std::vector<core::Operation> about;  // undos and refunds of it
};

Result<Relatives> relatives_of(const Places& places, const Found& found) {
    Relatives relatives;
    Filter filter;
    filter.target = found.listed.operation.id;
    const auto about = search_journals(places, {found.system}, filter);
    if (!about) return about.error();
    for (const Found& each : *about)
        relatives.about.push_back(each.listed.operation);
    const auto& target = found.listed.operation.intent.target;
    if (!target) return relatives;
    filter = Filter();
    filter.id_begins = target->hex();
    const auto known = search_journals(places, {found.system}, filter);
    if (!known) return known.error();
    if (!known->empty()) relatives.target = known->front().listed.operation;
    return relatives;
}

void show_lines(const Found& found, const Relatives& relatives, Console& console) {
    console.result(line_of(found.system, found.listed.operation));
    for (const core::Record& record : found.listed.records)
        console.result("  " + line_of(record));
    if (relatives.target) console.result("  of: " + line_of(found.system, *relatives.target));
    for (const core::Operation& each : relatives.about)
        console.result("  about: " + line_of(found.system, each));
}

void show_document(const Found& found, const Relatives& relatives, Console& console) {
    json::Value document = document_of(found.system, found.listed.operation);
    json::Value records = json::Array{};
    for (const core::Record& record : found.listed.records)
        records.push(document_of(record));
    document.set("records", records);
    json::Value about = json::Array{};
    for (const core::Operation& each : relatives.about)
        about.push(document_of(found.system, each));
    document.set("about", about);
    console.result(document.str());
}

}  // namespace

Exit list_journal(const Invocation& invocation, Console& console) {
    const auto search = read_search(invocation);
    if (!search) return console.wrong(search.error().text);
    auto found = search_journals(invocation.places, systems_of(invocation), search->filter);
    if (!found) return console.failed(found.error());
    const bool more = cut_page(*found, *search);
    json::Value document = json::Array{};
    for (const Found& one : *found) {
        if (invocation.has("json")) {
            document.push(document_of(one.system, one.listed.operation));
        } else {
            console.result(line_of(one.system, one.listed.operation));
        }
    }
    if (invocation.has("json")) console.result(document.str());
    if (more)
        console.note(
            tr("показано операций: %1, есть более ранние: --skip %2", found->size(),
               search->skip + found->size()));
    return Exit::Done;
}

Exit show_journal(const Invocation& invocation, Console& console) {
    const std::string& id = invocation.words.back();
    if (!is_operation_text(id)) return console.wrong(operation_text_wanted());
    Invocation rest = invocation;
    rest.words.pop_back();
    const auto found = find_operation(invocation.places, systems_of(rest), id);
    if (!found) return console.failed(found.error());
    const auto relatives = relatives_of(invocation.places, *found);
    if (!relatives) return console.failed(relatives.error());
    if (invocation.has("json")) {
        show_document(*found, *relatives, console);
    } else {
        show_lines(*found, *relatives, console);
    }
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
    const auto accepted = journal::accept_damage(invocation.places, system, wall_clock_ms());
    if (!accepted) return console.failed(accepted.error());
    for (const auto& file : accepted->set_aside)
        console.result(
            console.translated(tr("%1: повреждённый журнал сохранён в %2", system, file.native())));
    console.result(console.translated(
        accepted->journal_kept ? tr("%1: журнал оставлен, утраченный конец его принят", system)
                               : tr("%1: модуль начнёт новый журнал", system)));
    return Exit::Done;
}

}  // namespace linuxcash::cli
