// SPDX-License-Identifier: Apache-2.0
// Opening the database, shifts and slips.
#include "till/till.h"

#include <array>
#include <chrono>
#include <utility>

#include "base/integer.h"
#include "core/word_table.h"
#include "json/json.h"
#include "till/body.h"
#include "till/query.h"
#include "till/schema.h"

namespace linuxcash::till {
namespace {

constexpr std::array kPrintedWords{
    std::pair{Printed::Yes, std::string_view("yes")},
    std::pair{Printed::No, std::string_view("no")},
    std::pair{Printed::Owed, std::string_view("owed")},
    std::pair{Printed::InDoubt, std::string_view("doubt")},
};

constexpr mode_t kLockMode = 0640;

// YYYY-MM-DD, and a day that exists.
bool is_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const auto year = parse_integer(text.substr(0, 4));
    const auto month = parse_integer(text.substr(5, 2));
    const auto day = parse_integer(text.substr(8, 2));
    if (!year || !month || !day || *year < 0 || *month < 0 || *day < 0) return false;
    return std::chrono::year_month_day(
               std::chrono::year(static_cast<int>(*year)),
               std::chrono::month(static_cast<unsigned>(*month)),
               std::chrono::day(static_cast<unsigned>(*day)))
        .ok();
}

Shift shift_of(const store::Statement& row) {
    Shift shift;
    shift.number = row.integer(0);
    shift.date = row.text(1);
    shift.cashier = row.text(2);
    shift.opened_at_ms = row.integer(3);
    shift.open = row.is_null(4);
    shift.closed_at_ms = row.integer(4);
    return shift;
}

Result<std::optional<Shift>> one_shift(Query query) {
    std::optional<Shift> shift;
    const auto read = query.each([&](const store::Statement& row) -> Result<> {
        shift = shift_of(row);
        return Done{};
    });
    if (!read) return read.error();
    return shift;
}

std::string lines_document(const std::vector<std::string>& lines) {
    json::Value document(json::Array{});
    for (const std::string& line : lines)
        document.push(line);
    return document.str();
}

Result<std::vector<std::string>> parse_lines(const std::string& document) {
    const auto parsed = json::parse(document);
    const json::Array* items = parsed ? parsed->array() : nullptr;
    if (items == nullptr) return damaged(tr("строки квитанции не читаются"));
    std::vector<std::string> lines;
    for (const json::Value& item : *items)
        lines.push_back(item.string().value_or(""));
    return lines;
}

Result<Slip> slip_of(const store::Statement& row) {
    Slip slip;
    slip.number = row.integer(0);
    slip.receipt_uid = row.text(1);
    slip.target = row.text(2);
    auto lines = parse_lines(row.text(3));
    if (!lines) return lines.error();
    slip.lines = std::move(*lines);
    slip.elements = row.text(4);
    const auto printed = parse_printed(row.text(5));
    if (!printed) return damaged(tr("состояние печати квитанции %1 не читается", slip.number));
    slip.printed = *printed;
    slip.at_ms = row.integer(6);
    return slip;
}

Error no_such_slip(std::int64_t number) {
    return {ErrorCode::NotFound, tr("квитанции %1 нет", number)};
}

}  // namespace

std::string_view name(Printed printed) {
    return core::word_of(kPrintedWords, printed);
}

std::optional<Printed> parse_printed(std::string_view word) {
    return core::of_word(kPrintedWords, word);
}

Error damaged(Text what) {
    return {
        ErrorCode::Damaged,
        tr("база кассы повреждена: %1. Сохраните копию файла и обратитесь в поддержку",
           std::move(what))};
}

Result<> Till::Body::owner_only() const {
    if (access == Access::Owner) return Done{};
    return Error{
        ErrorCode::Denied,
        tr("чеки и смены меняет только программа кассы, а база открыта рядом с ней")};
}

Till::Till(std::unique_ptr<Body> body) : body_(std::move(body)) {
}
Till::Till(Till&&) noexcept = default;
Till& Till::operator=(Till&&) noexcept = default;
Till::~Till() = default;

Result<Till> Till::open(
    const Places& places, Access access, std::optional<linuxcash::Owner> owner) {
    std::optional<FileLock> lock;
    if (access == Access::Owner) {
        auto taken = FileLock::take(places.till_lock(), kLockMode, owner);
        if (!taken && taken.error().code == ErrorCode::Busy) {
            return Error{
                ErrorCode::Busy,
                tr("программа кассы уже запущена: файл %1 занят", places.till_lock().native())};
        }
        if (!taken) return taken.error();
        lock = std::move(*taken);
    }
    store::OpenOptions options;
    options.owner = owner;
    options.pragmas = {"journal_mode=WAL", "synchronous=FULL"};
    auto database = store::Database::open(places.till(), options);
    if (!database) return database.error();
    if (auto prepared = prepare_schema(*database); !prepared) return prepared.error();
    return Till(std::make_unique<Body>(Body{access, std::move(lock), std::move(*database)}));
}

// ---- Shifts ----

Result<std::optional<Shift>> Till::last_shift() {
    return one_shift(Query(
        body_->database,
        "SELECT shiftnum, shiftdate, scode, time_beg, time_end FROM workshift "
        "ORDER BY shiftnum DESC LIMIT 1"));
}

Result<std::optional<Shift>> Till::shift(std::int64_t number) {
    Query query(
        body_->database,
        "SELECT shiftnum, shiftdate, scode, time_beg, time_end FROM workshift "
        "WHERE shiftnum = ?");
    query.with(number);
    return one_shift(std::move(query));
}

Result<Shift> Till::open_shift(
    const std::string& date, const std::string& cashier, std::int64_t at_ms) {
    if (auto allowed = body_->owner_only(); !allowed) return allowed.error();
    if (!is_date(date)) {
        return Error{ErrorCode::InvalidInput, tr("дата смены \"%1\" не вида ГГГГ-ММ-ДД", date)};
    }
    return body_->in_transaction([&]() -> Result<Shift> {
        const auto last = last_shift();
        if (!last) return last.error();
        if (*last && (*last)->open) {
            return Error{ErrorCode::InvalidInput, tr("смена %1 уже открыта", (*last)->number)};
        }
        Shift shift;
        shift.number = *last ? (*last)->number + 1 : 1;
        shift.date = date;
        shift.cashier = cashier;
        shift.open = true;
        shift.opened_at_ms = at_ms;
        const auto stored = Query(
                                body_->database,
                                "INSERT INTO workshift (shiftnum, shiftdate, scode, time_beg) "
                                "VALUES (?, ?, ?, ?)")
                                .with(shift.number)
                                .with(date)
                                .with(cashier)
                                .with(at_ms)
                                .run();
        if (!stored) return stored.error();
        return shift;
    });
}

Result<Shift> Till::close_shift(std::int64_t at_ms) {
    if (auto allowed = body_->owner_only(); !allowed) return allowed.error();
    return body_->in_transaction([&]() -> Result<Shift> {
        const auto last = last_shift();
        if (!last) return last.error();
        if (!*last || !(*last)->open) return Error{ErrorCode::InvalidInput, tr("смена не открыта")};
        const auto open =
            Query(body_->database, "SELECT checknum FROM document WHERE closed = 0").number();
        if (!open) return open.error();
        if (*open) {
            return Error{
                ErrorCode::InvalidInput,
                tr("чек %1 не закрыт: закройте или аннулируйте его перед закрытием смены", **open)};
        }
        Shift shift = **last;
        shift.open = false;
        shift.closed_at_ms = at_ms;
        const auto stored =
            Query(body_->database, "UPDATE workshift SET time_end = ? WHERE shiftnum = ?")
                .with(at_ms)
                .with(shift.number)
                .run();
        if (!stored) return stored.error();
        return shift;
    });
}

// ---- Slips ----

Result<Slip> Till::add_slip(const Slip& slip) {
    if (auto allowed = body_->owner_only(); !allowed) return allowed.error();
    const auto elements = json::parse(slip.elements);
    if (!elements || elements->array() == nullptr) {
        return Error{ErrorCode::InvalidInput, tr("элементы квитанции - не массив JSON")};
    }
    return body_->in_transaction([&]() -> Result<Slip> {
        const auto stored = Query(
                                body_->database,
                                "INSERT INTO slip (uid, target, lines, elements, printed, time) "
                                "VALUES (?, ?, ?, ?, ?, ?)")
                                .with(slip.receipt_uid)
                                .with(slip.target)
                                .with(lines_document(slip.lines))
                                .with(slip.elements)
                                .with(name(slip.printed))
                                .with(slip.at_ms)
                                .run();
        if (!stored) return stored.error();
        Slip numbered = slip;
        numbered.number = body_->database.last_insert_id();
        return numbered;
    });
}

Result<Slip> Till::slip(std::int64_t number) {
    std::optional<Slip> found;
    const auto read = Query(
                          body_->database,
                          "SELECT slipnum, uid, target, lines, elements, printed, time FROM slip "
                          "WHERE slipnum = ?")
                          .with(number)
                          .each([&](const store::Statement& row) -> Result<> {
                              auto slip = slip_of(row);
                              if (!slip) return slip.error();
                              found = std::move(*slip);
                              return Done{};
                          });
    if (!read) return read.error();
    if (!found) return no_such_slip(number);
    return *std::move(found);
}

Result<std::optional<std::int64_t>> Till::last_slip() {
    return Query(body_->database, "SELECT max(slipnum) FROM slip HAVING count(*) > 0").number();
}

Result<> Till::mark_slip(std::int64_t number, Printed printed) {
    if (auto allowed = body_->owner_only(); !allowed) return allowed;
    const auto marked = Query(body_->database, "UPDATE slip SET printed = ? WHERE slipnum = ?")
                            .with(name(printed))
                            .with(number)
                            .run();
    if (!marked) return marked;
    if (body_->database.changes() == 0) return no_such_slip(number);
    return Done{};
}

Result<std::vector<Slip>> Till::owed_slips() {
    std::vector<Slip> slips;
    const auto read = Query(
                          body_->database,
                          "SELECT slipnum, uid, target, lines, elements, printed, time FROM slip "
                          "WHERE printed IN ('owed', 'doubt') ORDER BY slipnum")
                          .each([&](const store::Statement& row) -> Result<> {
                              auto slip = slip_of(row);
                              if (!slip) return slip.error();
                              slips.push_back(std::move(*slip));
                              return Done{};
                          });
    if (!read) return read.error();
    return slips;
}

}  // namespace linuxcash::till
